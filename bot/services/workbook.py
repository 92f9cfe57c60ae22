"""Rows as a spreadsheet that opens everywhere and in which nothing is computed."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell as Made
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

LONGEST: Final = 32_000
"""Characters in a cell; Excel shows no more."""
_UNWRITABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_COMPUTES: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NO_TITLE: Final = re.compile(r"[\\/*?:\[\]']")

Cell = str | int | datetime.datetime | None


class Sheet(NamedTuple):
    """One page of a workbook; the first row is its head, `widths` are those of its columns."""

    title: str
    head: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    widths: Sequence[int]


def harmless(words: str) -> str:
    """The words as they stand in a cell: no spreadsheet takes them for a formula, now or saved as text."""
    kept = _UNWRITABLE.sub("", words)[:LONGEST]
    return f"'{kept}" if kept.startswith(_COMPUTES) else kept


def write(path: Path | IO[bytes], sheets: Iterable[Sheet]) -> None:
    """Write the workbook row by row, so that a long one takes no more memory than a short one."""
    from openpyxl import Workbook  # deferred: it is written where nothing else runs

    book = Workbook(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(_NO_TITLE.sub(" ", sheet.title)[:31])
        for place, width in enumerate(sheet.widths):
            page.column_dimensions["ABCDEFGHIJKLMNOPQRSTUVWXYZ"[place]].width = width
        page.freeze_panes = "A2"
        page.append(_head(page, sheet.head))
        for row in sheet.rows:
            page.append([_cell(page, cell) for cell in row])
    book.save(path)


def _head(page: WriteOnlyWorksheet, titles: Iterable[str]) -> list[Made]:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    cells = [WriteOnlyCell(page, harmless(title)) for title in titles]
    for cell in cells:
        cell.font = Font(bold=True)
    return cells


def _cell(page: WriteOnlyWorksheet, cell: Cell) -> Made | str | int | None:
    if isinstance(cell, str):
        return harmless(cell)
    return _day(page, cell) if isinstance(cell, datetime.datetime) else cell


def _day(page: WriteOnlyWorksheet, at: datetime.datetime) -> Made:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(page, at.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None))
    cell.number_format = "yyyy-mm-dd"
    return cell
