"""Ordering a report: which one, between which days, for which systems, sent where (ESM-39 to 42)."""

from __future__ import annotations

import datetime
from typing import Final

from sqlalchemy import Connection

from bot.services import letters
from bot.services.asking import NOT_FOUND, Ask
from bot.services.days import today_of
from bot.services.find_systems import name_of, resolved, row_of
from bot.services.report_kinds import KINDS
from bot.services.request_views import between, days_in, span_text
from bot.services.request_words import NO_DATE
from bot.understanding import filters
from bot.understanding import reports as words
from bot.understanding.dates import EARLIEST
from flows.engine.parsers import Invalid, email
from flows.engine.phrases import Copy, Listed, Text, _, n_
from flows.engine.work import Done, Page, Refused, Reply, Row
from flows.requests import (
    OrderReport,
    OtherAddress,
    ReportAddresses,
    ReportDays,
    ReportKinds,
    ReportSystems,
)
from storage import report_rows, reports, systems
from storage.moments import micros, moment
from storage.report_rows import Scope
from storage.systems import System

ALL: Final = "all"
ME: Final = "me"
MOST_ROWS: Final = 200_000
MOST_SYSTEMS: Final = 500
MOST_WAITING: Final = 3
MOST_A_DAY: Final = 20
"""Reports of one person, who may send them to any address."""
NAMED: Final = 3
"""Systems said by name; of more, how many."""
DEFAULT_DAYS: Final = 30

_SHAPE: Final = email()


def report_kinds(_connection: Connection, ask: Ask[ReportKinds]) -> Reply:
    """All reports, or the one that is named, with whatever else the words say of it."""
    text = ask.request.text
    rows = {code: Row(code, kind.title) for code, kind in KINDS.items()}
    meant = words.kind_of(text)
    if meant not in rows:
        return Page(tuple(rows.values()))
    besides = {"days": text} if _days(text, ask) else {}
    if words.system_ids(text):
        besides["systems"] = text
    return Page((rows[meant],), exact=True, besides=besides)


def report_days(_connection: Connection, ask: Ask[ReportDays]) -> Reply:
    """The last thirty days (ESM-40), other usual spans, or what was typed; always said as dates."""
    today = today_of(ask.now)
    first = today.replace(day=1)
    before = first - datetime.timedelta(1)
    offered = (
        (today - datetime.timedelta(DEFAULT_DAYS), today),
        (before.replace(day=1), before),
        (today.replace(month=1, day=1), today),
    )
    rows = tuple(map(_days_row, offered))
    if not ask.request.text.strip():
        return Page(rows, default=rows[0].id)
    typed = _days(ask.request.text, ask)
    if typed is None:
        return Page(rows, problems=(NO_DATE(example="25/8/2026"),))
    return Page((_days_row(typed),), exact=True)


def report_systems(connection: Connection, ask: Ask[ReportSystems]) -> Reply:
    """All systems, those that were pasted, or those whose name was typed (ESM-41)."""
    text, company = ask.request.text.strip(), ask.by.company
    everything = Row(ALL, _("All systems"))
    used = systems.with_ids(connection, ask.by.systems_used)
    latest = [used[id] for id in ask.by.systems_used if id in used and used[id].company == company]
    offered = (everything, *map(row_of, latest))
    if not text:
        return Page(offered, default=ALL)
    if text == ALL or words.is_all(text):
        return Page((everything,), exact=True)
    ids = words.system_ids(text)
    if not ids:
        found = resolved(connection, company, text)[:NAMED]
        return Page(tuple(map(row_of, found)), exact=len(found) == 1)
    return _pasted(connection, company, ids, offered)


def report_addresses(_connection: Connection, ask: Ask[ReportAddresses]) -> Reply:
    """The mailbox on file, or another one (ESM-42)."""
    mine = Row(ME, letters.NONE_IN_PRACTICE if ask.by.practises else Copy(ask.by.email))
    if not ask.request.text.strip():
        return Page((mine,), default=ME)
    try:
        address, label = _SHAPE.parse(ask.request.text)
    except Invalid as problem:
        return Page((mine,), problems=(problem.phrase,))
    if address == ask.by.email.lower():
        return Page((mine,), exact=True)
    return Page((Row(str(address), label),), exact=True)


