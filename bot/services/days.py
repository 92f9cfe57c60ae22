"""Days as they are where the desk is: which one it is now, and when to remind of a last day."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Final
from zoneinfo import ZoneInfo

from storage.moments import micros, moment

TIME_ZONE: Final = "Europe/Brussels"
ZONE: Final = ZoneInfo(TIME_ZONE)
REMINDED_FROM: Final = datetime.time(9, tzinfo=ZONE)


def today_of(now: int) -> datetime.date:
    """The day it is at that moment."""
    return moment(now).astimezone(ZONE).date()


def reminder_at(last: datetime.date, left: int) -> int:
    """When to remind of a last day with so many days left; after it they are negative."""
    there = datetime.datetime.combine(last - datetime.timedelta(days=left), REMINDED_FROM)
    return micros(there.astimezone(datetime.UTC))


def next_reminder(last: datetime.date, days_left: Iterable[int], now: int) -> int | None:
    """The first of these reminders, given in order, that is still to come."""
    return next((at for left in days_left if (at := reminder_at(last, left)) > now), None)
