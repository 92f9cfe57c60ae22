"""One RMA as a card: what it is, who holds it, and block by block the rest (ESM-13, 14, 33)."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

from bot.services.asking import NOT_FOUND, Ask, part, start_of
from bot.services.devices import device_label
from bot.services.find_rmas import rma_number
from bot.services.places import with_number_to_copy
from bot.services.rma_rules import permits
from bot.services.words import RMA_STATUS, UNKNOWN, day_of, holder
from flows.engine.phrases import Copy, Lines, Moment, Text, _, n_
from flows.engine.work import Page, Reply, Turn
from flows.requests import RmaCard
from storage import claims, followers, returns, rma_parts, rmas, wishes
from storage.moments import moment
from storage.people import Installer
from storage.rma_parts import Line
from storage.rmas import Rma

Ways = tuple[Turn, ...]
Block = tuple[tuple[Text, ...], Ways]

TITLES: dict[str, Text] = {
    "": _("Summary"),
    "history": _("History"),
    "notes": _("Notes"),
    "addresses": _("Addresses"),
    "lines": _("Devices"),
    "description": _("Description"),
    "contact": _("Contact"),
}


def rma_card(connection: Connection, ask: Ask[RmaCard]) -> Reply:
    """One block of the card, the ways to the others, and what its state permits."""
    rma = mine(connection, ask.by, ask.request.rma)
    if rma is None:
        return NOT_FOUND
    name, _colon, cursor = ask.request.cursor.partition(":")
    name = name if name in TITLES else ""
    lines, ways = BLOCKS[name](connection, rma, start_of(cursor))
    others = tuple(Turn(title, other) for other, title in TITLES.items() if other != name)
    return Page(lines=lines, turns=ways + others, allowed=allowed(connection, ask.by, rma))


def mine(connection: Connection, by: Installer, number: str) -> Rma | None:
    """The RMA of that number, if it is one of this person's company."""
    rma = rmas.with_numbers(connection, [rma_number(number)]).get(rma_number(number))
    return rma if rma and rma.company == by.company else None


def allowed(connection: Connection, by: Installer, rma: Rma) -> tuple[str, ...]:
    """What this person may do with this RMA in its present state, by the name of the flow."""
    flows = (
        "add_note",
        "add_to_rma",
        "correct_address",
        "withdraw_rma",
        *back(connection, by, rma),
        *labour(connection, rma),
    )
    return (*(flow for flow in flows if permits(rma, by, flow)), _hearing(connection, by, rma))


def _hearing(connection: Connection, by: Installer, rma: Rma) -> str:
    """The one thing that changes whether this person hears of it."""
    if by.id in wishes.muted(connection, f"rma {rma.number}"):
        return "unmute_rma"
    follows = any(follower.installer == by.id for follower in followers.followers_of(connection, rma.number))
    hears = follows or wishes.of(connection, [by.id])[by.id].hears == "all"
    return "mute_rma" if hears else "follow_rma"


def back(connection: Connection, by: Installer, rma: Rma) -> tuple[str, ...]:
    """Whether devices can go back, and whether some did (ESM-32)."""
    can = permits(rma, by, "initiate_return") and bool(returns.left_of(connection, rma.number))
    did = bool(returns.of_rma(connection, rma.number))
    return (*(("initiate_return",) if can else ()), *(("track_return",) if did else ()))


def labour(connection: Connection, rma: Rma) -> tuple[str, ...]:
    """Claiming labour turns into following the claim once there is one (ESM-31)."""
    return ("track_claim",) if claims.of_rma(connection, rma.number) else ("claim_labour",)


def _summary(connection: Connection, rma: Rma, _start: int) -> Block:
    count = len(rma_parts.lines_of(connection, rma.number))
    devices = n_("{n} device", "{n} devices")(n=count)
    return (
        _("{status}: {holder}.")(
            status=RMA_STATUS[rma.status], holder=holder(rma.status, rma.manufacturer_number)
        ),
        _("{system}, {devices}, {subject}")(system=_system(rma), devices=devices, subject=rma.subject),
        _("Created {created}, last updated {updated}. Assigned to {name}.")(
            created=day_of(rma.created_at), updated=Moment(moment(rma.updated_at)), name=rma.assigned_to
        ),
    ), ()


def _system(rma: Rma) -> Text:
    if rma.system is None:
        return _("No system given")
    return _("{name} ({id})")(name=rma.system_name or "", id=Copy(rma.system))


def _contact(_connection: Connection, rma: Rma, _start: int) -> Block:
    return (
        _("{company}, filed by {name}")(company=rma.company_name, name=rma.installer_name),
        Lines((Copy(rma.installer_email), Copy(rma.installer_phone))),
        _("On site: {contact}.\nCase {case}, from {origin}.")(
            contact=with_number_to_copy(rma.contact), case=Copy(rma.case_number), origin=rma.origin
        ),
    ), ()


def _description(_connection: Connection, rma: Rma, _start: int) -> Block:
    return (_("Subject: {subject}")(subject=rma.subject), rma.description or UNKNOWN), ()


def _addresses(_connection: Connection, rma: Rma, _start: int) -> Block:
    back: Text = (
        Copy(rma.return_address) if rma.return_address else _("not known yet, it comes with the approval")
    )
    return (
        _("Delivery address: {address}")(address=Copy(rma.shipping_address)),
        _("Return address: {address}")(address=back),
    ), ()


def _notes(connection: Connection, rma: Rma, start: int) -> Block:
    found = rma_parts.notes_of(connection, rma.number)
    if not found:
        return (_("No notes yet."),), ()
    shown, ways = part(found[start:], start, "notes")
    return tuple(
        _("{moment}, {name}: {note}")(moment=Moment(moment(note.at)), name=note.who, note=note.text)
        for note in shown
    ), ways


def _lines(connection: Connection, rma: Rma, start: int) -> Block:
    shown, ways = part(rma_parts.lines_of(connection, rma.number)[start:], start, "lines")
    return tuple(map(_line, shown)), ways


def _line(line: Line) -> Text:
    if not line.serial:
        return _("label not readable, see the photo")
    return device_label(line.product, line.serial) if line.product else Copy(line.serial)


def _history(connection: Connection, rma: Rma, start: int) -> Block:
    found = rma_parts.history_of(connection, rma.number)[::-1]
    shown, ways = part(found[start:], start, "history")
    return tuple(
        _("{moment}: {what} ({who})")(
            moment=Moment(moment(line.at)),
            what=_happened(line.event, line.status),
            who=line.who or _("the desk"),
        )
        for line in shown
    ), ways


def _happened(event: str, status: str) -> Text:
    match event:
        case "created":
            return _("Filed")
        case "address":
            return _("Delivery address changed")
        case "added":
            return _("Photos or devices added")
        case _:
            return RMA_STATUS[status]


BLOCKS: dict[str, Callable[[Connection, Rma, int], Block]] = {
    "": _summary,
    "contact": _contact,
    "description": _description,
    "addresses": _addresses,
    "notes": _notes,
    "lines": _lines,
    "history": _history,
}
