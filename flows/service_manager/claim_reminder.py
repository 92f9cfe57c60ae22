"""The last day for a labour claim comes near: claim now, or tell when it was replaced (PORTAL-27)."""

from flows.engine.language import Action, Flow, choose, lookup, show
from flows.engine.phrases import _
from flows.requests.claims import ClaimDeadline, RmasToClaim

flow = Flow(
    name="claim_reminder",
    title=_("Last day for labour"),
    phrases=(),
    steps=(
        choose(
            "rma",
            _("Labour for which RMA? Type its number, a serial or the system."),
            lookup(RmasToClaim),
            title=_("RMA"),
        ),
        show(
            "deadline",
            _("RMA {rma}"),
            rows=lookup(ClaimDeadline),
            actions=(
                Action(_("Claim labour"), "claim_labour", {"rma": "rma"}),
                Action(_("It was replaced"), "tell_replaced", {"rma": "rma"}),
                Action(_("See the RMA"), "track_rma", {"rma": "rma"}, always=True),
            ),
        ),
    ),
)
