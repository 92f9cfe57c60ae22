"""What people type reaches the right place, in the whole product."""

from __future__ import annotations

import pytest

from tests.conversations.chats import World
from tests.conversations.sample import Sample


@pytest.mark.row("ESM-48")
def test_a_case_number_finds_its_rma(world: World) -> None:
    """With its label, with or without zeros."""
    chat = world.chat("nl")
    chat.says("status").presses("00517624").presses("Contact")
    case = next(word for word in chat.text().replace("`", " ").split() if word.startswith("0366"))
    chat.says(f"dossier {case}").sees("00517624")
    chat.says(f"status {case.lstrip('0')}").sees("00517624")


@pytest.mark.row("ESM-45")
@pytest.mark.parametrize(("wish", "said"), [("/taal fr", "Quelle RMA"), ("english please", "Which RMA?")])
def test_a_language_switch_asks_the_open_question_again(world: World, wish: str, said: str) -> None:
    """Nothing is lost, the question comes in the new language, and it stays so."""
    chat = world.chat("nl")
    chat.says("rma intrekken").sees("Welke RMA?")
    chat.says(wish).sees(said)
    chat.says("menu")
    assert "Wat wilt u doen?" not in chat.text()


@pytest.mark.row("ESM-15")
def test_a_note_is_typed_in_one_line(world: World) -> None:
    """Number and note are understood; one look, one tap."""
    chat = world.chat("nl")
    chat.says("noteer bij 517624: klant thuis na 17u").sees("klant thuis na 17u", "00517624")
    chat.presses("Add").sees("The note is with RMA {number}.")


@pytest.mark.row("ESM-48")
def test_a_shortened_number_is_asked_about_and_not_typed_again(world: World) -> None:
    """Two buttons, and the number goes along."""
    chat = world.chat("fr")
    chat.says("517612").sees("Que voulez-vous faire")
    chat.presses("Track an RMA").sees("00517612")


@pytest.mark.parametrize(
    ("locale", "words"), [("nl", "rma voor {}"), ("fr", "rma pour {}"), ("en", "rma for {}")]
)
def test_an_rma_for_somebody_may_be_new_or_old(world: World, locale: str, words: str) -> None:
    """Two buttons, and the name goes along."""
    name = Sample(world, locale).sites()[0].system.name
    chat = world.chat(locale).says(words.format(name))
    assert chat.labels() == ["New RMA", "Track an RMA", "Menu"]
    chat.presses("New RMA").sees("{system}: which devices?")


def test_another_wish_interrupts_and_the_question_comes_back(world: World) -> None:
    """Help in the middle of an RMA loses nothing."""
    chat = world.chat("en")
    chat.says("new rma").sees("Which system is it? Type a name, street, town, number or serial.")
    chat.says("talk to a person").presses("Please contact me")
    chat.sees("Which system is it? Type a name, street, town, number or serial.")


@pytest.mark.parametrize(
    ("locale", "label"), [("nl", "iets anders"), ("fr", "autre chose"), ("en", "somethng else")]
)
def test_a_button_may_be_typed(world: World, locale: str, label: str) -> None:
    """Without capitals, with a slip."""
    chat = world.chat(locale)
    chat.starts("create_rma", system="none").says("122045001234").sees("What do you see?")
    chat.says(label)
    chat.sees("In a few words: since when, what was tried, what the lights do.")


@pytest.mark.parametrize(("locale", "yes"), [("nl", "ja"), ("fr", "oui"), ("en", "yes please")])
def test_yes_sends_what_was_shown(world: World, locale: str, yes: str) -> None:
    """At the review, in a word."""
    chat = world.chat(locale)
    chat.starts("add_note", note="x")
    chat.presses(chat.labels()[0]).sees("Add this note? The desk and your colleagues can read it.")
    chat.says(yes).sees("The note is with RMA {number}.")


def test_yes_after_a_long_silence_sends_nothing(world: World) -> None:
    """Who knows what the person had in mind; the draft is shown first."""
    chat = world.chat("nl")
    chat.says("nota toevoegen")
    chat.presses(chat.labels()[0]).says("klant thuis na 17u")
    chat.sees("Add this note? The desk and your colleagues can read it.")
    world.clock.pass_(hours=13)
    chat.says("ja").sees_not("The note is with RMA {number}.")
    chat.sees("Go on", "Start again")


@pytest.mark.parametrize("locale", ["nl", "fr", "en"])
def test_words_we_do_not_know_end_in_buttons(world: World, locale: str) -> None:
    """Never a dead end, and never two languages on one screen."""
    chat = world.chat(locale)
    chat.says("hahaha 😀 bedankt").sees("I do not understand that yet.")
    assert {"Menu", "Talk to a person"} <= set(chat.labels())
