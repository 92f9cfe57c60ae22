"""Devices registered for the cashback: what is known of each, and when to remind of documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, func, insert, select, text, update

from storage.cashback_tables import cashback_days, cashback_items, cashback_numbers
from storage.desk_tables import companies, installers


class Device(NamedTuple):
    """A registered device, with who registered it."""

    number: str
    company: int
    installer: int
    serial: str
    product: str
    subject: str
    installed_on: str
    euros: int | None
    status: str
    deadline: str | None
    documents_at: int | None
    created_at: int
    installer_name: str

    @property
    def about(self) -> str:
        """Its kind and number, as the desk names it."""
        return f"cashback {self.number}"


class Profile(NamedTuple):
    """Somebody with the customer number in their profile, and since when."""

    installer: int
    company: int
    company_name: str
    number: str
    at: int


_DEVICE = select(*(cashback_items.c[name] for name in Device._fields[:-1]), installers.c.name).join_from(
    cashback_items, installers, cashback_items.c.installer == installers.c.id
)
_BY_NUMBER = _DEVICE.where(cashback_items.c.number == bindparam("number"))
_TAKEN = _DEVICE.where(cashback_items.c.serial.in_(bindparam("serials", expanding=True))).where(
    cashback_items.c.status != "not_registrable"
)
_REAL = _TAKEN.where(~cashback_items.c.practice)
_PRACTISED = _TAKEN.where(cashback_items.c.company == bindparam("company"))
_REFUSED = (
    _DEVICE.where(cashback_items.c.serial.in_(bindparam("serials", expanding=True)))
    .where(cashback_items.c.status == "not_registrable")
    .order_by(cashback_items.c.created_at)
)
_OF_COMPANY = (
    _DEVICE.where(cashback_items.c.company == bindparam("company"))
    .order_by(cashback_items.c.created_at.desc(), cashback_items.c.number.desc())
    .limit(bindparam("count"))
    .offset(bindparam("start"))
)
_COUNTS = (
    select(cashback_items.c.status, func.count(), func.sum(cashback_items.c.euros))
    .where(cashback_items.c.company == bindparam("company"))
    .group_by(cashback_items.c.status)
)
_DUE = (
    _DEVICE.where(cashback_items.c.remind_at <= bindparam("now"))
    .order_by(cashback_items.c.remind_at)
    .limit(bindparam("count"))
)
_FILE = text(
    "INSERT INTO cashback_files (item, attachment) VALUES (:item, :attachment) ON CONFLICT DO NOTHING"
)
_DAY = text("INSERT INTO cashback_days (day, at) VALUES (:day, :at) ON CONFLICT DO NOTHING")
_NUMBER = text(
    "INSERT INTO cashback_numbers (installer, customer_number, at) VALUES (:installer, :number, :at)"
    " ON CONFLICT (installer) DO UPDATE SET at = CASE"
    " WHEN cashback_numbers.customer_number = excluded.customer_number THEN cashback_numbers.at"
    " ELSE excluded.at END, customer_number = excluded.customer_number"
)


def _devices(connection: Connection, query: Any, **asked: Any) -> list[Device]:
    return [Device._make(row) for row in connection.execute(query, asked)]


def get(connection: Connection, number: str) -> Device | None:
    """The device of that number, of whatever company: the caller checks."""
    found = _devices(connection, _BY_NUMBER, number=number)
    return found[0] if found else None


def registered(
    connection: Connection, serials: Iterable[str], practised_by: int | None = None
) -> dict[str, Device]:
    """By serial: the devices that are registered already, by whatever company; in practice, by that one."""
    query, more = (_PRACTISED, {"company": practised_by}) if practised_by else (_REAL, {})
    return {device.serial: device for device in _devices(connection, query, serials=list(serials), **more)}


def not_registrable(connection: Connection, serials: Iterable[str]) -> dict[tuple[int, str], Device]:
    """By company and serial: the last of the devices that could not be registered."""
    found = _devices(connection, _REFUSED, serials=list(serials))
    return {(device.company, device.serial): device for device in found}


def of_company(connection: Connection, company: int, start: int, count: int) -> list[Device]:
    """The devices of a company, the latest first."""
    return _devices(connection, _OF_COMPANY, company=company, start=start, count=count)


def with_serials(connection: Connection, company: int, serials: Sequence[str]) -> list[Device]:
    """The devices of a company with these serials, also those that could not be registered."""
    query = (
        _DEVICE.where(cashback_items.c.company == company)
        .where(cashback_items.c.serial.in_(serials))
        .order_by(cashback_items.c.created_at.desc())
    )
    return _devices(connection, query)


def in_status(connection: Connection, company: int, status: str) -> list[Device]:
    """The devices of a company in one status, the one with the nearest deadline first."""
    query = (
        _DEVICE.where(cashback_items.c.company == company)
        .where(cashback_items.c.status == status)
        .order_by(cashback_items.c.deadline, cashback_items.c.number)
    )
    return _devices(connection, query)


def counts(connection: Connection, company: int) -> dict[str, tuple[int, int]]:
    """By status: how many devices, and how many euros are confirmed for them."""
    rows = connection.execute(_COUNTS, {"company": company})
    return {status: (count, euros or 0) for status, count, euros in rows}


def add(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep new devices."""
    if rows:
        connection.execute(insert(cashback_items), list(rows))


