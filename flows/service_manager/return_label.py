"""The label of a return, to print or to show; here, or for a colleague or another mailbox (ESM-32)."""

from flows.engine.language import Action, Flow, Refusal, act, choose, lookup, show
from flows.engine.phrases import _
from flows.requests import FindReturns, HandLabel, LabelReceivers, OtherMailbox, SendLabel

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
            done=_("The label of return {name}. {how}"),
            refused={
                "not_found": Refusal(_("This return is not one of yours."), again="parcel"),
                "closed": Refusal(_("This return was received already; it needs no label."), again="parcel"),
            },
            then=(
                Action(_("Send to a colleague"), "send_label", {"parcel": "parcel", "format": "format"}),
                Action(_("Another format"), "return_label", {"parcel": "parcel"}),
                Action(_("Status"), "track_return", {"parcel": "parcel"}),
            ),
        ),
    ),
)

send = Flow(
    name="send_label",
    title=_("Send a return label"),
    phrases=(
        "label doorsturen",
        "label naar collega",
        "transmettre l'étiquette",
        "étiquette à un collègue",
        "send label",
        "label to a colleague",
    ),
    steps=(
        choose(
            "parcel",
            _("The label of which return? Type its number or the RMA."),
            lookup(FindReturns),
            title=_("Return"),
        ),
        choose(
            "receiver",
            _("Who gets the label? Tap a colleague, or type an e-mail address."),
            lookup(LabelReceivers),
            title=_("Goes to"),
        ),
        show(
            "elsewhere",
            _("Please look at the address again:"),
            rows=lookup(OtherMailbox),
            done=_("Send it there"),
        ),
        choose("format", _("How do they want the label?"), title=_("Label"), options=FORMATS),
        act(
            SendLabel,
            done=_("The label is on its way to {name}."),
            refused={
                "not_found": Refusal(_("This return is not one of yours."), again="parcel"),
                "closed": Refusal(_("This return was received already; it needs no label."), again="parcel"),
                "receiver": Refusal(_("The label cannot go there. Choose somebody else."), again="receiver"),
            },
            then=(
                Action(_("Somebody else too"), "send_label", {"parcel": "parcel", "format": "format"}),
                Action(_("Status"), "track_return", {"parcel": "parcel"}),
            ),
        ),
    ),
)
