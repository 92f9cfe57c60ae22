"""Days to come, as people type them."""

from __future__ import annotations

import datetime

import pytest

from bot.understanding.coming import coming_day
from bot.understanding.dates import one_day
from flows.engine.phrases import Day
from locales.speaker import Speaker

TODAY = datetime.date(2026, 11, 20)
"""A Friday."""


@pytest.mark.row("ESM-47")
@pytest.mark.parametrize("locale", ["nl", "fr", "en"])
def test_a_day_is_read_as_it_is_written_here(locale: str) -> None:
    """Whatever button or review somebody copies: "vr 27 nov", "mar. 1er déc.", "Fri 27 Nov"."""
    speaker = Speaker(locale, "Europe/Brussels", TODAY)
    for ahead in range(1, 61):
        day = TODAY + datetime.timedelta(ahead)
        assert coming_day(speaker.say(Day(day)), TODAY) == day
        past = TODAY - datetime.timedelta(ahead)
        assert one_day(speaker.say(Day(past)), TODAY) == past


@pytest.mark.row("ESM-47")
@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("overmorgen", "2026-11-22"),
        ("après-demain", "2026-11-22"),
        ("over 5 dagen", "2026-11-25"),
        ("dans 2 semaines", "2026-12-04"),
        ("volgende dinsdag", "2026-11-24"),
        ("mardi prochain", "2026-11-24"),
        ("next Tuesday", "2026-11-24"),
        ("vrijdag", "2026-11-27"),
        ("dinsdag 24 november", "2026-11-24"),
        ("le 24 novembre", "2026-11-24"),
        ("24th November", "2026-11-24"),
        ("Nov 24, 2026", "2026-11-24"),
        ("23-11-2026", "2026-11-23"),
        ("2026-11-23", "2026-11-23"),
        ("23-Nov-2026", "2026-11-23"),
        ("2 januari", "2027-01-02"),
        ("gisteren", "2026-11-19"),
    ],
)
def test_a_day_to_come_is_typed_in_any_usual_way(typed: str, day: str) -> None:
    """Without a year it is the next time that it is that day; who says yesterday means yesterday."""
    assert coming_day(typed, TODAY) == datetime.date.fromisoformat(day)


@pytest.mark.parametrize(
    "typed", ["", "🙂", "31/2", "vorige week", "12", "morgen of overmorgen", "25/8 27/8"]
)
def test_what_is_not_one_day_is_none(typed: str) -> None:
    """So that it is asked again."""
    assert coming_day(typed, TODAY) is None


@pytest.mark.parametrize("typed", ["volgende dinsdag", "mardi prochain", "next Friday"])
def test_a_day_to_come_is_not_taken_for_one_that_was(typed: str) -> None:
    """Where something happened already, it is asked again."""
    assert one_day(typed, TODAY) is None
