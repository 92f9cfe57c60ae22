"""Unlink this chat: it forgets who you are (ESM-02, 43)."""

from flows.engine.language import Action, Flow, act, review
from flows.engine.phrases import _
from flows.requests import UnlinkChat

flow = Flow(
    name="unlink",
    title=_("Unlink this chat"),
    phrases=(
        "ontkoppelen",
        "afmelden",
        "uitloggen",
        "délier",
        "se déconnecter",
        "unlink",
        "sign out",
        "log out",
    ),
    steps=(
        review(
            _("Unlink this chat? It then shows no systems or requests any more."),
            send=_("Unlink"),
            grave=True,
        ),
        act(
            UnlinkChat,
            done=_("This chat is unlinked. Your requests stay with your company."),
            then=(Action(_("Link this chat"), "link"), Action(_("Talk to a person"), "talk_to_person")),
        ),
    ),
)
