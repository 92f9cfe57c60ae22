"""One RMA on paper: all the rows that filing it writes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.services import letters
from bot.services.asking import Ask
from flows.requests import CreateRma
from storage.systems import System

ASSIGNED_TO = "Solardesk"
SYSTEMS_REMEMBERED = 5
ORIGIN = "Solardesk chat"
UNREADABLE = "unreadable"
"""Among the chosen devices: one whose label cannot be read; there is a photo of it."""


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


def case_row(paper: Paper, number: str) -> dict[str, Any]:
    """The case that goes with it."""
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
        "description": ask.request.description.strip(),
        "status": "new",
        "assigned_to": ASSIGNED_TO,
        "created_at": ask.now,
        "updated_at": ask.now,
    }


def rma_row(paper: Paper, number: str, case: str) -> dict[str, Any]:
    """The RMA itself."""
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
        "description": ask.request.description.strip(),
        "shipping_address": paper.address,
        "contact": paper.contact,
        "assigned_to": ASSIGNED_TO,
        "origin": ORIGIN,
        "created_at": ask.now,
        "updated_at": ask.now,
    }


def line_rows(paper: Paper, number: str) -> list[dict[str, Any]]:
    """One line per device; an unreadable label is a line without a serial."""
    lines = list(zip(paper.serials, paper.products, strict=True))
    if not lines or UNREADABLE in paper.ask.request.devices:
        lines.append(("", ""))
    return [
        {"rma": number, "position": place, "serial": serial, "product": product}
        for place, (serial, product) in enumerate(lines, 1)
    ]


def file_rows(paper: Paper, number: str) -> list[dict[str, Any]]:
    """Its photos, those of a label marked."""
    return [{"rma": number, "attachment": file, "label": label} for file, label in paper.files.items()]


def history_row(paper: Paper, number: str) -> dict[str, Any]:
    """The first line of its history."""
    return {
        "key": paper.ask.asked.key,
        "rma": number,
        "at": paper.ask.now,
        "event": "created",
        "status": "in_progress",
        "installer": paper.ask.by.id,
    }


def follower_row(paper: Paper, number: str) -> dict[str, Any]:
    """Who files it hears of its changes, in the chat it was filed in."""
    return {"rma": number, "installer": paper.ask.by.id, "conversation": paper.ask.asked.conversation}


def letter(paper: Paper, number: str) -> dict[str, Any]:
    """The confirmation."""
    ask = paper.ask
    name = paper.system.name if paper.system else ""
    serials = list(paper.serials)
    return letters.rma_filed(
        ask.by, ask.asked.key, number, name, serials, ask.request.subject, paper.address, ask.now
    )


def choices(paper: Paper) -> dict[str, Any]:
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
