"""Who a chat belongs to: linked by a code, never by a password; an unlinked one sees nothing."""

from __future__ import annotations

import msgspec
import pytest
from sqlalchemy import select

from flows.catalog import FLOWS
from flows.engine.phrases import Phrase
from storage import request_tables
from tests.conversations.chats import Chat, World
from tests.conversations.journeys import LINK, NEW_RMA, UNLINK
from tests.conversations.sample import ELS, PEETERS, PEETERS_SERIAL

LOCALES = pytest.mark.parametrize("locale", ["nl", "fr", "en"])
WHO_ARE_YOU = "I first need to know which company you work for."
WRONG = "This code is not right, or no longer valid."
TOO_MANY = "Those were too many tries. You can try again from {hour}, or talk to a person."


@pytest.mark.row("ESM-02")
@LOCALES
def test_somebody_new_links_with_a_code_and_goes_on(world: World, locale: str) -> None:
    """What they came for comes right after; a password is never asked."""
    chat = world.stranger("new", locale).says(NEW_RMA[locale])
    chat.sees(WHO_ARE_YOU, "Please type the code from your invitation. I never ask for a password.")
    code = world.code(world.people[locale])
    chat.says(code.lower().replace("-", " ")).sees("Link this chat to this person?")
    assert chat.facts()["Person"].count(",") == 1
    chat.presses("Link").sees("This chat now belongs to {name}, {company}.", "Which system is it?")
    chat.says("menu")
    assert "Link this chat" not in chat.labels()


@pytest.mark.row("ESM-02")
@LOCALES
def test_a_code_is_mailed_to_an_address_on_file(world: World, locale: str) -> None:
    """And the answer is the same for an address that is not."""
    address = world.people[locale]
    chat = world.stranger("new", locale).says(LINK[locale]).presses("Mail me a code")
    chat.says("not an address").sees("That does not look like an e-mail address.").says(address.upper())
    known = chat.text().replace(address, "ADDRESS")
    other = world.stranger("other", locale).says(LINK[locale]).presses("Mail me a code")
    other.says("nobody@nowhere.example")
    assert other.text().replace("nobody@nowhere.example", "ADDRESS") == known
    assert mailed_code(world, "nobody@nowhere.example") == ""
    chat.says(mailed_code(world, address)).presses("Link").sees("This chat now belongs to {name}, {company}.")


@LOCALES
def test_five_wrong_codes_close_the_door_for_fifteen_minutes(world: World, locale: str) -> None:
    """Even for the right one; then it opens again."""
    chat = world.stranger("guess", locale).says(LINK[locale])
    for number in range(5):
        chat.says(f"ABCDE-1234{number}").sees(WRONG)
    chat.says(world.code(world.people[locale])).sees(TOO_MANY)
    world.clock.pass_(minutes=16)
    chat.says(world.code(world.people[locale])).presses("Link").sees("This chat now belongs to")


def test_a_used_an_old_and_a_guessed_code_are_answered_alike(world: World) -> None:
    """Word for word."""
    used, old = world.code(ELS), world.code(ELS)
    world.stranger("first").says(LINK["en"]).says(used).presses("Link")
    world.clock.pass_(minutes=16)
    answers = {world.stranger(code).says(LINK["en"]).says(code).text() for code in (used, old, "ABCDE-12345")}
    assert len(answers) == 1
    assert "This code is not right" in answers.pop()


def test_a_code_works_once_also_when_two_hold_it(world: World) -> None:
    """The second at the review is told so, and can go on."""
    code = world.code(ELS)
    first, second = (world.stranger(name).says(LINK["en"]).says(code) for name in ("first", "second"))
    first.presses("Link").sees("This chat now belongs to")
    second.presses("Link").sees("This code no longer works. Ask for a new one; nothing else was changed.")
    assert "Mail me a code" in second.labels()


def test_codes_are_mailed_three_times_an_hour_at_most(world: World) -> None:
    """The fourth wish is told to wait."""
    chat = world.stranger()
    for _time in range(3):
        chat.starts("link_code", email=ELS).sees("If {email} is known to us, a code is on its way.")
    chat.starts("link_code", email=ELS).sees("Several codes were sent already.")


@pytest.mark.parametrize("flow", sorted(FLOWS))
def test_somebody_we_do_not_know_sees_no_data(readings: World, flow: str) -> None:
    """Whatever they start, with whatever they know."""
    chat = readings.stranger(flow, "nl")
    known = {"system": PEETERS, "rma": "00517624", "devices": PEETERS_SERIAL, "wanted": PEETERS}
    steps = {step.name for step in FLOWS[flow].steps}
    chat.starts(flow, **{name: value for name, value in known.items() if name in steps})
    for words in (PEETERS, "Peeters", "00517624", "annuleren", "status 00517624"):
        assert_no_data(chat)
        chat.says(words)
    assert_no_data(chat)


@pytest.mark.row("ESM-02")
@LOCALES
def test_unlinking_forgets_what_was_on_screen(world: World, locale: str) -> None:
    """Drafts and cards of the company are gone; the same words are answered like a stranger's."""
    chat = world.chat(locale).says(NEW_RMA[locale])
    system = chat._words(chat.prompt.fields[0].options[0].label)
    chat.presses(system)
    card = chat.prompt
    chat.says(f"/{UNLINK[locale]}").sees("Unlink this chat?").presses("Unlink")
    chat.sees("This chat is unlinked. Your requests stay with your company.").sees_not(system)
    chat.press_at(card.token, 0).sees_not(system, "{system}: which devices?")
    chat.says("menu").sees("This chat is not linked to a company yet.").sees_not(system)
    chat.says(system).says("00517624").sees_not("RMA {rma}")


def test_a_chat_can_be_linked_to_somebody_else(world: World) -> None:
    """From then on it shows the other company's systems only."""
    chat = world.chat("nl", name="shared")
    chat.starts("link", code=world.code(world.people["fr"])).presses("Link").sees("Ardenne Soleil")
    chat.says(PEETERS).sees("Not found in your systems.")


def assert_no_data(chat: Chat) -> None:
    """Nothing of any company is in the last answer."""
    for secret in ("Zonnebouw", "Ardenne Soleil", "Dorpsstraat", "Nijverheidsweg", "IQ7", "IQ8", "Jan "):
        chat.sees_not(secret)


def mailed_code(world: World, address: str) -> str:
    """The code in the last letter to this mailbox."""
    mails = request_tables.mails.c
    query = select(mails.body).where(mails.recipient == address).order_by(mails.id.desc())
    body = world.run(world.app.uow.read(lambda connection: connection.execute(query).scalars().first()))
    items = msgspec.json.decode(body)["items"] if body else []
    phrases = [msgspec.convert(item, Phrase) for item in items if isinstance(item, dict)]
    return next((str(phrase.gaps["code"]) for phrase in phrases if "code" in phrase.gaps), "")
