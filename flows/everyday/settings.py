"""Settings: who this chat belongs to, and in which language it speaks (ESM-45)."""

from flows.engine.language import Action, Flow, lookup, show
from flows.engine.phrases import _
from flows.requests import WhoIsThis

flow = Flow(
    name="settings",
    title=_("Settings"),
    phrases=("instellingen", "paramètres", "réglages", "settings"),
    steps=(
        show(
            "settings",
            _("The settings of this chat:"),
            rows=lookup(WhoIsThis),
            actions=(
                Action(_("Profile"), "profile"),
                Action(_("Language"), "change_language"),
                Action(_("Link this chat"), "link"),
                Action(_("Unlink this chat"), "unlink"),
                Action(_("Practise"), "practice"),
                Action(_("Links"), "links", always=True),
                Action(_("Privacy"), "privacy", always=True),
                Action(_("Menu"), "menu", always=True),
            ),
        ),
    ),
)
