"""An Excel file to fill: its cells are text, so that a serial keeps its digits when it is typed."""

from __future__ import annotations

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

ROWS = 500
WIDTH = 26


def empty_sheet(columns: Sequence[str]) -> bytes:
    """One sheet with these names above."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    heads = [WriteOnlyCell(sheet, name) for name in columns]
    blank = WriteOnlyCell(sheet, "")
    blank.number_format = "@"
    for letter, head in zip("ABCDEFGH", heads, strict=False):
        sheet.column_dimensions[letter].width = WIDTH
        head.font = Font(bold=True)
    sheet.append(heads)
    for _row in range(ROWS):
        sheet.append([blank] * len(heads))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
