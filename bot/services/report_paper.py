"""A report as a file: written in a process of its own, so that no chat waits for it."""

from __future__ import annotations

import datetime
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import RowMapping

from bot.services import workbook
from bot.services.money import amount_text
from bot.services.report_kinds import KINDS, Kind
from bot.services.reports import scope_of
from bot.services.request_views import span_text
from bot.services.workbook import Cell, Sheet
from bot.sniff import end_with_parent
from flows.engine.phrases import Listed, Moment, Text, _
from locales.speaker import Speaker
from storage import report_rows
from storage.moments import moment
from storage.reports import Order
from storage.unit_of_work import open_engine

NICE = 10
"""Less urgent than whoever talks in a chat."""


def make_apart(url: str, order: Order, time_zone: str, path: str) -> None:
    """`make` in a process of its own, that gives way to all others and ends with its parent."""
    end_with_parent()
    os.nice(NICE)
    tempfile.tempdir = str(Path(path).parent)  # rows of customers lie nowhere else, also after a kill
    make(url, order, time_zone, Path(path))


def make(url: str, order: Order, time_zone: str, path: Path) -> None:
    """Write the report that was ordered, of one consistent view of the database."""
    at = moment(order.created_at)
    speaker = Speaker(order.language, time_zone, at.date())
    scope = scope_of(order.company, f"{order.since}/{order.until}", order.systems)
    assert scope, "it was looked at when it was ordered"
    kind, zone = KINDS[order.kind], ZoneInfo(time_zone)
    engine = open_engine(url, read_only=True)
    try:
        with engine.connect() as connection, connection.begin():
            rows = report_rows.rows(connection, order.kind, scope)
            cells = ([*_cells(kind, row, speaker, zone)] for row in rows)
            titles = [speaker.say(column.title) for column in kind.columns]
            widths = [column.width for column in kind.columns]
            first = Sheet(speaker.say(kind.title), titles, cells, widths)
            workbook.write(path, (first, _about(order, kind, speaker)))
    finally:
        engine.dispose()


def name_of(order: Order) -> str:
    """What the file is called."""
    return f"{order.kind}-{order.since}-{order.until}.xlsx"


def days_of(order: Order) -> Text:
    """The days it is about."""
    return span_text((datetime.date.fromisoformat(order.since), datetime.date.fromisoformat(order.until)))


def _cells(kind: Kind, row: RowMapping, speaker: Speaker, zone: ZoneInfo) -> Iterator[Cell]:
    for column in kind.columns:
        value = row[column.name]
        if column.form == "day":
            yield _day(value, zone)
        elif column.form == "number":
            yield value
        elif column.form == "amount":
            yield speaker.say(amount_text(value))
        elif value in column.codes:
            yield speaker.say(column.codes[value])
        else:
            yield str(value) if value is not None else ""


def _day(value: int | str | None, zone: ZoneInfo) -> datetime.datetime | None:
    """A stored moment or day."""
    if not value:
        return None
    if isinstance(value, str):
        return datetime.datetime.fromisoformat(value)
    return moment(value).astimezone(zone)


def _about(order: Order, kind: Kind, speaker: Speaker) -> Sheet:
    """What was asked for, beside the rows that were found."""
    lines: tuple[tuple[Text, Text], ...] = (
        (_("Report"), kind.title),
        (_("Submitted"), days_of(order)),
        (_("Systems"), Listed(tuple(order.systems.split())) if order.systems else _("All systems")),
        (_("Made"), Moment(moment(order.created_at))),
    )
    said = [[speaker.say(name), speaker.say(value)] for name, value in lines]
    return Sheet(speaker.say(_("About this report")), said[0], said[1:], (20, 60))
