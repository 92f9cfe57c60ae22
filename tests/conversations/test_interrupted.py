"""People are called away, come back, change their mind, tap twice: nothing is lost or done twice."""

from __future__ import annotations

import pytest

from flows.engine.events import Pressed
from tests.conversations.chats import Chat, World
from tests.conversations.journeys import PERSON, SILENT, STATUS, STOP
from tests.conversations.sample import PEETERS, Sample, photo

LOCALES = pytest.mark.parametrize("locale", ["nl", "fr", "en"])
SAY_MORE = "In a few words"
PHOTOS = "Photos help the desk decide."
NO_LONGER = "That button no longer works"


def said_what(world: World, locale: str = "en", name: str = "") -> Chat:
    """An RMA at the question for words."""
    chat = world.chat(locale, name=name).starts("create_rma", system="none").says("122145999999")
    return chat.presses("Not reporting").sees(SAY_MORE)


@LOCALES
def test_after_a_night_words_are_no_answer(world: World, locale: str) -> None:
    """The draft is shown in one line, with three ways; the words were not used."""
    chat = said_what(world, locale)
    world.clock.pass_(hours=13)
    chat.says(SILENT[locale]).sees("You were busy with: {draft}. I did not use your last words for it.")
    assert chat.labels() == ["Go on", "Start again", "Later"]
    chat.presses("Go on").sees(SAY_MORE).says("it hums").presses("Skip")
    assert chat.facts()["Description"] == "it hums"


def test_within_twelve_hours_words_are_the_answer(world: World) -> None:
    """Lunch is no silence."""
    chat = said_what(world)
    world.clock.pass_(hours=11)
    chat.says("it hums").sees(PHOTOS)


def test_after_a_night_buttons_still_work(world: World) -> None:
    """A tap means what it says."""
    chat = said_what(world)
    world.clock.pass_(hours=60)
    chat.presses("Skip").sees(PHOTOS)


def test_after_a_night_one_may_start_again_or_later(world: World) -> None:
    """Again: from the first question; later: it is in the menu."""
    chat = said_what(world, name="again")
    world.clock.pass_(hours=13)
    chat.says("hm").presses("Start again").sees("Which system is it?")
    other = said_what(world, name="later")
    world.clock.pass_(hours=13)
    other.says("hm").presses("Later").sees("Kept for 30 days. You find it in the menu.")
    other.says("menu").presses("Go on: {draft}").sees(SAY_MORE)


@LOCALES
def test_a_draft_is_kept_for_thirty_days(world: World, locale: str) -> None:
    """Then it goes, and the person is told which."""
    chat = said_what(world, locale).says({"nl": "later", "fr": "plus tard", "en": "later"}[locale])
    world.clock.pass_(days=29)
    chat.says("/menu")
    assert "Go on: {draft}" in chat.labels()
    world.clock.pass_(days=2)
    chat.hears().sees("Your unfinished work was 30 days old and is removed: {draft}.")
    chat.says("/menu")
    assert "Go on: {draft}" not in chat.labels()


@LOCALES
def test_the_product_may_stop_in_the_middle(world: World, locale: str) -> None:
    """Words, buttons and photos from before go on where they were."""
    chat = said_what(world, locale)
    world.restart()
    chat.says(SILENT[locale]).sees(PHOTOS).sends(("roof.jpg", photo()))
    world.restart()
    assert chat.facts()["Description"] == SILENT[locale]
    chat.presses("Send").sees("RMA {number} is {holder}.")
    world.restart()
    chat.presses("Track").sees("RMA {rma}").presses("Description").sees(SILENT[locale])


@LOCALES
def test_one_conversation_interrupts_another_and_gives_it_back(world: World, locale: str) -> None:
    """A person is asked for in the middle; then the open question comes again."""
    chat = said_what(world, locale).says(PERSON[locale]).presses("Please contact me")
    chat.sees("The desk will call you at {reach}.", SAY_MORE)
    chat.says(STATUS[locale].format(Sample(world, locale).rmas()[0].number)).sees("RMA {rma}")
    chat.presses("Go on: {draft}").sees(SAY_MORE)


def test_the_sixth_thing_at_once_asks_which_may_go(world: World) -> None:
    """Nothing disappears by itself."""
    chat = world.chat("en")
    for flow in ("create_rma", "create_case", "add_to_rma", "add_note", "withdraw_rma"):
        chat.starts(flow)
    chat.starts("search_systems").sees("Five things are open already. Which one may go?")
    assert len(chat.labels()) == 6
    chat.presses("Add photo or serial").sees("Which system? Type a name")
    chat.says("cancel").sees("Which RMA?")


@LOCALES
def test_cancel_leaves_nothing_behind(world: World, locale: str) -> None:
    """No RMA, no draft."""
    before = len(Sample(world, locale).rmas())
    chat = said_what(world, locale).presses("Skip").presses("Skip").says(STOP[locale])
    chat.sees("Stopped. Nothing was sent.")
    assert len(Sample(world, locale).rmas()) == before
    chat.says("/menu")
    assert "Go on: {draft}" not in chat.labels()


@LOCALES
def test_back_takes_one_answer_back(world: World, locale: str) -> None:
    """By button or word; at the first question there is nothing to take back."""
    chat = said_what(world, locale).presses("Back").sees("What do you see?")
    chat.says({"nl": "terug", "fr": "retour", "en": "back"}[locale]).sees("{system}: which devices?")
    chat.says("122145999999").sees("What do you see?")


def test_a_second_tap_on_send_files_nothing_more(world: World) -> None:
    """Nor does one on yesterday's button."""
    chat = said_what(world).presses("Skip").presses("Skip")
    token, button = chat._button("Send")
    chat.press_at(token, button.index).press_at(token, button.index)
    count = len(Sample(world, "en").rmas())
    world.clock.pass_(hours=24)
    chat.press_at(token, button.index).sees(NO_LONGER)
    assert len(Sample(world, "en").rmas()) == count
    assert {"Menu", "Talk to a person"} <= set(chat.labels())


@LOCALES
def test_a_button_of_nobody_is_answered_politely(world: World, locale: str) -> None:
    """Forged, of another chat, out of range: the open question comes again."""
    other = world.chat(locale, name="other").starts("create_rma", system="none").prompt
    chat = said_what(world, locale)
    for press in (Pressed("zzzz", 0), Pressed(other.token + "f", 0), Pressed(chat.prompt.token, 99)):
        chat.does(press).sees(NO_LONGER, SAY_MORE)
    chat.says("it hums").sees(PHOTOS)


def test_the_language_changes_in_the_middle_and_the_draft_stays(world: World) -> None:
    """The open question comes in the new language with its buttons."""
    chat = world.chat("nl").starts("create_rma", system=PEETERS).presses("Meer")
    chat.says("/taal fr").sees("À partir de maintenant, je vous parle en français.", "quels appareils ?")
    chat.presses("Étiquette illisible").sees("Envoyez une photo de l'étiquette")
