"""Which RMAs or cases somebody looks at: filters, window of time and page, kept in the cursor of a button."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Final, Literal

import msgspec
from msgspec import Struct, structs

from bot.services.days import ZONE
from bot.services.words import CASE_STATUS, RMA_STATUS
from bot.understanding.dates import EARLIEST
from bot.understanding.filters import ALL, Filters
from flows.engine.phrases import Copy, Day, Phrase, Text, _
from flows.requests import ListRequests
from storage.moments import micros
from storage.request_lists import Kind
from storage.rmas import OPEN

WINDOWS: Final[dict[str, int]] = {"": 30, "90d": 90}
"""Windows of so many days; the first is where everybody begins (ESM-07)."""
YEAR = "year"
STATUS: Final[dict[str, dict[str, Phrase]]] = {"rma": RMA_STATUS, "case": CASE_STATUS}
STILL_OPEN: Final[dict[str, tuple[str, ...]]] = {"rma": OPEN, "case": ("new", "in_progress")}
FIELDS: Final[dict[str, Phrase]] = {
    "rma": _("RMA number"),
    "case": _("Case number"),
    "system": _("System id"),
    "name": _("Name"),
    "serial": _("Serial number"),
    "postcode": _("Postcode"),
    "town": _("Town"),
    "state": _("Province"),
    "submitted": _("Submitted"),
    "changed": _("Changed"),
}
"""The filters that take words (ESM-10, 11), besides status and battery."""
PLACING: Final = ("rma", "case", "system", "name", "serial", "postcode", "town", "state", "changed")
"""Filters that say enough to look at all times."""


class View(Struct, frozen=True, omit_defaults=True):
    """What is on screen: counts per status (""), a list, the filters to add, or one that is asked for.

    `quiet`: the picture was seen before.
    """

    filters: Filters = Filters()
    show: Literal["", "list", "narrow", "ask"] = ""
    asked: str = ""
    start: int = 0
    quiet: bool = False

    @property
    def kind(self) -> Kind:
        """RMAs unless cases were asked for."""
        return "case" if self.filters.kind == "case" else "rma"

    @property
    def cursor(self) -> str:
        """As a button keeps it."""
        return msgspec.json.encode(self).decode()

    def seen(self, show: Literal["", "list", "narrow", "ask"], asked: str = "", start: int = 0) -> View:
        """The same filters, shown in another way."""
        return View(self.filters, show, asked, start, quiet=True)

    def narrowed(self, show: Literal["", "list"] = "list", /, **filters: object) -> View:
        """With other filters, from the first page."""
        return View(structs.replace(self.filters, **filters), show)


_view = msgspec.json.Decoder(View)


def view_of(cursor: str, request: ListRequests) -> View:
    """The view that a cursor stands for; the first one of this request for none."""
    try:
        return _view.decode(cursor)
    except msgspec.DecodeError:
        return View(Filters(kind=request.kind), show=request.first)


def days_of(filters: Filters, today: datetime.date) -> tuple[datetime.date, datetime.date] | None:
    """The first and the last day of submission; None for all."""
    match filters.submitted:
        case "all":
            return None
        case "year":
            return today.replace(month=1, day=1), today
        case window if window in WINDOWS:
            return today - datetime.timedelta(WINDOWS[window]), today
        case written:
            return days_in(written)


def between(days: tuple[datetime.date, datetime.date] | None) -> tuple[int, int] | None:
    """From the beginning of the first day to the end of the last, as stored."""
    if days is None:
        return None
    ends = (days[0], days[1] + datetime.timedelta(1))
    since, until = (micros(datetime.datetime.combine(day, datetime.time(), ZONE)) for day in ends)
    return since, until


def changed_between(filters: Filters) -> tuple[int, int] | None:
    """The days of the last change, as stored."""
    return between(days_in(filters.changed)) if filters.changed else None


def statuses_of(view: View) -> tuple[str, ...]:
    """The codes that are wanted; none for all."""
    named = view.filters.status.split("+")
    if "open" in named:
        return STILL_OPEN[view.kind]
    return tuple(status for status in STATUS[view.kind] if status in named)


def window_text(filters: Filters, today: datetime.date) -> Text:
    """The window of time, always said (ESM-07)."""
    days = days_of(filters, today)
    if days is None:
        return _("all dates")
    if filters.submitted in WINDOWS:
        return _("last {n} days, from {day}")(n=WINDOWS[filters.submitted], day=Day(days[0]))
    return _("this year") if filters.submitted == YEAR else span_text(days)


def wider(filters: Filters) -> Iterator[tuple[str, Phrase]]:
    """The other windows, as filter and label."""
    labels = {
        "": _("{n} days")(n=30),
        "90d": _("{n} days")(n=90),
        YEAR: _("This year"),
        ALL: _("All dates"),
    }
    return ((code, label) for code, label in labels.items() if code != filters.submitted)


def chips(view: View) -> Iterator[tuple[Text, View]]:
    """Each filter as it is said, with the view without it (ESM-10)."""
    filters = view.filters
    named = filters.status.split("+") if filters.status else []
    for status in named:
        others = "+".join(other for other in named if other != status)
        yield STATUS[view.kind].get(status, _("Open")), view.narrowed(status=others)
    if filters.battery:
        yield _("With a battery"), view.narrowed(battery=False)
    for name, title in FIELDS.items():
        value = getattr(filters, name)
        if value and not (name == "submitted" and (value in WINDOWS or value in (ALL, YEAR))):
            said = span_text(days_in(value)) if name in ("submitted", "changed") else Copy(value)
            whole = _("{title} {value}")(title=title, value=said)
            if name == "submitted":
                yield said, view.narrowed(submitted=ALL)
            else:
                yield whole, view.narrowed(**{name: ""})


def days_in(written: str) -> tuple[datetime.date, datetime.date]:
    """The days of a filter ("2026-07-01/2026-11-20")."""
    since, _slash, until = written.partition("/")
    try:
        return datetime.date.fromisoformat(since), datetime.date.fromisoformat(until)
    except ValueError:
        return EARLIEST, EARLIEST


def span_text(days: tuple[datetime.date, datetime.date]) -> Text:
    """The first and the last day, as people write them."""
    since, until = days
    if since == EARLIEST:
        return _("until {day}")(day=Day(until))
    return Day(since) if since == until else _("{since} to {until}")(since=Day(since), until=Day(until))
