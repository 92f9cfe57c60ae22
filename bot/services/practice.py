"""Practising: the chat as it is, with an invented company; nothing of it reaches the desk or a mailbox."""

from __future__ import annotations

import datetime
from typing import Any, Final

from sqlalchemy import Connection, Table

from bot.ports import Asked, Received
from bot.services import rma_paper, seed_cashback
from bot.services.asking import Ask
from bot.services.cashback_campaign import Campaign
from bot.services.rma_paper import Paper
from flows.engine.data import Started
from flows.engine.events import Event
from flows.engine.work import Done, Reply
from flows.requests import CreateRma, EndPractice, StartPractice
from storage import cashback, colleagues, desk_tables, inbox, people, practice, request_tables, timers
from storage.codec import encode
from storage.moments import micros, moment
from storage.people import NO_MAILBOX, Installer
from storage.rmas import take_numbers
from storage.systems import folded, folded_words, with_ids

NAMES: Final = {"nl": "Oefenbedrijf", "fr": "Société d'essai", "en": "Practice company"}
SUNS: Final = (
    *("Aurora", "Helios", "Zenit", "Corona", "Solis", "Equinox", "Meridian", "Sirius", "Apollo", "Orion"),
    *("Stella", "Lumen", "Horizon", "Azur", "Vega", "Luna", "Castor", "Pollux", "Altair", "Rigel", "Mira"),
)
SITES: Final = (
    ("Janssens", "Kerkstraat 12", "3000", "Leuven", "micro", 50.879, 4.701),
    ("Dubois", "Rue Haute 5", "5000", "Namur", "battery", 50.467, 4.872),
    ("Maes", "Veldstraat 40", "9000", "Gent", "normal", 51.054, 3.725),
)
DEVICES: Final = (
    *(("microinverter", "IQ8+", place < 2) for place in range(8)),
    ("gateway", "IQ Gateway", False),
    ("battery", "IQ Battery 5P", False),
)
ADDRESS: Final = "Oefenstraat 1, 3000 Leuven"
LAST: Final = len(SITES) - 1
FIRST_SYSTEM: Final = 900_000_000
DAY: Final = datetime.timedelta(days=1)


def start_practice(campaign: Campaign, connection: Connection, ask: Ask[StartPractice]) -> Reply:
    """This chat is practice from now on; a company that was practised with before is still there."""
    if ask.by.practises:
        return Done({"company": ask.by.company_name}, enters="practice")
    persona = practice.persona_of(connection, ask.by.id)
    if persona is None:
        persona = _invent(connection, campaign, ask.by, ask.now)
        practice.add_persona(connection, ask.by.id, persona)
    practice.begin(connection, ask.asked.conversation, ask.asked.sender, persona)
    (there,) = people.with_ids(connection, [persona])
    return Done({"company": there.company_name}, enters="practice")


def end_practice(connection: Connection, ask: Ask[EndPractice]) -> Reply:
    """Everything is real again; twice is once."""
    practice.end(connection, ask.asked.conversation)
    return Done(enters="real")


def end_silent(connection: Connection, now: datetime.datetime) -> bool:
    """Who practised and then said nothing for a day stopped: real news is not kept from them any longer."""
    inputs = [
        _stop(conversation, sender, now)
        for conversation, sender in practice.silent_since(connection, micros(now - DAY))
    ]
    return bool(inputs) and any(inbox.receive(connection, inputs, now))


def _stop(conversation: str, sender: str, now: datetime.datetime) -> Received:
    """As if they pressed it."""
    name = f"practice {conversation} {now.date()}"
    event = Event(name, conversation, sender, now, Started("end_practice"))
    return Received(timers.CHANNEL, name, conversation, encode(event).encode(), now)


