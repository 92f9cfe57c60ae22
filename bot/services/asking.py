"""One question at the desk, with who asks it; and the pages that answer it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import Connection

from bot.ports import Asked
from flows.engine.data import Request
from flows.engine.phrases import Text, _
from flows.engine.work import Page, Refused, Reply, Turn
from storage.moments import micros
from storage.people import Installer

R = TypeVar("R", bound=Request)

NOT_FOUND = Refused("not_found")
"""The same for what does not exist and for what belongs to another company."""
UNLINKED = Refused("unlinked")
MOVED = Refused("moved")
"""What is sent in from a chat that the work left already."""
MORE, PREVIOUS = _("More"), _("Previous")
AT_MOST = 10
"""Rows on one page,"""
ROWS = 5
"""or this many when there are more pages."""
T = TypeVar("T")


def shown_of(numbers: Iterable[str]) -> list[str]:
    """The latest of these RMAs, as many as are shown: nobody is asked about what they cannot see."""
    return sorted(numbers)[-AT_MOST:]


@dataclass(frozen=True, slots=True, eq=False)
class Ask(Generic[R]):
    """A request with the installer who asks; `caller` is None for somebody we do not know."""

    asked: Asked
    request: R
    caller: Installer | None

    @property
    def by(self) -> Installer:
        """The installer who asks: only for requests that people we do not know cannot make."""
        assert self.caller is not None
        return self.caller

    @property
    def now(self) -> int:
        """When it is asked, as stored."""
        return micros(self.asked.at)


def each(
    answer: Callable[[Connection, Ask[R]], Reply],
) -> Callable[[Connection, Sequence[Ask[R]]], list[Reply]]:
    """Answer a batch one by one, for requests that are not made all the time."""

    def answer_each(connection: Connection, asks: Sequence[Ask[R]]) -> list[Reply]:
        return [answer(connection, ask) for ask in asks]

    return answer_each


def start_of(cursor: str) -> int:
    """The number of the first row of the page a cursor asks for."""
    return int(cursor) if cursor.isdecimal() and len(cursor) < 7 else 0


def part(things: Sequence[T], start: int, block: str = "") -> tuple[Sequence[T], tuple[Turn, ...]]:
    """What fits on the page that begins with number `start`, and the ways on.

    `things` are those from `start` on; `block` is the part of a card that the page is in.
    """
    if start == 0 and len(things) <= AT_MOST:
        return things, ()
    prefix = f"{block}:" if block else ""
    ways = [Turn(MORE, f"{prefix}{start + ROWS}")] if len(things) > ROWS else []
    if start:
        ways.append(Turn(PREVIOUS, f"{prefix}{max(0, start - ROWS)}"))
    return things[:ROWS], tuple(ways)


def nothing(*problems: Text) -> Page:
    """No rows, and why."""
    return Page(problems=problems)
