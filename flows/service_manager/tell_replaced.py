"""Tell when a device was replaced: from then on the last day for its labour claim is known (PORTAL-27)."""

from flows.engine.language import Action, Flow, Refusal, act, choose, lookup
from flows.engine.phrases import _
from flows.requests.claims import ReplacementDays, RmasToClaim, SetReplaced

flow = Flow(
    name="tell_replaced",
    title=_("It was replaced"),
    phrases=(
        "vervangen op",
        "datum vervanging",
        "remplacé le",
        "date de remplacement",
        "replaced on",
        "replacement date",
    ),
    steps=(
        choose(
            "rma",
            _("Which RMA? Type its number, a serial or the system."),
            lookup(RmasToClaim),
            title=_("RMA"),
        ),
        choose(
            "replaced_on",
            _("When was it replaced? Choose, or type a date."),
            lookup(ReplacementDays),
            title=_("Replaced on"),
        ),
        act(
            SetReplaced,
            done=_("RMA {number}: {until}"),
            refused={
                "not_found": Refusal(_("This RMA is not one of yours."), again="rma"),
                "not_yet": Refusal(_("Labour for this RMA cannot be claimed now."), again="rma"),
                "claimed": Refusal(_("Labour for this RMA is claimed already."), again="rma"),
                "day": Refusal(_("This day cannot be right."), again="replaced_on"),
            },
            then=(
                Action(_("Claim labour"), "claim_labour", {"rma": "rma"}),
                Action(_("Menu"), "menu"),
            ),
        ),
    ),
)
