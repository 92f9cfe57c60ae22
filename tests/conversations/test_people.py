"""Who works at a company: invited, given a role and removed in the chat of an admin."""

from __future__ import annotations

import pytest

from storage import colleagues, people
from storage.unit_of_work import Connection
from tests.conversations.chats import Chat, World
from tests.conversations.desk import ask, moves
from tests.conversations.journeys import ADMINS, COLLEAGUES
from tests.conversations.sample import ELS, Sample, photo
from tests.conversations.test_link import mailed_code

KOEN = "koen.baeten@zonnebouw.example"
INVITE = {"nl": "collega uitnodigen", "fr": "inviter un collègue", "en": "invite a colleague"}
LOCALES = pytest.mark.parametrize("locale", ["nl", "fr", "en"])
NEW = "new.colleague@zonnebouw.example"


@pytest.mark.row("ESM-43")
@LOCALES
def test_an_admin_invites_somebody_who_links_with_the_code_of_the_mail(world: World, locale: str) -> None:
    """Name, mailbox, role, one look; the code is in the letter and never in the admin's chat."""
    admin = world.chat(locale, email=ADMINS[locale])
    admin.says(COLLEAGUES[locale]).sees("Who works with you here:").presses("Invite a colleague")
    admin.says("Noor Peeters").says(NEW).presses("Office").presses("Invite")
    admin.sees("{name} gets a mail with a code", "Noor Peeters")
    code = mailed_code(world, NEW)
    assert code
    assert code not in admin.transcript()
    invited = world.stranger("noor", locale).says(code).presses("Link").sees("Noor Peeters")
    invited.says("/profile").sees("office")
    admin.says(COLLEAGUES[locale]).sees("Noor Peeters", "has a chat")


def test_a_sentence_with_everything_invites_with_one_look(world: World) -> None:
    """An address is no name; what was not said is asked."""
    admin = world.chat("nl", email=KOEN).says(f"nodig {NEW} uit").sees("What is the name of your colleague?")
    admin.says("/cancel").says(f"nodig Noor Peeters uit als technicus {NEW}")
    assert admin.facts() == {"Name": "Noor Peeters", "E-mail": NEW, "Role": "Technicus"}


@LOCALES
def test_who_is_removed_finds_nothing_open_any_more(world: World, locale: str) -> None:
    """Old buttons, drafts, files, links and commands: nothing of the company, in all their chats."""
    person = Sample(world, locale)
    admin, site = world.chat(locale, email=ADMINS[locale]), person.sites()[0]
    chats = [world.chat(locale, name=name) for name in ("phone", "desktop")]
    number = person.rmas("approved")[0].number
    for chat in chats:
        chat.starts("create_rma", system=site.system.id).sends(("roof.jpg", photo())).says("/later")
        chat.starts("track_rma", rma=number)
    cards = [chat.prompt.token for chat in chats]
    removes(admin, name_of(world, person.email))
    for chat, card in zip(chats, cards, strict=True):
        chat.hears().sees("{admin} of {company} ended your access.")
        chat.press_at(card, 0).sees("That button no longer works, and nothing is open at the moment.")
        for flow, known in (("track_rma", {"rma": number}), ("search_systems", {"system": site.system.id})):
            chat.starts(flow, **known).sees("I first need to know which company you work for.")
            chat.sees_not(site.system.name, number)
        chat.says("menu").sees("This chat is not linked to a company yet.")
        assert not any("Go on: {draft}" in label and "RMA" in label for label in chat.labels())


def test_who_is_removed_hears_nothing_of_the_company_any_more(world: World) -> None:
    """Not of what they filed or followed, and no question of the desk reaches them."""
    els, admin = world.chat("nl", email=ELS), world.chat("nl", email=KOEN)
    number = next(rma.number for rma in Sample(world, ELS).rmas("in_progress"))
    els.starts("follow_rma", rma=number)
    removes(admin, "Els Wouters")
    els.hears()
    before = len(els._all())
    moves(world, f"rma {number}", "in_progress", "pending_approval")
    ask(world, f"rma {number}", "zxqv?")
    els.says("menu")
    assert number not in "".join(str(out) for out in els._all()[before:])
    assert "zxqv" not in els.transcript()


