"""What became of the devices: all of them as a table, or one with what its status means (SMA-06 to 11)."""

from flows.engine.language import Action, Flow, choose, lookup, show
from flows.engine.phrases import _
from flows.requests.cashback import CashbackCard, FindCashback

flow = Flow(
    name="cashback_status",
    title=_("Status of devices"),
    phrases=(
        "status cashback",
        "cashback status",
        "waar blijft mijn cashback",
        "is de cashback betaald",
        "hoeveel cashback",
        "statut cashback",
        "où en est mon cashback",
        "cashback payé",
        "status of cashback",
        "where is my cashback",
        "has the cashback been paid",
    ),
    steps=(
        choose(
            "item",
            _("Which device? Tap it, or type its serial number."),
            lookup(FindCashback),
            title=_("Device"),
            actions=(Action(_("Register devices"), "register_device", instead=True),),
        ),
        show(
            "card",
            _("Cashback {item}"),
            rows=lookup(CashbackCard),
            actions=(
                Action(_("Send documents"), "cashback_documents", {"item": "item"}),
                Action(_("Correct the device"), "cashback_correct", {"item": "item"}),
                Action(_("Ask the desk"), "cashback_ask", {"item": "item"}),
                Action(_("All devices"), "cashback_status", always=True),
            ),
        ),
    ),
)
