"""The rows of an Excel file as words. It can be a trap, so it is looked through before it is read.

Nothing in it is ever computed: of a formula only the value saved with it counts; without one it is a blank.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Literal
from xml.etree.ElementTree import ParseError

import defusedxml
import openpyxl
from msgspec import Struct

Trouble = Literal["", "not_excel", "macros", "links", "too_big", "too_many_rows", "empty"]

MOST_SHEETS = 10
LONG_NUMBER = re.compile(r"\d[\d .\-]{6,}|\d[.,]?\d*[eE]\+?\d+")
MOST_ROWS = 5_000
MOST_COLUMNS = 40
MOST_BLANKS = 1_000
"""After so many rows without a word nothing more comes: some programs keep a million of them."""
LONGEST = 200
MOST_PARTS = 500
LARGEST_PART = 16 * 1024 * 1024
LARGEST = 24 * 1024 * 1024
TRAPS = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
UNREADABLE = (
    OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, EOFError, RuntimeError,
    NotImplementedError, ParseError, zipfile.BadZipFile, defusedxml.DefusedXmlException,
)  # fmt: skip
"""What openpyxl and zipfile raise for a file that is cut or full of nonsense."""
LINKS = ("xl/externallinks/", "xl/connections", "xl/querytables/")


class Line(Struct, frozen=True):
    """One row with its number in the sheet. Days are ISO text; a number that was rounded says "3.0E+09"."""

    number: int
    cells: tuple[str, ...]


class Sheet(Struct, frozen=True):
    """The sheet of a file that has serials in it; no lines when there is trouble."""

    lines: tuple[Line, ...] = ()
    trouble: Trouble = ""


def read_sheet(content: bytes) -> Sheet:
    """The rows that have words in them."""
    trouble = looked_through(content)
    if trouble:
        return Sheet(trouble=trouble)
    try:
        book = openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=True, keep_links=False, keep_vba=False
        )
        try:
            lines = _with_numbers(book)
        finally:
            book.close()
    except UNREADABLE:
        return Sheet(trouble="not_excel")
    if len(lines) > MOST_ROWS + 1:  # and one with the names of the columns
        return Sheet(trouble="too_many_rows")
    return Sheet(lines) if lines else Sheet(trouble="empty")


def is_sheet(content: bytes) -> bool:
    """Whether a file says that it is one of Excel; what it really is, `read_sheet` finds out."""
    return content.startswith(b"PK\x03\x04") and b"xl/" in content


def looked_through(content: bytes) -> Trouble:
    """Why this file is not opened at all."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            infos = parts.infolist()
            names = {info.filename.lower() for info in infos}
            if len(infos) > MOST_PARTS or len(names) < len(infos) or "xl/workbook.xml" not in names:
                return "not_excel"
            if any("vbaproject" in name or (name.endswith(".bin") and "macro" in name) for name in names):
                return "macros"
            if any(name.startswith(LINKS) for name in names):
                return "links"
            if sum(info.file_size for info in infos) > LARGEST:
                return "too_big"
            return _inside(parts, infos)
    except UNREADABLE:
        return "not_excel"


def _inside(parts: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> Trouble:
    """What the parts really hold: their announced sizes may be lies, and XML may have traps."""
    total = 0
    for info in infos:
        if info.flag_bits & 1 or info.filename.startswith(("/", "..")):
            return "not_excel"
        if not info.filename.lower().endswith((".xml", ".rels", ".vml")):
            continue
        size, seen = 0, b""
        with parts.open(info) as part:
            while chunk := part.read(1 << 16):
                size += len(chunk)
                if size > LARGEST_PART or total + size > LARGEST:
                    return "too_big"
                if seen == b"" and (b"\x00" in chunk[:64] or b"macroEnabled" in chunk):
                    return "macros" if b"macroEnabled" in chunk else "not_excel"
                if TRAPS.search(seen + chunk):
                    return "not_excel"
                seen = chunk[-32:]
        total += size
    return ""


def _with_numbers(book: openpyxl.Workbook) -> tuple[Line, ...]:
    """The first sheet with a long number in a cell, else the first with words; hidden ones are no one's."""
    words: tuple[Line, ...] = ()
    for sheet in [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"][:MOST_SHEETS]:
        lines = tuple(_lines(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)))
        if any(LONG_NUMBER.fullmatch(cell) for line in lines for cell in line.cells):
            return lines
        words = words or lines
    return words


def _lines(rows: Iterator[tuple[object, ...]]) -> Iterator[Line]:
    blanks = found = 0
    for number, row in enumerate(rows, 1):
        words = [_words(value) for value in row]
        while words and not words[-1]:
            words.pop()
        if not words:
            blanks += 1
            if blanks > MOST_BLANKS:
                return
            continue
        blanks, found = 0, found + 1
        yield Line(number, tuple(words))
        if found > MOST_ROWS + 1:
            return


def _words(value: object) -> str:
    """What a cell says. A whole number has all its digits; a day is ISO text."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case datetime.datetime():
            return value.date().isoformat()
        case datetime.date():
            return value.isoformat()
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 10**15 else str(value)
        case _:
            return str(value).strip()[:LONGEST]
