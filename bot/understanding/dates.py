"""Days and spans of days inside a sentence, in any usual notation, in three languages (ESM-47).

Weeks start on Monday; a span includes its first and its last day and ends no later than today.
"""

from __future__ import annotations

import calendar
import datetime
import re
import unicodedata
from collections.abc import Iterator
from typing import Final, NamedTuple

from bot.understanding.lexicon.days import (
    ALONE,
    ITEM,
    LEAD,
    MONTHS,
    NAMES_TOO,
    SHORT,
    TO,
    TO_COME,
    UNITS,
    WEEKDAYS,
)

EARLIEST: Final = datetime.date(2000, 1, 1)


class Span(NamedTuple):
    """The first and the last day."""

    since: datetime.date
    until: datetime.date


class Found(NamedTuple):
    """A span of days and the part of the sentence that says it."""

    span: Span
    start: int
    end: int


def plain(text: str) -> str:
    """Lower case without accents, each sign where it was or left out: how dates are looked for."""
    spread = unicodedata.normalize("NFKD", text.lower().replace("’", "'").replace("œ", "oe"))
    return "".join(sign for sign in spread if not unicodedata.combining(sign))


def spans(text: str, today: datetime.date) -> Iterator[Found]:
    """Every span in a plain sentence; two days that belong together are one."""
    items = [(match, span) for match in ITEM.finditer(text) if (span := _span(match, today))]
    place = 0
    while place < len(items):
        match, span = items[place]
        start, end = match.start(), match.end()
        following = items[place + 1] if place + 1 < len(items) else None
        if following and TO.fullmatch(text[end : following[0].start()]):
            span, end, place = _together(span, following[1]), following[0].end(), place + 1
            lead = LEAD.search(text[:start])
            start = lead.start() if lead else start
        else:
            span, start = _led(text, start, span, today)
        place += 1
        if match["whole"] not in NAMES_TOO or match["whole_year"] or start < match.start():
            yield Found(_in_order(span, today), start, end)


def one_day(text: str, today: datetime.date) -> datetime.date | None:
    """The one day that these words name, and no other number: "25/8", "le 3 mars", "vorige maandag"."""
    said = plain(text.strip())
    if TO_COME.search(said):
        return None
    if alone := ALONE.fullmatch(said):
        said = "/".join(number for number in alone.groups() if number)
    found = list(spans(said, today))
    if len(found) != 1 or found[0].span.since != found[0].span.until:
        return None
    rest = said[: found[0].start] + said[found[0].end :]
    return None if any(sign.isdigit() for sign in rest) else found[0].span.since


def _together(first: Span, second: Span) -> Span:
    """From the first to the second; a year that was said once is that of both."""
    since = first.since
    if since > second.until and (since.month, since.day) != (2, 29):
        since = since.replace(year=second.until.year)
    return Span(since, second.until)


def _led(text: str, start: int, span: Span, today: datetime.date) -> tuple[Span, int]:
    """The span as the words before it make it: since then, until then, from the 3rd to then."""
    short = SHORT.search(text[:start])
    if short:
        try:
            span = Span(span.until.replace(day=int(short["day"])), span.until)
        except ValueError:
            return span, start
        start = short.start()
    lead = LEAD.search(text[:start])
    if lead is None:
        return span, start
    if lead["since"] and not short:
        return Span(span.since, today), lead.start()
    if lead["until"] and not short:
        before = lead["until"] in ("avant", "before", "voor")
        return Span(EARLIEST, span.since - datetime.timedelta(1) if before else span.until), lead.start()
    return span, lead.start()


def _in_order(span: Span, today: datetime.date) -> Span:
    since, until = sorted(span)
    until = min(until, today) if since <= today else until
    return Span(since, until)


def _span(match: re.Match[str], today: datetime.date) -> Span | None:
    """What one expression means; None for a day that does not exist."""
    said = {name: value for name, value in match.groupdict().items() if value}
    try:
        return _written(said, today) or _counted(said, today) or _relative(said, today)
    except (ValueError, OverflowError):
        return None


