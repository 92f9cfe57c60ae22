"""Track an RMA with all its blocks (ESM-13, 14, 33, 48)."""

from flows.engine.language import Action, Flow, choose, lookup, show
from flows.engine.phrases import _
from flows.requests import FindRmas, RmaCard


def about_rma(step: str) -> tuple[Action, ...]:
    """What can be done about the RMA that this step has chosen, on whatever card it is shown."""
    return (
        Action(_("Add a note"), "add_note", {"rma": step}),
        Action(_("Add photo or serial"), "add_to_rma", {"rma": step}),
        Action(_("Follow"), "follow_rma", {"rma": step}),
        Action(_("Mute"), "mute_rma", {"rma": step}),
        Action(_("Hear of it again"), "unmute_rma", {"rma": step}),
        Action(_("Send back"), "initiate_return", {"rma": step}),
        Action(_("See the returns"), "track_return", {"parcel": step}),
        Action(_("Claim labour"), "claim_labour", {"rma": step}),
        Action(_("Track reimbursement"), "track_claim", {"claim": step}),
        Action(_("Correct the address"), "correct_address", {"rma": step}),
        Action(_("Withdraw"), "withdraw_rma", {"rma": step}),
    )


flow = Flow(
    name="track_rma",
    title=_("Track an RMA"),
    phrases=(
        "status rma",
        "rma volgen",
        "rma opvolgen",
        "waar blijft mijn rma",
        "stand van zaken",
        "suivre un rma",
        "statut rma",
        "où en est mon rma",
        "track rma",
        "rma status",
        "where is my rma",
    ),
    steps=(
        choose(
            "rma",
            _("Which RMA? Type its number, a serial or the system."),
            lookup(FindRmas),
            title=_("RMA"),
        ),
        show(
            "card",
            _("RMA {rma}"),
            rows=lookup(RmaCard),
            actions=about_rma("rma"),
        ),
    ),
)
