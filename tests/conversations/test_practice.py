"""Practising: the chat as it is, marked, with nothing of it at the desk or in a mailbox."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import select

from bot.services.cashback_status import STATUS
from bot.services.glance import Glance, glance
from flows.engine.outputs import Prompt, Say
from storage import colleagues, mails, office, people
from storage.outbox import PRACTICE
from storage.schema import metadata
from storage.unit_of_work import Connection
from tests.conversations.chats import PATIENCE, Chat, World
from tests.conversations.desk import moves
from tests.conversations.journeys import NEW_RMA, PRACTISE
from tests.conversations.sample import ELS, JAN, Sample, photo

SERIAL = "3012345678"
LOCALES = pytest.mark.parametrize("locale", ["nl", "fr", "en"])


@LOCALES
def test_practice_is_the_same_chat_with_an_invented_company_marked_on_every_message(
    world: World, locale: str
) -> None:
    """An RMA filed in it is nowhere at the desk, and no letter goes out; one tap and all is real again."""
    chat = world.chat(locale)
    before = (letters(world), queue(world))
    chat.says(PRACTISE[locale]).sees("You can try everything now with “{company}”.")
    files_an_rma(chat, locale)
    chat.sees("In practice no e-mail is sent.").sees_not("You also get an e-mail with the details.")
    number = chat.number()
    chat.presses("Track").presses("History").says("menu")
    assert marked(chat, since=PRACTISE[locale])
    assert (letters(world), queue(world)) == before
    chat.presses("Stop practising").sees("From here on everything is real again.")
    chat.sees_not(PRACTICE.msgid)
    chat.starts("track_rma", rma=number).sees("Not found in your RMAs.").says("/cancel")
    chat.says("menu").sees(company_of(world, world.people[locale])).sees_not(PRACTICE.msgid)
    assert "Stop practising" not in chat.labels()


@pytest.mark.row("SMA-05", "SMA-06", "SMA-08")
@LOCALES
def test_the_cashback_is_practised_like_everything(world: World, locale: str) -> None:
    """A device in each status; registered, with documents and corrected, and nobody else meets any of it."""
    chat, other = world.chat(locale), world.chat("nl", email=JAN)
    other.says("/practice")
    registers(other)
    before = (letters(world), queue(world))
    chat.says(PRACTISE[locale]).starts("cashback").sees("✓ {company} is enrolled.")
    chat.starts("cashback_status").sees(*(status.msgid for status in STATUS.values()))
    chat.starts("cashback_documents").sends(("invoice.jpg", photo(20)))
    chat.sees("Your documents for {number} are with our desk.")
    chat.starts("cashback_correct").says("Home Manager 3009871122").presses("Correct")
    chat.sees("Corrected: {number} is with our desk, not yet with SMA.")
    registers(chat)
    chat.starts("register_device").says(SERIAL).sees("{serial} was registered already by {name}, on {day}.")
    assert marked(chat, since=PRACTISE[locale])
    assert (letters(world), queue(world)) == before
    chat.says("/cancel").presses("Stop practising").forget()
    registers(chat)
    chat.starts("cashback_status").sees("{status}: {n}", "1").sees_not(PRACTICE.msgid)
    chat.says(PRACTISE[locale]).starts("register_device").says(SERIAL)
    chat.sees("{serial} was registered already by {name}, on {day}.")


def test_real_work_waits_while_one_practises_and_what_was_practised_is_gone(world: World) -> None:
    """Nothing of the one is offered in the other, also after a restart; old buttons do not reach over."""
    chat, site = world.chat("nl", email=ELS), Sample(world, ELS).sites()[0]
    chat.starts("create_rma", system=site.system.id)
    real = chat.prompt.token
    chat.says("/practice")
    world.restart()
    chat.says("menu").sees_not("Go on: {draft}", site.system.name)
    chat.press_at(real, 0).sees("That button no longer works").sees_not(site.system.name)
    chat.says("nieuwe rma").says("Janssens").sees("{system}: which devices?")
    chat.presses("Stop practising").says("menu").sees_not("Janssens")
    chat.presses("Go on: {draft}").sees(site.system.name)


def test_what_is_real_is_told_after_practice(world: World) -> None:
    """A change of an own RMA is not marked as invented: it waits until one stops."""
    chat = world.chat("nl", email=ELS)
    number = Sample(world, ELS).rmas("in_progress", mine=True)[0].number
    chat.says("/practice")
    moves(world, f"rma {number}", "in_progress", "pending_approval")
    chat.says("menu").sees_not(number)
    chat.presses("Stop practising")
    if number not in chat.text():  # it comes by itself, with the answer or after it
        chat.hears()
    chat.sees(number).sees_not(PRACTICE.msgid)


def test_who_practises_in_one_chat_hears_what_is_real_in_another(world: World) -> None:
    """At once, also of an RMA that is followed where they practise."""
    phone, desktop = world.chat("nl", name="phone"), world.chat("nl", name="desktop")
    number = Sample(world, "nl").rmas("in_progress", mine=True)[0].number
    phone.starts("follow_rma", rma=number).says("/practice")
    moves(world, f"rma {number}", "in_progress", "pending_approval")
    desktop.hears().sees(number).sees_not(PRACTICE.msgid)
    assert number not in phone.says("menu").text()


def test_practice_ends_after_a_day_of_silence(world: World) -> None:
    """With all that was kept for afterwards."""
    chat = world.chat("nl")
    number = Sample(world, "nl").rmas("in_progress", mine=True)[0].number
    chat.says("/practice").says("nieuwe rma")
    moves(world, f"rma {number}", "in_progress", "pending_approval")
    world.clock.pass_(hours=25)
    chat.hears()
    world.run(asyncio.wait_for(until_said(chat, number), PATIENCE))
    chat.says("menu").sees("Zonnebouw").sees_not(PRACTICE.msgid)


async def until_said(chat: Chat, words: str) -> None:
    """It comes by itself."""
    while words not in chat._render(chat._all()):  # noqa: ASYNC110 - only the platform knows
        await asyncio.sleep(0.02)


def test_only_the_chat_in_which_one_practises_is_practice(world: World) -> None:
    """The same person elsewhere acts for their own company."""
    phone, desktop = world.chat("nl", email=ELS, name="phone"), world.chat("nl", email=ELS, name="desktop")
    phone.says("/practice").says("menu").sees("Oefenbedrijf")
    desktop.says("menu").sees("Zonnebouw").sees_not(PRACTICE.msgid)


def test_nothing_of_practice_can_reach_a_real_mailbox_or_person(world: World) -> None:
    """A colleague invited, a code asked for, being forgotten: all without effect outside."""
    chat = world.chat("nl", email="koen.baeten@zonnebouw.example")
    chat.says("/practice")
    before = letters(world)
    chat.starts("invite_colleague", name="Noor", email="noor@real.example", role="admin").presses("Invite")
    chat.starts("link_code", email=ELS).says("/cancel")
    chat.starts("order_report", kind="rma", systems="all", address="noor@real.example")
    chat.presses("Send it there").presses("Make it").hears()
    chat.says("/cancel").starts("forget_me").presses("Forget me").sees("You are practising")
    assert letters(world) == before
    known = world.run(world.app.uow.read(installers))
    assert "noor@real.example" not in known
    chat.presses("Stop practising").says("/profile").sees("koen.baeten@zonnebouw.example")


def test_practising_twice_goes_on_with_the_same_company(world: World) -> None:
    """Also when one starts it while practising."""
    chat = world.chat("en", email=ELS)
    for _again in range(2):
        chat.says("/practice").says("/practice").sees("You can try everything now")
        chat.presses("Stop practising")
    companies = metadata.tables["companies"].c
    count = world.run(
        world.app.uow.read(lambda c: len(c.execute(select(companies.id).where(companies.practice)).all()))
    )
    assert count == 1


def test_who_is_removed_while_practising_is_out_of_it(world: World) -> None:
    """Nothing is left of either."""
    els, admin = world.chat("nl", email=ELS), world.chat("nl", email="koen.baeten@zonnebouw.example")
    els.says("/practice").says("nieuwe rma")
    admin.starts("remove_colleague", colleague="Els Wouters").presses("Remove")
    els.hears().sees("{admin} of {company} ended your access.").sees_not(PRACTICE.msgid)
    els.says("menu").sees("This chat is not linked to a company yet.").sees_not(PRACTICE.msgid)


def test_nobody_can_put_their_company_in_the_place_of_an_invented_one(world: World) -> None:
    """The mailbox of somebody's practice, invited elsewhere: refused, and not looked at where it stands."""
    admin, victim = world.chat("en", email="koen.baeten@zonnebouw.example"), world.chat("fr")
    mailbox = f"practice.{number_of(world, world.people['fr'])}@practice.invalid"
    admin.starts("invite_colleague").says("Noor").says(mailbox)
    admin.sees("That does not look like an e-mail address")
    employ(world, mailbox)
    victim.says("/practice").sees("Société d'essai").sees_not("Zonnebouw")
    victim.starts("choose_company").sees_not("Zonnebouw")


