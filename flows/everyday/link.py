"""Link this chat to an installer with a one-time code, from an invitation or mailed to the address on file;
never with a password (ESM-02)."""

from flows.engine.language import Action, Flow, Refusal, act, ask, choose, lookup, review
from flows.engine.parsers import email
from flows.engine.phrases import _
from flows.requests import LinkChat, LinkOffers, SendLinkCode

CONFIRMED = (
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
)

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
        *CONFIRMED,
    ),
)

mailed = Flow(
    name="link_code",
    title=_("Mail me a code"),
    phrases=("mail mij een code", "code sturen", "envoyez-moi un code", "mail me a code", "send me a code"),
    steps=(
        ask("email", _("What is your work e-mail address?"), email(), title=_("E-mail")),
        act(
            SendLinkCode,
            done=_("If {email} is known to us, a code is on its way. It works for 15 minutes."),
            refused={
                "too_many": Refusal(_("Several codes were sent already. Please wait an hour."), again="email")
            },
        ),
        choose(
            "code",
            _("Please type the code from the e-mail."),
            lookup(LinkOffers),
            title=_("Person"),
            actions=(Action(_("Talk to a person"), "talk_to_person", always=True),),
        ),
        *CONFIRMED,
    ),
)