@pytest.mark.row("ESM-43")
@LOCALES
def test_who_is_no_admin_hears_who_is_before_anything_is_asked(world: World, locale: str) -> None:
    """Each flow of an admin, also with answers; and nothing is done."""
    chat = world.chat(locale)
    chat.says(INVITE[locale]).sees(
        "Only an admin of your company can do this: {names}.", name_of(world, ADMINS[locale])
    )
    for flow in ("change_role", "remove_colleague"):
        chat.starts(flow).sees("Only an admin of your company can do this: {names}.")
    chat.starts("invite_colleague", name="X Y", email=NEW, role="admin")
    chat.sees("Only an admin of your company can do this: {names}.")
    assert "Invite" not in chat.labels()
    chat.says("/profile")
    assert "Go on: {draft}" not in chat.labels()
    assert world.run(world.app.uow.read(lambda c: people.with_email(c, NEW))) is None


@LOCALES
def test_everybody_sees_who_works_there(world: World, locale: str) -> None:
    """Names and roles; who is invited and who has a chat is for admins."""
    world.chat(locale, email=ADMINS[locale])
    chat = world.chat(locale).says(COLLEAGUES[locale]).sees("Who works with you here:", "{name}, {role}")
    chat.sees_not("{name}, {role}, {chat}")
    assert chat.labels() == ["Menu"]


def test_a_company_keeps_an_admin(world: World) -> None:
    """The last one can neither be removed nor get another role; with a second one they can."""
    admin = world.chat("en", email=KOEN)
    removes(admin, "Koen Baeten")
    admin.sees("Nothing was changed: a company needs an admin")
    admin.says("/cancel").starts("change_role", colleague="Koen Baeten", role="office").presses(
        "Give this role"
    )
    admin.sees("Nothing was changed: a company needs an admin").says("/cancel")
    admin.starts("change_role", colleague="Tine Claes", role="admin").presses("Give this role")
    admin.sees("{colleague} now has another role: {role}.")
    removes(admin, "Koen Baeten")
    admin.sees("{colleague} no longer has access.")
    admin.says("menu").sees("This chat is not linked to a company yet.")


def test_who_was_removed_can_be_invited_again(world: World) -> None:
    """With another role; what they filed is still theirs."""
    admin = world.chat("en", email=KOEN)
    removes(admin, "Els Wouters")
    admin.starts("invite_colleague", name="Els Wouters", email=ELS, role="office").presses("Invite")
    els = world.stranger("els").says(mailed_code(world, ELS)).presses("Link")
    els.says("/profile").sees("office")
    admin.starts("invite_colleague", name="Els", email=ELS, role="admin").presses("Invite")
    admin.sees("This mailbox is of somebody who works here already.")


@LOCALES
def test_who_works_for_two_companies_chooses_one_and_every_review_names_it(world: World, locale: str) -> None:
    """From the profile; what was open for the other one is gone; nobody else is told a company."""
    chat = world.chat(locale)
    chat.starts("talk_to_person").sees_not("You act for {company}.").says("/cancel")
    here, there = employ_elsewhere(world, world.people[locale])
    chat.starts("talk_to_person").sees("You act for {company}.", here).says("/cancel")
    chat.starts("create_rma")
    system = chat._words(chat.prompt.fields[0].options[0].label)
    chat.says("/profile").presses("Choose a company").presses(there).presses("Go on")
    chat.sees("In this chat you now act for {name}.", there)
    chat.says("menu").sees_not(system)
    chat.starts("talk_to_person").sees("You act for {company}.", there)


