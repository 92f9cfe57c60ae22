"""Ask the desk to take up with SMA a device that could not be registered (SMA-11)."""

from flows.engine.language import Action, Flow, Refusal, act, ask, choose, lookup, review
from flows.engine.parsers import text
from flows.engine.phrases import _
from flows.requests.cashback import AskAboutDevice, CashbackToCorrect

flow = Flow(
    name="cashback_ask",
    title=_("Ask the desk"),
    phrases=(),
    steps=(
        choose(
            "item",
            _("Which device is it about?"),
            lookup(CashbackToCorrect),
            title=_("Device"),
            default=True,
            actions=(Action(_("Status of devices"), "cashback_status", instead=True),),
        ),
        ask(
            "question",
            _("Why should it get the cashback? A few words are enough."),
            text(at_least=5, at_most=2000),
            title=_("Question"),
        ),
        review(_("Ask this? SMA decides, and the desk tells you."), send=_("Ask the desk")),
        act(
            AskAboutDevice,
            done=_("Case {number} is {holder}."),
            refused={"not_found": Refusal(_("Nothing can be asked about this device now."), again="item")},
            then=(
                Action(_("Show the case"), "list_cases", {"found": "case"}),
                Action(_("Menu"), "menu"),
            ),
        ),
    ),
)
