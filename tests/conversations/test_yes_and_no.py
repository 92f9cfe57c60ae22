""" "Ja", "ok" and "non" as answers to what is on screen, in the whole product."""

from __future__ import annotations

import pytest

from tests.conversations.chats import Chat, World

NOTE_ADDED = "The note is with RMA {number}."
YES = {"nl": "ja", "fr": "oui", "en": "yes"}
NO = {"nl": "nee", "fr": "non", "en": "no"}


def about_to_note(world: World, locale: str, name: str) -> Chat:
    """A chat that shows a note before it is added."""
    chat = world.open(name, locale)
    chat.starts("link", code=world.code(world.people[locale])).presses("Link")
    chat.starts("add_note", note="x").presses(chat.labels()[0])
    return chat.sees("Add this note? The desk and your colleagues can read it.")


@pytest.mark.parametrize(
    ("locale", "words"),
    [("nl", ("ok", "klopt", "Oké!", "👍")), ("fr", ("c'est bon", "ouais", "ok")), ("en", ("sure", "OK"))],
)
def test_a_nod_sends_what_was_shown(readings: World, locale: str, words: tuple[str, ...]) -> None:
    """However people agree, the one button that confirms is pressed."""
    for said in words:
        about_to_note(readings, locale, f"{locale}-{said}").says(said).sees(NOTE_ADDED)


@pytest.mark.parametrize("locale", ["nl", "fr", "en"])
def test_no_at_a_review_offers_what_can_be_changed(readings: World, locale: str) -> None:
    """Nothing is sent; a second no leads back, and yes then sends it."""
    chat = about_to_note(readings, locale, f"{locale}-no").says(NO[locale])
    chat.sees("Nothing was sent.", "What do you want to change?").sees_not(NOTE_ADDED)
    assert chat.labels() == ["RMA", "Note", "Back"]
    chat.says("ok").sees("Please use one of the buttons.").says(NO[locale]).sees("Add this note?")
    chat.says(YES[locale]).sees(NOTE_ADDED)


@pytest.mark.parametrize("locale", ["nl", "fr", "en"])
def test_a_nod_takes_nothing_away(readings: World, locale: str) -> None:
    """To withdraw takes a yes or the button; "no" stops it, and it can be taken up again."""
    chat = readings.chat(locale, name=f"{locale}-withdraws").starts("withdraw_rma")
    chat.presses(chat.labels()[0]).sees("Withdraw this RMA? It cannot be opened again.")
    chat.says("ok").sees("Please use one of the buttons.", "Withdraw this RMA?")
    chat.says(NO[locale]).sees("Stopped. Nothing was sent.").presses("Keep it after all")
    chat.says(YES[locale]).sees("RMA {number} is withdrawn.")


@pytest.mark.parametrize("wish", ["vergeet mij", "délier"])
def test_nobody_is_forgotten_or_unlinked_by_a_nod(readings: World, wish: str) -> None:
    """ "Ok" and "klopt" are no confirmation of what cannot be taken back."""
    chat = readings.chat("nl", name=wish).says(wish)
    chat.says("ok").sees("Please use one of the buttons.").says("klopt").sees(
        "Please use one of the buttons."
    )
    chat.says("nee").sees("Stopped. Nothing was sent.")


def test_yes_and_no_where_nothing_is_asked(readings: World) -> None:
    """No flow is guessed from them."""
    chat = about_to_note(readings, "nl", "idle").says("ja").sees(NOTE_ADDED)
    for said in ("ok", "ja", "nee"):
        chat.says(said).sees("Nothing is open at the moment.")


@pytest.mark.parametrize("locale", ["nl", "fr", "en"])
def test_yes_is_no_name_to_look_for(readings: World, locale: str) -> None:
    """Where one of several is to be chosen, it is neither searched for nor does it choose."""
    chat = readings.chat(locale, name=f"{locale}-chooses").starts("add_note")
    rows = chat.labels()
    for said in (YES[locale], NO[locale], "ok"):
        chat.says(said).sees("Please use one of the buttons.").sees_not("Not found")
        assert chat.labels() == rows


def test_several_chosen_things_are_confirmed_in_words(readings: World) -> None:
    """ "Dat is alles" after the devices were tapped; "nee" where photos may be left out."""
    chat = readings.chat("nl", name="several").starts("create_rma", system="700457343")
    chat.sees("{system}: which devices?")
    chat.presses(chat.labels()[0]).says("dat is alles")
    if "New anyway" in chat.labels():
        chat.says("ja").sees("Please use one of the buttons.").presses("New anyway")
    chat.presses("Not reporting").says("valt uit sinds de storm").sees("Photos help the desk decide.")
    chat.says("nee").sees("Please check everything.")
