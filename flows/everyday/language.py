"""Change the language (ESM-45)."""

from flows.engine.language import Flow, act, choose
from flows.engine.phrases import _
from flows.requests import SetLanguage

flow = Flow(
    name="change_language",
    title=_("Language"),
    phrases=("taal", "taal wijzigen", "langue", "changer de langue", "language", "change language"),
    steps=(
        choose(
            "language",
            _("Which language do you prefer?"),
            title=_("Language"),
            options={"nl": _("Nederlands"), "fr": _("Français"), "en": _("English")},
        ),
        act(SetLanguage, done=_("{said}")),
    ),
)
