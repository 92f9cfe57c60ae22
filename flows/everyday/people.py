"""People: an admin sees who works at the company, and lets others do so or no longer (ESM-43)."""

from flows.engine.language import Action, Flow, Refusal, Show, act, ask, choose, lookup, review, show
from flows.engine.parsers import email, name
from flows.engine.phrases import Phrase, _
from flows.requests import ChangeRole, Colleagues, InviteColleague, MayChangeStaff, RemoveColleague, Staff

ROLES = {"technician": _("Technician"), "office": _("Office"), "admin": _("Admin")}
ON = (Action(_("People"), "people"), Action(_("Menu"), "menu"))
LAST = Refusal(
    _("Nothing was changed: a company needs an admin, and this is the last one."), again="colleague"
)


def not_you(title: Phrase) -> Show:
    """Said before anything is asked: only an admin does this."""
    return show("not_you", title, rows=lookup(MayChangeStaff), actions=ON)


flow = Flow(
    name="people",
    title=_("People"),
    phrases=(
        "collega's",
        "medewerkers",
        "gebruikers",
        "collègues",
        "utilisateurs",
        "colleagues",
        "people",
        "users",
    ),
    steps=(
        show(
            "people",
            _("Who works with you here:"),
            rows=lookup(Staff),
            actions=(
                Action(_("Invite a colleague"), "invite_colleague"),
                Action(_("Change a role"), "change_role"),
                Action(_("Remove a colleague"), "remove_colleague"),
                Action(_("Menu"), "menu"),
            ),
        ),
    ),
)

invite = Flow(
    name="invite_colleague",
    title=_("Invite a colleague"),
    phrases=("collega uitnodigen", "inviter un collègue", "invite a colleague"),
    steps=(
        not_you(_("Invite a colleague")),
        ask("name", _("What is the name of your colleague?"), name(), title=_("Name")),
        ask("email", _("What is the work e-mail address of your colleague?"), email(), title=_("E-mail")),
        choose(
            "role",
            _(
                "Which role? Technicians file and track, the office also sees payments,"
                " admins also decide who works here."
            ),
            title=_("Role"),
            options=ROLES,
        ),
        review(_("Invite {name}? They then see everything of your company."), send=_("Invite")),
        act(
            InviteColleague,
            done=_("{name} gets a mail with a code that works for {days} days."),
            refused={
                "already": Refusal(_("This mailbox is of somebody who works here already."), again="email"),
                "too_many": Refusal(_("That is enough for one day. Please invite the others tomorrow.")),
            },
            then=(Action(_("Invite another one"), "invite_colleague"), *ON),
        ),
    ),
)

change = Flow(
    name="change_role",
    title=_("Change a role"),
    phrases=("rol wijzigen", "changer le rôle", "change a role"),
    steps=(
        not_you(_("Change a role")),
        choose("colleague", _("Of whom? Tap or type a name."), lookup(Colleagues), title=_("Colleague")),
        choose("role", _("Which role does {colleague} get?"), title=_("Role"), options=ROLES),
        review(_("Change the role of {colleague}? It works at once."), send=_("Give this role")),
        act(
            ChangeRole,
            done=_("{colleague} now has another role: {role}."),
            refused={"last_admin": LAST},
            then=ON,
        ),
    ),
)

remove = Flow(
    name="remove_colleague",
    title=_("Remove a colleague"),
    phrases=("collega verwijderen", "retirer un collègue", "remove a colleague"),
    steps=(
        not_you(_("Remove a colleague")),
        choose("colleague", _("Whom? Tap or type a name."), lookup(Colleagues), title=_("Colleague")),
        review(
            _("Remove {colleague}?"),
            notice=(
                _("It works at once, in all their chats: buttons, drafts, files and links."),
                _("What they filed stays with your company."),
            ),
            send=_("Remove"),
            grave=True,
        ),
        act(
            RemoveColleague,
            done=_("{colleague} no longer has access."),
            refused={"last_admin": LAST},
            then=ON,
        ),
    ),
)
