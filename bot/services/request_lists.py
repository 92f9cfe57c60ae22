"""The overview and the lists of RMAs and cases, with their filters (ESM-04 to 12, 16)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal

from msgspec import structs
from sqlalchemy import Connection

from bot.services.asking import MORE, PREVIOUS, ROWS, Ask
from bot.services.days import today_of
from bot.services.find_systems import row_of
from bot.services.request_views import (
    FIELDS,
    STATUS,
    YEAR,
    View,
    between,
    changed_between,
    chips,
    days_of,
    statuses_of,
    view_of,
    wider,
    window_text,
)
from bot.services.request_words import narrowed, system_ids
from bot.services.words import day_of
from bot.understanding.filters import ALL, Filters
from bot.understanding.towns import called
from flows.engine.enclosures import Chart, Part, Tone
from flows.engine.phrases import Copy, Listed, Phrase, Text, _, n_
from flows.engine.work import Page, Reply, Row, Turn
from flows.requests import ListRequests
from storage import request_lists, systems
from storage.request_lists import Line, Wanted

TONES: Final[Mapping[str, Tone]] = {
    "new": "waiting",
    "in_progress": "busy",
    "pending_approval": "waiting",
    "approved": "good",
    "shipped": "done",
    "resolved": "good",
    "cancelled": "off",
}
_NOTHING: Final = _("Nothing found.")
MOST_SYSTEMS: Final = 3
QUESTIONS: Final[Mapping[str, Phrase]] = {
    "submitted": _("Submitted when? For example: last week, since 1 July, 25/8/2026."),
    "changed": _("Changed when? For example: last week, since 1 July, 25/8/2026."),
}


def list_requests(connection: Connection, ask: Ask[ListRequests]) -> Reply:
    """Counts, a list, or the filters that can be added, as the view says; words narrow it."""
    today, text = today_of(ask.now), ask.request.text.strip()
    view = view_of(ask.request.cursor, ask.request)
    if text:
        fresh = not ask.request.cursor
        said = narrowed(connection, ask.by.company, view, text, today, fresh=fresh)
        if isinstance(said, Phrase):
            return _asked(view, said) if view.show == "ask" else _not_understood(view, said)
        view = said
    elif not (ask.request.cursor or ask.request.kind):
        return _search_box()
    match view.show:
        case "list":
            return _list(connection, ask, view, today)
        case "narrow":
            return _narrow(view)
        case "ask":
            return _asked(view)
    return _overview(connection, ask.by.company, view, today)


def _wanted(connection: Connection, company: int, view: View, today: datetime.date) -> Wanted:
    filters = view.filters
    places: tuple[list[str], list[str]] = ([], [])
    if filters.town or filters.state:
        places = request_lists.towns_and_states(connection, company)
    return Wanted(
        company,
        view.kind,
        statuses_of(view),
        between(days_of(filters, today)),
        changed_between(filters),
        number=filters.rma if view.kind == "rma" else "",
        case=filters.case,
        serial=filters.serial,
        systems=system_ids(connection, company, filters),
        towns=_spelled(filters.town, places[0]),
        states=_spelled(filters.state, places[1]),
        postcode=filters.postcode,
        battery=filters.battery,
    )


def _spelled(name: str, known: Sequence[str]) -> tuple[str, ...]:
    """A place as our systems spell it, whatever language it was typed in."""
    if not name:
        return ()
    return tuple(place for place in known if called(place) == called(name)) or (name,)


def _overview(connection: Connection, company: int, view: View, today: datetime.date) -> Page:
    """How many there are per status; they add up to the total (ESM-05, 06)."""
    names = STATUS[view.kind]
    counts = request_lists.counts(connection, _wanted(connection, company, view, today))
    shown = statuses_of(view) or tuple(names)
    total = sum(counts.get(status, 0) for status in shown)
    title = _title(view, total, today)
    each = Listed(tuple(_("{status} {n}")(status=names[s], n=counts.get(s, 0)) for s in shown))
    picture = total > 0 and not view.quiet
    enclosed: tuple[Chart, ...] = ()
    if picture:
        parts = tuple(Part(names[s], counts.get(s, 0), TONES[s]) for s in shown)
        enclosed = (Chart(title, parts, _("{title}: {counts}.")(title=title, counts=each)),)
    turns = [
        Turn(_("{status} ({n})")(status=names[s], n=counts[s]), view.narrowed(status=s).cursor)
        for s in shown
        if counts.get(s)
    ]
    lines = (title,) if picture else (title, _("{counts}.")(counts=each))
    turns += (*_widening(view, total), *_others(view), *_chips(view), _filter(view))
    return Page(lines=lines, turns=tuple(turns), enclosed=enclosed, view=view.seen("").cursor)


def _list(connection: Connection, ask: Ask[ListRequests], view: View, today: datetime.date) -> Page:
    """Five on a page, the filters under it; one number that was typed is taken at once (ESM-12, 16, 48)."""
    wanted = _wanted(connection, ask.by.company, view, today)
    found = request_lists.listed(connection, wanted, view.start, ROWS + 1)
    if ask.request.text and len(found) == 1 and (view.filters.rma or view.filters.case == found[0].number):
        return Page((_row(view, found[0]),), exact=True, view=view.cursor)
    counts = request_lists.counts(connection, wanted)
    total = sum(n for status, n in counts.items() if not wanted.statuses or status in wanted.statuses)
    rows = [_row(view, line) for line in found[:ROWS]]
    if not (ask.request.kind or view.start):
        rows = [*_systems(connection, ask.by.company, view), *rows]
    said = [chip for chip, without in chips(view) if without.filters.submitted == view.filters.submitted]
    shown: list[Text] = [_title(view, total, today)] if rows else [_NOTHING, _title(view, total, today)]
    if said:
        shown.append(_("Filters: {filters}.")(filters=Listed(tuple(said))))
    turns = [Turn(MORE, view.seen("list", start=view.start + ROWS).cursor)] if len(found) > ROWS else []
    if view.start:
        turns.append(Turn(PREVIOUS, view.seen("list", start=max(0, view.start - ROWS)).cursor))
    turns += (*_wider(view), *_chips(view), _filter(view))
    turns.append(Turn(_("Per status"), View(structs.replace(view.filters, status=""), quiet=True).cursor))
    return Page(tuple(rows), lines=tuple(shown), turns=tuple(turns), view=view.cursor)


def _title(view: View, total: int, today: datetime.date) -> Text:
    """How many of what, in which window of time (ESM-07)."""
    counted = n_("{n} RMA ({window})", "{n} RMAs ({window})")
    if view.kind == "case":
        counted = n_("{n} case ({window})", "{n} cases ({window})")
    return counted(n=total, window=window_text(view.filters, today))


def _row(view: View, line: Line) -> Row:
    where: Text = _("no system")
    if line.system:
        where = f"{line.system_name}, {line.postcode} {line.town}"
    about = _("{status}, {system}, {day}")(
        status=STATUS[view.kind][line.status], system=where, day=day_of(line.created_at)
    )
    return Row(line.number, Copy(line.number), about)


def _systems(connection: Connection, company: int, view: View) -> Iterator[Row]:
    """The systems that a search means, before what was asked about them (ESM-09)."""
    filters = view.filters
    ids = list(system_ids(connection, company, filters) or ())
    if filters.serial:
        ids += [device.system for device in systems.with_serials(connection, [filters.serial]).values()]
    known = systems.with_ids(connection, ids)
    mine = [known[id] for id in ids if id in known and known[id].company == company]
    return map(row_of, mine[:MOST_SYSTEMS])


def _widening(view: View, total: int) -> Iterator[Turn]:
    """Other windows of time; where nothing was found only wider ones help."""
    if view.filters.submitted == ALL:
        return
    for code, label in wider(view.filters):
        if total or code in (YEAR, ALL):
            yield Turn(label, View(structs.replace(view.filters, submitted=code), view.show).cursor)


def _wider(view: View) -> Iterator[Turn]:
    """The next wider window; days that were typed have a chip of their own."""
    code = {"": "90d", "90d": YEAR, YEAR: ALL}.get(view.filters.submitted, "")
    for other, label in wider(view.filters):
        if code and other == code:
            yield Turn(label, View(structs.replace(view.filters, submitted=code), "list").cursor)


def _others(view: View) -> Iterator[Turn]:
    """The other tabs: cases or RMAs, and returns of batteries (ESM-04)."""
    if view.kind == "case":
        yield Turn(_("RMAs"), view.narrowed("", kind="rma", status="").cursor)
        return
    yield Turn(_("Cases"), view.narrowed("", kind="case", status="", rma="").cursor)
    if not view.filters.battery:
        yield Turn(_("With a battery"), view.narrowed("", battery=True).cursor)


def _chips(view: View) -> Iterator[Turn]:
    """Each filter, to take it away with one tap; all of them together (ESM-10)."""
    show: Literal["", "list"] = "list" if view.show == "list" else ""
    some = [(chip, View(without.filters, show, quiet=True)) for chip, without in chips(view)]
    for chip, without in some:
        yield Turn(_("✕ {filter}")(filter=chip), without.cursor)
    if len(some) > 1:
        yield Turn(_("Clear filters"), View(Filters(kind=view.kind), show, quiet=True).cursor)


def _filter(view: View) -> Turn:
    return Turn(_("Filter"), view.seen("narrow").cursor)


def _narrow(view: View) -> Page:
    """The filters that can be added (ESM-10, 11)."""
    known = view.filters
    free = [name for name in FIELDS if name == "submitted" or not getattr(known, name)]
    fields = [name for name in free if name != "rma" or view.kind == "rma"]
    turns = [Turn(FIELDS[name], view.seen("ask", name).cursor) for name in fields]
    turns.append(Turn(_("Per status"), View(structs.replace(known, status=""), quiet=True).cursor))
    if not known.battery:
        turns.append(Turn(_("With a battery"), view.narrowed(battery=True).cursor))
    turns += (*_chips(view.seen("list")), _to_list(view))
    return Page(lines=(_("Filter by what? You can also type it."),), turns=tuple(turns), view=view.cursor)


def _asked(view: View, problem: Text = "") -> Page:
    """One filter to be typed."""
    asked: Text = QUESTIONS.get(view.asked) or _("{filter}: what do you look for?")(
        filter=FIELDS.get(view.asked, _("Filter"))
    )
    lines = (problem, asked) if problem else (asked,)
    return Page(lines=lines, turns=(_to_list(view),), view=view.cursor)


def _not_understood(view: View, why: Phrase) -> Page:
    """What was typed narrows nothing; what was looked at is one tap away."""
    return Page(lines=(why,), turns=(_to_list(view),), view=view.cursor)


def _to_list(view: View) -> Turn:
    return Turn(_("Show the list"), view.seen("list").cursor)


def _search_box() -> Page:
    """Nothing typed yet (ESM-09)."""
    line = _("Type a number, serial, name, town or postcode. A sentence is fine too.")
    kinds = ((_("RMAs"), "rma"), (_("Cases"), "case"))
    return Page(
        lines=(line,), turns=tuple(Turn(name, View(Filters(kind=kind)).cursor) for name, kind in kinds)
    )
