"""Words that find nothing leave the list as it was shown, in the whole product."""

from __future__ import annotations

import pytest

from tests.conversations.chats import World

GIBBERISH = "xyzq"
LISTS = ("create_rma", "add_note", "claim_labour", "initiate_return", "return_label", "withdraw_rma")


@pytest.mark.parametrize("locale", ["nl", "fr", "en"])
def test_what_is_not_found_leaves_the_list(readings: World, locale: str) -> None:
    """It is said, every row is still there, and a row pressed afterwards is the answer."""
    chat = readings.chat(locale, name=f"{locale}-list")
    for flow in LISTS:
        shown = chat.starts(flow).labels()
        chat.says(GIBBERISH).sees("Not found")
        assert [label for label in chat.labels() if label != "Request access"] == shown
        assert "Show all" not in chat.labels()
        chat.presses("Cancel")
    chat.presses("Menu").starts("withdraw_rma").says(GIBBERISH)
    chat.presses(chat.labels()[0]).sees("Withdraw this RMA?")


def test_a_search_that_found_something_stays_too(readings: World) -> None:
    """The narrowed list, with the way to all of it, and what else can be done with the words."""
    chat = readings.chat("nl", name="narrowed").starts("create_rma").says("peet")
    found = chat.labels()
    chat.says(GIBBERISH).sees("Not found")
    assert [label for label in chat.labels() if label != "Request access"] == found
    chat.presses("Request access").sees("Ask the desk to give your company access?", GIBBERISH)


@pytest.mark.parametrize("flow", ["order_report", "time_zone"])
def test_other_words_for_a_choice_are_answered(readings: World, flow: str) -> None:
    """The choices stay, without a way to "all" of them, and something is said."""
    chat = readings.chat("en", name=flow)
    shown = chat.starts(flow).labels()
    question = chat.text()
    chat.says(GIBBERISH)
    assert chat.labels() == shown
    assert chat.text() != question
