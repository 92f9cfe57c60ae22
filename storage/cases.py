"""Cases: other requests, and wishes to be contacted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

from storage.desk_tables import case_files, cases
from storage.rmas import take_numbers

_BY_KEY = select(cases.c.number).where(cases.c.key == bindparam("key"))


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
