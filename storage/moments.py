"""Points in time as the database keeps them: whole microseconds since 1970, the same on both databases."""

from __future__ import annotations

import datetime

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
MICROSECOND = datetime.timedelta(microseconds=1)


def micros(at: datetime.datetime) -> int:
    """The stored form of an aware moment."""
    return (at - EPOCH) // MICROSECOND


def moment(stored: int) -> datetime.datetime:
    """The moment, aware and in UTC, of a stored number."""
    return EPOCH + stored * MICROSECOND
