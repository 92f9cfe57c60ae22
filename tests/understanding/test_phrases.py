"""How often whole sentences are understood: our own development set, one file per language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.understanding import Understanding
from flows.catalog import FLOWS
from flows.engine.conversation import Conversation
from flows.engine.data import Started
from flows.engine.events import Content, Spoke, Unclear

READER = Understanding(FLOWS)
NOTHING_OPEN = Conversation("web:1", "nl")


class Line(NamedTuple):
    """A sentence and what it asks for."""

    text: str
    wanted: str
    answers: dict[str, str]


def lines(language: str) -> Iterator[Line]:
    """The development set of a language."""
    path = Path(__file__).with_name(f"phrases_{language}.tsv")
    for row in path.read_text(encoding="utf-8").splitlines():
        if not row.startswith("#"):
            text, wanted, *rest = row.split("\t")
            pairs = [pair.partition("=") for pair in rest[0].split(";")] if rest else []
            yield Line(text, wanted, {name: value for name, _sign, value in pairs})


def name_of(content: Content | None) -> str:
    """What a reading comes down to."""
    match content:
        case Started("thanks"):
            return "none"  # "you are welcome" is an answer, no wish that was understood
        case Started(flow):
            return flow
        case Spoke(locale):
            return f"language:{locale}"
        case _:
            return "none"


def offers(content: Content | None, wanted: str) -> bool:
    """Whether the right button is offered."""
    return isinstance(content, Unclear) and any(guess.flow == wanted for guess in content.guesses)


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_most_sentences_start_the_right_flow(language: str) -> None:
    """Right at once .90, right or offered as a button .96, wrong at most .03; chit-chat starts nothing."""
    read = [(line, READER.understand(line.text, language, NOTHING_OPEN)) for line in lines(language)]
    wishes = [(line, content) for line, content in read if line.wanted != "none"]
    right = [line for line, content in wishes if name_of(content) == line.wanted]
    offered = [line for line, content in wishes if offers(content, line.wanted)]
    wrong = [(line.text, name_of(c)) for line, c in wishes if name_of(c) not in (line.wanted, "none")]
    missed = [line.text for line, c in wishes if name_of(c) == "none" and line not in offered]
    started = [(line.text, name_of(c)) for line, c in read if line.wanted == "none" and name_of(c) != "none"]
    assert len(wishes) >= 110
    assert len(right) / len(wishes) >= 0.90, [line.text for line in offered]
    assert (len(right) + len(offered)) / len(wishes) >= 0.96, missed
    assert len(wrong) / len(wishes) <= 0.03, wrong
    assert started == []


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_what_was_said_besides_is_kept(language: str) -> None:
    """Numbers, names and notes: where the flow is right, at least .95 are exactly right."""
    read = [
        (line, READER.understand(line.text, language, NOTHING_OPEN))
        for line in lines(language)
        if line.answers
    ]
    known = [(line, content) for line, content in read if isinstance(content, Started)]
    lost = [
        (line.text, content.answers)
        for line, content in known
        if any(content.answers.get(name) != value for name, value in line.answers.items())
    ]
    assert len(lost) / len(known) <= 0.05, lost
