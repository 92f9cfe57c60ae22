"""Excel files with devices: checked before their turn, answered and registered in it (SMA-05)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from sqlalchemy import Connection

from bot.ports import Clock
from bot.services.asking import NOT_FOUND, Ask
from bot.services.cashback_campaign import Campaign
from bot.services.cashback_register import register, registered
from bot.services.cashback_sheet import COLUMNS, Checked, check_rows, serials_in_rows
from bot.sheet import Sheet
from bot.sniff import XLSX
from flows.engine.enclosures import Kept, SheetToFill
from flows.engine.phrases import _, n_
from flows.engine.work import Page, Reply, Row, Turn
from flows.requests.cashback import RegisterSheet, SheetOfDevices
from locales.speaker import Speaker
from storage import attachments, cashback_sheets, conversations, people, practice
from storage.attachments import Attachment, Folder
from storage.cashback import Device
from storage.cashback_sheets import CheckedSheet
from storage.people import Installer
from storage.unit_of_work import UnitOfWork

T = TypeVar("T")
TO_CORRECT = _("to correct")
EMPTY = (Turn(_("Empty file"), "empty"),)


class Apart(Protocol):
    """Work in another process."""

    def __call__(self, work: Callable[..., T], *given: object) -> Awaitable[T]: ...


@dataclass(frozen=True, slots=True)
class Known:
    """What the desk knows that rows are checked against."""

    by: Installer | None
    locale: str
    taken: dict[str, Device]


class DeviceFiles:
    """Checks the rows of Excel files, outside the turn and in another process."""

    def __init__(self, uow: UnitOfWork, folder: Folder, clock: Clock, campaign: Campaign) -> None:
        self._uow = uow
        self._folder = folder
        self._clock = clock
        self._campaign = campaign

    async def check(self, file: Attachment, sheet: Sheet, sender: str, apart: Apart) -> None:
        """Check the rows and keep what came of them. Of somebody we do not know, nothing is kept."""
        serials = await apart(serials_in_rows, sheet)

        def look_up(connection: Connection) -> Known:
            conversation = conversations.load(connection, file.conversation)
            caller = people.known(connection, [sender]).get(sender)
            persona = practice.personas(connection, [file.conversation]).get((file.conversation, sender))
            by = persona if caller and persona else caller
            taken = registered(connection, by, serials) if by else {}
            return Known(by, conversation.locale if conversation else "", taken)

        known = await self._uow.read(look_up)
        if known.by is None:
            return
        now = self._clock.now()
        speaker = Speaker(known.locale or known.by.language, known.by.time_zone, now.date())
        found: Checked = await apart(
            check_rows, self._campaign, sheet, file.name, known.taken, known.by, now, speaker
        )
        rest = await self._rest(file, found, speaker) if found.remarks else None
        kept = CheckedSheet(
            file.id, file.conversation, known.by.company, file.name, found.devices, _page(file, found, rest)
        )

        def write(connection: Connection) -> None:
            if rest:
                attachments.add(connection, rest, now)
            cashback_sheets.keep(connection, kept, now)

        await self._uow.write(write)

    async def _rest(self, file: Attachment, found: Checked, speaker: Speaker) -> Attachment:
        id, sha256 = await asyncio.to_thread(self._folder.keep, found.remarks)
        name = f"{speaker.say(TO_CORRECT)} {file.name}"[:100]
        return Attachment(id, file.conversation, name, "document", XLSX, len(found.remarks), sha256)


def _page(file: Attachment, found: Checked, rest: Attachment | None) -> Page:
    """The file as the one row to take, what was wrong, and the rest to mend."""
    label = n_("{name}: {n} device", "{name}: {n} devices")(n=len(found.devices), name=file.name)
    mend = _("The rows that could not be taken, each with a remark. Mend them and send the file again.")
    enclosed = (Kept(rest.id, rest.name, "document", rest.size, mend),) if rest else ()
    return Page(
        (Row(file.id, label),) if found.devices else (),
        problems=found.problems,
        turns=() if found.devices else EMPTY,
        exact=bool(found.devices),
        besides={"installed_on": found.day} if found.day else {},
        enclosed=enclosed,
    )


def sheet_of_devices(connection: Connection, ask: Ask[SheetOfDevices]) -> Reply:
    """What came of a file; without one, the columns it should have and an empty one to fill."""
    sheet = ask.request.text.strip()
    if sheet:
        found = cashback_sheets.page_of(connection, sheet, ask.asked.conversation, ask.by.company)
        return found or Page(problems=(_("Please send the Excel file here."),), turns=EMPTY)
    lines = _(
        "It needs a column with serial numbers; models and a date are welcome. The order does not matter."
    )
    if ask.request.cursor == "empty":
        alt = _("An empty file to fill. Its cells are text, so that serial numbers keep all digits.")
        return Page(lines=(lines,), enclosed=(SheetToFill("cashback.xlsx", COLUMNS, alt),))
    return Page(lines=(lines,), turns=EMPTY)


def register_sheet(campaign: Campaign, connection: Connection, ask: Ask[RegisterSheet]) -> Reply:
    """Register the devices of a file that are still free."""
    devices = cashback_sheets.devices_of(
        connection, ask.request.sheet, ask.asked.conversation, ask.by.company
    )
    if devices is None:
        return NOT_FOUND
    return register(campaign, connection, ask, devices, ask.request.installed_on)
