"""Reports on their way: ordered, taken to be made, made once."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct
from sqlalchemy import Connection, bindparam, insert, select, update

from storage.report_tables import reports

Outcome = Literal["made", "given_up", "nobodys"]


class Order(Struct, frozen=True):
    """A report that somebody waits for. `attempts`: how often it was begun."""

    id: int
    key: str
    company: int
    installer: int
    conversation: str
    sender: str
    language: str
    kind: str
    since: str
    until: str
    systems: str
    address: str
    created_at: int
    attempts: int


_COLUMNS = [reports.c[name] for name in Order.__struct_fields__]
_DUE = (
    select(*_COLUMNS)
    .where(reports.c.outcome.is_(None))
    .where(reports.c.due_at <= bindparam("now"))
    .order_by(reports.c.due_at, reports.c.id)
    .limit(1)
)
_KNOWN = select(reports.c.id).where(reports.c.key == bindparam("key"))


def add(connection: Connection, values: dict[str, Any]) -> None:
    """Order one. A key that was used before orders nothing."""
    if connection.execute(_KNOWN, {"key": values["key"]}).first() is None:
        connection.execute(insert(reports), {**values, "due_at": values["created_at"]})


def due(connection: Connection, now: int) -> Order | None:
    """The one that has waited longest and is to be made now."""
    row = connection.execute(_DUE, {"now": now}).first()
    return Order(**row._mapping) if row else None


def take(connection: Connection, now: int, until: int) -> Order | None:
    """Begin one: nobody else makes it before that moment."""
    order = due(connection, now)
    if order is None:
        return None
    begun = order.attempts + 1
    connection.execute(update(reports).where(reports.c.id == order.id).values(attempts=begun, due_at=until))
    return Order(**{name: getattr(order, name) for name in Order.__struct_fields__[:-1]}, attempts=begun)


def free(connection: Connection, now: int) -> None:
    """Whoever began them is gone: they are due again."""
    connection.execute(update(reports).where(reports.c.outcome.is_(None)).values(due_at=now))


def postpone(connection: Connection, order: Order, due_at: int) -> None:
    """It could not be made; try again then."""
    connection.execute(update(reports).where(_is_ours(order)).values(due_at=due_at))


def end(connection: Connection, order: Order, outcome: Outcome) -> bool:
    """It is made, or never will be. False when somebody else began it meanwhile: then it is theirs."""
    ended = connection.execute(update(reports).where(_is_ours(order)).values(outcome=outcome))
    return ended.rowcount == 1


def _is_ours(order: Order) -> Any:
    return (reports.c.id == order.id) & (reports.c.attempts == order.attempts) & reports.c.outcome.is_(None)
