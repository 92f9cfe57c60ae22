"""An Excel file is read as words; a file that is a trap is refused before it costs anything."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable

import openpyxl
import pytest

from bot.sheet import MOST_ROWS, read_sheet


def book(*rows: tuple[str | int | bool | datetime.datetime | None, ...]) -> bytes:
    """An Excel file with these rows."""
    made = openpyxl.Workbook()
    assert made.active is not None
    for row in rows:
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def changed(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same file with one part changed, or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            held = old.read(info)
            new.writestr(info.filename, change(held) if info.filename == part else held)
        if part not in old.namelist():
            new.writestr(part, change(b""))
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
PLAIN = book(("Serial", "Model"), ("3031234567", "STP10.0"))
BILLION = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'
)
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>'


@pytest.mark.row("SMA-05")
def test_cells_come_as_words() -> None:
    """Serials with all their digits, whether they were text or numbers; days as days."""
    day = datetime.datetime(2026, 11, 20)  # noqa: DTZ001  Excel knows no zones
    sheet = read_sheet(book(("Serial", "Date", "Ok"), ("0312345678", day, True), (3031234567, None, None)))
    assert [line.cells for line in sheet.lines] == [
        ("Serial", "Date", "Ok"),
        ("0312345678", "2026-11-20", "true"),
        ("3031234567",),
    ]
    assert [line.number for line in sheet.lines] == [1, 2, 3]


def test_a_formula_is_never_computed() -> None:
    """It was never saved by a spreadsheet, so it has no value."""
    sheet = read_sheet(book(("Serial",), ('=HYPERLINK("http://x.example","3031234567")',), ("3031234567",)))
    assert [line.cells for line in sheet.lines] == [("Serial",), ("3031234567",)]


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        (b"", "not_excel"),
        (b"PK\x03\x04 nothing", "not_excel"),
        (PLAIN[:400], "not_excel"),
        (PLAIN[: len(PLAIN) // 2], "not_excel"),
        (changed(PLAIN, SHEET, lambda _old: b"<worksheet"), "not_excel"),
        (changed(PLAIN, SHEET, lambda _old: BILLION), "not_excel"),
        (changed(PLAIN, SHEET, lambda _old: OUTSIDE), "not_excel"),
        (changed(PLAIN, SHEET, lambda _old: BILLION.decode().encode("utf-16")), "not_excel"),
        (changed(PLAIN, "xl/vbaProject.bin", lambda _old: b"Sub Auto_Open()"), "macros"),
        (
            changed(PLAIN, "[Content_Types].xml", lambda old: old.replace(b"sheet.main", b"macroEnabled")),
            "macros",
        ),
        (changed(PLAIN, "xl/externalLinks/externalLink1.xml", lambda _old: b"<externalLink/>"), "links"),
        (changed(PLAIN, SHEET, lambda _old: b" " * 50_000_000), "too_big"),
        (book(), "empty"),
    ],
    ids=[
        "nothing", "no zip", "cut short", "cut in half", "broken XML", "entity bomb", "outside entity",
        "hidden in utf-16", "macros", "named for macros", "links", "zip bomb", "empty",
    ],
)  # fmt: skip
def test_a_file_that_is_no_use_says_why(content: bytes, trouble: str) -> None:
    """And gives no rows."""
    sheet = read_sheet(content)
    assert (sheet.trouble, sheet.lines) == (trouble, ())


def test_a_sheet_that_claims_a_million_rows_is_as_long_as_what_is_in_it() -> None:
    """Programs write the size they like."""
    claimed = changed(PLAIN, SHEET, lambda old: old.replace(b"A1:B2", b"A1:XFD1048576"))
    assert claimed != PLAIN
    assert len(read_sheet(claimed).lines) == 2


def test_a_row_far_below_is_not_walked_to() -> None:
    """A million blank rows end the sheet."""
    far = changed(PLAIN, SHEET, lambda old: old.replace(b'r="2"', b'r="1048576"').replace(b'2"', b'1048576"'))
    assert len(read_sheet(far).lines) == 1


def test_five_thousand_rows_fit_and_one_more_does_not() -> None:
    """Below their one line of names."""
    rows: list[tuple[str]] = [("Serial",), *((str(3_031_000_000 + n),) for n in range(MOST_ROWS))]
    assert len(read_sheet(book(*rows)).lines) == MOST_ROWS + 1
    assert read_sheet(book(*rows, ("3039999999",))).trouble == "too_many_rows"
