"""When nobody comes to collect anything in Belgium."""

from __future__ import annotations

import datetime

import pytest

from bot.services.closed_days import is_holiday
from bot.services.return_rules import working_days


@pytest.mark.row("PORTAL-34")
@pytest.mark.parametrize(
    ("year", "movable"),
    [
        (2024, ("04-01", "05-09", "05-20")),
        (2025, ("04-21", "05-29", "06-09")),
        (2026, ("04-06", "05-14", "05-25")),
        (2027, ("03-29", "05-06", "05-17")),
        (2038, ("04-26", "06-03", "06-14")),
    ],
)
def test_the_ten_public_holidays_of_a_year(year: int, movable: tuple[str, ...]) -> None:
    """Seven on a fixed day, three that move with Easter."""
    first = datetime.date(year, 1, 1)
    days = [first + datetime.timedelta(days=number) for number in range(365)]
    fixed = ("01-01", "05-01", "07-21", "08-15", "11-01", "11-11", "12-25")
    found = [day.strftime("%m-%d") for day in days if is_holiday(day)]
    assert found == sorted((*fixed, *movable))


def test_no_holiday_and_no_weekend_is_offered() -> None:
    """From the day before Christmas, a Thursday in 2026: the Monday after it is the first."""
    days = working_days(datetime.date(2026, 12, 24))
    assert [day.isoformat() for day in days] == [
        "2026-12-28", "2026-12-29", "2026-12-30", "2026-12-31", "2027-01-04",
    ]  # fmt: skip
