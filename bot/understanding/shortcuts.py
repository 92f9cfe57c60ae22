"""The commands that people type after a slash, in three languages, and what they start."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from flows.catalog import FLOWS
from flows.engine.model import Started
from flows.engine.phrases import Phrase


class Shortcut(Struct, frozen=True):
    """A command: the flow it starts, the answer that words after it are for, its name per language."""

    flow: str
    answer: str
    nl: str
    fr: str
    en: str


SHORTCUTS: Final = (
    Shortcut("menu", "", "menu", "menu", "menu"),
    Shortcut("create_rma", "system", "nieuw", "nouveau", "new"),
    Shortcut("track_rma", "rma", "volg", "suivre", "track"),
    Shortcut("search_systems", "system", "zoek", "chercher", "search"),
    Shortcut("talk_to_person", "", "mens", "humain", "person"),
    Shortcut("change_language", "", "taal", "langue", "language"),
    Shortcut("help", "", "help", "aide", "help"),
)
"""At most seven, so that the menu is read at a glance."""

COMMANDS: Final[Mapping[str, Shortcut]] = {
    name: shortcut
    for shortcut in SHORTCUTS
    if shortcut.flow in FLOWS
    for name in (shortcut.nl, shortcut.fr, shortcut.en)
}
"""Each works in every language: what people learnt or read over a shoulder."""


def started(name: str, rest: str) -> Started:
    """The flow of a command, with the words after it as its first answer."""
    return begun(COMMANDS[name].flow, rest)


def begun(flow: str, rest: str) -> Started:
    """A flow, with words for its first answer."""
    answer = next((shortcut.answer for shortcut in SHORTCUTS if shortcut.flow == flow), "")
    return Started(flow, {answer: rest} if rest and answer else {})


def menu(locale: str) -> list[tuple[str, Phrase]]:
    """The commands with what they do, as the menu of this language lists them."""
    return [
        (getattr(shortcut, locale), FLOWS[shortcut.flow].title)
        for shortcut in SHORTCUTS
        if shortcut.flow in FLOWS
    ]