def keys_in_use(connection: Connection, keys: Sequence[str]) -> set[str]:
    """Which of these effects are there already."""
    found = select(cashback_items.c.key).where(cashback_items.c.key.in_(keys))
    return set(connection.execute(found).scalars())


def change(connection: Connection, number: str, **values: Any) -> None:
    """Change what is known of a device."""
    connection.execute(update(cashback_items).where(cashback_items.c.number == number).values(**values))


def due(connection: Connection, now: int, count: int) -> list[Device]:
    """The devices of which somebody is to be reminded now."""
    return _devices(connection, _DUE, now=now, count=count)


def add_files(connection: Connection, number: str, files: Sequence[str]) -> None:
    """Keep documents with a device, each once."""
    if files:
        connection.execute(_FILE, [{"item": number, "attachment": file} for file in files])


def set_number(connection: Connection, installer: int, number: str, now: int) -> None:
    """Keep the customer number that somebody has in their profile; a later one takes its place."""
    connection.execute(_NUMBER, {"installer": installer, "number": number, "at": now})


def numbers_of(connection: Connection, company: int) -> list[tuple[str, str | None]]:
    """Everybody of a company, with the customer number in their profile as far as we know it."""
    query = (
        select(installers.c.name, cashback_numbers.c.customer_number)
        .outerjoin(cashback_numbers, cashback_numbers.c.installer == installers.c.id)
        .where(installers.c.company == company)
        .where(installers.c.active)
        .order_by(installers.c.name)
    )
    return [(name, number) for name, number in connection.execute(query)]


def profiles(connection: Connection) -> list[Profile]:
    """Everybody whose customer number we know, who has had it longest first."""
    query = (
        select(
            installers.c.id,
            installers.c.company,
            companies.c.name,
            cashback_numbers.c.customer_number,
            cashback_numbers.c.at,
        )
        .join_from(cashback_numbers, installers, cashback_numbers.c.installer == installers.c.id)
        .join(companies, companies.c.id == installers.c.company)
        .where(installers.c.active)
        .order_by(cashback_numbers.c.at, installers.c.id)
    )
    return [Profile._make(row) for row in connection.execute(query)]


def taken_over(connection: Connection, day: str) -> bool:
    """Whether the overview was taken over on this day."""
    query = select(cashback_days.c.day).where(cashback_days.c.day == day)
    return connection.execute(query).first() is not None


def take_day(connection: Connection, day: str, now: int) -> bool:
    """Note that the overview is taken over; False when it was on this day."""
    return connection.execute(_DAY, {"day": day, "at": now}).rowcount == 1


def last_taken_over(connection: Connection) -> str | None:
    """The last day on which the overview was taken over."""
    return connection.execute(select(func.max(cashback_days.c.day))).scalar_one_or_none()
