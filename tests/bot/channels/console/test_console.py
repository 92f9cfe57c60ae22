"""A terminal: what a typed line does."""

from __future__ import annotations

import asyncio
import datetime
import io

import pytest

from bot.channels.console.adapter import ConsoleChannel
from bot.ports import Outgoing, Received
from flows.engine.conversation import Button, Press
from flows.engine.events import Content, Pressed, Said
from flows.engine.outputs import Field, Output, Prompt
from flows.engine.phrases import _
from tests.bot.fakes import StoppedClock

NOON = datetime.datetime(2026, 11, 20, 12, 0, tzinfo=datetime.UTC)
CANCEL = Button(1, _("Cancel"), "nav", Press("command", "cancel"))
ROW = Button(0, "Peeters", "answer", Press("option", "1"))
WHICH = Prompt("a", fields=(Field("system", "one", _("Which?"), (ROW,), typed=True),), buttons=(CANCEL,))
HOW_MANY = Prompt("b", fields=(Field("boxes", "text", _("How many boxes?")),), buttons=(CANCEL,))


def at(output: Output) -> tuple[ConsoleChannel, io.StringIO]:
    """A terminal on which this was shown, and what is on it."""
    paper = io.StringIO()
    console = ConsoleChannel("els", "en", StoppedClock(NOON), paper)
    console.show(Outgoing(1, console.conversation, output, "en", "Europe/Brussels", NOON))
    return console, paper


def typed(console: ConsoleChannel, line: str) -> Content:
    """What that line is to the product."""
    taken: list[Content] = []

    async def receive(received: Received) -> bool:
        taken.append(console.receive(received).content)
        return True

    asyncio.run(console.line(line, receive))
    return taken[0]


@pytest.mark.parametrize("line", ["2", "#2", " 2 "])
def test_a_number_presses_a_button(line: str) -> None:
    """With or without the sign, where something is chosen."""
    console, paper = at(WHICH)
    assert "  1. Peeters\n  2. Cancel" in paper.getvalue()
    assert typed(console, line) == Pressed("a", 1)


def test_a_number_is_the_answer_where_words_are_asked_for() -> None:
    """One box is one box, and the screen says how to press instead."""
    console, paper = at(HOW_MANY)
    assert "  #1. Cancel" in paper.getvalue()
    assert typed(console, "1") == Said("1")
    assert typed(console, "#1") == Pressed("b", CANCEL.index)


def test_a_number_without_a_button_is_said() -> None:
    """It may be of an RMA."""
    console, _paper = at(WHICH)
    assert typed(console, "517624") == Said("517624")