def other_address(_connection: Connection, ask: Ask[OtherAddress]) -> Reply:
    """Whose customers would be read about where (ESM-42)."""
    if ask.request.address == ME:
        return Page()
    line = _("{address} is not your own address. The report has names and addresses of customers.")
    return Page(lines=(line(address=Copy(ask.request.address)),))


def order_report(connection: Connection, ask: Ask[OrderReport]) -> Reply:
    """Order it, once; who makes it looks for it by itself. The same again while it is made is that one."""
    request = ask.request
    if request.kind not in KINDS:
        return NOT_FOUND
    scope = scope_of(ask.by.company, request.days, request.systems.replace(ALL, ""))
    if scope is None:
        return Refused("days")
    address = ask.by.email if request.address == ME else request.address
    if request.address != ME and not _is_address(address):  # one's own in practice is none
        return Refused("address")
    if scope.systems and len(_mine(connection, ask.by.company, scope.systems)) < len(scope.systems):
        return NOT_FOUND
    count = report_rows.count(connection, request.kind, scope)
    if not 0 < count <= MOST_ROWS:
        return Refused("too_many" if count else "nothing")
    since, until = days_in(request.days)
    row = {
        "key": ask.asked.key,
        "company": ask.by.company,
        "installer": ask.by.id,
        "conversation": ask.asked.conversation,
        "sender": ask.asked.sender,
        "language": ask.asked.locale,
        "kind": request.kind,
        "since": since.isoformat(),
        "until": until.isoformat(),
        "systems": " ".join(scope.systems or ()),
        "address": address,
        "created_at": ask.now,
    }
    if not reports.known(connection, row):
        waiting, today = reports.lately(
            connection, ask.by.id, micros(moment(ask.now) - datetime.timedelta(days=1))
        )
        if waiting >= MOST_WAITING or today >= MOST_A_DAY:
            return Refused("enough")
        reports.add(connection, row)
    mailed = _("And by e-mail to {address}.")(address=Copy(address))
    if ask.by.practises:
        mailed = letters.NONE_IN_PRACTICE
    return Done({"rows": KINDS[request.kind].rows(n=count), "mailed": mailed})


def scope_of(company: int, days: str, ids: str) -> Scope | None:
    """What these answers cover; None for days that are none."""
    span = days_in(days)
    moments = between(span) if span != (EARLIEST, EARLIEST) else None
    return Scope(company, *moments, tuple(ids.split()) or None) if moments else None


def _days(text: str, ask: Ask[ReportKinds] | Ask[ReportDays]) -> tuple[datetime.date, datetime.date] | None:
    today = today_of(ask.now)
    found = filters.read(words.dated(text), today)
    if found.submitted == filters.ALL:
        return EARLIEST, today
    said = found.submitted or found.changed
    return days_in(said) if said else None


def _days_row(days: tuple[datetime.date, datetime.date]) -> Row:
    return Row(f"{days[0].isoformat()}/{days[1].isoformat()}", span_text(days))


def _pasted(connection: Connection, company: int, ids: tuple[str, ...], offered: tuple[Row, ...]) -> Page:
    """The systems with these ids. Those of another company are answered like those that do not exist."""
    found = _mine(connection, company, ids[:MOST_SYSTEMS])
    missing = [id for id in ids if id not in found]
    problems: tuple[Text, ...] = ()
    if missing:
        shown: tuple[Text, ...] = tuple(map(Copy, missing[:10]))
        if len(missing) > len(shown):
            shown = (*shown, n_("and {n} more", "and {n} more")(n=len(missing) - len(shown)))
        problems = (_("Not found in your systems: {ids}.")(ids=Listed(shown)),)
    if not found:
        return Page(offered, problems=problems)
    return Page((Row(" ".join(found), _called(list(found.values()))),), exact=True, problems=problems)


def _mine(connection: Connection, company: int, ids: tuple[str, ...]) -> dict[str, System]:
    known = systems.with_ids(connection, ids)
    return {id: known[id] for id in ids if id in known and known[id].company == company}


def _called(found: list[System]) -> Text:
    names = tuple(map(name_of, found[:NAMED]))
    if len(found) <= NAMED:
        return Listed(names)
    more = n_("{names} and {n} more system", "{names} and {n} more systems")
    return more(names=Listed(names), n=len(found) - NAMED)


def _is_address(address: str) -> bool:
    try:
        _SHAPE.parse(address)
    except Invalid:
        return False
    return True
