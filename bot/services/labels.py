"""Whose devices the serials on a label are, and what is open for them (UX 10)."""

from __future__ import annotations

from sqlalchemy import Connection

from bot.services.asking import Ask
from bot.services.words import RMA_STATUS
from flows.engine.phrases import Copy, Text, _, n_
from flows.engine.work import Page, Reply
from flows.requests import WhatLabelsSay
from storage import rmas, systems
from storage.systems import Device

SHOWN = 8
"""Devices; more would fill the screen."""
LATEST = 3
"""RMAs."""


def what_labels_say(connection: Connection, ask: Ask[WhatLabelsSay]) -> Reply:
    """One line per serial; one of another company is answered exactly like an unknown one."""
    serials, company = ask.request.serials, ask.by.company
    known = systems.with_serials(connection, serials)
    mine = {serial: device for serial, device in known.items() if device.company == company}
    lines = [_line(serial, mine.get(serial)) for serial in serials[:SHOWN]]
    if len(serials) > SHOWN:
        lines.append(n_("and {n} more", "and {n} more")(n=len(serials) - SHOWN))
    found = rmas.open_for(connection, {company}, serials)
    open_ones = {number: status for of in found.values() for number, (status, _name) in of.items()}
    lines += [
        _("RMA {number} is open: {status}.")(number=Copy(number), status=RMA_STATUS[open_ones[number]])
        for number in sorted(open_ones)[-LATEST:]
    ]
    allowed = ("create_rma", *(["search_systems"] if mine else []), *(["track_rma"] if open_ones else []))
    return Page(lines=tuple(lines), allowed=allowed)


def _line(serial: str, device: Device | None) -> Text:
    if device is None:
        return _("{serial}: not found in your systems.")(serial=Copy(serial))
    return _("{product} {serial}, {system}")(
        product=device.product, serial=Copy(serial), system=device.system_name
    )
