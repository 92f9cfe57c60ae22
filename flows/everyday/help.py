"""Help: what this chat can do (ESM-01)."""

from flows.engine.language import Action, Flow, show
from flows.engine.phrases import _

flow = Flow(
    name="help",
    title=_("Help"),
    phrases=("help", "hulp", "wat kan je", "wat kunt u", "aide", "que pouvez-vous faire", "what can you do"),
    steps=(
        show(
            "help",
            _(
                "Here you file and track RMAs, look up your systems and reach the support desk.\n"
                "Type what you need in your own words, or send a number, a serial or a photo.\n"
                "“Back” takes one answer back, “cancel” stops; nothing is sent before you confirm."
            ),
            actions=(
                Action(_("Menu"), "menu"),
                Action(_("Practise"), "practice"),
                Action(_("Talk to a person"), "talk_to_person"),
            ),
            drafts=True,
        ),
    ),
)
