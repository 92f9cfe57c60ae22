"""The status overview of SMA, where what Sunny Portal registers by itself appears once a day (SMA-16).

No programming interface of it is public. The embedded one is a file that the desk exports there; one that
asks SMA takes its place when there is one.
"""

from __future__ import annotations

import asyncio
import csv
import datetime
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple, Protocol

log = logging.getLogger(__name__)

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
    """The overview as a CSV file with the columns of `COLUMNS`; lines that say nothing are left out."""

    def __init__(self, path: Path) -> None:
        self._path = path

    async def seen(self) -> Sequence[Seen]:
        return await asyncio.to_thread(_read, self._path)


def _read(path: Path) -> Sequence[Seen]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        try:
            if missing := set(COLUMNS) - set(rows.fieldnames or ()):
                raise ValueError(f"the overview lacks {', '.join(sorted(missing))}")
            return [seen for row in rows if (seen := _row(row, rows.line_num))]
        except csv.Error as error:
            raise ValueError("the overview is no CSV file") from error


def _row(row: Mapping[str, str | None], line: int) -> Seen | None:
    words = {name: (row.get(name) or "").strip() for name in COLUMNS}
    try:
        day = datetime.date.fromisoformat(words["registered_on"])
    except ValueError:
        day = None
    if not words["serial"] or words["status"] not in STATUSES or day is None:
        log.warning("line %d of the overview of SMA is left out", line)
        return None
    return Seen(words["serial"], words["customer_number"], day, words["status"])
