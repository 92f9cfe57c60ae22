"""Finding RMAs: by number, serial or system, the latest, or those still open for a device (ESM-09, 48)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import Connection

from bot.services.asking import AT_MOST, Ask, nothing, part, start_of
from bot.services.find_systems import resolved
from bot.services.serials import well_formed
from bot.services.words import RMA_STATUS, day_of
from flows.engine.model import Page, Reply, Row
from flows.engine.phrases import Copy, Text, _
from flows.requests import FindRmas, OpenRmas
from storage import rmas
from storage.rmas import Rma

_NOT_FOUND = nothing(_("Not found in your RMAs."))
_IDLE = re.compile(r"\b(?:rma|dossier|case|nr|no|n°|nummer|number|numéro)\b[:.]?|[#\s.\-]", re.IGNORECASE)


def find_rmas(connection: Connection, ask: Ask[FindRmas]) -> Reply:
    """The RMAs of the company that the words may mean, latest first."""
    text = ask.request.text.strip()
    start = start_of(ask.request.cursor)
    if not text:
        found = rmas.latest(connection, ask.by.company, start, AT_MOST + 1)
        return _paged(found, start) if found else nothing(_("Your company has no RMAs yet."))
    digits = _IDLE.sub("", text)
    if digits.isascii() and digits.isdecimal():
        return _numbered(connection, ask.by.company, digits)
    meant = [system.id for system in resolved(connection, ask.by.company, text)]
    on_systems = rmas.on_systems(connection, ask.by.company, meant) if meant else []
    return _paged(on_systems[start:], start) if on_systems else _NOT_FOUND


def open_rmas(connection: Connection, asks: Sequence[Ask[OpenRmas]]) -> list[Reply]:
    """For each person: the open RMAs of the company with any of these serials; an empty page when none."""
    serials = {serial for ask in asks for serial in ask.request.devices if well_formed(serial)}
    companies = {ask.by.company for ask in asks}
    found = rmas.open_for(connection, companies, serials) if serials else {}

    def answer(ask: Ask[OpenRmas]) -> Page:
        numbers: dict[str, tuple[str, str]] = {}
        for serial in ask.request.devices:
            numbers |= found.get((ask.by.company, serial), {})
        return Page(tuple(_open_row(number, *known) for number, known in sorted(numbers.items())[-AT_MOST:]))

    return [answer(ask) for ask in asks]


def rma_number(text: str) -> str:
    """A number as it is kept: 8 digits with leading zeros (ESM-48)."""
    return text.strip().zfill(8)


def _open_row(number: str, status: str, name: str) -> Row:
    label = _("{number}, {status}, {colleague}")(
        number=Copy(number), status=RMA_STATUS[status], colleague=name.split(" ")[0]
    )
    return Row(number, label)


def _numbered(connection: Connection, company: int, digits: str) -> Page:
    """By RMA number with or without zeros, else by case number, by serial, or by system id."""
    number = rma_number(digits)
    rma = rmas.with_numbers(connection, [number]).get(number)
    if rma and rma.company == company:
        return Page((_row(rma),), exact=True)
    found = rmas.of_case(connection, company, number)
    found = found or (rmas.of_serial(connection, company, digits) if well_formed(digits) else [])
    found = found or rmas.on_systems(connection, company, [digits])
    if not found:
        return _NOT_FOUND
    return Page(tuple(map(_row, found[:AT_MOST])), exact=len(found) == 1)


def _paged(found: Sequence[Rma], start: int) -> Page:
    shown, turns = part(found, start)
    return Page(tuple(map(_row, shown)), turns=turns)


def _row(rma: Rma) -> Row:
    where: Text = rma.system_name or _("no system")
    about = _("{status}, {system}, {day}")(
        status=RMA_STATUS[rma.status], system=where, day=day_of(rma.created_at)
    )
    # The status is not part of the answer: it may be another one when the card is looked at.
    return Row(rma.number, Copy(rma.number), about)
