"""Thanks: a short answer, with the ways on."""

from flows.engine.language import Flow, show
from flows.engine.phrases import _

flow = Flow(
    name="thanks",
    title=_("Thanks"),
    phrases=(),
    steps=(show("thanks", _("You are welcome. I am here whenever you need me.")),),
)
