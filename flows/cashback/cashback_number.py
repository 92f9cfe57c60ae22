"""Compare the customer number in one's own portal profile with that of the company (SMA-12, 13)."""

from flows.engine.language import Action, Flow, act, ask
from flows.engine.parsers import text
from flows.engine.phrases import _
from flows.requests.cashback import CheckCustomerNumber

flow = Flow(
    name="cashback_number",
    title=_("Check my number"),
    phrases=("klantnummer sma", "sma klantnummer", "numéro client sma", "sma customer number"),
    steps=(
        ask(
            "customer_number",
            _("Which SMA customer number is in your profile in Sunny Portal? Type it."),
            text(at_most=40),
            title=_("Customer number"),
        ),
        act(CheckCustomerNumber, done=_("{result}"), then=(Action(_("SMA cashback"), "cashback"),)),
    ),
)
