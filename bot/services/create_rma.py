"""Filing an RMA: once per key, for own systems, never unseen beside an open one (ESM-19 to 27)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from bot.services import letters
from bot.services.asking import NOT_FOUND, Ask, clean
from bot.services.devices import NO_SYSTEM
from bot.services.places import address_text, contact_text
from bot.services.serials import well_formed
from bot.services.subjects import SUBJECTS
from bot.services.words import holder
from flows.engine.model import Done, Refused, Reply
from flows.engine.phrases import Copy, Listed
from flows.requests import CreateRma
from storage import desk_tables as tables
from storage import mails, people, rma_parts, rmas, systems
from storage.people import Entry
from storage.rmas import add, take_numbers
from storage.systems import Device, System

ASSIGNED_TO = "Solardesk"
SYSTEMS_REMEMBERED = 5
ORIGIN = "Solardesk chat"
UNREADABLE = "unreadable"
"""Among the chosen devices: one whose label cannot be read; there is a photo of it."""


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


@dataclass(frozen=True, slots=True)
class Paper:
    """One RMA that may be filed: everything on it but its numbers."""

    ask: Ask[CreateRma]
    system: System | None
    address: str
    contact: str
    serials: tuple[str, ...]
    products: tuple[str, ...]
    files: dict[str, bool] = field(default_factory=dict)


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
        about = {(ask.by.company, name) for name in (*ask.request.devices, ask.asked.key)}
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
        paper.ask: _done(number, paper.system)
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
        return _done(known.filed[ask.asked.key], system)
    address = address_text(request.address, ask.by, known.addresses)
    contact = contact_text(request.contact, ask.by, known.contacts)
    foreign = system is None or system.company != company
    if (foreign and request.system != NO_SYSTEM) or address is None or contact is None:
        return NOT_FOUND
    if request.subject not in SUBJECTS:
        return NOT_FOUND
    serials = serials_of(request.devices)
    open_here = {number for serial in serials for number in known.open.get((company, serial), {})}
    unseen = sorted(open_here - set(request.already_open))
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
    filed = list(zip(papers, numbers, cases, strict=True))
    add(connection, tables.cases, [_case_row(paper, case) for paper, _number, case in filed])
    add(connection, tables.rmas, [_rma_row(paper, number, case) for paper, number, case in filed])
    add(
        connection,
        tables.rma_lines,
        [row for paper, number, _case in filed for row in _line_rows(paper, number)],
    )
    add(
        connection,
        tables.rma_files,
        [row for paper, number, _case in filed for row in _file_rows(paper, number)],
    )
    add(
        connection,
        tables.rma_followers,
        [
            {"rma": number, "installer": paper.ask.by.id, "conversation": paper.ask.asked.conversation}
            for paper, number, _case in filed
        ],
    )
    add(connection, tables.rma_history, [_history_row(paper, number) for paper, number, _case in filed])
    mails.post(connection, [_letter(paper, number) for paper, number, _case in filed])
    people.remember_choices(connection, [_choices(paper) for paper in papers])
    return numbers


def _case_row(paper: Paper, number: str) -> dict[str, Any]:
    ask = paper.ask
    return {
        "number": number,
        "key": ask.asked.key,
        "company": ask.by.company,
        "installer": ask.by.id,
        "system": paper.system.id if paper.system else None,
        "conversation": ask.asked.conversation,
        "sender": ask.asked.sender,
        "subject": ask.request.subject,
        "description": clean(ask.request.description),
        "status": "new",
        "assigned_to": ASSIGNED_TO,
        "created_at": ask.now,
        "updated_at": ask.now,
    }


def _rma_row(paper: Paper, number: str, case: str) -> dict[str, Any]:
    ask = paper.ask
    return {
        "number": number,
        "key": ask.asked.key,
        "company": ask.by.company,
        "installer": ask.by.id,
        "system": paper.system.id if paper.system else None,
        "case_number": case,
        "status": "in_progress",
        "subject": ask.request.subject,
        "fault": ask.request.fault,
        "description": clean(ask.request.description),
        "shipping_address": paper.address,
        "contact": paper.contact,
        "assigned_to": ASSIGNED_TO,
        "origin": ORIGIN,
        "created_at": ask.now,
        "updated_at": ask.now,
    }


def _line_rows(paper: Paper, number: str) -> list[dict[str, Any]]:
    lines = list(zip(paper.serials, paper.products, strict=True))
    if not lines or UNREADABLE in paper.ask.request.devices:
        lines.append(("", ""))
    return [
        {"rma": number, "position": place, "serial": serial, "product": product}
        for place, (serial, product) in enumerate(lines, 1)
    ]


def _file_rows(paper: Paper, number: str) -> list[dict[str, Any]]:
    return [{"rma": number, "attachment": file, "label": label} for file, label in paper.files.items()]


def _history_row(paper: Paper, number: str) -> dict[str, Any]:
    return {
        "key": paper.ask.asked.key,
        "rma": number,
        "at": paper.ask.now,
        "event": "created",
        "status": "in_progress",
        "installer": paper.ask.by.id,
    }


def _letter(paper: Paper, number: str) -> dict[str, Any]:
    ask = paper.ask
    name = paper.system.name if paper.system else ""
    serials = list(paper.serials)
    return letters.rma_filed(
        ask.by, ask.asked.key, number, name, serials, ask.request.subject, paper.address, ask.now
    )


def _choices(paper: Paper) -> dict[str, Any]:
    """What is offered first next time: stored places by their id, new ones in words."""
    request = paper.ask.request
    latest = [paper.system.id] if paper.system else []
    systems_used = [*latest, *paper.ask.by.systems_used]
    return {
        "who": paper.ask.by.id,
        "systems": " ".join(list(dict.fromkeys(systems_used))[:SYSTEMS_REMEMBERED]),
        "address": request.address,
        "contact": request.contact,
    }


def _done(number: str, system: System | None) -> Done:
    return Done(
        {
            "rma": number,
            "number": Copy(number),
            "holder": holder("in_progress", ""),
            "system": system.id if system else NO_SYSTEM,
        }
    )
