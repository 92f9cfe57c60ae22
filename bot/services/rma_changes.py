"""What can be changed on an RMA after it was filed, and from which status to which it passes (ESM-15)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Connection, insert

from bot.services import claim_deadlines, letters, news, room_news
from bot.services.asking import NOT_FOUND, Ask
from bot.services.create_rma import serials_of
from bot.services.items import KINDS, RMA_NEXT
from bot.services.places import address_text
from bot.services.rma_card import mine
from bot.services.rma_rules import may_withdraw
from flows.engine.phrases import Copy, Text
from flows.engine.work import Done, Refused, Reply
from flows.requests import AddNote, AddToRma, CorrectAddress, FollowRma, WithdrawRma
from storage import attachments, cases, followers, people, request_tables, rma_parts, rmas, systems, wishes
from storage.rmas import Rma

CLOSED = Refused("closed")

Change = AddNote | AddToRma | CorrectAddress | WithdrawRma | FollowRma
C = TypeVar("C", bound=Change)


class NotAllowed(Exception):
    """An RMA cannot pass from the one status to the other."""


def pass_to(connection: Connection, rma: Rma, status: str, *, key: str, by: int | None, now: int) -> None:
    """Give an RMA its next status, write it in its history, and tell everybody who follows it.

    `by` is the installer who did it, None for the desk. Raises NotAllowed.
    """
    if status not in RMA_NEXT[rma.status]:
        raise NotAllowed(f"{rma.status} to {status}")
    _happened(connection, rma, "status", status, key=key, by=by, now=now)
    rmas.change(connection, rma.number, {"status": status, "updated_at": now})
    _case_follows(connection, rma, now)
    if status == "approved":
        claim_deadlines.open_window(connection, rma, now)
    news.tell(
        connection,
        [rma.installer],
        letters.status_line(rma.number, status, rma.manufacturer_number),
        about=f"rma {rma.number}",
        key=key,
        title=letters.status_title(rma.number, status),
        now=now,
        by=by,
    )
    change = room_news.status_news(status, rma.manufacturer_number)
    _tell_rooms(connection, rma, change, now)


def _case_follows(connection: Connection, rma: Rma, now: int) -> None:
    """Its case is worked on once it went to approval, and resolved when all its RMAs are done (ESM-18)."""
    statuses = {each.status for each in rmas.of_case(connection, rma.company, rma.case_number)}
    if statuses <= set(KINDS["rma"].closed):
        cases.pass_to(connection, rma.case_number, "resolved", now)
    elif statuses - {"in_progress"}:
        cases.pass_to(connection, rma.case_number, "in_progress", now)


def add_note(connection: Connection, ask: Ask[AddNote]) -> Reply:
    """Keep the note, once."""

    def change(rma: Rma) -> Reply | None:
        if not rma_parts.done_before(connection, request_tables.notes, ask.asked.key):
            _keep_note(connection, ask, rma)
            rmas.change(connection, rma.number, {"updated_at": ask.now})
            _tell_rooms(connection, rma, room_news.NOTE, ask.now)
        return None

    return _changed(connection, ask, change)


def add_to_rma(connection: Connection, ask: Ask[AddToRma]) -> Reply:
    """Add photos of this chat, a note with them, and serials that are not on the RMA yet."""

    def change(rma: Rma) -> Reply | None:
        if not rma.open:
            return CLOSED
        sent = attachments.of_chat(connection, ask.request.photos, ask.asked.conversation)
        known = rma_parts.files_on(connection, rma.number)
        files = [
            {"rma": rma.number, "attachment": file.id, "label": False}
            for file in sent
            if file.id not in known
        ]
        lines = _new_lines(connection, ask, rma, serials_of(ask.request.serials))
        if not (files or lines or ask.request.note):
            return Refused("nothing")
        rmas.add(connection, request_tables.rma_files, files)
        rmas.add(connection, request_tables.rma_lines, lines)
        if ask.request.note:
            _keep_note(connection, ask, rma)
        _happened(connection, rma, "added", rma.status, key=ask.asked.key, by=ask.by.id, now=ask.now)
        rmas.change(connection, rma.number, {"updated_at": ask.now})
        if rma.status == "approved":
            claim_deadlines.open_window(connection, rma, ask.now)
        _tell_rooms(connection, rma, room_news.ADDED, ask.now)
        return None

    return _changed(connection, ask, change)


def correct_address(connection: Connection, ask: Ask[CorrectAddress]) -> Reply:
    """Deliver elsewhere, until it is shipped."""

    def change(rma: Rma) -> Reply | None:
        if not rma.open:
            return CLOSED
        stored = people.addresses_of(connection, [ask.by.company])
        address = address_text(ask.request.address, ask.by, stored)
        if address is None:
            return NOT_FOUND
        _happened(connection, rma, "address", rma.status, key=ask.asked.key, by=ask.by.id, now=ask.now)
        rmas.change(connection, rma.number, {"shipping_address": address, "updated_at": ask.now})
        _tell_rooms(connection, rma, room_news.ADDRESS, ask.now)
        return None

    return _changed(connection, ask, change)


def withdraw_rma(connection: Connection, ask: Ask[WithdrawRma]) -> Reply:
    """Cancel it while nobody has begun to approve it."""

    def change(rma: Rma) -> Reply | None:
        if not may_withdraw(ask.by, rma):
            return Refused("role")
        if rma.status != "in_progress":
            return CLOSED
        pass_to(connection, rma, "cancelled", key=ask.asked.key, by=ask.by.id, now=ask.now)
        return None

    return _changed(connection, ask, change)


def follow_rma(connection: Connection, ask: Ask[FollowRma]) -> Reply:
    """Tell this person of every change from now on, here and by mail."""

    def change(rma: Rma) -> Reply | None:
        known = followers.followers_of(connection, rma.number)
        if not any(follower.installer == ask.by.id for follower in known):
            row = {"rma": rma.number, "installer": ask.by.id, "conversation": ask.asked.conversation}
            connection.execute(insert(request_tables.rma_followers), row)
        wishes.unmute(connection, ask.by.id, f"rma {rma.number}")
        return None

    return _changed(connection, ask, change)


def _tell_rooms(connection: Connection, rma: Rma, change: Text, now: int) -> None:
    room_news.tell_rooms(connection, [room_news.News(rma.company, rma.number, change)], now)


def _changed(connection: Connection, ask: Ask[C], change: Callable[[Rma], Reply | None]) -> Reply:
    """Make the change on an RMA of this company; a key that was used changes nothing."""
    people.lock_companies(connection, [ask.by.company])
    rma = mine(connection, ask.by, ask.request.rma)
    if rma is None:
        return NOT_FOUND
    if not rma_parts.done_before(connection, request_tables.rma_history, ask.asked.key):
        refused = change(rma)
        if refused is not None:
            return refused
    return Done({"rma": rma.number, "number": Copy(rma.number)})


def _keep_note(connection: Connection, ask: Ask[AddNote] | Ask[AddToRma], rma: Rma) -> None:
    row = {
        "key": ask.asked.key,
        "rma": rma.number,
        "installer": ask.by.id,
        "at": ask.now,
        "text": ask.request.note.strip(),
    }
    connection.execute(insert(request_tables.notes), row)


def _new_lines(
    connection: Connection, ask: Ask[AddToRma], rma: Rma, serials: tuple[str, ...]
) -> list[dict[str, Any]]:
    known = rma_parts.lines_of(connection, rma.number)
    devices = systems.with_serials(connection, serials) if serials else {}
    rows: list[dict[str, Any]] = []
    for serial in serials:
        if serial not in {line.serial for line in known}:
            device = devices.get(serial)
            product = device.product if device and device.company == ask.by.company else ""
            place = len(known) + len(rows) + 1
            rows.append({"rma": rma.number, "position": place, "serial": serial, "product": product})
    return rows


def _happened(
    connection: Connection, rma: Rma, event: str, status: str, *, key: str, by: int | None, now: int
) -> None:
    row = {"key": key, "rma": rma.number, "at": now, "event": event, "status": status, "installer": by}
    connection.execute(insert(request_tables.rma_history), row)
