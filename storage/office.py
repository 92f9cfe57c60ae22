"""What the desk works on, of every company and whatever kind it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    and_,
    exists,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
    update,
)

from storage.attachments import Attachment
from storage.cashback_tables import cashback_files, cashback_items
from storage.claim_tables import claim_files, claims
from storage.desk_tables import companies, installers
from storage.office_tables import answer_files, answers, questions
from storage.request_tables import case_files, cases, rma_files, rma_lines, rmas
from storage.return_tables import returns
from storage.tables import attachments

ROWS = 25


class Item(NamedTuple):
    """A request of any kind. `company` and `installer` are missing for somebody we do not know."""

    kind: str
    number: str
    company: int | None
    company_name: str | None
    installer: int | None
    installer_name: str | None
    status: str
    subject: str
    manufacturer_number: str
    conversation: str
    created_at: int
    updated_at: int

    @property
    def about(self) -> str:
        """Its kind and number, as questions, news and the log name it."""
        return f"{self.kind} {self.number}"


def _all_of(
    table: Table, kind: str, subject: ColumnElement[str], number: ColumnElement[str], conversation: Any
) -> Select[Any]:
    return (
        select(
            literal(kind).label("kind"),
            table.c.number,
            table.c.company,
            companies.c.name.label("company_name"),
            table.c.installer,
            installers.c.name.label("installer_name"),
            table.c.status,
            subject.label("subject"),
            number.label("manufacturer_number"),
            conversation.label("conversation"),
            table.c.created_at,
            table.c.updated_at,
        )
        .select_from(table)
        .outerjoin(installers, table.c.installer == installers.c.id)
        .outerjoin(companies, table.c.company == companies.c.id)
        .where(companies.c.practice.is_not(true()))
    )


NOTHING = literal("")
# Every RMA has a case of its own, which says nothing more than the RMA.
SOURCES: Mapping[str, tuple[Table, Select[Any]]] = {
    "rma": (rmas, _all_of(rmas, "rma", rmas.c.subject, rmas.c.manufacturer_number, NOTHING)),
    "case": (
        cases,
        _all_of(cases, "case", cases.c.subject, NOTHING, cases.c.conversation).where(
            ~exists().where(rmas.c.case_number == cases.c.number)
        ),
    ),
    "return": (returns, _all_of(returns, "return", literal("RMA ") + returns.c.rma, NOTHING, NOTHING)),
    "claim": (claims, _all_of(claims, "claim", literal("RMA ") + claims.c.rma, NOTHING, NOTHING)),
    "cashback": (
        cashback_items,
        _all_of(cashback_items, "cashback", cashback_items.c.subject, NOTHING, NOTHING),
    ),
}
"""By kind: its table, and its rows as items."""


_AROUND_NUMBER = re.compile(r"\b(?:rma|case|dossier|return|retour|claim|nr|no)\b|[\s#.:/-]", re.IGNORECASE)
"""What people paste along with a number."""

FILES: Mapping[str, tuple[Table, ColumnElement[str]]] = {
    "rma": (rma_files, rma_files.c.rma),
    "case": (case_files, case_files.c.case_number),
    "claim": (claim_files, claim_files.c.claim),
    "cashback": (cashback_files, cashback_files.c.item),
}
"""By kind: the table of its files, and the column with its number; the others have no files of their own."""


def find(connection: Connection, about: str) -> Item | None:
    """The request of that kind and number, of whatever company."""
    kind, _space, number = about.partition(" ")
    if kind not in SOURCES:
        return None
    table, rows = SOURCES[kind]
    row = connection.execute(rows.where(table.c.number == number)).first()
    return Item._make(row) if row else None


def _asked(kind: str, table: Table) -> ColumnElement[bool]:
    return exists().where(
        and_(questions.c.about == literal(f"{kind} ") + table.c.number, questions.c.answered_at.is_(None))
    )


def queue(
    connection: Connection,
    closed: Mapping[str, Sequence[str]],
    *,
    waiting_for: str,
    kind: str = "",
    status: str = "",
    start: int = 0,
) -> list[Item]:
    """What is open, oldest first: waiting for "us", or for the "installer", who was asked something.

    `closed` are the statuses, by kind, in which nothing is left to do. One row more than fits on a page says
    that there is another page.
    """
    parts = []
    for name, (table, rows) in SOURCES.items():
        if kind in ("", name):
            asked = _asked(name, table)
            rows = rows.where(asked if waiting_for == "installer" else ~asked)
            wanted = table.c.status == status if status else table.c.status.not_in(closed[name])
            parts.append(rows.where(wanted))
    return _page(connection, parts, start, oldest_first=True)


def search(connection: Connection, words: str, start: int = 0) -> list[Item]:
    """Requests with this number, case, manufacturer's number or serial, or of a company with such a name."""
    wanted = words.strip()
    if not wanted:
        return []
    bare = _AROUND_NUMBER.sub("", wanted)
    wanted = bare if bare.isdecimal() else wanted
    number = wanted.zfill(8) if wanted.isdecimal() else wanted
    name = wanted.lower().replace("%", "").replace("_", "")
    on_rma = select(rma_lines.c.rma).where(rma_lines.c.serial == wanted)
    parts = []
    for kind, (table, rows) in SOURCES.items():
        found = [table.c.number == number]
        if name:
            found.append(func.lower(companies.c.name).like(f"%{name}%"))
        if kind == "rma":
            found += [rmas.c.case_number == number, rmas.c.manufacturer_number.in_((wanted, number))]
            found.append(rmas.c.number.in_(on_rma))
        elif kind == "return":
            found += [returns.c.rma == number, returns.c.rma.in_(on_rma)]
        elif kind == "claim":
            found += [claims.c.rma == number, claims.c.rma.in_(on_rma)]
        elif kind == "cashback":
            found.append(cashback_items.c.serial == wanted)
        parts.append(rows.where(or_(*found)))
    return _page(connection, parts, start, oldest_first=False)


