"""Texts become words: the one place where a phrase meets a language, a time zone and a calendar."""

from __future__ import annotations

import datetime
import logging
import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache, lru_cache
from gettext import c2py
from itertools import zip_longest
from typing import Final, NamedTuple, assert_never
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.numbers import format_currency, format_decimal
from babel.units import format_unit

from flows.engine.phrases import Copy, Day, Euros, Hour, Lines, Listed, Moment, Phrase, Size, Text
from locales import catalogs

log = logging.getLogger(__name__)

FORMATS: Final = {"nl": "nl", "fr": "fr", "en": "en_GB"}
"""How numbers and days are written. A language we do not speak is answered in English."""

_GAP: Final = re.compile(r"\{(\w+)\}")

Mark = Callable[[str], str]
"""What a channel does with words: escape them, or mark them as something to copy."""

Template = tuple[str, ...]
"""A sentence cut at its gaps: words, gap, words, gap, words."""


class Sentence(NamedTuple):
    """The forms of one sentence in one language, and which form a number takes."""

    forms: tuple[Template, ...]
    form_of: Callable[[int], int]


class Speaker:
    """Says texts in one person's language and time zone. `today` decides whether a day shows its year."""

    def __init__(self, locale: str, time_zone: str, today: datetime.date) -> None:
        self.language = locale if locale in FORMATS else "en"
        self._format = FORMATS[self.language]
        self._zone = ZoneInfo(time_zone)
        self._year = today.year

    @property
    def colon(self) -> str:
        """The colon of this language, with the space that stands in front of it there."""
        return "\u00a0:" if self.language == "fr" else ":"

    def say(self, text: Text, escape: Mark = str, copy: Mark = str, data: Mark | None = None) -> str:
        """The words of `text`. What a `Copy` holds goes through `copy`, everything else through `escape`.

        `data`: through which go names and people's own words instead, where it matters whose words they are.
        """
        match text:
            case str():
                return (data or escape)(text)
            case Phrase():
                return self._say_phrase(text, escape, copy, data)
            case Copy():
                return copy(text.text)
            case int():
                return escape(_number(self._format, text))
            case Day():
                return escape(self._day(text.date))
            case Moment():
                at = text.at.astimezone(self._zone)
                return escape(f"{self._day(at.date())} {at:%H:%M}")
            case Hour():
                return escape(f"{text.at.astimezone(self._zone):%H:%M}")
            case Size():
                return escape(_size(self._format, text.bytes))
            case Euros():
                return escape(_euros(self._format, text.cents))
            case Lines():
                return escape("\n").join(self.say(item, escape, copy, data) for item in text.items)
            case Listed():
                items = (self.say(item, escape, copy, data) for item in text.items)
                return "".join(
                    escape(words) + item
                    for words, item in zip_longest(_list(self._format, len(text.items)), items, fillvalue="")
                )
            case _:
                assert_never(text)

    def _say_phrase(self, phrase: Phrase, escape: Mark, copy: Mark, data: Mark | None) -> str:
        sentence = _sentence(self.language, phrase.msgid, phrase.plural)
        template = sentence.forms[0]
        if phrase.plural:
            count = phrase.gaps.get("n")
            template = sentence.forms[sentence.form_of(count if isinstance(count, int) else 2)]
        # Of two days, one of another year would make the year of the other doubtful.
        years = any(isinstance(gap, Day) and gap.date.year != self._year for gap in phrase.gaps.values())
        parts: list[str] = []
        said = ""
        for place, piece in enumerate(template):
            if place % 2 == 0:
                # "20 nov." at the end of a sentence has one full stop, not two.
                words = piece[1:] if said.endswith(".") and piece.startswith(".") else piece
                parts.append(escape(words))
            elif piece in phrase.gaps:
                gap = phrase.gaps[piece]
                said = _day(self._format, gap.date, years) if isinstance(gap, Day) else ""
                parts.append(escape(said) if said else self.say(gap, escape, copy, data))
            else:
                _gap_left_open(phrase.msgid, piece)
        return "".join(parts)

    def _day(self, date: datetime.date) -> str:
        return _day(self._format, date, date.year != self._year)


def split(sentence: str) -> Template:
    """A sentence cut at its gaps."""
    return tuple(_GAP.split(sentence))


def gaps_of(sentence: str) -> frozenset[str]:
    """The names of the gaps in a sentence."""
    return frozenset(_GAP.findall(sentence))


@cache
def _catalog(language: str) -> Catalog:
    return catalogs.read(language)


@cache
def _sentence(language: str, msgid: str, plural: str) -> Sentence:
    """Bounded by the phrases in the source. One without a translation is said in English."""
    catalog = _catalog(language)
    forms = catalogs.forms(catalog.get(msgid))
    if len(forms) == (catalog.num_plurals if plural else 1):
        return Sentence(tuple(split(form) for form in forms), c2py(catalog.plural_expr))
    return Sentence((split(msgid), split(plural or msgid)), lambda count: int(count != 1))


@cache
def _gap_left_open(msgid: str, gap: str) -> None:
    """A mistake in the source: said without the gap, reported once."""
    log.error("the gap %r of the phrase %r was left open", gap, msgid)


@lru_cache(maxsize=4096)
def _day(locale: str, date: datetime.date, with_year: bool) -> str:
    day = "d'er'" if locale == "fr" and date.day == 1 else "d"
    return format_date(date, f"{day} MMM y" if with_year else f"E {day} MMM", locale)


@lru_cache(maxsize=4096)
def _number(locale: str, number: int) -> str:
    return format_decimal(number, locale=locale)


@lru_cache(maxsize=4096)
def _size(locale: str, size: int) -> str:
    """Whole kilobytes up to a megabyte, then megabytes with one decimal."""
    if size < 1_000_000:
        return format_unit(max(1, round(size / 1000)), "digital-kilobyte", "short", locale=locale)
    return format_unit(round(size / 1_000_000, 1), "digital-megabyte", "short", locale=locale)


@lru_cache(maxsize=4096)
def _euros(locale: str, cents: int) -> str:
    return format_currency(Decimal(cents) / 100, "EUR", locale=locale)


@lru_cache(maxsize=256)
def _list(locale: str, length: int) -> tuple[str, ...]:
    """The words around the items of a list of this length."""
    return tuple(format_list(["\0"] * length, locale=locale).split("\0"))
