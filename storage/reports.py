"""Reports on their way: ordered, taken to be made, made once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct
from sqlalchemy import Connection, and_, bindparam, func, insert, select, update

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
_SAME = ("installer", "conversation", "kind", "since", "until", "systems", "address")
_KNOWN = select(reports.c.id).where(
    (reports.c.key == bindparam("key"))
    | reports.c.outcome.is_(None) & and_(*(reports.c[name] == bindparam(name) for name in _SAME))
)
_LATELY = (
    select(func.count().filter(reports.c.outcome.is_(None)), func.count())
    .where(reports.c.installer == bindparam("installer"))
    .where(reports.c.created_at > bindparam("since"))
)


def known(connection: Connection, values: Mapping[str, Any]) -> bool:
    """Whether it is ordered: under this key, or the same one is still to be made."""
    asked = {name: values[name] for name in ("key", *_SAME)}
    return connection.execute(_KNOWN, asked).first() is not None


def lately(connection: Connection, installer: int, since: int) -> tuple[int, int]:
    """How many this person ordered since then: still to be made, and in all."""
    found = connection.execute(_LATELY, {"installer": installer, "since": since}).one()
    return found[0], found[1]


def add(connection: Connection, values: Mapping[str, Any]) -> None:
    """Order one."""
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