def files_an_rma(chat: Chat, locale: str) -> None:
    """From the first question to the last tap."""
    chat.says(NEW_RMA[locale]).says("Janssens").presses(chat.prompt.fields[0].options[0].label)
    chat.presses("Done").presses("Damaged").presses("Skip").presses("Skip").presses("Send")


def registers(chat: Chat) -> None:
    """One device for the cashback, from the first question to the last tap."""
    chat.starts("register_device").says(SERIAL).presses("Today").presses("Register")
    chat.sees("{n} device is registered")


def marked(chat: Chat, since: str) -> bool:
    """Whether every message since those words says that it is practice."""
    words = [said for said, _answer in chat.everything]
    answers = [answer for _said, answer in chat.everything[words.index(since) :]]
    said = [out.output for answer in answers for out in answer if isinstance(out.output, Say | Prompt)]
    return bool(said) and all(output.lines[0] == PRACTICE for output in said)


def letters(world: World) -> int:
    """How many letters there are."""
    return len(world.run(world.app.uow.read(lambda connection: mails.latest(connection, 1000))))


def queue(world: World) -> list[str]:
    """What the desk has to do."""

    def read(connection: Connection) -> list[str]:
        found = office.queue(connection, dict.fromkeys(office.SOURCES, ("none",)), waiting_for="us")
        return [item.about for item in found] + [i.about for i in office.search(connection, "oefenbedrijf")]

    return world.run(world.app.uow.read(read))


