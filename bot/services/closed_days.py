"""The days on which no carrier comes in Belgium: weekends and public holidays."""

from __future__ import annotations

import datetime
from functools import lru_cache
from typing import Final

_FIXED: Final = ((1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25))
_AFTER_EASTER: Final = (1, 39, 50)
"""Easter Monday, Ascension Day, Whit Monday."""


def is_weekend(day: datetime.date) -> bool:
    """Saturday or Sunday."""
    return day.weekday() > 4


def is_holiday(day: datetime.date) -> bool:
    """A public holiday, also one that is in a weekend."""
    return day in _holidays(day.year)


@lru_cache(maxsize=8)
def _holidays(year: int) -> frozenset[datetime.date]:
    easter = _easter(year)
    movable = (easter + datetime.timedelta(days=days) for days in _AFTER_EASTER)
    return frozenset((*(datetime.date(year, month, day) for month, day in _FIXED), *movable))


def _easter(year: int) -> datetime.date:
    """The Gregorian rule, as astronomers write it down (Meeus)."""
    century, rest = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (year % 19 + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return datetime.date(year, month, day + 1)
