"""Documents that SMA asks for, within 14 days: the invoice or the commissioning protocol (SMA-08, 09)."""

from flows.engine.language import Action, Flow, Refusal, act, choose, lookup, upload
from flows.engine.phrases import _
from flows.requests.cashback import DocumentsWanted, SendDocuments

MEGABYTES_30 = 30 * 1024 * 1024

flow = Flow(
    name="cashback_documents",
    title=_("Send documents"),
    phrases=(
        "documenten cashback",
        "factuur cashback",
        "documents cashback",
        "facture cashback",
        "cashback documents",
        "cashback invoice",
    ),
    patient=True,
    steps=(
        choose(
            "item",
            _("For which device do you send documents?"),
            lookup(DocumentsWanted),
            title=_("Device"),
            default=True,
            actions=(Action(_("Status of devices"), "cashback_status", instead=True),),
        ),
        upload(
            "documents",
            _("SMA needs more for {item}\nSend the invoice or the commissioning protocol: a photo or a PDF."),
            title=_("Documents"),
            at_most=MEGABYTES_30,
        ),
        act(
            SendDocuments,
            done=_("{kept} SMA decides about the cashback."),
            refused={
                "not_found": Refusal(_("This device is not one of yours."), again="item"),
                "nothing": Refusal(
                    _("SMA does not wait for documents of this device any more."), again="item"
                ),
                "documents": Refusal(
                    _("Only photos and PDFs can be sent to SMA. Please send it as one of these."),
                    again="documents",
                ),
            },
            then=(Action(_("Status of devices"), "cashback_status"), Action(_("Menu"), "menu")),
        ),
    ),
)
