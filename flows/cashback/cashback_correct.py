"""Correct the serial or the model of a device that could not be registered (SMA-11)."""

from flows.engine.language import Action, Flow, Refusal, act, choose, lookup, review
from flows.engine.phrases import _
from flows.requests.cashback import CashbackToCorrect, CorrectCashback, OneRegistrableDevice

flow = Flow(
    name="cashback_correct",
    title=_("Correct the device"),
    phrases=("cashback verbeteren", "corriger le cashback", "correct cashback"),
    steps=(
        choose(
            "item",
            _("Which device do you want to correct?"),
            lookup(CashbackToCorrect),
            title=_("Was"),
            default=True,
            actions=(Action(_("Status of devices"), "cashback_status", instead=True),),
        ),
        choose(
            "device",
            _("Photograph the label, or type the model and the serial number."),
            lookup(OneRegistrableDevice),
            title=_("Becomes"),
        ),
        review(_("Correct it like this?"), send=_("Correct")),
        act(
            CorrectCashback,
            done=_("Corrected: {number} is with our desk, not yet with SMA."),
            refused={
                "not_found": Refusal(_("This device cannot be corrected any more."), again="item"),
                "already": Refusal(_("This serial number is registered already."), again="device"),
            },
            then=(Action(_("Status of devices"), "cashback_status"), Action(_("Menu"), "menu")),
        ),
    ),
)
