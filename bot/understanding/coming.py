"""A day to come, in any usual notation, in three languages (ESM-47)."""

from __future__ import annotations

import datetime
import re
from typing import Final

from bot.understanding.dates import one_day, plain
from bot.understanding.lexicon.days import UNITS, WEEKDAYS, any_of

_AHEAD: Final = {
    name: days
    for days, names in enumerate(
        ("vandaag|aujourd'hui|today", "morgen|demain|tomorrow",
         "overmorgen|apres-demain|apres demain|day after tomorrow|the day after tomorrow")
    )
    for name in names.split("|")
}  # fmt: skip
_IN_DAYS: Final = re.compile(
    r"(?:over|binnen|dans|in) (\d{1,2}) (dag|dagen|jours?|days?|week|weken|semaines?|weeks)"
)
_NEXT: Final = re.compile(
    r"(?:op |on |le |ce |deze |this |volgende |komende |aanstaande |next )?"
    rf"({any_of(WEEKDAYS)})(?: prochain| qui vient| komende| aanstaande)?"
)


def coming_day(text: str, today: datetime.date) -> datetime.date | None:
    """The one day to come that these words name: "morgen", "mardi", "in 3 days", "25/8", "vr 27 nov"."""
    said = " ".join(plain(text).split()).rstrip(".")
    if said in _AHEAD:
        return today + datetime.timedelta(_AHEAD[said])
    if counted := _IN_DAYS.fullmatch(said):
        return today + datetime.timedelta(int(counted[1]) * UNITS[counted[2]])
    if weekday := _NEXT.fullmatch(said):
        return today + datetime.timedelta((WEEKDAYS[weekday[1]] - today.weekday() - 1) % 7 + 1)
    latest = one_day(text, today)
    # Without a year it is the next time that it is that day.
    next_time = one_day(text, today + datetime.timedelta(364))
    if latest and next_time and (latest.month, latest.day) != (next_time.month, next_time.day):
        return latest
    return next_time or latest
