"""What only this channel says, and its commands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from flows.catalog import FLOWS
from flows.engine.language import Ask, Choose, Flow
from flows.engine.model import Started
from flows.engine.phrases import Phrase, _

EDITED: Final = _("I do not read a changed message again. Please send the right words as a new message.")
UNREADABLE: Final = _("I cannot read this kind of message. Please type it, or send a photo or a PDF.")
NOT_YOURS: Final = _("This is somebody else's contact card. Please share your own, or type the number.")
IN_A_GROUP: Final = _(
    "Others read along here. I answer in our private chat, where only you see your systems."
)
OPEN_PRIVATE: Final = _("Open the private chat")
PICKED: Final = _("System {id}")
LINK_FIRST: Final = _("Link our private chat first")
NOTHING_FOUND: Final = _("Not found. Search in our private chat")
NO_BUTTON: Final = _("This button no longer works.")


class Share(Struct, frozen=True):
    """A button to share something, and what is said when it is pressed."""

    label: Phrase
    line: Phrase


SHARES: Final[Mapping[str, Share]] = {
    "phone": Share(
        _("Share my number"),
        _("Tap the button below the chat to share your name and number. The support desk sees them."),
    ),
    "place": Share(
        _("Share my location"),
        _("Tap the button below the chat to share where you are. I then show your systems within 2 km."),
    ),
}
"""By what is wanted: Telegram hands it over with a second tap, on a keyboard of its own."""


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
    Shortcut("search_systems", "zoek", "chercher", "search"),
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