def filed_by(connection: Connection, installers: Sequence[int]) -> list[Item]:
    """Everything that these installers filed, of whatever kind, oldest first."""
    parts = [rows.where(table.c.installer.in_(installers)) for table, rows in SOURCES.values()]
    every = union_all(*parts).subquery()
    rows = connection.execute(select(every).order_by(every.c.created_at, every.c.number))
    return [Item._make(row) for row in rows]


def _page(
    connection: Connection, parts: Sequence[Select[Any]], start: int, *, oldest_first: bool
) -> list[Item]:
    if not parts:
        return []
    every = union_all(*parts).subquery()
    order = every.c.updated_at.asc() if oldest_first else every.c.updated_at.desc()
    rows = connection.execute(select(every).order_by(order, every.c.number).limit(ROWS + 1).offset(start))
    return [Item._make(row) for row in rows]


def lock(connection: Connection, item: Item) -> None:
    """From here to the commit nobody else changes this request."""
    table, _rows = SOURCES[item.kind]
    connection.execute(select(table.c.number).where(table.c.number == item.number).with_for_update())


def change(connection: Connection, item: Item, values: Mapping[str, object]) -> None:
    """Change columns of the row of this request."""
    table, _rows = SOURCES[item.kind]
    connection.execute(update(table).where(table.c.number == item.number).values(**values))


def details(connection: Connection, item: Item) -> Mapping[str, Any]:
    """Everything that is kept of a request, by column."""
    table, _rows = SOURCES[item.kind]
    return dict(connection.execute(select(table).where(table.c.number == item.number)).mappings().one())


def files_of(connection: Connection, item: Item) -> list[Attachment]:
    """The photos and documents on a request, and those that came with answers about it."""
    answered = (
        select(answer_files.c.attachment)
        .join_from(answer_files, answers, answer_files.c.answer == answers.c.id)
        .join(questions, answers.c.question == questions.c.id)
        .where(questions.c.about == item.about)
    )
    wanted: Any = answered
    if item.kind in FILES:
        table, number = FILES[item.kind]
        wanted = select(table.c.attachment).where(number == item.number).union(answered)
    found = (
        select(*(attachments.c[name] for name in Attachment.__struct_fields__))
        .where(attachments.c.id.in_(wanted))
        .order_by(attachments.c.created_at, attachments.c.id)
    )
    return [Attachment(*row) for row in connection.execute(found)]


def conversation_of(connection: Connection, item: Item) -> str:
    """The chat that a request was filed in, "" when it came in another way."""
    if item.kind != "rma":
        return item.conversation  # "" for a return: its RMA has the conversation
    filed = select(cases.c.conversation).join_from(rmas, cases, rmas.c.case_number == cases.c.number)
    return connection.execute(filed.where(rmas.c.number == item.number)).scalar() or ""


def touch(connection: Connection, about: str, now: int) -> None:
    """Something happened to it."""
    found = find(connection, about)
    if found:
        change(connection, found, {"updated_at": now})
