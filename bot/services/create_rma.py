"""Filing an RMA: once per key, for own systems, never unseen beside an open one (ESM-19 to 27)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.services import letters, rma_paper
from bot.services.asking import NOT_FOUND, Ask, shown_of
from bot.services.devices import NO_SYSTEM
from bot.services.places import address_text, contact_text
from bot.services.rma_paper import Paper
from bot.services.room_news import FILED, News, tell_rooms
from bot.services.subjects import SUBJECTS
from bot.services.words import holder
from flows.engine.parsers import well_formed
from flows.engine.phrases import Copy, Listed
from flows.engine.work import Done, Refused, Reply
from flows.requests import CreateRma
from storage import mails, people, request_tables, rma_parts, rmas, systems
from storage.people import Entry, Installer
from storage.rmas import add, take_numbers
from storage.systems import Device, System


@dataclass(frozen=True, slots=True)
class Known:
    """What the desk knows about everything a batch of requests names."""

    filed: Mapping[str, str]
    systems: Mapping[str, System]
    devices: Mapping[str, Device]
    open: Mapping[tuple[int, str], Mapping[str, tuple[str, str]]]
    chats: Mapping[str, str]
    addresses: Mapping[int, Sequence[Entry]]
    contacts: Mapping[int, Sequence[Entry]]


def create_rma(connection: Connection, asks: Sequence[Ask[CreateRma]]) -> list[Reply]:
    """File each RMA, or say why not; a key that was used gives the RMA filed under it."""
    # Before anything is looked at: of two colleagues, the second sees what the first has filed.
    people.lock_companies(connection, {ask.by.company for ask in asks})
    replies: dict[Ask[CreateRma], Reply] = {}
    for batch in _apart(asks):
        replies |= _answered(connection, batch)
    return [replies[ask] for ask in asks]


def _apart(asks: Sequence[Ask[CreateRma]]) -> list[list[Ask[CreateRma]]]:
    """Batches in which no two are about the same device of a company, or have the same key."""
    batches: list[list[Ask[CreateRma]]] = []
    subjects: list[set[tuple[int, str]]] = []
    for ask in asks:
        about = {(ask.by.company, name) for name in (*serials_of(ask.request.devices), ask.asked.key)}
        place = next((n for n, taken in enumerate(subjects) if not taken & about), len(batches))
        if place == len(batches):
            batches.append([])
            subjects.append(set())
        batches[place].append(ask)
        subjects[place] |= about
    return batches


def _answered(connection: Connection, asks: Sequence[Ask[CreateRma]]) -> dict[Ask[CreateRma], Reply]:
    known = _known(connection, asks)
    checked = {ask: _checked(ask, known) for ask in asks}
    papers = [paper for paper in checked.values() if isinstance(paper, Paper)]
    filed = {
        paper.ask: _done(paper.ask.by, number, paper.system)
        for paper, number in zip(papers, _file(connection, papers), strict=True)
    }
    return {ask: filed[ask] if isinstance(reply, Paper) else reply for ask, reply in checked.items()}


def serials_of(devices: Sequence[str]) -> tuple[str, ...]:
    """The serials among chosen devices; "unreadable" and the like are none."""
    return tuple(dict.fromkeys(device for device in devices if well_formed(device)))


def _known(connection: Connection, asks: Sequence[Ask[CreateRma]]) -> Known:
    companies = {ask.by.company for ask in asks}
    serials = {serial for ask in asks for serial in serials_of(ask.request.devices)}
    files = {file for ask in asks for file in (*ask.request.photos, *ask.request.label_photo)}
    return Known(
        rmas.filed_under(connection, [ask.asked.key for ask in asks]),
        systems.with_ids(connection, {ask.request.system for ask in asks}),
        systems.with_serials(connection, serials) if serials else {},
        rmas.open_for(connection, companies, serials) if serials else {},
        rma_parts.files_of_chats(connection, files),
        people.addresses_of(connection, companies),
        people.contacts_of(connection, companies),
    )


def _checked(ask: Ask[CreateRma], known: Known) -> Reply | Paper:
    request, company = ask.request, ask.by.company
    system = known.systems.get(request.system)
    if ask.asked.key in known.filed:
        return _done(ask.by, known.filed[ask.asked.key], system)
    address = address_text(request.address, ask.by, known.addresses)
    contact = contact_text(request.contact, ask.by, known.contacts)
    foreign = system is None or system.company != company
    if (foreign and request.system != NO_SYSTEM) or address is None or contact is None:
        return NOT_FOUND
    if request.subject not in SUBJECTS:
        return NOT_FOUND
    serials = serials_of(request.devices)
    open_here = {number for serial in serials for number in known.open.get((company, serial), {})}
    unseen = [number for number in shown_of(open_here) if number not in request.already_open]
    if unseen:
        return Refused("already_open", {"numbers": Listed(tuple(map(Copy, unseen)))})
    devices = [known.devices.get(serial) for serial in serials]
    products = tuple(device.product if device and device.company == company else "" for device in devices)
    files = {
        file: file in request.label_photo
        for file in (*request.photos, *request.label_photo)
        if known.chats.get(file) == ask.asked.conversation
    }
    return Paper(ask, None if foreign else system, address, contact, serials, products, files)


def _file(connection: Connection, papers: Sequence[Paper]) -> list[str]:
    """Write everything of all RMAs, table by table; returns their numbers."""
    if not papers:
        return []
    cases = take_numbers(connection, "case", len(papers))
    numbers = take_numbers(connection, "rma", len(papers))
    pairs = list(zip(papers, numbers, strict=True))
    add(connection, request_tables.cases, list(map(rma_paper.case_row, papers, cases)))
    add(connection, request_tables.rmas, list(map(rma_paper.rma_row, papers, numbers, cases)))
    add(connection, request_tables.rma_lines, [row for pair in pairs for row in rma_paper.line_rows(*pair)])
    add(connection, request_tables.rma_files, [row for pair in pairs for row in rma_paper.file_rows(*pair)])
    add(connection, request_tables.rma_followers, list(map(rma_paper.follower_row, papers, numbers)))
    add(connection, request_tables.rma_history, list(map(rma_paper.history_row, papers, numbers)))
    mails.post(connection, list(map(rma_paper.letter, papers, numbers)))
    people.remember_choices(connection, list(map(rma_paper.choices, papers)))
    news = [News(paper.ask.by.company, number, FILED) for paper, number in pairs]
    tell_rooms(connection, news, papers[0].ask.now)
    return numbers


def _done(by: Installer, number: str, system: System | None) -> Done:
    return Done(
        {
            "rma": number,
            "number": Copy(number),
            "holder": holder("in_progress", ""),
            "mail": letters.promised(by),
            "system": system.id if system else "",
        }
    )
