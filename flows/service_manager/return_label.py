"""The label of a return, to print or to show (ESM-32)."""

from flows.engine.language import Action, Flow, Refusal, act, choose, lookup
from flows.engine.phrases import _
from flows.requests import FindReturns, HandLabel

FORMATS = {"a6": _("A6, label printer"), "a4": _("A4, plain paper"), "qr": _("QR, no printer")}

flow = Flow(
    name="return_label",
    title=_("Return label"),
    phrases=("retourlabel", "verzendlabel", "étiquette de retour", "return label", "shipping label"),
    steps=(
        choose(
            "parcel",
            _("The label of which return? Type its number or the RMA."),
            lookup(FindReturns),
            title=_("Return"),
        ),
        choose("format", _("How do you want the label?"), title=_("Label"), options=FORMATS),
        act(
            HandLabel,
            done=_("The label of return {name}. Stick it outside, on the largest side, one on each box."),
            refused={
                "not_found": Refusal(_("This return is not one of yours."), again="parcel"),
                "closed": Refusal(_("This return was received already; it needs no label."), again="parcel"),
            },
            then=(
                Action(_("Another format"), "return_label", {"parcel": "parcel"}),
                Action(_("Status"), "track_return", {"parcel": "parcel"}),
            ),
        ),
    ),
)
