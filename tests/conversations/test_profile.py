"""Who one is to the desk, what it keeps, and being forgotten by it."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from flows.engine.events import Said
from storage import attachments, conversations
from storage.schema import metadata
from storage.unit_of_work import Connection
from tests.conversations.chats import Chat, World
from tests.conversations.journeys import LINKS, PRIVACY, PROFILE
from tests.conversations.sample import ELS, Sample, photo
from tests.conversations.test_drafts import at_once, begins, incoming, passes, pressing
from tests.conversations.test_practice import employ
from tests.conversations.test_returns import begun, collected

LOCALES = pytest.mark.parametrize("locale", ["nl", "fr", "en"])
MY_DATA = {"nl": "mijn gegevens", "fr": "mes données", "en": "my data"}
FORGET = {"nl": "vergeet mij", "fr": "oubliez-moi", "en": "forget me"}


@pytest.mark.row("ESM-43")
@LOCALES
def test_the_profile_says_who_one_is_and_leads_to_signing_out(readings: World, locale: str) -> None:
    """Name, company and role, mailbox, Enlighten ID, time zone; signing out unlinks the chat."""
    chat = readings.chat(locale, name=f"profile {locale}").says(PROFILE[locale])
    chat.sees("This is how the desk knows you:", "E-mail: {email}", readings.people[locale])
    chat.sees("Enlighten ID: {id}", "Time zone: {zone}", "10:3", "technician")
    chat.presses("Sign out").sees("Unlink this chat?").presses("Unlink")
    chat.sees("This chat is unlinked.").says(PROFILE[locale]).sees_not(readings.people[locale])


@pytest.mark.row("ESM-44")
@LOCALES
def test_the_sites_of_the_manufacturer_are_one_word_away(readings: World, locale: str) -> None:
    """Portal, training, documentation and support, also for somebody we do not know."""
    chat = readings.stranger(f"links {locale}", locale).says(LINKS[locale])
    chat.sees("https://enlighten.enphaseenergy.com", "https://university.enphase.com")
    chat.sees("/documentation", "/contact/support")


@pytest.mark.row("ESM-49")
@LOCALES
def test_the_privacy_notice_is_ours_with_a_link_to_that_of_enphase(readings: World, locale: str) -> None:
    """Feedback, what is kept and being forgotten are a tap away."""
    chat = readings.stranger(f"privacy {locale}", locale).says(PRIVACY[locale])
    chat.sees("https://enphase.com/", "/legal/privac")
    assert chat.labels()[:3] == ["What is kept about me", "Forget me", "Give feedback"]


@LOCALES
def test_all_that_is_kept_comes_as_a_text_in_ones_own_language(world: World, locale: str) -> None:
    """What was filed, written, sent and said; nothing of colleagues."""
    chat, mine = world.chat(locale), Sample(world, locale)
    own, other = mine.rmas(mine=True)[0], mine.rmas(mine=False)[0]
    chat.starts("add_note", rma=own.number, note="zxqv my note").presses("Add")
    chat.sends(("roof.jpg", photo())).says(MY_DATA[locale])
    text = handed_out(chat)
    for words in (world.people[locale], own.number, "zxqv my note", "roof.jpg"):
        assert words in text
    assert other.number not in text
    heading = {"nl": "Aanvragen die u indiende", "fr": "Demandes que vous avez introduites"}
    assert heading.get(locale, "Requests that you filed") in text


def test_what_one_wishes_left_open_and_practised_is_in_it_too(world: World) -> None:
    """Quiet hours and pace, what is muted, drafts in any chat, the invented company, an invitation."""
    chat, other = world.chat("en"), world.chat("en", name="phone")
    number = Sample(world, "en").rmas("in_progress", mine=True)[0].number
    chat.starts("quiet_hours", quiet="22-6").starts("how_often", pace="daily").starts("mute_rma", rma=number)
    site = begins(other, "en")
    chat.says("/practice").presses("Stop practising")
    admin = world.chat("nl", email="koen.baeten@zonnebouw.example")
    admin.starts("invite_colleague", name="Xavier", email=world.people["en"], role="office").presses("Invite")
    text = handed_out(chat.says("my data"))
    for words in (
        "Quiet from 22:00 to 6:00.",
        "All changes of a day are told together",
        f"Of this you wish to hear nothing\nRMA {number}",
        f"Unfinished work\nNew RMA, {site}",
        "Practice company",
        "Zonnebouw Hageland, office",
    ):
        assert words in text


@LOCALES
def test_who_is_forgotten_is_nowhere_any_more(world: World, locale: str) -> None:
    """Name, mailbox, phone, drafts, photos, words: in no table and no chat; the requests stay."""
    chat, second = world.chat(locale, name="phone"), world.chat(locale, name="desktop")
    name = who(world, world.people[locale])
    number = Sample(world, locale).rmas(mine=True)[0].number
    chat.says("zxqv something").starts("create_rma").says("zxqv").sends(("zxqv.jpg", photo()))
    second.says("zxqv elsewhere")
    chat.says("/forget_me").sees("Forget you? This cannot be taken back.").presses("Forget me")
    chat.sees("You are forgotten.")
    second.hears().sees("You asked us to forget you.")
    kept = everything(world)
    for words in (world.people[locale], name, "zxqv"):
        assert words not in kept, words
    assert number in kept
    for each in (chat, second):
        each.says("menu").sees("This chat is not linked to a company yet.")


def test_nothing_of_who_is_forgotten_is_left_wherever_they_were_named(world: World) -> None:
    """A pick-up, a claim, a report, practice, letters, a draft that was passed with its photo."""
    chat, draft = (world.chat("nl", name=name) for name in ("laptop", "tablet"))
    name, phone = who(world, ELS), phone_of(world, ELS)
    returning, rma = begun(world, "nl", "phone")
    collected(returning).presses("Announce")
    chat.says(f"vergoeding rma {rma.number}").says("gisteren").presses("Go on").sends(
        ("factuur.jpg", photo())
    )
    chat.presses("Send").sees("Claim {number} is with our desk")
    chat.starts("order_report", kind="rma", address="els@home.example")
    chat.presses("Send it there").presses("Make it").hears()
    chat.says("/practice").starts("create_rma")
    begins(draft, "nl")
    passes(draft, "nl")
    letters_are_sent(world)
    chat.presses("Stop practising").says("/forget_me").presses("Forget me").sees("You are forgotten.")
    for other in (draft, returning):
        other.hears()
    world.restart()
    kept = everything(world)
    for words in (name, ELS, phone, "els@home.example", "draft:"):
        assert words not in kept, words
    assert world.app.folder.names() == world.run(world.app.uow.read(attachments.ids))


def test_words_that_come_while_one_is_forgotten_go_too(world: World) -> None:
    """In another chat, in the same moment."""
    phone, desktop = world.chat("en", name="phone"), world.chat("en", name="desktop")
    phone.says("/forget_me")
    at_once(world, pressing(phone, "Forget me"), incoming(desktop, Said("zxqv my customer")))
    assert "zxqv" not in everything(world)


@pytest.mark.parametrize("name", ["Jan", "%%"])
def test_who_has_a_name_like_that_of_others_takes_nothing_of_theirs_along(world: World, name: str) -> None:
    """A contact is who is named in it, and nobody whose name has the same letters in it."""
    before = contacts(world)
    employ(world, "new@zonnebouw.example", name)
    chat = world.chat("nl", email="new@zonnebouw.example")
    chat.says("/forget_me").presses("Forget me").sees("You are forgotten.")
    assert any("Jan Mertens" in contact for contact in before)
    assert contacts(world) == before


def test_the_last_admin_is_told_to_name_another_one_first(world: World) -> None:
    """A company is never left without one."""
    chat = world.chat("nl", email="koen.baeten@zonnebouw.example")
    chat.says(FORGET["nl"]).presses("Forget me")
    chat.sees("Nothing was erased: your company has no other admin.")
    chat.says(PROFILE["nl"]).sees("koen.baeten@zonnebouw.example")


def test_buttons_of_before_do_nothing_in_any_chat_of_who_was_forgotten(world: World) -> None:
    """Also not those that were on screen elsewhere at that moment."""
    chat, second = world.chat("nl", name="phone"), world.chat("nl", name="desktop")
    second.says("nieuwe rma")
    card = second.prompt
    chat.starts("forget_me").presses("Forget me")
    second.hears()
    assert second.press_at(card.token, 0).sees("That button no longer works") is second
    state = world.run(world.app.uow.read(lambda c: conversations.load(c, second.key)))
    assert state
    assert (state.runs, state.parked, state.cancelled) == ((), (), None)


def handed_out(chat: Chat) -> str:
    """The text of the file in the last answer."""
    return next(out.enclosed.content.decode() for out in reversed(chat.answer) if out.enclosed)


def who(world: World, email: str) -> str:
    """The name on file."""
    people = metadata.tables["installers"].c
    query = select(people.name).where(people.email == email)
    return str(world.run(world.app.uow.read(lambda connection: connection.execute(query).scalar_one())))


def phone_of(world: World, email: str) -> str:
    """The phone number on file."""
    people = metadata.tables["installers"].c
    query = select(people.phone).where(people.email == email)
    return str(world.run(world.app.uow.read(lambda connection: connection.execute(query).scalar_one())))


def letters_are_sent(world: World) -> None:
    """All of them, to whoever they are."""
    sent = update(metadata.tables["mails"]).values(outcome="sent")
    world.run(world.app.uow.write(lambda connection: connection.execute(sent)))


def contacts(world: World) -> list[str]:
    """Who is called about each RMA."""
    query = select(metadata.tables["rmas"].c.contact).order_by(metadata.tables["rmas"].c.number)
    return list(world.run(world.app.uow.read(lambda connection: connection.execute(query).scalars().all())))


def everything(world: World) -> str:
    """All that the database holds, but for what the sample desk itself knows of its sites."""

    def read(connection: Connection) -> str:
        tables = [table for table in metadata.sorted_tables if table.name not in ("systems", "addresses")]
        return "\n".join(str(row) for table in tables for row in connection.execute(select(table)))

    return world.run(world.app.uow.read(read))
