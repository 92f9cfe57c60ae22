"""Follow a return until it is received."""

from flows.engine.language import Action, Flow, choose, lookup, show
from flows.engine.phrases import _
from flows.requests import FindReturns, ReturnCard

flow = Flow(
    name="track_return",
    title=_("Returns"),
    phrases=(
        "mijn retours",
        "status retour",
        "retour volgen",
        "mes retours",
        "suivre un retour",
        "my returns",
        "track return",
    ),
    steps=(
        choose(
            "parcel",
            _("Which return? Type its number, the RMA or a serial."),
            lookup(FindReturns),
            title=_("Return"),
        ),
        show(
            "card",
            _("Return {parcel}"),
            rows=lookup(ReturnCard),
            actions=(
                Action(_("Label"), "return_label", {"parcel": "parcel"}),
                Action(_("Send to a colleague"), "send_label", {"parcel": "parcel"}, {"format": "a4"}),
                Action(_("Talk to a person"), "talk_to_person", always=True),
            ),
        ),
    ),
)
