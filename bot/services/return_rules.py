"""What can go back, how, and when: asked before and checked again when it is announced (PORTAL-34, 35)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import Connection

from bot.services.closed_days import is_holiday, is_weekend
from bot.services.device_types import TYPES, types_of
from bot.services.rma_rules import permits
from flows.engine.phrases import Day, Phrase, Text, _
from storage import returns
from storage.people import Installer
from storage.returns import Line
from storage.rmas import Rma

ALL: Final = "all"
DAYS: Final = 5
LATEST: Final = datetime.timedelta(days=60)
STATUS: Final[dict[str, Phrase]] = {
    "announced": _("Announced"),
    "collected": _("Collected"),
    "in_transit": _("On its way"),
    "received": _("Received"),
    "problem": _("There is a problem"),
    "cancelled": _("Cancelled"),
}
NEXT: Final[dict[str, frozenset[str]]] = {
    "announced": frozenset({"collected", "in_transit", "received", "problem", "cancelled"}),
    "collected": frozenset({"in_transit", "received", "problem"}),
    "in_transit": frozenset({"received", "problem"}),
    "problem": frozenset({"announced", "collected", "in_transit", "received", "cancelled"}),
    "received": frozenset(),
    "cancelled": frozenset(),
}
WAYS: Final[dict[str, Phrase]] = {"pickup": _("Pick-up"), "dropoff": _("Drop-off")}


def left(connection: Connection, rma: Rma) -> list[Line]:
    """The devices that are not on their way back yet."""
    return returns.left_of(connection, rma.number)


def can_go_back(connection: Connection, rma: Rma, by: Installer) -> bool:
    """Whether a return can be announced for any of its devices."""
    return permits(rma, by, "initiate_return") and bool(left(connection, rma))


def chosen(connection: Connection, lines: Sequence[Line], devices: Iterable[str]) -> list[Line]:
    """The lines that these answers name: places on the RMA, types, or all."""
    wanted = set(devices)
    if ALL in wanted:
        return list(lines)
    types = types_of(connection, lines) if any(name in TYPES for name in wanted) else {}
    return [line for line in lines if str(line.position) in wanted or types.get(line.position) in wanted]


def working_days(today: datetime.date, count: int = DAYS) -> list[datetime.date]:
    """The next days on which somebody comes."""
    days = (today + datetime.timedelta(days=ahead) for ahead in range(1, 3 * count + 3))
    return [day for day in days if not is_weekend(day) and not is_holiday(day)][:count]


def day_problem(day: datetime.date | None, today: datetime.date) -> Text | None:
    """Why nobody can come then."""
    if day is None:
        return _("I do not recognise a date in that. Type it like 25/8.")
    if day <= today or day - today > LATEST:
        last = today + LATEST
        return _("Choose a day between tomorrow and {last}.")(last=Day(last))
    if is_holiday(day):
        return _("{day} is a public holiday; nobody comes then.")(day=Day(day))
    if is_weekend(day):
        return _("{day} is in the weekend; nobody comes then.")(day=Day(day))
    return None
