"""People to choose from, found by the words of their name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.services.asking import AT_MOST, nothing, part, start_of
from flows.engine.phrases import _
from flows.engine.work import Page, Row
from storage import colleagues
from storage.people import Installer


def by_name(everybody: Sequence[Installer], text: str, cursor: str, row: Callable[[Installer], Row]) -> Page:
    """A page of them, or those that the words name."""
    if text.strip():
        like = colleagues.named(everybody, text)
        if not like:
            return nothing(_("Nobody of that name works here."))
        return Page(tuple(map(row, like[:AT_MOST])), exact=len(like) == 1)
    shown, turns = part(everybody[start_of(cursor) :], start_of(cursor))
    return Page(tuple(map(row, shown)), turns=turns)
