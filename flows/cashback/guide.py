"""The cashback of SMA: who may take part, with what, and how devices get there (SMA-01 to 04, 12 to 17)."""

from flows.engine.language import Action, Flow, lookup, show
from flows.engine.phrases import _
from flows.requests.cashback import CashbackGuide

flow = Flow(
    name="cashback",
    title=_("SMA cashback"),
    phrases=(
        "cashback",
        "sma cashback",
        "cashbackactie",
        "kom ik in aanmerking",
        "automatische registratie",
        "prime sma",
        "action cashback",
        "ai-je droit au cashback",
        "enregistrement automatique",
        "cashback promotion",
        "am i eligible",
        "automatic registration",
    ),
    steps=(
        show(
            "guide",
            _("SMA cashback"),
            rows=lookup(CashbackGuide),
            actions=(
                Action(_("Register devices"), "register_device"),
                Action(_("Status of devices"), "cashback_status"),
                Action(_("Devices from Excel"), "register_sheet"),
                Action(_("Check my number"), "cashback_number"),
            ),
        ),
    ),
)
