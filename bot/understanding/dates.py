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


def _in_order_of(names: str, first: int) -> dict[str, int]:
    """Each name with the number of its group."""
    return {name: first + place for place, group in enumerate(names.split("|")) for name in group.split()}


_MONTHS: Final = _in_order_of(
    """jan janv januari janvier january|feb febr fev fevr februari fevrier february|mrt maart mars mar march
    |apr avr april avril|mei mai may|jun juin juni june|jul juil juli juillet july|aug augustus aout august
    |sep sept september septembre|okt oct oktober octobre october|nov november novembre
    |dec december decembre""",
    1,
)
WEEKDAYS: Final = _in_order_of(
    """maandag lundi monday|dinsdag mardi tuesday|woensdag mercredi wednesday|donderdag jeudi thursday
    |vrijdag vendredi friday|zaterdag samedi saturday|zondag dimanche sunday""",
    0,
)
UNITS: Final = {
    name: days
    for days, names in (
        (1, "dag dagen jour jours day days"),
        (7, "week weken semaine semaines weeks"),
        (30, "maand maanden mois month months"),
        (365, "jaar jaren an ans annee annees year years"),
    )
    for name in names.split()
}


def any_of(names: dict[str, int]) -> str:
    """One of these names, as a pattern."""
    return "|".join(sorted(names, key=len, reverse=True))


