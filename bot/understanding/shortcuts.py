"""The commands that people type after a slash, in three languages, and what they start."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from flows.catalog import FLOWS
from flows.engine.data import Started
from flows.engine.language import Ask, Choose, Flow
from flows.engine.phrases import Phrase


class Shortcut(Struct, frozen=True):
    """A command in the menu: the flow it starts, and its name per language."""

    flow: str
    nl: str
    fr: str
    en: str


SHORTCUTS: Final = (
    Shortcut("menu", "menu", "menu", "menu"),
    Shortcut("create_rma", "nieuw", "nouveau", "new"),
    Shortcut("track_rma", "volg", "suivre", "track"),
    Shortcut("search", "zoek", "chercher", "search"),
    Shortcut("talk_to_person", "mens", "humain", "person"),
    Shortcut("change_language", "taal", "langue", "language"),
    Shortcut("help", "help", "aide", "help"),
)
"""At most seven, so that the menu is read at a glance."""


def commands(flows: Mapping[str, Flow]) -> dict[str, str]:
    """The flow behind each command. Every flow has its own name as one, which the menu does not list.

    Each works in every language: what people learnt or read over a shoulder.
    """
    own = {name: name for name in flows}
    return own | {
        name: shortcut.flow
        for shortcut in SHORTCUTS
        if shortcut.flow in flows
        for name in (shortcut.nl, shortcut.fr, shortcut.en)
    }


COMMANDS: Final[Mapping[str, str]] = commands(FLOWS)


def start(command: str, words: str) -> Started:
    """What a command starts; the words after it answer the first question."""
    flow = FLOWS[COMMANDS[command]]
    first = flow.steps[0]
    return Started(flow.name, {first.name: words} if words and isinstance(first, Ask | Choose) else {})


def menu(locale: str, flows: Mapping[str, Flow] = FLOWS) -> list[tuple[str, Phrase]]:
    """The commands with what they do, as the menu of this language lists them."""
    return [
        (getattr(shortcut, locale), flows[shortcut.flow].title)
        for shortcut in SHORTCUTS
        if shortcut.flow in flows
    ]