def _invent(connection: Connection, campaign: Campaign, who: Installer, now: int) -> int:
    """A company with a few systems, a request and devices in the cashback, for one person; returns who they
    are there."""
    company = practice.add_company(connection, _name(connection, who))
    person = {
        "company": company,
        "name": who.name,
        "email": f"practice.{who.id}@practice{NO_MAILBOX}",
        "phone": who.phone,
        "role": who.role,
        "language": who.language,
        "active": True,
    }
    persona = colleagues.add(connection, person)
    today = moment(now).date()
    rows: dict[Table, list[dict[str, Any]]] = {
        desk_tables.addresses: [{"company": company, "text": ADDRESS, "main": True}],
        desk_tables.systems: [_system(company, place, today) for place in range(len(SITES))],
        desk_tables.devices: [row for place in range(len(SITES)) for row in _devices(company, place, today)],
    }
    practice.add(connection, rows)
    (there,) = people.with_ids(connection, [persona])
    _request(connection, there, now)
    numbers = take_numbers(connection, "cashback", len(seed_cashback.STATUSES))
    devices = seed_cashback.devices(campaign, company, persona, numbers, moment(now))
    cashback.add(connection, [{**device, "practice": True, "remind_at": None} for device in devices])
    return persona


def _name(connection: Connection, who: Installer) -> str:
    """One that people would say, and that no other company has."""
    kind = NAMES.get(who.language, NAMES["en"])
    taken = practice.names_taken(connection, kind)
    return next((name for sun in SUNS if (name := f"{kind} {sun}") not in taken), f"{kind} {who.id}")


def _system(company: int, place: int, today: datetime.date) -> dict[str, Any]:
    name, street, postcode, town, status, latitude, longitude = SITES[place]
    installed = (today - 900 * DAY).isoformat()
    return {
        "id": _id(company, place),
        "company": company,
        "name": name,
        "folded": folded(name),
        "words": folded_words(name, name, street, postcode, town, ""),
        "owner": name,
        "maintainer": name,
        "street": street,
        "postcode": postcode,
        "town": town,
        "country": "BE",
        "latitude": latitude,
        "longitude": longitude,
        "reference": "",
        "stage": 5,
        "status": status,
        "installed_on": installed,
        "created_on": installed,
    }


def _devices(company: int, place: int, today: datetime.date) -> list[dict[str, Any]]:
    """Serials begin with a year that no maker prints."""
    status = SITES[place][4]
    return [
        {
            "serial": f"99{company % 1_000_000:06d}{place:02d}{number:02d}",
            "system": _id(company, place),
            "kind": kind,
            "product": product,
            "status": "not_reporting" if (silent and status == "micro") or kind == status else "normal",
            "installed_on": (today - 900 * DAY).isoformat(),
            "warranty_until": (today + 4000 * DAY).isoformat(),
        }
        for number, (kind, product, silent) in enumerate(DEVICES)
    ]


def _request(connection: Connection, persona: Installer, now: int) -> None:
    """One RMA that was approved: it can be tracked, followed and sent back."""
    (case,), (number,) = take_numbers(connection, "case", 1), take_numbers(connection, "rma", 1)
    device, system = _devices(persona.company, LAST, moment(now).date())[0], _id(persona.company, LAST)
    filed = CreateRma(
        system, (device["serial"],), "not_reporting", "", "Microinverters Not Reporting", ADDRESS, "me"
    )
    asked = Asked(f"practice:{number}", filed, "", "", persona.language, moment(now))
    contact = f"{persona.name}, {persona.phone}" if persona.phone else persona.name
    place, product = with_ids(connection, [system])[system], device["product"]
    paper = Paper(Ask(asked, filed, persona), place, ADDRESS, contact, filed.devices, (product,))
    approved = {"status": "approved", "return_address": "Retourstraat 9, 5038 MP Tilburg"}
    created = rma_paper.history_row(paper, number)
    steps = [
        created | {"key": f"practice:{number}:{step}", "event": "status", "status": step, "installer": None}
        for step in ("pending_approval", "approved")
    ]
    rows: dict[Table, list[dict[str, Any]]] = {
        request_tables.cases: [rma_paper.case_row(paper, case)],
        request_tables.rmas: [rma_paper.rma_row(paper, number, case) | approved],
        request_tables.rma_lines: rma_paper.line_rows(paper, number),
        request_tables.rma_history: [created, *steps],
    }
    practice.add(connection, rows)


def _id(company: int, place: int) -> str:
    return str(FIRST_SYSTEM + company % 9_000_000 * 10 + place)
