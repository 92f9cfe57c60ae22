"""What the codes of the desk are called."""

from __future__ import annotations

import datetime

import pytest

from bot.services.words import channel_of
from locales.speaker import Speaker


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("nl", ["webchat", "terminal", "Telegram", "Slack"]),
        ("fr", ["chat web", "terminal", "Telegram", "Slack"]),
        ("en", ["web chat", "terminal", "Telegram", "Slack"]),
    ],
)
def test_a_channel_is_named_in_words(locale: str, said: list[str]) -> None:
    """Not as the program calls it."""
    speaker = Speaker(locale, "Europe/Brussels", datetime.date(2026, 11, 20))
    keys = ("web:0a1b", "console:me", "telegram:1", "slack:T1:U1")
    assert [speaker.say(channel_of(key)) for key in keys] == said
