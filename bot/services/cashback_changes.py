"""What changes on a registered device: its status, its documents, a correction, reminders (SMA-07 to 11)."""

from __future__ import annotations

import datetime
from typing import Final

from sqlalchemy import Connection

from bot.services import letters, news
from bot.services.asking import NOT_FOUND, Ask
from bot.services.cashback_campaign import Campaign
from bot.services.cashback_devices import from_key
from bot.services.cashback_register import registered
from bot.services.cashback_status import MEANING, STATUS, mine, until
from bot.services.days import next_reminder, today_of
from flows.engine.data import Started
from flows.engine.phrases import Copy, Lines, Text, _
from flows.engine.work import Done, Refused, Reply
from flows.requests.cashback import CorrectCashback, SendDocuments
from storage import attachments, cashback
from storage.cashback import Device
from storage.moments import micros

DAYS_FOR_DOCUMENTS: Final = 14
REMINDED_AT: Final = (7, 2, 1, -1)
"""Days left; the last one is the day after."""
AT_ONCE: Final = 100


def pass_to(connection: Connection, device: Device, status: str, *, key: str, now: int) -> None:
    """Give it another status and tell who registered it; with `more_info` the 14 days begin."""
    values: dict[str, object] = {"status": status, "updated_at": now, "remind_at": None, "deadline": None}
    if status == "more_info":
        last = today_of(now) + datetime.timedelta(days=DAYS_FOR_DOCUMENTS)
        values |= {
            "deadline": last.isoformat(),
            "remind_at": next_reminder(last, REMINDED_AT, now),
            "documents_at": None,
        }
    cashback.change(connection, device.number, **values)
    lines: list[Text] = [
        _("{product} {serial}: {status}. {meaning}")(
            product=device.subject,
            serial=Copy(device.serial),
            status=STATUS[status],
            meaning=MEANING[status],
        )
    ]
    if status == "more_info":
        lines.append(until(str(values["deadline"]), today_of(now)))
    _tell(connection, device, Lines(tuple(lines)), key, now, asks=status == "more_info")


def remind(connection: Connection, now: datetime.datetime) -> bool:
    """Remind of documents what is due, each once; says whether there was any."""
    due = cashback.due(connection, micros(now), AT_ONCE)
    for device in due:
        assert device.deadline is not None
        last = datetime.date.fromisoformat(device.deadline)
        line = _("{product} {serial}: {until}")(
            product=device.subject,
            serial=Copy(device.serial),
            until=until(device.deadline, today_of(micros(now))),
        )
        left = (last - today_of(micros(now))).days
        _tell(connection, device, line, f"{device.about} {last} {left}", micros(now), asks=left >= 0)
        cashback.change(connection, device.number, remind_at=next_reminder(last, REMINDED_AT, micros(now)))
    return bool(due)


def _tell(connection: Connection, device: Device, line: Text, key: str, now: int, *, asks: bool) -> None:
    news.tell(
        connection,
        [device.installer],
        line,
        about=device.about,
        key=key,
        title=letters.about_title(_("SMA cashback")),
        now=now,
        asks=Started("cashback_documents", {"item": device.number}) if asks else None,
    )


def send_documents(connection: Connection, ask: Ask[SendDocuments]) -> Reply:
    """Keep the photos and PDFs, and say so of the rest; nobody is reminded any more. Later ones are kept
    too."""
    device = mine(connection, ask.by, ask.request.item)
    if device is None:
        return NOT_FOUND
    if device.status != "more_info":
        return Refused("nothing")
    sent = attachments.of_chat(connection, ask.request.documents, ask.asked.conversation)
    files = [file.id for file in sent if file.photo_or_pdf]
    if not files:
        return Refused("documents")
    cashback.add_files(connection, device.number, files)
    cashback.change(connection, device.number, documents_at=ask.now, remind_at=None, updated_at=ask.now)
    kept = _("Your documents for {number} are with our desk.")
    if len(files) < len(sent):
        kept = _("Your photos and PDFs for {number} are with our desk; other files cannot be taken.")
    return Done({"kept": kept(number=Copy(device.serial))})


def correct_cashback(campaign: Campaign, connection: Connection, ask: Ask[CorrectCashback]) -> Reply:
    """Give a device that could not be registered another serial or model; it starts again at our desk."""
    device = mine(connection, ask.by, ask.request.item)
    fits = from_key(campaign, ask.request.device)
    if device is None or fits is None:
        return NOT_FOUND
    same = (device.serial, device.product, device.status) == (fits.serial, fits.product.code, "with_us")
    if not same and device.status != "not_registrable":
        return NOT_FOUND
    if not same and registered(connection, ask.by, [fits.serial]):
        return Refused("already")
    if not same:
        cashback.change(
            connection,
            device.number,
            serial=fits.serial,
            product=fits.product.code,
            subject=fits.product.name,
            euros=fits.product.euros,
            status="with_us",
            updated_at=ask.now,
        )
    return Done({"number": Copy(fits.serial)})
