"""What can go back, how, and when: asked before and checked again when it is announced (PORTAL-34, 35)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import Connection

from bot.services.closed_days import is_holiday, is_weekend
from bot.services.rma_rules import permits
from flows.engine.parsers import well_formed
from flows.engine.phrases import Day, Phrase, Text, _
from storage import returns, systems
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
BATTERIES: Final = _(
    "A battery goes in its original box, or in one that a carrier accepts for lithium.\n"
    "Is it swollen, wet or hot? Do not pack it, and call us first.\n"
    "It is only collected, never dropped off."
)
"""The rules for batteries; a carrier may ask for more."""


def left(connection: Connection, rma: Rma) -> list[Line]:
    """The devices that are not on their way back yet."""
    return returns.left_of(connection, rma.number)


def can_go_back(connection: Connection, rma: Rma, by: Installer) -> bool:
    """Whether a return can be announced for any of its devices."""
    return permits(rma, by, "initiate_return") and bool(left(connection, rma))


def chosen(lines: Sequence[Line], devices: Iterable[str]) -> list[Line]:
    """The lines that these answers name: places on the RMA, or all."""
    wanted = set(devices)
    return [line for line in lines if ALL in wanted or str(line.position) in wanted]


def with_battery(connection: Connection, lines: Iterable[Line]) -> bool:
    """Whether there is a battery among them, by what the desk knows or by its name."""
    lines = list(lines)
    serials = [line.serial for line in lines if well_formed(line.serial)]
    known = systems.with_serials(connection, serials) if serials else {}
    return any(device.kind == "battery" for device in known.values()) or any(
        "battery" in line.product.lower() for line in lines
    )


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
