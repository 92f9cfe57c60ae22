"""The five conditions for labour reimbursement, and until when it can be claimed (PORTAL-27).

Every deadline is read in the stricter way: three months are never more than 90 days, two years never more
than 730. While nobody said when a device was replaced, the months count from the day its RMA was filed.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Mapping, Sequence
from typing import Final, Literal, NamedTuple

from sqlalchemy import Connection

from bot.services.days import today_of
from flows.engine.parsers import well_formed
from flows.engine.phrases import Day, Phrase, Text, _, n_
from storage import returns, rma_parts, systems
from storage.claims import Window
from storage.rmas import Rma
from storage.systems import Device

STATUS: Final[Mapping[str, Phrase]] = {
    "submitted": _("With our desk"),
    "in_review": _("Being looked at"),
    "approved": _("Claim approved"),
    "paid": _("Paid"),
    "refused": _("Refused"),
}
NEXT: Final[Mapping[str, frozenset[str]]] = {
    "submitted": frozenset({"in_review", "approved", "refused"}),
    "in_review": frozenset({"approved", "refused"}),
    "approved": frozenset({"paid", "refused"}),
    "paid": frozenset(),
    "refused": frozenset({"in_review"}),
}
NO_DATE: Final = _("I do not see a date in that. Type it like 25/8.")
_MARKS: Final[Mapping[str, Phrase]] = {
    "yes": _("✓ Yes: {what}"),
    "no": _("✗ No: {what}"),
    "unknown": _("… Not known yet: {what}"),
}


class Condition(NamedTuple):
    """One of the five, as far as we know now."""

    holds: Literal["yes", "no", "unknown"]
    what: Text

    def said(self) -> Phrase:
        """In words."""
        return _MARKS[self.holds](what=self.what)


class Limits(NamedTuple):
    """The last days on which the claim is in time."""

    months: datetime.date
    years: datetime.date | None

    @property
    def last(self) -> datetime.date:
        """The stricter one."""
        return min(self.months, self.years) if self.years else self.months


def known_devices(connection: Connection, rma: Rma) -> list[Device | None]:
    """The devices of an RMA as the desk knows them; None for one that it does not know."""
    serials = [line.serial for line in rma_parts.lines_of(connection, rma.number)]
    good = [serial for serial in serials if well_formed(serial)]
    found = systems.with_serials(connection, good) if good else {}
    mine = {serial: device for serial, device in found.items() if device.company == rma.company}
    return [mine.get(serial) for serial in serials]


def limits(rma: Rma, devices: Sequence[Device | None], replaced_on: str) -> Limits:
    """Until when; a device of which nobody knows since when it is there, sets no limit."""
    since = datetime.date.fromisoformat(replaced_on) if replaced_on else today_of(rma.created_at)
    there = installed_on(devices)
    years = min(_later(there, 24), there + datetime.timedelta(days=730)) if there else None
    return Limits(min(_later(since, 3), since + datetime.timedelta(days=90)), years)


def installed_on(devices: Sequence[Device | None]) -> datetime.date | None:
    """Since when the first of them is there: before that nothing was replaced."""
    days = [datetime.date.fromisoformat(one.installed_on) for one in devices if one and one.installed_on]
    return min(days, default=None)


def day_problem(connection: Connection, rma: Rma, day: datetime.date, today: datetime.date) -> Phrase | None:
    """Why a device of this RMA was not replaced on that day."""
    if day > today:
        return _("{day} is still to come.")(day=Day(day))
    there = installed_on(known_devices(connection, rma))
    if there and day < there:
        return _("That is before the installation on {day}.")(day=Day(there))
    return None if day.year > 2000 else NO_DATE


def last_day(connection: Connection, rma: Rma, window: Window | None) -> datetime.date:
    """Until when labour for this RMA can be claimed, as far as we know."""
    devices = known_devices(connection, rma)
    return limits(rma, devices, window.replaced_on if window else "").last


def conditions(
    connection: Connection, rma: Rma, replaced_on: str, today: datetime.date
) -> tuple[Condition, ...]:
    """The five, in the order of the manufacturer."""
    devices = known_devices(connection, rma)
    until = limits(rma, devices, replaced_on)
    return (
        _product(devices),
        _monitored(rma, devices),
        _in_time(_("less than two years after the installation"), until.years, today),
        _sent_back(connection, rma),
        _in_time(_("less than three months after the replacement"), until.months, today),
    )


def days_left(last: datetime.date, today: datetime.date) -> Phrase:
    """How long it can still be claimed."""
    left = (last - today).days
    if left < 0:
        return _("The last day was {day}. The desk decides whether it still looks at it.")(day=Day(last))
    return n_("Claim by {day} at the latest: {n} day left.", "Claim by {day} at the latest: {n} days left.")(
        n=left, day=Day(last)
    )


def _product(devices: Sequence[Device | None]) -> Condition:
    """The manufacturer determines it per product; what we can say is that these are microinverters."""
    if devices and all(one and one.kind == "microinverter" for one in devices):
        return Condition("yes", _("these are microinverters"))
    return Condition("unknown", _("whether Enphase reimburses labour for this product"))


def _monitored(rma: Rma, devices: Sequence[Device | None]) -> Condition:
    if devices and all(devices) and (rma.fault == "not_reporting" or _silent(devices)):
        return Condition("yes", _("the fault was seen in the monitoring"))
    return Condition("unknown", _("whether the fault was seen in the monitoring"))


def _silent(devices: Sequence[Device | None]) -> bool:
    return all(one and one.status != "normal" for one in devices)


def _in_time(what: Phrase, last: datetime.date | None, today: datetime.date) -> Condition:
    if last is None:
        return Condition("unknown", what)
    left = (last - today).days
    if left < 0:
        return Condition("no", _("{what}; that ended on {day}")(what=what, day=Day(last)))
    return Condition("yes", n_("{what}; {n} day left", "{what}; {n} days left")(what=what, n=left))


def _sent_back(connection: Connection, rma: Rma) -> Condition:
    """Only asked of what the approval wants back: then there is a return address."""
    if not rma.return_address:
        return Condition("unknown", _("whether the device must go back"))
    if returns.left_of(connection, rma.number):
        return Condition("no", _("the device must go back first"))
    parcels = [each for each in returns.of_rma(connection, rma.number) if each.status != "cancelled"]
    if all(each.status == "received" for each in parcels):
        return Condition("yes", _("the device was received"))
    return Condition("unknown", _("the device is on its way back, not received yet"))


def _later(day: datetime.date, months: int) -> datetime.date:
    """The same day, that many months later; the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
