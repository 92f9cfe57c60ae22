"""Help, the menu, the language, a person to talk to."""

from __future__ import annotations

import msgspec
import pytest
from sqlalchemy import select

from flows.engine.phrases import Text
from locales.speaker import Speaker
from storage import request_tables
from tests.conversations.chats import NOW, World
from tests.conversations.journeys import HELP, NEW_RMA, PERSON, SILENT
from tests.conversations.sample import language_of

LOCALES = pytest.mark.parametrize("locale", ["nl", "fr", "en"])
MENU = {
    "Overview": "Tap, or type a number, name, town or date.",
    "New RMA": "Which system is it?",
    "Track an RMA": "Which RMA?",
    "Search systems": "Which system?",
    "Other request": "Which system is it about?",
    "Labour reimbursement": "Labour for which RMA?",
    "Report": "Which report do you want?",
    "SMA cashback": "✓ {company} is enrolled.",
    "Add a note": "To which RMA?",
    "Talk to a person": "Nobody is live in this chat yet.",
    "Language": "Which language do you prefer?",
    "Profile": "This is how the desk knows you:",
    "Unlink this chat": "Unlink this chat? It then shows no systems",
}


@pytest.mark.row("ESM-01", "ESM-03")
@LOCALES
def test_every_door_of_the_menu_opens(readings: World, locale: str) -> None:
    """One place for all support requests, from help or by its name."""
    chat = readings.chat(locale, name=f"menu {locale}").says(HELP[locale])
    chat.sees("Here you file and track RMAs, look up your systems and reach the support desk.")
    chat.presses("Menu").sees("What do you want to do?")
    assert chat.labels() == list(MENU)
    for door, question in MENU.items():
        chat.says("/menu").presses(door).sees(question)
        chat.says({"nl": "annuleren", "fr": "annuler", "en": "cancel"}[locale])


@LOCALES
@pytest.mark.parametrize("words", ["?", "/help", "hulp", "aide", "help", "/start"])
def test_help_and_the_menu_are_there_at_any_question(readings: World, locale: str, words: str) -> None:
    """And the question is one tap away, nothing lost."""
    chat = readings.chat(locale, name=f"{locale} {words}").says(NEW_RMA[locale]).says(words)
    chat.sees_not("Not found in your systems.")
    chat.presses("Go on: {draft}").sees("Which system is it?")


@pytest.mark.row("ESM-45")
@LOCALES
def test_the_language_is_chosen_once_and_stays(world: World, locale: str) -> None:
    """By a button; the letters come in it too, and it holds after a restart."""
    other, name = ("fr", "Français") if locale != "fr" else ("nl", "Nederlands")
    chat = world.chat(locale).says({"nl": "taal", "fr": "langue", "en": "language"}[locale])
    chat.sees("Which language do you prefer?").presses(name)
    chat.sees(
        "À partir de maintenant, je vous parle en français."
        if other == "fr"
        else "Ik spreek vanaf nu Nederlands met u."
    )
    world.restart()
    chat.says("menu").sees("Que voulez-vous faire" if other == "fr" else "Wat wilt u doen?")
    assert all(out.locale == other for out in chat.answer)


@pytest.mark.row("ESM-45")
@LOCALES
def test_a_language_named_in_the_middle_is_kept_for_letters_too(world: World, locale: str) -> None:
    """The open question is asked again in it, once; the desk writes in it from now on."""
    other, word = ("fr", "français") if locale != "fr" else ("nl", "nederlands")
    chat = world.chat(locale).says(NEW_RMA[locale]).says(word).sees("Which system is it?")
    assert [out.locale for out in chat.answer] == [other] * len(chat.answer)
    assert language_of(world, world.people[locale]) == other
    world.stranger("new", locale).says(word)
    assert language_of(world, world.people[locale]) == other


@pytest.mark.row("ESM-45")
@LOCALES
def test_the_first_words_are_answered_in_the_language_of_the_channel(world: World, locale: str) -> None:
    """Detected once, before anybody chose one."""
    chat = world.stranger("new", locale).says("hallo")
    assert {out.locale for out in chat.answer} == {locale}


@pytest.mark.row("ESM-46")
@LOCALES
def test_a_person_is_asked_for_with_one_confirmation(world: World, locale: str) -> None:
    """Honest that nobody is live; number, hours, phone and mail; the desk reads what was said."""
    chat = world.chat(locale).says(NEW_RMA[locale]).says(PERSON[locale])
    chat.sees("Nobody is live in this chat yet. The desk reads its last lines and will contact you.")
    assert chat.facts()["Reach me at"].strip("`").startswith("+")
    chat.presses("Please contact me").sees("The desk will call you at {reach}.")
    chat.sees("+32 2 555 01 00", "support@solardesk.example", "Monday to Friday, {opens} to {closes}")
    chat.sees("Which system is it?")
    number = chat.number()
    summary: Text = msgspec.json.decode(case(world, number)["summary"], type=Text)
    said = Speaker(locale, "UTC", NOW.date()).say(summary)
    assert NEW_RMA[locale] in said
    assert PERSON[locale] in said
    assert case(world, number)["subject"] == "Please contact me"


@pytest.mark.row("ESM-46")
@LOCALES
def test_a_stranger_can_ask_for_a_person_too(world: World, locale: str) -> None:
    """With a number or address they type, checked."""
    chat = world.stranger("lost", locale).says(SILENT[locale]).says(PERSON[locale])
    chat.sees("How can the desk reach you? Type a phone number or an e-mail address.").says("Jan")
    chat.sees("I see no phone number or e-mail address in that.").says("0470 12 34 56")
    chat.presses("Please contact me").sees("The desk will call you at {reach}.", "0470 12 34 56")
    assert case(world, chat.number())["company"] is None


def test_the_desk_is_asked_once_however_often_send_is_tapped(world: World) -> None:
    """A nervous thumb files one case."""
    chat = world.chat("nl").says("mens")
    token, button = chat._button("Please contact me")
    chat.press_at(token, button.index)
    number = chat.number()
    chat.press_at(token, button.index)
    assert case(world, number)
    assert case(world, f"{int(number) + 1:08d}") == {}


def case(world: World, number: str) -> dict[str, str]:
    """What the desk has under this number."""
    query = select(request_tables.cases).where(request_tables.cases.c.number == number)
    found = world.run(world.app.uow.read(lambda connection: connection.execute(query).mappings().first()))
    return dict(found) if found else {}
