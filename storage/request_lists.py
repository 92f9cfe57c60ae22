"""Lists of RMAs and of cases, and how many there are per status: the same conditions for both."""

from __future__ import annotations

from typing import Literal, NamedTuple

from sqlalchemy import ColumnElement, Connection, Table, func, or_, select

from storage.desk_tables import devices, systems
from storage.request_tables import cases, rma_lines, rmas

Kind = Literal["rma", "case"]
_TABLES: dict[Kind, Table] = {"rma": rmas, "case": cases}
_BATTERIES = ("battery", "ac_battery")


class Wanted(NamedTuple):
    """What is looked for in one company; what is empty does not narrow. Days are [from, to) in microseconds.

    `systems` None: any system; an empty tuple: none of them.
    """

    company: int
    kind: Kind
    statuses: tuple[str, ...] = ()
    submitted: tuple[int, int] | None = None
    changed: tuple[int, int] | None = None
    number: str = ""
    case: str = ""
    serial: str = ""
    systems: tuple[str, ...] | None = None
    towns: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    postcode: str = ""
    battery: bool = False


class Line(NamedTuple):
    """One line of a list."""

    number: str
    status: str
    subject: str
    created_at: int
    system: str | None
    system_name: str | None
    postcode: str | None
    town: str | None


def counts(connection: Connection, wanted: Wanted) -> dict[str, int]:
    """How many there are per status, whatever status is wanted: they add up to the total."""
    table = _TABLES[wanted.kind]
    query = select(table.c.status, func.count()).group_by(table.c.status)
    found = connection.execute(query.where(*_conditions(wanted._replace(statuses=()))))
    return {status: count for status, count in found}  # noqa: C416  rows are no pairs to mypy


def listed(connection: Connection, wanted: Wanted, start: int, count: int) -> list[Line]:
    """So many of them from number `start` on, latest first."""
    table = _TABLES[wanted.kind]
    columns = (table.c.number, table.c.status, table.c.subject, table.c.created_at, table.c.system)
    query = (
        select(*columns, systems.c.name, systems.c.postcode, systems.c.town)
        .join_from(table, systems, table.c.system == systems.c.id, isouter=True)
        .where(*_conditions(wanted))
        .order_by(table.c.created_at.desc(), table.c.number.desc())
        .offset(start)
        .limit(count)
    )
    return [Line._make(row) for row in connection.execute(query)]


def towns_and_states(connection: Connection, company: int) -> tuple[list[str], list[str]]:
    """Where the systems of a company stand, each place once."""
    found = {
        column.name: list(
            connection.execute(select(column).where(systems.c.company == company).distinct()).scalars()
        )
        for column in (systems.c.town, systems.c.state)
    }
    return found["town"], [state for state in found["state"] if state]


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    table = _TABLES[wanted.kind]
    found = [table.c.company == wanted.company]
    if wanted.statuses:
        found.append(table.c.status.in_(wanted.statuses))
    for span, column in ((wanted.submitted, table.c.created_at), (wanted.changed, table.c.updated_at)):
        if span:
            found += [column >= span[0], column < span[1]]
    if wanted.number:
        found.append(table.c.number == wanted.number)
    if wanted.case:
        found.append((table.c.case_number if wanted.kind == "rma" else table.c.number) == wanted.case)
    return found + _about_system(table, wanted) + _about_devices(table, wanted)


def _about_system(table: Table, wanted: Wanted) -> list[ColumnElement[bool]]:
    mine = systems.c.company == wanted.company
    place: list[ColumnElement[bool]] = []
    if wanted.towns:
        place.append(systems.c.town.in_(wanted.towns))
    if wanted.states:
        place.append(systems.c.state.in_(wanted.states))
    if wanted.postcode:
        bare = func.replace(func.lower(systems.c.postcode), " ", "")
        place.append(bare.startswith(wanted.postcode, autoescape=True))
    found: list[ColumnElement[bool]] = []
    if place:
        found.append(table.c.system.in_(select(systems.c.id).where(mine, *place)))
    if wanted.systems is not None:
        found.append(table.c.system.in_(wanted.systems))
    return found


def _about_devices(table: Table, wanted: Wanted) -> list[ColumnElement[bool]]:
    """A case has the devices of its RMAs."""
    owner = rmas.c.number if wanted.kind == "rma" else rmas.c.case_number
    lines = (
        select(owner)
        .join_from(rma_lines, rmas, rma_lines.c.rma == rmas.c.number)
        .where(rmas.c.company == wanted.company)
    )
    found: list[ColumnElement[bool]] = []
    if wanted.serial:
        found.append(table.c.number.in_(lines.where(rma_lines.c.serial == wanted.serial)))
    if wanted.battery:
        known = select(devices.c.serial).where(devices.c.kind.in_(_BATTERIES))
        battery = or_(rma_lines.c.serial.in_(known), rma_lines.c.product.ilike("%battery%"))
        found.append(table.c.number.in_(lines.where(battery)))
    return found
