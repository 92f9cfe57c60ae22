"""All tables together: importing this is what makes `metadata` complete."""

from __future__ import annotations

from storage import (
    cashback_tables,
    claim_tables,
    desk_tables,
    office_tables,
    people_tables,
    report_tables,
    request_tables,
    return_tables,
    room_tables,
)
from storage.tables import metadata

__all__ = [
    "cashback_tables",
    "claim_tables",
    "desk_tables",
    "metadata",
    "office_tables",
    "people_tables",
    "report_tables",
    "request_tables",
    "return_tables",
    "room_tables",
]
