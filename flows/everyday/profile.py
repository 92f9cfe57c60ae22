"""Profile: who this person is to the desk, and what can be changed about it (ESM-43)."""

from flows.engine.language import Action, Flow, lookup, show
from flows.engine.phrases import _
from flows.requests import Profile

flow = Flow(
    name="profile",
    title=_("Profile"),
    phrases=("profiel", "mijn profiel", "profil", "mon profil", "profile", "my profile", "wie ben ik"),
    steps=(
        show(
            "profile",
            _("This is how the desk knows you:"),
            rows=lookup(Profile),
            actions=(
                Action(_("People"), "people"),
                Action(_("Choose a company"), "choose_company"),
                Action(_("Notifications"), "notifications"),
                Action(_("Time zone"), "time_zone"),
                Action(_("Language"), "change_language"),
                Action(_("What is kept about me"), "my_data"),
                Action(_("Sign out"), "unlink"),
                Action(_("Menu"), "menu"),
            ),
        ),
    ),
)
