"""RMAs: finding them, their numbers, what changes on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, bindparam, func, insert, select, text, update

from storage.desk_tables import companies, installers, systems
from storage.request_tables import rma_lines, rmas

FIRST_NUMBERS = {"rma": 517_625, "case": 3_664_347, "return": 90_001, "claim": 40_001, "cashback": 70_001}
"""Where counting starts."""
OPEN = ("in_progress", "pending_approval", "approved")
"""The statuses in which a device may not get a second RMA unseen, and things can still change."""


class Rma(NamedTuple):
    """A return of devices under warranty, with the names of what it is about."""

    number: str
    key: str
    company: int
    installer: int
    system: str | None
    case_number: str
    status: str
    subject: str
    fault: str
    description: str
    shipping_address: str
    return_address: str
    contact: str
    assigned_to: str
    origin: str
    manufacturer_number: str
    created_at: int
    updated_at: int
    system_name: str | None
    installer_name: str
    installer_email: str
    installer_phone: str
    company_name: str

    @property
    def open(self) -> bool:
        """Whether it is still going on."""
        return self.status in OPEN


_RMA = (
    select(rmas, systems.c.name, installers.c.name, installers.c.email, installers.c.phone, companies.c.name)
    .join_from(rmas, installers, rmas.c.installer == installers.c.id)
    .join(companies, rmas.c.company == companies.c.id)
    .outerjoin(systems, rmas.c.system == systems.c.id)
)
_BY_NUMBER = _RMA.where(rmas.c.number.in_(bindparam("numbers", expanding=True)))
_LATEST = (
    _RMA.where(rmas.c.company == bindparam("company"))
    .order_by(rmas.c.created_at.desc(), rmas.c.number.desc())
    .limit(bindparam("count"))
    .offset(bindparam("start"))
)
_COUNT_OPEN = select(func.count()).where(rmas.c.company == bindparam("company"), rmas.c.status.in_(OPEN))
_ON_SYSTEMS = (
    _RMA.where(rmas.c.company == bindparam("company"))
    .where(rmas.c.system.in_(bindparam("systems", expanding=True)))
    .order_by(rmas.c.created_at.desc(), rmas.c.number.desc())
)
_OF_SERIAL = (
    _RMA.where(rmas.c.company == bindparam("company"))
    .where(rmas.c.number.in_(select(rma_lines.c.rma).where(rma_lines.c.serial == bindparam("serial"))))
    .order_by(rmas.c.created_at.desc(), rmas.c.number.desc())
)
_OF_CASE = _RMA.where(rmas.c.company == bindparam("company"), rmas.c.case_number == bindparam("case"))
_OPEN_FOR = (
    select(rma_lines.c.serial, rmas.c.company, rmas.c.number, rmas.c.status, installers.c.name)
    .join_from(rma_lines, rmas, rma_lines.c.rma == rmas.c.number)
    .join(installers, rmas.c.installer == installers.c.id)
    .where(rma_lines.c.serial.in_(bindparam("serials", expanding=True)))
    .where(rmas.c.company.in_(bindparam("companies", expanding=True)))
    .where(rmas.c.status.in_(OPEN))
    .order_by(rmas.c.created_at, rmas.c.number)
)
_BY_KEY = select(rmas.c.key, rmas.c.number).where(rmas.c.key.in_(bindparam("keys", expanding=True)))
_TAKE = text(
    "INSERT INTO numbers (kind, next) VALUES (:kind, :first + :count)"
    " ON CONFLICT (kind) DO UPDATE SET next = numbers.next + :count RETURNING next"
)
_CHANGE = update(rmas).where(rmas.c.number == bindparam("rma"))


def take_numbers(connection: Connection, kind: str, count: int) -> list[str]:
    """The next numbers of a kind: 8 digits, given out once, also to two at a time."""
    asked = {"kind": kind, "first": FIRST_NUMBERS[kind], "count": count}
    after: int = connection.execute(_TAKE, asked).scalar_one()
    return [f"{number:08d}" for number in range(after - count, after)]


def with_numbers(connection: Connection, numbers: Iterable[str]) -> dict[str, Rma]:
    """The RMAs with these numbers, of whatever company: the caller checks."""
    return {row[0]: Rma._make(row) for row in connection.execute(_BY_NUMBER, {"numbers": list(numbers)})}


def latest(connection: Connection, company: int, start: int, count: int) -> list[Rma]:
    """The RMAs of a company, latest first."""
    asked = {"company": company, "start": start, "count": count}
    return [Rma._make(row) for row in connection.execute(_LATEST, asked)]


def count_open(connection: Connection, company: int) -> int:
    """How many RMAs of a company are still going on."""
    return connection.scalar(_COUNT_OPEN, {"company": company}) or 0


def on_systems(connection: Connection, company: int, systems: Iterable[str]) -> list[Rma]:
    """The RMAs of a company on these systems, latest first."""
    rows = connection.execute(_ON_SYSTEMS, {"company": company, "systems": list(systems)})
    return [Rma._make(row) for row in rows]


def of_serial(connection: Connection, company: int, serial: str) -> list[Rma]:
    """The RMAs of a company for this device, latest first."""
    return [Rma._make(row) for row in connection.execute(_OF_SERIAL, {"company": company, "serial": serial})]


def of_case(connection: Connection, company: int, case: str) -> list[Rma]:
    """The RMAs of a company that this case is about."""
    return [Rma._make(row) for row in connection.execute(_OF_CASE, {"company": company, "case": case})]


def open_for(
    connection: Connection, companies: Iterable[int], serials: Iterable[str]
) -> dict[tuple[int, str], dict[str, tuple[str, str]]]:
    """By company and serial: the open RMAs, as number -> (status, name of who filed it)."""
    found: dict[tuple[int, str], dict[str, tuple[str, str]]] = {}
    asked = {"companies": list(companies), "serials": list(serials)}
    for serial, company, number, status, name in connection.execute(_OPEN_FOR, asked):
        found.setdefault((company, serial), {})[number] = (status, name)
    return found


def filed_under(connection: Connection, keys: Iterable[str]) -> dict[str, str]:
    """By effect key: the number of the RMA already filed under it."""
    return {key: number for key, number in connection.execute(_BY_KEY, {"keys": list(keys)})}  # noqa: C416  rows are no pairs to mypy


def add(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Add rows of one of the desk's tables, all in one go."""
    if rows:
        connection.execute(insert(table), rows)


def change(connection: Connection, rma: str, values: Mapping[str, object]) -> None:
    """Change columns of one RMA."""
    connection.execute(_CHANGE.values(**values), {"rma": rma})
