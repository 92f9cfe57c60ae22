"""What reports are made of: the requests of one company that were filed between two days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, Table, func, select

from storage.cashback_tables import cashback_items
from storage.claim_tables import claims
from storage.desk_tables import installers, systems
from storage.request_tables import cases, rma_lines, rmas

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


_PLACE = (systems.c.name.label("system_name"), systems.c.street, systems.c.postcode, systems.c.town)


class Source(NamedTuple):
    """Which table says what there is, what more is told of it, and which column names its system, if any."""

    table: Table
    more: tuple[ColumnElement[Any], ...] = ()
    system: ColumnElement[str | None] | None = None

    def query(self, *columns: Any) -> Select[Any]:
        """These columns of each."""
        found = select(*columns).select_from(self.table)
        if self.table is claims:
            found = found.join(rmas, claims.c.rma == rmas.c.number)
        return found

    def told(self) -> Select[Any]:
        """All columns of each, with its system, who filed it and what else is said of it."""
        place = () if self.system is None else _PLACE
        found = self.query(self.table, *place, installers.c.name.label("who"), *self.more)
        if self.system is not None:
            found = found.join(systems, self.system == systems.c.id, isouter=True)
        return found.join(installers, self.table.c.installer == installers.c.id, isouter=True)


_OF: Mapping[str, Source] = {
    "rma": Source(rmas, (_SERIALS.label("serials"),), rmas.c.system),
    "case": Source(cases, (_RMAS_OF.label("rmas"),), cases.c.system),
    "labour": Source(claims, (rmas.c.system, _SERIALS.label("serials")), rmas.c.system),
    "cashback": Source(cashback_items),
}
"""What each kind of report is made of."""


def count(connection: Connection, kind: str, scope: Scope) -> int:
    """How many there are."""
    source = _OF[kind]
    query = source.query(func.count()).where(*_conditions(source, scope))
    return int(connection.execute(query).scalar_one())


def rows(connection: Connection, kind: str, scope: Scope) -> Iterator[RowMapping]:
    """All of them by column, first ones first, read as they are used up."""
    source = _OF[kind]
    first = (source.table.c.created_at, source.table.c.number)
    query = source.told().where(*_conditions(source, scope)).order_by(*first)
    yield from connection.execute(query.execution_options(yield_per=AT_ONCE)).mappings()


def _conditions(source: Source, scope: Scope) -> list[ColumnElement[bool]]:
    table = source.table
    found = [
        table.c.company == scope.company,
        table.c.created_at >= scope.since,
        table.c.created_at < scope.until,
    ]
    if scope.systems is None or source.system is None:
        return found
    return [*found, source.system.in_(scope.systems)]
