"""Excel files with devices: what came of their rows, kept for the turn in which the person hears of it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, insert, select

from flows.engine.work import Page
from storage.cashback_tables import cashback_sheets
from storage.codec import encode
from storage.moments import micros

_page = msgspec.json.Decoder(Page)
_devices = msgspec.json.Decoder(tuple[str, ...])


class CheckedSheet(Struct, frozen=True):
    """A file whose rows were checked. Who asks for it must be checked against both its owners."""

    id: str
    conversation: str
    company: int
    name: str
    devices: tuple[str, ...]
    page: Page


def keep(connection: Connection, sheet: CheckedSheet, now: datetime.datetime) -> None:
    """Keep what came of a file."""
    row = {
        "id": sheet.id,
        "conversation": sheet.conversation,
        "company": sheet.company,
        "name": sheet.name,
        "devices": msgspec.json.encode(sheet.devices).decode(),
        "page": encode(sheet.page),
        "created_at": micros(now),
    }
    connection.execute(insert(cashback_sheets), row)


def page_of(connection: Connection, id: str, conversation: str, company: int) -> Page | None:
    """What is said about a file of this chat and company."""
    c = cashback_sheets.c
    query = select(c.page).where(c.id == id, c.conversation == conversation, c.company == company)
    found = connection.execute(query).scalar_one_or_none()
    return _page.decode(found) if found else None


def devices_of(connection: Connection, id: str, conversation: str, company: int) -> Sequence[str] | None:
    """What stands for each device of a file of this chat and company."""
    c = cashback_sheets.c
    query = select(c.devices).where(c.id == id, c.conversation == conversation, c.company == company)
    found = connection.execute(query).scalar_one_or_none()
    return _devices.decode(found) if found else None
