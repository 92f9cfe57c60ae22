"""The work that is measured: an installer files an RMA in eight turns, and looks at every reply."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import Any, NamedTuple

from sqlalchemy import Connection, insert, select

from bot.services.seed_data import FIRMS
from bot.services.seed_systems import site_of
from flows.engine.conversation import Button
from flows.engine.data import Started
from flows.engine.events import Content, Pressed, Said
from flows.engine.outputs import Prompt
from storage import desk_tables, request_tables
from storage.moments import micros
from storage.tables import conversations, inbox, states

TURNS = 8
COMPANIES = 40
SYSTEMS = 80
TAPPED = 5
WORDS = "Nothing comes in since the storm on Tuesday; the light is off."


class Job(NamedTuple):
    """A fault to report: a system, and the place of the device among those that can be tapped."""

    system: str
    device: int


def fill(connection: Connection, now: datetime.datetime) -> None:
    """Companies of a usual size, one installer each."""
    dice = Random(1)
    for number in range(1, COMPANIES + 1):
        connection.execute(insert(desk_tables.companies), {"id": number, "name": f"Company {number}"})
        connection.execute(
            insert(desk_tables.addresses), {"company": number, "text": "Dock 4, 3000 Leuven", "main": True}
        )
        connection.execute(insert(desk_tables.installers), _installer(number))
        sites = [site_of(dice, FIRMS[0], number, place, now.date(), set()) for place in range(SYSTEMS)]
        connection.execute(insert(desk_tables.systems), [site.system for site in sites])
        devices = [device for site in sites for device in site.devices]
        connection.execute(
            insert(desk_tables.devices),
            [{**device, "serial": f"12{number:02d}{place:08d}"} for place, device in enumerate(devices)],
        )


def jobs(connection: Connection) -> list[list[Job]]:
    """The faults that each company can report still: no two about the same device."""
    found: list[list[Job]] = [[] for _ in range(COMPANIES)]
    systems = connection.execute(select(desk_tables.systems.c.id, desk_tables.systems.c.company)).all()
    filed = Counter(connection.scalars(select(request_tables.rmas.c.system)))
    for device in range(TAPPED):
        for system, company in systems:
            if device < TAPPED - filed[system]:  # they are taken from the end
                found[company - 1].append(Job(system, device))
    return found


def link(connection: Connection, people: Sequence[str], now: datetime.datetime) -> None:
    """Each of these chats belongs to the installer of one of the companies, in turn."""
    rows = [
        {"sender": who, "installer": place % COMPANIES + 1, "linked_at": micros(now)}
        for place, who in enumerate(people)
    ]
    connection.execute(insert(desk_tables.chat_identities), rows)


def copies(of: str, people: Sequence[str], connection: Connection) -> None:
    """All that is stored of one conversation, once more for each of these people."""
    for table, column in ((conversations, "key"), (states, "conversation"), (inbox, "conversation")):
        found = connection.execute(select(table).where(table.c[column] == of)).mappings().all()
        rows = [_copy(dict(row), of, who) for who in people for row in found]
        connection.execute(insert(table), rows)


def _copy(row: dict[str, Any], of: str, who: str) -> dict[str, Any]:
    row.pop("id", None)
    return {name: value.replace(of, who) if isinstance(value, str) else value for name, value in row.items()}


def deed(turn: int, job: Job, prompt: Prompt | None) -> Content:
    """What the person does in this turn, having seen this prompt."""
    if turn == 0 or prompt is None:
        return Started("create_rma")
    if turn == 1:
        return Said(job.system)
    if turn == 5:
        return Said(WORDS)
    buttons = [*(button for field in prompt.fields for button in field.options), *prompt.buttons]
    place = {2: job.device, 4: 0}.get(turn)
    pressed = buttons[place] if place is not None else next(filter(_goes_on, buttons))
    return Pressed(prompt.token, pressed.index)


def check(turn: int, prompt: Prompt, words: str) -> None:
    """The reply is the one that belongs to this turn, in words."""
    asked = ("system", "devices", "devices", "fault", "description", "photos")
    if turn < len(asked):
        assert prompt.fields[0].name == asked[turn], (turn, words)
    elif turn == TURNS - 1:
        assert "RMA `00" in words, words
    else:
        assert prompt.facts, words
    assert words


def _goes_on(button: Button) -> bool:
    return button.press.kind == "done" or (button.press.kind, button.press.of) == ("command", "skip")


def _installer(number: int) -> dict[str, object]:
    return {
        "id": number,
        "company": number,
        "name": "Jan Peeters",
        "email": f"jan@{number}.example",
        "phone": "+32 2 555 01 00",
        "role": "technician",
        "language": "en",
        "active": True,
    }
