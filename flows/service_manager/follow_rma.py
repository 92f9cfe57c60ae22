"""Follow an RMA, to hear of every change."""

from flows.engine.language import Action, Flow, Refusal, act, choose, lookup
from flows.engine.phrases import _
from flows.requests import FindRmas, FollowRma

flow = Flow(
    name="follow_rma",
    title=_("Follow an RMA"),
    phrases=("volg rma", "rma meevolgen", "tenir au courant rma", "follow rma"),
    steps=(
        choose(
            "rma",
            _("Which RMA? Type its number, a serial or the system."),
            lookup(FindRmas),
            title=_("RMA"),
        ),
        act(
            FollowRma,
            done=_("You follow RMA {number}. I tell you here when something changes."),
            refused={"not_found": Refusal(_("This RMA is not one of yours."), again="rma")},
            then=(Action(_("Track"), "track_rma", {"rma": "rma"}), Action(_("Menu"), "menu")),
        ),
    ),
)
