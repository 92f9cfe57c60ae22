"""Finding RMAs: by number, serial or system, the latest, or those still open for a device (ESM-09, 48)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from msgspec import structs
from sqlalchemy import Connection

from bot.services.asking import AT_MOST, Ask, nothing, part, shown_of, start_of
from bot.services.find_systems import resolved
from bot.services.rma_rules import permits
from bot.services.serials import serials_in
from bot.services.words import RMA_STATUS, day_of
from flows.engine.parsers import well_formed
from flows.engine.phrases import Copy, Lines, Text, _
from flows.engine.work import Page, Reply, Row
from flows.requests import FindRmas, OpenRmas
from storage import rmas
from storage.rmas import Rma
from storage.systems import folded

LOOKED_AT = 200
"""The latest RMAs, of which those are shown that can be changed in some way."""

_NONE_YET = Page(problems=(_("Your company has no RMAs yet."),), over=True)
_NOT_FOUND = nothing(_("Not found in your RMAs."))
_SERIAL = re.compile(r"(?<!\d)(?:\d{12}|\d{10})(?!\d)")
_IDLE = re.compile(r"\b(?:rma|dossier|case|nr|no|n°|nummer|number|numéro)\b[:.]?|[#\s.\-]", re.IGNORECASE)


def find_rmas(connection: Connection, ask: Ask[FindRmas]) -> Reply:
    """The RMAs of the company that the words may mean, latest first."""
    text = ask.request.text.strip()
    start = start_of(ask.request.cursor)
    if not text:
        found = rmas.latest(
            connection, ask.by.company, 0, LOOKED_AT if ask.request.permits else start + AT_MOST + 1
        )
        return _paged(ask, found, start) if found else _NONE_YET
    serials = serials_in(text).found if _SERIAL.search(text) else ()
    if serials and text != serials[0]:
        words = _SERIAL.sub(" ", text).strip()
        about = structs.replace(ask.request, text=words)
        named = find_rmas(connection, replace(ask, request=about)) if words else None
        return named if isinstance(named, Page) and named.rows else _on_serials(connection, ask, serials)
    digits = _IDLE.sub("", text)
    if digits.isascii() and digits.isdecimal():
        return _numbered(connection, ask, digits)
    found = rmas_at(connection, ask.by.company, text)
    fit = [rma for rma in found if permits(rma, ask.by, ask.request.permits)]
    only = len(fit) == 1 and is_at(fit[0], text)
    return _paged(ask, found, start, exact=only) if found else _NOT_FOUND


def rmas_at(connection: Connection, company: int, text: str) -> list[Rma]:
    """The RMAs on the systems that words may mean, latest first."""
    meant = [system.id for system in resolved(connection, company, text)]
    return rmas.on_systems(connection, company, meant) if meant else []


def is_at(rma: Rma, text: str) -> bool:
    """Whether every word said is one of the name of its system: then no other spelling was meant."""
    return set(folded(text).split()) <= set(folded(rma.system_name or "").split())


def open_rmas(connection: Connection, asks: Sequence[Ask[OpenRmas]]) -> list[Reply]:
    """For each person: the open RMAs of the company with any of these serials; an empty page when none."""
    serials = {serial for ask in asks for serial in ask.request.devices if well_formed(serial)}
    companies = {ask.by.company for ask in asks}
    found = rmas.open_for(connection, companies, serials) if serials else {}

    def answer(ask: Ask[OpenRmas]) -> Page:
        numbers: dict[str, tuple[str, str]] = {}
        about: dict[str, list[Text]] = {}
        for serial in ask.request.devices:
            known = found.get((ask.by.company, serial), {})
            numbers |= known
            for number in known:
                about.setdefault(number, []).append(Copy(serial))
        rows = (_open_row(number, about[number], *numbers[number]) for number in shown_of(numbers))
        return Page(tuple(rows))

    return [answer(ask) for ask in asks]


def rma_number(text: str) -> str:
    """A number as it is kept: 8 digits with leading zeros (ESM-48)."""
    return text.strip().zfill(8)


def _open_row(number: str, serials: list[Text], status: str, name: str) -> Row:
    label = _("{number}: {status}, {colleague}\n{serials}")(
        number=Copy(number),
        serials=Lines(tuple(serials)),
        status=RMA_STATUS[status],
        colleague=name.split(" ")[0],
    )
    return Row(number, label)


def _numbered(connection: Connection, ask: Ask[FindRmas], digits: str) -> Page:
    """By RMA number with or without zeros, else by case number, by serial, or by system id."""
    company, start = ask.by.company, start_of(ask.request.cursor)
    number = rma_number(digits)
    rma = rmas.with_numbers(connection, [number]).get(number)
    if rma and rma.company == company:
        # A number is taken as it is: the refusal says exactly why nothing can be done with it.
        return Page((_row(ask, rma),), exact=True)
    found = rmas.of_case(connection, company, number)
    found = found or (rmas.of_serial(connection, company, digits) if well_formed(digits) else [])
    found = found or rmas.on_systems(connection, company, [digits])
    return _paged(ask, found, start, exact=len(found) == 1) if found else _NOT_FOUND


def _on_serials(connection: Connection, ask: Ask[FindRmas], serials: Sequence[str]) -> Page:
    """The RMAs for any of several serials, latest first."""
    every = (rma for serial in serials for rma in rmas.of_serial(connection, ask.by.company, serial))
    found = sorted({rma.number: rma for rma in every}.values(), key=lambda rma: rma.number, reverse=True)
    start = start_of(ask.request.cursor)
    return _paged(ask, found, start, exact=len(found) == 1) if found else _NOT_FOUND


def _paged(ask: Ask[FindRmas], found: Sequence[Rma], start: int, *, exact: bool = False) -> Page:
    fit = [rma for rma in found if permits(rma, ask.by, ask.request.permits)]
    if not fit:
        return nothing(_("None of these RMAs can be changed in this way any more."))
    shown, turns = part(fit[start:], start)
    return Page(tuple(_row(ask, rma) for rma in shown), turns=turns, exact=exact)


def _row(ask: Ask[FindRmas], rma: Rma) -> Row:
    where: Text = rma.system_name or _("no system")
    about = _("{status}, {system}, {day}")(
        status=RMA_STATUS[rma.status], system=where, day=day_of(rma.created_at)
    )
    # The status is not part of the answer: it may be another one when the card is looked at.
    label: Text = Copy(rma.number)
    if ask.request.permits == "correct_address":
        label = _("{number}, now to {address}")(number=label, address=Copy(rma.shipping_address))
    return Row(rma.number, label, about)
