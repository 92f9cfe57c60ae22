"""What can be said, before it is translated: tests compare these, so they hold in every language."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from msgspec import Struct


class Copy(Struct, frozen=True, omit_defaults=True, gc=False, tag="copy"):
    """A number, serial or address, shown so that one tap copies it; never translated."""

    text: str


class Day(Struct, frozen=True, omit_defaults=True, gc=False, tag="day"):
    """A calendar day, written the way people write it in the reader's language."""

    date: datetime.date


class Moment(Struct, frozen=True, omit_defaults=True, gc=False, tag="moment"):
    """A point in time, written in the reader's language and time zone."""

    at: datetime.datetime


class Hour(Struct, frozen=True, omit_defaults=True, gc=False, tag="hour"):
    """A time of today, on the clock of the reader's time zone."""

    at: datetime.datetime


class Size(Struct, frozen=True, omit_defaults=True, gc=False, tag="size"):
    """A file size in bytes, written in the reader's language ("3,1 MB")."""

    bytes: int


class Euros(Struct, frozen=True, omit_defaults=True, gc=False, tag="euros"):
    """An amount of money, written in the reader's language ("€ 120,50")."""

    cents: int


class Listed(Struct, frozen=True, omit_defaults=True, gc=False, tag="listed"):
    """Several things in one sentence ("a, b and c")."""

    items: tuple[Text, ...]


class Lines(Struct, frozen=True, omit_defaults=True, gc=False, tag="lines"):
    """Several things, each on a line of its own."""

    items: tuple[Text, ...]


class Phrase(Struct, frozen=True, omit_defaults=True, gc=False, tag="phrase"):
    """A sentence not yet translated. With `plural`, the gap `n` picks the form."""

    msgid: str
    gaps: dict[str, Text] = {}
    plural: str = ""

    def __call__(self, **gaps: Text) -> Phrase:
        """The same sentence with these gaps filled."""
        return Phrase(self.msgid, {**self.gaps, **gaps}, self.plural)


Text = str | int | Copy | Day | Moment | Hour | Size | Euros | Listed | Lines | Phrase
"""Anything that can be said. A plain `str` is data (a name, somebody's own words): never translated."""


NOW_SPEAKING: Mapping[str, str] = {
    "nl": "Ik spreek vanaf nu Nederlands met u.",
    "fr": "À partir de maintenant, je vous parle en français.",
    "en": "I speak English with you from now on.",
}
"""Said once when the language changes, and kept in that language whatever is spoken later."""


def _(msgid: str) -> Phrase:
    """A sentence to translate. It returns a Phrase, not a str; Babel extracts it by this name."""
    return Phrase(msgid)


def n_(one: str, many: str) -> Phrase:
    """A sentence that counts; fill the gap `n` with the number."""
    return Phrase(one, {}, many)
