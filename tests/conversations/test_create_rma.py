"""Creating an RMA, as it is said."""

from __future__ import annotations

import pytest

from tests.conversations.chats import World


@pytest.mark.row("ESM-19", "ESM-21", "ESM-22", "ESM-25", "ESM-26", "ESM-27")
@pytest.mark.parametrize("locale", ["nl", "fr", "en"])
def test_an_rma_is_filed_from_words_taps_and_one_look(world: World, locale: str) -> None:
    """From "new RMA" to a number, in each language."""
    chat = world.chat(locale)
    chat.says({"nl": "nieuwe rma", "fr": "nouveau rma", "en": "new rma"}[locale])
    chat.sees("Which system is it? Type a name, street, town, number or serial.")
    first = chat.prompt.fields[0].options[0]
    chat.presses(chat._words(first.label))
    chat.presses(chat._words(chat.prompt.fields[0].options[0].label)).presses("Done")
    if "New anyway" in chat.labels():
        chat.presses("New anyway")
    chat.sees("What do you see?").presses("Not reporting")
    chat.says("sinds de storm / depuis la tempête")
    chat.presses("Skip")
    assert chat.facts()["Description"] == "sinds de storm / depuis la tempête"
    chat.presses("Send").sees("with our desk, not yet with Enphase")
    assert chat.number().startswith("00")
    assert "Track" in chat.labels()