_MONTH = rf"(?:{any_of(_MONTHS)})\b"
_ON = (
    rf"(?:(?:{any_of(WEEKDAYS)}|ma|di|wo|do|vr|za|zo|lun|mar|mer|jeu|ven|sam|dim|mon|tue|wed|thu|fri|sat|sun)"
)
_ON += r"\.?,?\ (?:le\ |the\ )?)?"
"""The weekday before a date says nothing more; "mar." is then no month."""
_BEFORE = r"(?:vorige|vorig|afgelopen|voorbije|laatste|last|previous|past)"
_AFTER = r"(?:derniere?|passee?|precedente?)"
_THIS = r"(?:deze|dit|cette|cet|ce|this)"
_WEEK, _MON, _YEAR = r"(?:week|semaine)", r"(?:maand|mois|month)", r"(?:jaar|annee|an|year)"
_QUARTER = r"(?:kwartaal|trimestre|quarter)"
_ITEM: Final = re.compile(
    rf"""\b(?:
    {_ON}(?:(?P<iso>\d{{4}}(?P<sign>[-/.])\d{{1,2}}(?P=sign)\d{{1,2}})(?!\d)
    |(?P<numeric>\d{{1,2}}(?:/\d{{1,2}}(?:/\d{{2,4}})?|-\d{{1,2}}-\d{{2,4}}|\.\d{{1,2}}\.\d{{2,4}}))(?![\d/])
    |(?P<day>\d{{1,2}})(?:er|e|st|nd|rd|th|ste|de)?[ ./-]*(?:of\ |de\ )?(?P<month>{_MONTH})\.?
       (?:[ ./-]*,?\ ?(?P<year>\d{{4}}(?!\d)|'?\d{{2}}\b(?!\s*(?:{_MONTH}))))?)
    |(?P<month_first>{_MONTH})\.?\ (?P<day_after>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)
       (?:,?\ ?(?P<year_after>\d{{4}}(?!\d)))?
    |(?P<whole>{_MONTH})\.?(?:\ (?:de\ |of\ )?(?P<whole_year>\d{{4}}(?!\d)))?
    |(?P<today>vandaag|aujourd'?\ ?hui|today
       |(?:(?<=tot\ )|(?<=t/m\ )|(?<=to\ )|(?<=until\ )|(?<=till\ )|(?<=jusqu'a\ ))
        (?:nu|heden|now|date|maintenant|present)\b)
    |(?P<two_ago>eergisteren|avant-?\ ?hier)
    |(?P<yesterday>gisteren|hier|yesterday)
    |(?:les\ |de\ |the\ )?(?:{_BEFORE}\ (?P<count>\d{{1,3}})\ (?P<unit>{any_of(UNITS)})
       |(?P<count_fr>\d{{1,3}})\ (?:derniers|dernieres)\ (?P<unit_fr>{any_of(UNITS)}))\b
    |(?:il\ y\ a\ (?P<ago_fr>\d{{1,3}})\ (?P<ago_unit_fr>{any_of(UNITS)})\b
       |(?P<ago>\d{{1,3}})\ (?P<ago_unit>{any_of(UNITS)})\ (?:geleden|ago)\b)
    |(?P<last_week>{_BEFORE}\ {_WEEK}|(?:la\ )?{_WEEK}\ {_AFTER})\b
    |(?P<last_month>{_BEFORE}\ {_MON}|(?:le\ )?{_MON}\ {_AFTER})\b
    |(?P<last_year>{_BEFORE}\ {_YEAR}|(?:l')?{_YEAR}\ {_AFTER})\b
    |(?P<last_quarter>{_BEFORE}\ {_QUARTER}|(?:le\ )?{_QUARTER}\ {_AFTER})\b
    |(?P<this_quarter>{_THIS}\ {_QUARTER})(?:-ci)?\b
    |q(?P<quarter>[1-4])(?:\ (?P<quarter_year>20[12]\d))?\b|[kt](?P<quarter_of>[1-4])\ (?P<of_year>20[12]\d)\b
    |(?P<this_week>{_THIS}\ {_WEEK})(?:-ci)?\b|(?P<this_month>{_THIS}\ {_MON})(?:-ci)?\b
    |(?P<this_year>{_THIS}\ {_YEAR})(?:-ci)?\b
    |(?:{_BEFORE}\ )?(?P<weekday>{any_of(WEEKDAYS)})(?:\ {_AFTER})?\b(?!\ \d)
    |(?:(?<=sinds\ )|(?<=depuis\ )|(?<=since\ )|(?<=vanaf\ )
       |(?:in|en|van|of|year|jaar|het\ jaar|annee|l'annee)\ )
       (?P<only_year>20[12]\d)\b(?![-/])
    )""",
    re.VERBOSE,
)
_SHORT: Final = re.compile(
    rf"\b{_ON}(?P<day>\d{{1,2}})(?:er|e|st|nd|rd|th)?\s*"
    r"(?:-|–|tot en met|t/m|tot|to|until|till|au|and|en|et)\s*(?:le )?$"
)
"""The 3 of "du 3 au 10 mars": its month comes with the second."""
_TO: Final = re.compile(
    r"\s*(?:tot en met|t/m|tot|to|until|till|through|jusqu'?(?:au|a|en)?|au|a|and|en|et|-|–|/|\.\.\.?|…)"
    r"\s*(?:le |la |the )?"
)
_LEAD: Final = re.compile(
    r"(?:\b(?P<since>sinds|vanaf|depuis|a partir d[eu]|since|from|as of|starting|apres|after|na)"
    r"|\b(?P<until>tot en met|t/m|tot|jusqu'?(?:au|a|en)?|until|till|up to|avant|before|voor)"
    r"|\b(?P<between>tussen|entre|between|van|du|de|from|in|en|op|le|on|of|au cours d[eu])\b)"
    r"\s*(?:le |la |les |de |the |du |l'|d')?$"
)
_ALONE: Final = re.compile(
    r"(\d{1,2})[ .-]+(\d{1,2})(?:[ .-]+(\d{4}|\d{2}))?\.?|(\d{4}) +(\d{1,2}) +(\d{1,2})"
)
"""Nothing but 25-8, 25.8., 25 8 2026 or 2026 8 25: in a sentence these could be something else."""
_TO_COME: Final = re.compile(r"\b(?:volgende|komende|aanstaande|prochaine?|next)\b")
_NAMES_TOO: Final = frozenset(("jan", "mar", "mars", "may", "dec"))
"""Months only with a year, or with a word such as "since" before them."""
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
    items = [(match, span) for match in _ITEM.finditer(text) if (span := _span(match, today))]
    place = 0
    while place < len(items):
        match, span = items[place]
        start, end = match.start(), match.end()
        following = items[place + 1] if place + 1 < len(items) else None
        if following and _TO.fullmatch(text[end : following[0].start()]):
            span, end, place = _together(span, following[1]), following[0].end(), place + 1
            lead = _LEAD.search(text[:start])
            start = lead.start() if lead else start
        else:
            span, start = _led(text, start, span, today)
        place += 1
        if match["whole"] not in _NAMES_TOO or match["whole_year"] or start < match.start():
            yield Found(_in_order(span, today), start, end)


def one_day(text: str, today: datetime.date) -> datetime.date | None:
    """The one day that these words name, and no other number: "25/8", "le 3 mars", "vorige maandag"."""
    said = plain(text.strip())
    if _TO_COME.search(said):
        return None
    if alone := _ALONE.fullmatch(said):
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
    short = _SHORT.search(text[:start])
    if short:
        try:
            span = Span(span.until.replace(day=int(short["day"])), span.until)
        except ValueError:
            return span, start
        start = short.start()
    lead = _LEAD.search(text[:start])
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
            _dated(int(said["day"]), _MONTHS[said["month"]], int(year_said) if year_said else None, today)
        )
    if "month_first" in said:
        year_of = int(said["year_after"]) if "year_after" in said else None
        return _one(_dated(int(said["day_after"]), _MONTHS[said["month_first"]], year_of, today))
    if "whole" in said:
        month = _MONTHS[said["whole"]]
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
