"""What somebody does in the first hour: one line for everything, no photo at hand, a tap too many."""

from __future__ import annotations

import pytest

from tests.conversations.chats import World
from tests.conversations.journeys import THANKS
from tests.conversations.sample import Sample, photo

LOCALES = pytest.mark.parametrize("locale", ["nl", "fr", "en"])
BROKEN = {"nl": "{}, micro kapot", "fr": "{}, micro en panne", "en": "{}, broken micro"}
NO_PHOTO = {"nl": "ik heb geen foto", "fr": "je n'ai pas de photo", "en": "no photo"}
DEVICES = "{system}: which devices?"


@LOCALES
def test_the_first_line_of_the_readme_works(world: World, locale: str) -> None:
    """A name and "micro kapot": the system is known, the devices are asked."""
    system = Sample(world, locale).sites()[0].system
    chat = world.chat(locale).says(BROKEN[locale].format(system.name.lower()))
    chat.sees(DEVICES).presses("Label unreadable")
    chat.sees("Please send a photo of the label")


@pytest.mark.row("ESM-22")
@LOCALES
def test_an_unreadable_label_without_a_photo_can_be_filed(world: World, locale: str) -> None:
    """The desk asks for the photo later."""
    chat = world.chat(locale).starts("create_rma", system="none").presses("Label unreadable")
    chat.says(NO_PHOTO[locale]).sees("What do you see?")
    chat.presses("Damaged").presses("Skip")
    while "Send" not in chat.labels():
        options = chat.prompt.fields[0].options
        chat.press_at(chat.prompt.token, options[0].index) if options else chat.presses("Skip")
    chat.presses("Send").sees("RMA {number} is {holder}.")


@LOCALES
def test_a_photo_sent_over_another_review_joins_the_draft(world: World, locale: str) -> None:
    """A person is asked for in the middle of an RMA; the photo is the RMA's."""
    chat = world.chat(locale).starts("create_rma", system="none").says("122145999999")
    chat.starts("talk_to_person").sends(("roof.jpg", photo()))
    chat.sees("Added to “{draft}”: {files}.", "Nobody is live in this chat yet.")


@LOCALES
def test_a_draft_that_was_cancelled_by_mistake_comes_back(world: World, locale: str) -> None:
    """With one tap; nothing was sent meanwhile."""
    before = len(Sample(world, locale).rmas())
    chat = world.chat(locale).starts("create_rma", system="none").says("122145999999")
    chat.presses("Cancel").sees("Stopped. Nothing was sent.")
    chat.presses("Keep it after all").sees("What do you see?")
    assert len(Sample(world, locale).rmas()) == before


@LOCALES
def test_a_stranger_is_offered_only_what_a_stranger_can_do(world: World, locale: str) -> None:
    """Two empty drafts are not in the menu, and after asking for a person there is no way to file."""
    chat = world.stranger("new", locale).starts("create_rma").starts("menu")
    assert chat.labels().count("Go on: {draft}") == 1
    chat.starts("talk_to_person").says("0470 12 34 56").presses("Please contact me")
    assert "New RMA" not in chat.msgids()


@LOCALES
def test_thanks_are_answered_kindly(world: World, locale: str) -> None:
    """Not as something that is not understood."""
    world.chat(locale).says(THANKS[locale]).sees("You are welcome.").sees_not("I do not understand")


def test_a_guess_says_what_it_searches_for(world: World) -> None:
    """Not only that it searches."""
    chat = world.chat("nl").says("3000")
    assert any("3000" in chat._words(button.label) for button in chat.prompt.buttons)
