"""What stands where there is little room is readable as a whole, on every channel, in each language."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest

from bot.channels.slack import kit, views, words
from bot.channels.telegram import render
from flows.catalog import FLOWS
from flows.engine import screens
from flows.engine.buttons import CHANGE
from flows.engine.check import button_labels
from flows.engine.language import Review
from flows.engine.phrases import Phrase
from locales.speaker import Speaker, gaps_of

LONG = "Peeters Carolina, Scherp"
"""As long as the title of a flow may be: names and titles stand in the gaps of labels."""
BUTTON = min(kit.LABEL, kit.OPTION, render.LABEL)
CONFIRMED = 30
PLACEHOLDER = 150
EXPLAINED = 300


def in_little_room() -> Iterator[tuple[Phrase, int]]:
    """Phrases in titles, on buttons and in fields, each with the room that the narrowest channel has."""
    for flow in FLOWS.values():
        yield flow.title, views.TITLE
        yield from ((step.send, views.TITLE) for step in flow.steps if isinstance(step, Review))
    yield from ((phrase, views.TITLE) for phrase in (words.CONTINUE, words.CLOSE))
    yield from (
        (label, BUTTON if gaps(label) else CONFIRMED) for label in button_labels(tuple(FLOWS.values()))
    )
    own = [value for value in vars(screens).values() if isinstance(value, Phrase)]
    buttons = (
        words.OPEN_AS_FORM,
        words.TO_THE_ANSWER,
        words.GO_ON,
        words.LOOK,
        words.LOOK_AT,
        words.TYPE_MORE,
    )
    yield from ((phrase, BUTTON) for phrase in (*own, *buttons))
    yield words.CHOOSE, PLACEHOLDER
    yield words.SURE, EXPLAINED


def gaps(phrase: Phrase) -> dict[str, str]:
    """Something long for every gap."""
    return dict.fromkeys(gaps_of(phrase.msgid), LONG)


@pytest.mark.parametrize("locale", ["nl", "fr", "en"])
def test_nothing_of_ours_is_cut(locale: str) -> None:
    """Also with names in it."""
    speaker = Speaker(locale, "Europe/Brussels", datetime.date(2026, 11, 20))
    for phrase, longest in in_little_room():
        filled = phrase(**gaps(phrase)) if gaps(phrase) else phrase
        assert kit.label(filled, speaker, longest)["text"] == " ".join(speaker.say(filled).split())


@pytest.mark.parametrize("locale", ["nl", "fr", "en"])
def test_sending_in_and_changing_are_never_called_the_same(locale: str) -> None:
    """They stand side by side under a review."""
    speaker = Speaker(locale, "Europe/Brussels", datetime.date(2026, 11, 20))
    reviews = [step for flow in FLOWS.values() for step in flow.steps if isinstance(step, Review)]
    assert speaker.say(CHANGE) not in {speaker.say(step.send) for step in reviews}
