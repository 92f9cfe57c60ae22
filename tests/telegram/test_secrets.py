"""What was typed as an answer to a question for a secret does not stay in the chat."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conversations.journeys import BANK
from tests.conversations.sample import TINE
from tests.telegram.carried import TelegramWorld


@pytest.mark.row("ESM-30")
def test_an_account_is_taken_from_the_chat_once_it_was_read(tmp_path: Path) -> None:
    """Also one with a slip of the finger; other words stay, and a message that is gone already is fine."""
    world = TelegramWorld(tmp_path)
    try:
        chat = world.chat("nl", email=TINE).says(BANK["nl"]).presses("Enter VAT and IBAN")
        for words in ("wat is dat", "BE 0417 497 107", "BE 0417 497 106", "BE68 5390 0754 7034"):
            chat.says(words)
        chat.presses("Keep").sees("••••7034")
        (phone,) = world.phones.values()
        shown = phone.chat()
    finally:
        world.close()
    assert "wat is dat" in shown
    assert not [digits for digits in ("497 10", "0754 7034", "53900754") if digits in shown]
    assert world.service.violations == []


@pytest.mark.row("ESM-30")
def test_who_wrote_it_too_long_ago_is_asked_to_delete_it(tmp_path: Path) -> None:
    """As after two days in which we were not there; once for each message, and the conversation goes on."""
    world = TelegramWorld(tmp_path)
    try:
        chat = world.chat("nl", email=TINE).says(BANK["nl"]).presses("Enter VAT and IBAN")
        world.service.too_late = True
        chat.says("BE 0417 497 106").says("BE68 5390 0754 7034").presses("Keep").sees("••••7034")
        (phone,) = world.phones.values()
        shown = phone.chat()
    finally:
        world.close()
    assert shown.count("Verwijder uw bericht met het nummer") == 2
    assert world.service.violations == []
