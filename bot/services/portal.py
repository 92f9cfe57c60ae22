"""The status overview of SMA, where what Sunny Portal registers by itself appears once a day (SMA-16).

No programming interface of it is public. The embedded one is a file that the desk exports there; one that
asks SMA takes its place when there is one.
"""

from __future__ import annotations

import asyncio
import csv
import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple, Protocol

COLUMNS: Final = ("serial", "customer_number", "registered_on", "status")
STATUSES: Final = ("accepted", "more_info", "paid", "not_registrable")


class Seen(NamedTuple):
    """A device as the overview shows it: under which customer number, since when, and how it stands."""

    serial: str
    customer_number: str
    registered_on: datetime.date
    status: str


class Portal(Protocol):
    """Where the overview comes from."""

    async def seen(self) -> Sequence[Seen]:
        """Every device in the overview. Raises OSError or ValueError when it cannot be had now."""


class PortalFile:
    """The overview as a CSV file with the columns of `COLUMNS`; no file, nothing seen."""

    def __init__(self, path: Path | None) -> None:
        self._path = path

    async def seen(self) -> Sequence[Seen]:
        return await asyncio.to_thread(_read, self._path) if self._path else ()


def _read(path: Path) -> Sequence[Seen]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [_row(row, number) for number, row in enumerate(csv.DictReader(file), 2)]


def _row(row: Mapping[str, str | None], number: int) -> Seen:
    words = {name: (row.get(name) or "").strip() for name in COLUMNS}
    if not words["serial"] or words["status"] not in STATUSES:
        raise ValueError(f"line {number}: a serial and one of {', '.join(STATUSES)} are needed")
    day = datetime.date.fromisoformat(words["registered_on"])
    return Seen(words["serial"], words["customer_number"], day, words["status"])