def number_of(world: World, email: str) -> int:
    """The number of a person."""
    found = world.run(world.app.uow.read(lambda connection: people.with_email(connection, email)))
    assert found
    return found.id


def employ(world: World, email: str, name: str = "Noor") -> None:
    """Somebody with this mailbox works at Zonnebouw."""

    def work(connection: Connection) -> None:
        els = people.with_email(connection, ELS)
        assert els
        row = {"company": els.company, "email": email, "name": name, "phone": "", "role": "admin"}
        colleagues.add(connection, {**row, "language": "nl", "active": True})

    world.run(world.app.uow.write(work))


def company_of(world: World, email: str) -> str:
    """The company of a person."""
    found = world.run(world.app.uow.read(lambda connection: people.with_email(connection, email)))
    assert found
    return found.company_name


def installers(connection: Connection) -> list[str]:
    """All mailboxes on file."""
    return list(connection.execute(select(metadata.tables["installers"].c.email)).scalars())


def test_what_is_open_at_a_glance_is_invented_while_somebody_practises(world: World) -> None:
    """A page beside the chat shows the same as the chat does, marked; afterwards all is real again."""
    chat = world.chat("en")

    def seen() -> Glance:
        return world.run(world.app.uow.read(lambda connection: glance(connection, chat.key, chat.key)))

    real = seen()
    chat.says("/practice")
    assert seen().practises
    assert "Practice company Aurora" in seen().who
    assert {row.id for row in seen().latest}.isdisjoint(row.id for row in real.latest)
    chat.presses("Stop practising")
    assert seen() == real


def test_invented_companies_have_names_of_their_own(world: World) -> None:
    """No number that means nothing to anybody."""
    world.chat("nl").says("/practice").sees("Oefenbedrijf Aurora")
    world.chat("nl", email=JAN).says("/practice").sees("Oefenbedrijf Helios")