def _written(said: dict[str, str], today: datetime.date) -> Span | None:
    """A date as it is written: with numbers or the name of a month."""
    if "iso" in said:
        return _one(datetime.date(*(int(part) for part in re.split(r"[-/.]", said["iso"]))))
    if "numeric" in said:
        day, month, *year = (int(part) for part in re.split(r"[/.-]", said["numeric"]))
        return _one(_dated(day, month, year[0] if year else None, today))
    if "day" in said:
        year_said = said["year"].strip("'") if "year" in said else ""
        return _one(
            _dated(int(said["day"]), MONTHS[said["month"]], int(year_said) if year_said else None, today)
        )
    if "month_first" in said:
        year_of = int(said["year_after"]) if "year_after" in said else None
        return _one(_dated(int(said["day_after"]), MONTHS[said["month_first"]], year_of, today))
    if "whole" in said:
        month = MONTHS[said["whole"]]
        year_of = int(said["whole_year"]) if "whole_year" in said else None
        first = _dated(1, month, year_of, today)
        return Span(first, first.replace(day=calendar.monthrange(first.year, month)[1]))
    quarter = said.get("quarter") or said.get("quarter_of")
    if quarter:
        of_year = said.get("quarter_year") or said.get("of_year")
        asked = _quarter(int(quarter), int(of_year or today.year))
        return asked if of_year or asked.since <= today else _quarter(int(quarter), today.year - 1)
    if "only_year" in said:
        number = int(said["only_year"])
        return Span(datetime.date(number, 1, 1), datetime.date(number, 12, 31))
    return None


def _quarter(number: int, year: int) -> Span:
    """Three months; number 0 is the last one of the year before."""
    if number == 0:
        number, year = 4, year - 1
    last = datetime.date(year, number * 3, calendar.monthrange(year, number * 3)[1])
    return Span(datetime.date(year, number * 3 - 2, 1), last)


def _dated(day: int, month: int, year: int | None, today: datetime.date) -> datetime.date:
    """The date; without a year the last time it was that day."""
    if year is None:
        year = today.year
        if (month, day) > (today.month, today.day):
            year -= 1
    return datetime.date(year + 2000 if year < 100 else year, month, day)


def _counted(said: dict[str, str], today: datetime.date) -> Span | None:
    """So many days, weeks or months."""
    for count, unit, ago in (
        ("count", "unit", False),
        ("count_fr", "unit_fr", False),
        ("ago", "ago_unit", True),
        ("ago_fr", "ago_unit_fr", True),
    ):
        if count in said:
            then = today - datetime.timedelta(int(said[count]) * UNITS[said[unit]])
            return _one(then) if ago else Span(then, today)
    return None


def _relative(said: dict[str, str], today: datetime.date) -> Span | None:
    """Days named by where they stand to today."""
    name = next((name for name in said if name in _FROM_TODAY), "")
    if name:
        return _one(today - datetime.timedelta(_FROM_TODAY[name]))
    if "weekday" in said:
        days = (today.weekday() - WEEKDAYS[said["weekday"]]) % 7 or 7
        return _one(today - datetime.timedelta(days))
    monday = today - datetime.timedelta(today.weekday())
    first = today.replace(day=1)
    day = datetime.timedelta(1)
    known = {
        "this_week": Span(monday, today),
        "last_week": Span(monday - 7 * day, monday - day),
        "last_quarter": _quarter((today.month - 1) // 3, today.year),
        "this_quarter": _quarter((today.month - 1) // 3 + 1, today.year),
        "this_month": Span(first, today),
        "last_month": Span((first - day).replace(day=1), first - day),
        "this_year": Span(today.replace(month=1, day=1), today),
        "last_year": Span(datetime.date(today.year - 1, 1, 1), datetime.date(today.year - 1, 12, 31)),
    }
    return next((known[name] for name in said if name in known), None)


_FROM_TODAY: Final = {"today": 0, "yesterday": 1, "two_ago": 2}


def _one(day: datetime.date) -> Span:
    return Span(day, day)
