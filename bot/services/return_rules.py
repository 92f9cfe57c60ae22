"""What can go back, how, and when: asked before and checked again when it is announced (PORTAL-34, 35)."""

from __future__ import annotations

import datetime
import re
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
from storage.systems import folded

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

_WEEKDAYS: Final = (
    ("maandag", "lundi", "monday"),
    ("dinsdag", "mardi", "tuesday"),
    ("woensdag", "mercredi", "wednesday"),
    ("donderdag", "jeudi", "thursday"),
    ("vrijdag", "vendredi", "friday"),
    ("zaterdag", "samedi", "saturday"),
    ("zondag", "dimanche", "sunday"),
)
_TOMORROW: Final = ("morgen", "demain", "tomorrow")
_MONTHS: Final = (
    ("jan", "janv"), ("feb", "fev"), ("maa", "mar", "mrt"), ("apr", "avr"), ("mei", "mai", "may"),
    ("jun", "juin"), ("jul", "juil"), ("aug", "aou"), ("sep",), ("okt", "oct"), ("nov",), ("dec",),
)  # fmt: skip
_ISO: Final = re.compile(r"(\d{4}) (\d{1,2}) (\d{1,2})")
_DATE: Final = re.compile(r"(\d{1,2}) (\d{1,2}|[a-z]{3,9})(?: (\d{4}|\d{2}))?")


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


def day_in(words: str, today: datetime.date) -> datetime.date | None:
    """The day that was typed: "morgen", "jeudi", 25/8, 25-Aug-2026, 2026-08-25."""
    plain = folded(words)
    if plain in _TOMORROW:
        return today + datetime.timedelta(days=1)
    for weekday, names in enumerate(_WEEKDAYS):
        if plain in names:
            return today + datetime.timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    if iso := _ISO.fullmatch(plain):
        return _date(int(iso[1]), int(iso[2]), int(iso[3]))
    if found := _DATE.fullmatch(plain):
        month = int(found[2]) if found[2].isdigit() else _month(found[2])
        if found[3]:
            return _date(int(found[3]) + 2000 * (len(found[3]) == 2), month, int(found[1]))
        day = _date(today.year, month, int(found[1]))
        return _date(today.year + 1, month, int(found[1])) if day and day < today else day
    return None


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


def _month(name: str) -> int:
    return next((n for n, starts in enumerate(_MONTHS, 1) if name.startswith(starts)), 0)


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
