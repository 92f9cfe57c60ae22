"""Returns: finding them, what is in them, what happened to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, insert, select, update

from storage.desk_tables import companies, installers
from storage.request_tables import rma_lines, rmas
from storage.return_tables import return_history, return_lines, returns


class Return(NamedTuple):
    """Devices of an RMA on their way back."""

    number: str
    key: str
    company: int
    installer: int
    rma: str
    status: str
    way: str
    address: str
    goes_to: str
    day: str
    part: str
    boxes: int
    contact: str
    created_at: int
    updated_at: int
    installer_name: str
    company_name: str


class Line(NamedTuple):
    """One device of an RMA, by its place there."""

    position: int
    serial: str
    product: str


class Place(NamedTuple):
    """Where something was collected or delivered, and with whom there."""

    at: int
    address: str
    contact: str


class Step(NamedTuple):
    """One line of the history; `who` is empty for the desk."""

    at: int
    status: str
    who: str | None


_RETURN = (
    select(returns, installers.c.name, companies.c.name)
    .join_from(returns, installers, returns.c.installer == installers.c.id)
    .join(companies, returns.c.company == companies.c.id)
)
_LATEST_FIRST = (returns.c.created_at.desc(), returns.c.number.desc())


def with_number(connection: Connection, number: str) -> Return | None:
    """The return of that number, of whatever company: the caller checks."""
    row = connection.execute(_RETURN.where(returns.c.number == number)).first()
    return Return._make(row) if row else None


def filed_under(connection: Connection, key: str) -> str | None:
    """The return that was made under this key."""
    return connection.scalar(select(returns.c.number).where(returns.c.key == key))


def of_company(connection: Connection, company: int, start: int, count: int) -> list[Return]:
    """The returns of a company, latest first."""
    found = _RETURN.where(returns.c.company == company).order_by(*_LATEST_FIRST).limit(count).offset(start)
    return [Return._make(row) for row in connection.execute(found)]


def places_used(connection: Connection, company: int, count: int = 50) -> list[Place]:
    """Where a company lately sent something from or had something delivered, latest first."""
    from_here = select(returns.c.created_at, returns.c.address, returns.c.contact)
    to_here = select(rmas.c.created_at, rmas.c.shipping_address, rmas.c.contact)
    latest = (
        from_here.where(returns.c.company == company).order_by(returns.c.created_at.desc()).limit(count),
        to_here.where(rmas.c.company == company).order_by(rmas.c.created_at.desc()).limit(count),
    )
    found = [Place._make(row) for wanted in latest for row in connection.execute(wanted)]
    return sorted(found, key=lambda place: place.at, reverse=True)


def count_under_way(connection: Connection, company: int) -> int:
    """How many returns of a company have not arrived yet."""
    under_way = returns.c.status.not_in(("received", "cancelled"))
    found = select(func.count()).where(returns.c.company == company, under_way)
    return connection.scalar(found) or 0


def of_rma(connection: Connection, rma: str) -> list[Return]:
    """The returns of an RMA, latest first."""
    found = _RETURN.where(returns.c.rma == rma).order_by(*_LATEST_FIRST)
    return [Return._make(row) for row in connection.execute(found)]


def lines_of(connection: Connection, number: str) -> list[Line]:
    """The devices in a return."""
    found = (
        select(return_lines.c.position, return_lines.c.serial, return_lines.c.product)
        .where(return_lines.c.return_number == number)
        .order_by(return_lines.c.position)
    )
    return [Line._make(row) for row in connection.execute(found)]


def left_of(connection: Connection, rma: str) -> list[Line]:
    """The devices of an RMA that are not on their way back yet."""
    gone = (
        select(return_lines.c.position)
        .join_from(return_lines, returns, return_lines.c.return_number == returns.c.number)
        .where(returns.c.rma == rma, returns.c.status != "cancelled")
    )
    found = (
        select(rma_lines.c.position, rma_lines.c.serial, rma_lines.c.product)
        .where(rma_lines.c.rma == rma)
        .where(rma_lines.c.position.not_in(gone))
        .order_by(rma_lines.c.position)
    )
    return [Line._make(row) for row in connection.execute(found)]


def history_of(connection: Connection, number: str) -> list[Step]:
    """What happened to a return, in order."""
    found = (
        select(return_history.c.at, return_history.c.status, installers.c.name)
        .join_from(return_history, installers, return_history.c.installer == installers.c.id, isouter=True)
        .where(return_history.c.return_number == number)
        .order_by(return_history.c.at, return_history.c.id)
    )
    return [Step._make(row) for row in connection.execute(found)]


def add(connection: Connection, row: Mapping[str, Any], lines: Sequence[Line]) -> None:
    """A new return with its devices."""
    connection.execute(insert(returns), row)
    connection.execute(
        insert(return_lines), [{"return_number": row["number"], **line._asdict()} for line in lines]
    )


def change(connection: Connection, number: str, values: Mapping[str, object]) -> None:
    """Change columns of one return."""
    connection.execute(update(returns).where(returns.c.number == number).values(**values))


def happened(connection: Connection, row: Mapping[str, Any]) -> None:
    """One more line of history."""
    connection.execute(insert(return_history), row)
