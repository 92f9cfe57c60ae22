"""The rows of an Excel file with devices, each checked; what is wrong goes back with a remark (SMA-05).

Pure and slow for a long file, so it is worked out before the turn, in a process of its own.
"""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from msgspec import Struct

from bot.services.cashback_campaign import Campaign
from bot.services.cashback_columns import head_of, words_in
from bot.services.cashback_devices import ROUNDED, Fits, checked, entered
from bot.services.cashback_register import already
from bot.services.workbook import Sheet as Written
from bot.services.workbook import write
from bot.sheet import Line, Sheet, Trouble
from bot.understanding.dates import one_day
from flows.engine.files import NOT_EXCEL
from flows.engine.parsers import well_formed
from flows.engine.phrases import Phrase, Text, _
from locales.speaker import Speaker
from storage.cashback import Device
from storage.people import Installer

SERIAL, MODEL, DAY, REMARK = _("Serial number"), _("Model"), _("Installation date"), _("Remark")
COLUMNS: Final = (MODEL, SERIAL, DAY)
"""Of the file that we hand out to be filled."""
BEFORE_ALL_DAYS: Final = datetime.date(1899, 12, 30)
"""From it Excel counts days."""
SHOWN: Final = 4
WIDTH: Final = 22
_ENDS_IN_ZEROS = re.compile(r"\d{1,4}0{6,}")
TROUBLE: Mapping[Trouble, Phrase] = {
    "not_excel": NOT_EXCEL,
    "macros": _("{name} has macros in it, so I did not open it. Save it as .xlsx and send that."),
    "links": _("{name} has links to other files in it, so I did not open it. Copy the values to a new file."),
    "too_big": _("{name} is too large to read. Please send its first sheet only."),
    "too_many_rows": _("{name} has more than 5,000 rows. Please send it in parts."),
    "empty": _("{name} has no rows."),
}


class Checked(Struct, frozen=True):
    """What came of a file: the devices to take, the first problems, and the rest as a file."""

    devices: tuple[str, ...] = ()
    problems: tuple[Text, ...] = ()
    day: str = ""
    remarks: bytes = b""


class _Row(NamedTuple):
    line: Line
    key: str = ""
    remark: Text = ""


def serials_in_rows(sheet: Sheet) -> list[str]:
    """Every serial in the file: what the desk must look up before the rows can be checked."""
    head = head_of(sheet.lines)
    if head is None:
        return []
    cells = (words_in(line, head[1]["serial"]) for line in sheet.lines[head[0] + 1 :])
    return [serial for cell in cells if (serial := _serial(cell))]


def check_rows(
    campaign: Campaign,
    sheet: Sheet,
    name: str,
    taken: Mapping[str, Device],
    by: Installer,
    now: datetime.datetime,
    speaker: Speaker,
) -> Checked:
    """Every row by itself; one bad row stands in no other's way."""
    if sheet.trouble:
        return Checked(problems=(TROUBLE[sheet.trouble](name=name),))
    head = head_of(sheet.lines)
    if head is None:
        return Checked(
            problems=(_("I see no column with serial numbers in {name}. Please name it.")(name=name),)
        )
    place, columns = head
    rows = list(_judged(campaign, sheet.lines[place + 1 :], columns, taken, by))
    if not rows:
        return Checked(problems=(TROUBLE["empty"](name=name),))
    good, bad = [row for row in rows if row.key], [row for row in rows if not row.key]
    said = {words_in(row.line, columns.get("day")) for row in good} - {""}
    days = {_day(words, now.date()) for words in said}
    return Checked(
        tuple(row.key for row in good),
        tuple(_problems(rows, bad, several_days=len(days) > 1)),
        _same_day(days),
        _corrected(sheet.lines[place], columns, bad, speaker) if bad else b"",
    )


def _serial(cell: str) -> str:
    """The serial in a cell, however it is spaced; "" when there is none."""
    plain = re.sub(r"[\s.\-]", "", cell)
    if well_formed(plain):
        return plain
    found = entered(cell)[0]
    return found[0].serial if len(found) == 1 else ""


def _judged(
    campaign: Campaign,
    lines: Sequence[Line],
    columns: Mapping[str, int],
    taken: Mapping[str, Device],
    by: Installer,
) -> Iterator[_Row]:
    seen: dict[str, int] = {}
    for line in lines:
        cell, model = words_in(line, columns["serial"]), words_in(line, columns.get("model"))
        serial = _serial(cell)
        if not serial or _ENDS_IN_ZEROS.fullmatch(serial):
            yield _Row(line, remark=_no_serial(cell))
        elif serial in seen:
            yield _Row(line, remark=_("The same serial number stands in row {row}.")(row=seen[serial]))
        elif serial in taken:
            yield _Row(line, remark=already(taken[serial], by))
        else:
            fits = checked(campaign, serial, model)
            if isinstance(fits, Fits):
                seen[serial] = line.number
                yield _Row(line, fits.key(campaign))
            else:
                yield _Row(line, remark=fits)


def _no_serial(cell: str) -> Text:
    if not cell:
        return _("The serial number is missing.")
    if ROUNDED.search(cell) or _ENDS_IN_ZEROS.fullmatch(cell):
        return _("{typed} was rounded by a spreadsheet. Copy it as text, or send a photo of the label.")(
            typed=cell
        )
    problems = entered(cell)[1]
    return problems[0] if problems else _("One serial number fits in a row.")


def _problems(rows: Sequence[_Row], bad: Sequence[_Row], *, several_days: bool) -> Iterator[Text]:
    if bad:
        yield _("Ready to register: {good}. Not yet: {bad}.")(good=len(rows) - len(bad), bad=len(bad))
    for row in bad[:SHOWN]:
        yield _("Row {row}: {remark}")(row=row.line.number, remark=row.remark)
    if len(bad) > SHOWN:
        yield _("And {n} more, in the file.")(n=len(bad) - SHOWN)
    if several_days:
        yield _("The rows have different dates. The date you choose now holds for all of them.")


def _day(words: str, today: datetime.date) -> datetime.date | None:
    """The day in a cell, also as the number that is left of it where its cell is no longer a date."""
    if re.fullmatch(r"[45]\d{4}", words):
        return BEFORE_ALL_DAYS + datetime.timedelta(days=int(words))
    return one_day(words, today)


def _same_day(days: set[datetime.date | None]) -> str:
    """The day that all rows give, as ISO text; "" when they differ or say nothing that is a day."""
    day = next(iter(days)) if len(days) == 1 else None
    return day.isoformat() if day else ""


def _corrected(head: Line, columns: Mapping[str, int], bad: Sequence[_Row], speaker: Speaker) -> bytes:
    """What was not taken, as it was sent, with a remark beside each row: to mend and send again."""
    kept = [column for column in range(len(head.cells)) if column != columns.get("remark")]
    rows = ([*(words_in(row.line, column) for column in kept), speaker.say(row.remark)] for row in bad)
    heads = [*(head.cells[column] for column in kept), speaker.say(REMARK)]
    widths = [*(WIDTH for _column in kept), 3 * WIDTH]
    out = io.BytesIO()
    write(out, [Written(speaker.say(REMARK), heads, rows, widths)])
    return out.getvalue()