def test_a_number_of_somebody_else_is_no_company_of_mine(world: World) -> None:
    """A guessed number chooses nothing."""
    chat = world.chat("en", email=ELS)
    stranger = world.run(world.app.uow.read(lambda c: people.with_email(c, KOEN)))
    assert stranger
    for number in (str(stranger.id), "999", "x"):
        chat.starts("choose_company", company=number).sees_not("Go on for {company}?").says("/cancel")
    chat.says("/profile").sees("Els Wouters")


def test_who_is_invited_is_nobody_until_they_come(world: World) -> None:
    """No company is forced on anybody, an invited admin is no admin, being forgotten is not refused."""
    admin, victim = world.chat("en", email=KOEN), world.chat("fr")
    invites(admin, "Xavier", world.people["fr"], "admin")
    admin.says("/people").sees("Xavier", "is invited")
    removes(admin, "Koen Baeten")
    admin.sees("Nothing was changed: a company needs an admin").says("/cancel")
    victim.says("/profile")
    assert "Choose a company" not in victim.labels()
    victim.says("/forget_me").presses("Forget me").sees("You are forgotten.")
    admin.says("/people").sees_not("Xavier")


def test_an_invitation_that_nobody_used_can_be_sent_again_or_taken_back(world: World) -> None:
    """After its time, and before: only the last code works, and none of who was removed."""
    admin = world.chat("en", email=KOEN)
    invites(admin, "Noor Peeters", NEW, "office")
    world.clock.pass_(days=8)
    admin.hears()  # news of these days; what comes while a review is open is shown before it
    invites(admin, "Noor Peeters", NEW, "office")
    first = mailed_code(world, NEW)
    invites(admin, "Noor Peeters", NEW, "office")
    stranger = world.stranger("noor", "en")
    stranger.says("link").says(first).sees("This code is not right, or no longer valid.")
    removes(admin, "Noor Peeters")
    admin.sees("{colleague} no longer has access.")
    stranger.says(mailed_code(world, NEW)).sees("This code is not right, or no longer valid.")


def test_a_company_invites_twenty_people_a_day(world: World) -> None:
    """Whoever they are, also the same one again; a name has letters."""
    admin = world.chat("en", email=KOEN)
    admin.starts("invite_colleague").says("%%").sees("Please type a name, with letters.").says("/cancel")
    for _again in range(20):
        invites(admin, "Noor Peeters", NEW, "office")
    admin.starts("invite_colleague", name="Noor", email=NEW, role="office").presses("Invite")
    admin.sees("That is enough for one day. Please invite the others tomorrow.")


def invites(admin: Chat, name: str, email: str, role: str) -> None:
    """The admin invites somebody."""
    admin.starts("invite_colleague", name=name, email=email, role=role).presses("Invite")
    admin.sees("{name} gets a mail with a code")


def removes(admin: Chat, name: str) -> None:
    """The admin removes somebody."""
    admin.starts("remove_colleague", colleague=name).presses("Remove")


def name_of(world: World, email: str) -> str:
    """The name on file."""
    found = world.run(world.app.uow.read(lambda connection: people.with_email(connection, email)))
    assert found
    return found.name


def employ_elsewhere(world: World, email: str) -> tuple[str, str]:
    """The same person works for another company too; the names of both."""

    def work(connection: Connection) -> tuple[str, str]:
        here = people.with_email(connection, email)
        assert here
        boss = "ruben.vanloon@duinzon.example"
        there = people.with_email(connection, boss)
        assert there
        row = {"company": there.company, "email": email, "name": here.name, "phone": ""}
        colleagues.add(connection, {**row, "role": "technician", "language": "nl", "active": True})
        return here.company_name, there.company_name

    return world.run(world.app.uow.write(work))


@pytest.mark.row("ESM-43")
@LOCALES
def test_everybody_sees_whom_to_ask_about_people(world: World, locale: str) -> None:
    """Names and roles only, from the profile."""
    chat = world.chat(locale).says("/profile").presses("People")
    chat.sees("An admin changes who works here. Please ask: {names}.", name_of(world, ADMINS[locale]))
    assert chat.labels() == ["Menu"]
    chat.sees_not("@")
