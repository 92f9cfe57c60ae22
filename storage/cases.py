"""Cases: other requests, and wishes to be contacted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, func, insert, select, update

from storage.desk_tables import companies, installers, systems
from storage.request_tables import case_files, case_notes, cases
from storage.rma_parts import Note
from storage.rmas import take_numbers


class Case(NamedTuple):
    """Another request, with the names of what it is about; of somebody unknown it has no company."""

    number: str
    company: int | None
    system: str | None
    subject: str
    description: str
    status: str
    assigned_to: str
    created_at: int
    updated_at: int
    system_name: str | None
    company_name: str | None
    installer_name: str | None
    installer_email: str | None
    installer_phone: str | None


_OWN = [cases.c[name] for name in Case._fields[:9]]
_CASE = (
    select(*_OWN, systems.c.name, companies.c.name, installers.c.name, installers.c.email, installers.c.phone)
    .join_from(cases, systems, cases.c.system == systems.c.id, isouter=True)
    .outerjoin(companies, cases.c.company == companies.c.id)
    .outerjoin(installers, cases.c.installer == installers.c.id)
    .where(cases.c.number == bindparam("number"))
)
_NOTES = (
    select(case_notes.c.at, installers.c.name, case_notes.c.text)
    .join_from(case_notes, installers, case_notes.c.installer == installers.c.id)
    .where(case_notes.c.case_number == bindparam("number"))
    .order_by(case_notes.c.at.desc(), case_notes.c.id.desc())
)
_NOTED = select(case_notes.c.id).where(case_notes.c.key == bindparam("key"))
_COUNT_OPEN = select(func.count()).where(
    cases.c.company == bindparam("company"), cases.c.status.in_(("new", "in_progress"))
)
_BY_KEY = select(cases.c.number).where(cases.c.key == bindparam("key"))


def count_open(connection: Connection, company: int) -> int:
    """How many cases of a company are not resolved."""
    return connection.scalar(_COUNT_OPEN, {"company": company}) or 0


def filed_under(connection: Connection, key: str) -> str | None:
    """The number of the case already filed under this effect key."""
    return connection.execute(_BY_KEY, {"key": key}).scalar()


def file(connection: Connection, row: dict[str, Any], attachments: Iterable[str] = ()) -> str:
    """Keep a new case with its files; returns its number."""
    (number,) = take_numbers(connection, "case", 1)
    connection.execute(insert(cases), {**row, "number": number})
    files = [{"case_number": number, "attachment": attachment} for attachment in attachments]
    if files:
        connection.execute(insert(case_files), files)
    return number


def with_number(connection: Connection, number: str) -> Case | None:
    """The case with this number, of whatever company: the caller checks."""
    row = connection.execute(_CASE, {"number": number}).first()
    return Case._make(row) if row else None


def pass_to(connection: Connection, number: str, status: str, at: int) -> None:
    """Give a case another status."""
    changed = update(cases).where(cases.c.number == number, cases.c.status != status)
    connection.execute(changed.values(status=status, updated_at=at))


def notes_of(connection: Connection, number: str) -> list[Note]:
    """The notes on a case, latest first."""
    return [Note._make(row) for row in connection.execute(_NOTES, {"number": number})]


def add_note(connection: Connection, key: str, number: str, installer: int, at: int, text: str) -> None:
    """Keep a note on a case, once per key."""
    if connection.execute(_NOTED, {"key": key}).first():
        return
    row = {"key": key, "case_number": number, "installer": installer, "at": at, "text": text}
    connection.execute(insert(case_notes), row)
    connection.execute(update(cases).where(cases.c.number == number).values(updated_at=at))
