"""What reports are made of: the requests of one company that were filed between two days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, Table, func, select

from storage.desk_tables import cases, installers, rma_lines, rmas, systems

AT_ONCE = 500


class Scope(NamedTuple):
    """Of which company, filed in [since, until) in microseconds, on which systems; None: on any or none."""

    company: int
    since: int
    until: int
    systems: tuple[str, ...] | None = None


_SERIALS = (
    select(func.aggregate_strings(rma_lines.c.serial, ", "))
    .where(rma_lines.c.rma == rmas.c.number, rma_lines.c.serial != "")
    .correlate(rmas)
    .scalar_subquery()
)
_RMAS_OF = (
    select(func.aggregate_strings(rmas.c.number, ", "))
    .where(rmas.c.case_number == cases.c.number)
    .correlate(cases)
    .scalar_subquery()
)


def _about(table: Table, *more: ColumnElement[Any]) -> Select[Any]:
    """All columns of a request, with its system, who filed it and what else is said of it."""
    place = (systems.c.street, systems.c.postcode, systems.c.town)
    return (
        select(table, systems.c.name.label("system_name"), *place, installers.c.name.label("who"), *more)
        .join_from(table, systems, table.c.system == systems.c.id, isouter=True)
        .join(installers, table.c.installer == installers.c.id, isouter=True)
    )


_OF: Mapping[str, tuple[Table, Select[Any]]] = {
    "rma": (rmas, _about(rmas, _SERIALS.label("serials"))),
    "case": (cases, _about(cases, _RMAS_OF.label("rmas"))),
}
"""Per kind of report, the table that says what there is, and all that is told of it."""


def count(connection: Connection, kind: str, scope: Scope) -> int:
    """How many there are."""
    table, _query = _OF[kind]
    return connection.execute(select(func.count()).where(*_conditions(table, scope))).scalar_one()


def rows(connection: Connection, kind: str, scope: Scope) -> Iterator[RowMapping]:
    """All of them by column, first ones first, read as they are used up."""
    table, query = _OF[kind]
    query = query.where(*_conditions(table, scope)).order_by(table.c.created_at, table.c.number)
    yield from connection.execute(query.execution_options(yield_per=AT_ONCE)).mappings()


def _conditions(table: Table, scope: Scope) -> list[ColumnElement[bool]]:
    found = [
        table.c.company == scope.company,
        table.c.created_at >= scope.since,
        table.c.created_at < scope.until,
    ]
    return found if scope.systems is None else [*found, table.c.system.in_(scope.systems)]
