"""Link this chat to an installer with a one-time code; never with a password (ESM-02)."""

from flows.engine.language import Action, Flow, Refusal, act, choose, lookup, review
from flows.engine.phrases import _
from flows.requests import LinkChat, LinkOffers

flow = Flow(
    name="link",
    title=_("Link this chat"),
    phrases=(
        "koppelen",
        "chat koppelen",
        "inloggen",
        "lier ce chat",
        "se connecter",
        "link",
        "log in",
        "sign in",
    ),
    steps=(
        choose(
            "code",
            _("Please type the code from your invitation. I never ask for a password."),
            lookup(LinkOffers),
            title=_("Person"),
            actions=(
                Action(_("Mail me a code"), "link_code", instead=True, always=True),
                Action(_("Talk to a person"), "talk_to_person", always=True),
            ),
        ),
        review(_("Link this chat to this person? You then see the systems of that company."), send=_("Link")),
        act(
            LinkChat,
            done=_("This chat now belongs to {name}, {company}."),
            refused={
                "code": Refusal(
                    _("This code no longer works. Ask for a new one; nothing else was changed."), again="code"
                )
            },
            then=(
                Action(_("New RMA"), "create_rma"),
                Action(_("Search systems"), "search_systems"),
                Action(_("Menu"), "menu"),
            ),
        ),
    ),
)
