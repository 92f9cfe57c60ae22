"""What became of registered devices: as a table, or one with what its status means (SMA-06 to 11)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from bot.services.asking import AT_MOST, NOT_FOUND, Ask, nothing, part, start_of
from bot.services.cashback_devices import entered
from bot.services.days import today_of
from bot.services.words import day, day_of
from flows.engine.phrases import Copy, Day, Phrase, Text, _, n_
from flows.engine.work import Page, Reply, Row, Turn
from flows.requests.cashback import CashbackCard, CashbackToCorrect, DocumentsWanted, FindCashback
from storage import cashback
from storage.cashback import Device
from storage.people import Installer

STATUS: Mapping[str, Phrase] = {
    "with_us": _("With our desk, not yet with SMA"),
    "accepted": _("Registration succeeded, not yet paid"),
    "more_info": _("More information needed"),
    "paid": _("Registered, paid"),
    "not_registrable": _("Not registrable"),
}
MEANING: Mapping[str, Phrase] = {
    "with_us": _("Our desk enters it at SMA. You hear of it when the status changes."),
    "accepted": _(
        "SMA recognised the device and it meets the conditions. Payment follows, SMA decides when."
    ),
    "more_info": _("SMA recognised the device, but needs an invoice or the commissioning protocol."),
    "paid": _("SMA paid the cashback to your company."),
    "not_registrable": _("SMA does not know this device as one of the promotion."),
}
NONE_YET = _("Your company has not registered any devices yet.")


def find_cashback(connection: Connection, ask: Ask[FindCashback]) -> Reply:
    """The devices of the company, with how many are in each status and what was paid."""
    text, start = ask.request.text.strip(), start_of(ask.request.cursor)
    if text:
        return _named(connection, ask, text)
    counts = cashback.counts(connection, ask.by.company)
    if not counts:
        return nothing(NONE_YET)
    found = cashback.of_company(connection, ask.by.company, start, AT_MOST + 1)
    shown, turns = part(found, start)
    rows = tuple(_row(device, today_of(ask.now)) for device in shown)
    return Page(rows, lines=tuple(_totals(counts)), turns=turns)


def _named(connection: Connection, ask: Ask[FindCashback], text: str) -> Page:
    device = mine(connection, ask.by, text)
    serials = [each.serial for each in entered(text)[0]]
    found = [device] if device else cashback.with_serials(connection, ask.by.company, serials)
    if not found:
        return nothing(_("Not found among the devices of your company."))
    rows = tuple(_row(device, today_of(ask.now)) for device in found[:AT_MOST])
    return Page(rows, exact=len(found) == 1)


def _totals(counts: Mapping[str, tuple[int, int]]) -> list[Text]:
    lines: list[Text] = [
        _("{status}: {n}")(status=STATUS[status], n=counts[status][0])
        for status in STATUS
        if status in counts
    ]
    if "paid" in counts:
        lines.append(_("Paid in total: {euros} euros")(euros=counts["paid"][1]))
    return lines


def _row(device: Device, today: datetime.date) -> Row:
    label = _("{product} {serial}")(product=device.subject, serial=Copy(device.serial))
    detail = STATUS[device.status]
    if device.status == "more_info" and device.documents_at:
        detail = _("{status}, documents sent")(status=detail)
    elif device.status == "more_info" and device.deadline:
        left = (datetime.date.fromisoformat(device.deadline) - today).days
        detail = n_("{status}, {n} day left", "{status}, {n} days left")(status=detail, n=max(left, 0))
    return Row(device.number, label, detail)


def mine(connection: Connection, by: Installer, number: str) -> Device | None:
    """The device of that number, if it is one of this person's company."""
    found = cashback.get(connection, number.strip())
    return found if found and found.company == by.company else None


def cashback_card(connection: Connection, ask: Ask[CashbackCard]) -> Reply:
    """Its status and what that means; the causes one by one when it cannot be registered."""
    device = mine(connection, ask.by, ask.request.item)
    if device is None:
        return NOT_FOUND
    if device.status == "not_registrable":
        return _causes(device, ask.request.cursor)
    about = _("{product} {serial}, installed {day}. Registered by {name} on {registered}.")(
        product=device.subject,
        serial=Copy(device.serial),
        day=day(device.installed_on),
        name=device.installer_name,
        registered=day_of(device.created_at),
    )
    lines = [_("{status}. {meaning}")(status=STATUS[device.status], meaning=MEANING[device.status]), about]
    lines += _more(device, today_of(ask.now))
    wanted = device.status == "more_info"
    return Page(lines=tuple(lines), allowed=("cashback_documents",) if wanted else ())


def _more(device: Device, now: datetime.date) -> list[Phrase]:
    """What only some statuses have: documents, a deadline, an amount."""
    if device.status == "paid":
        return [_paid(device)]
    if device.status != "more_info" or device.deadline is None:
        return []
    if device.documents_at:
        return [_("Your documents are with our desk since {day}.")(day=day_of(device.documents_at))]
    return [until(device.deadline, now)]


def _paid(device: Device) -> Phrase:
    if device.euros is None:
        return _("The amount is not confirmed.")
    return _("Amount: {euros} euros.")(euros=device.euros)


def until(deadline: str, now: datetime.date) -> Phrase:
    """How long documents can still be sent (SMA-09)."""
    last = datetime.date.fromisoformat(deadline)
    left = (last - now).days
    if left < 0:
        return _("The last day for documents was {day}. Send them anyway: our desk asks SMA.")(day=Day(last))
    return n_(
        "Documents are needed by the end of {day}, {n} day left.",
        "Documents are needed by the end of {day}, {n} days left.",
    )(n=left, day=Day(last))


def _causes(device: Device, cursor: str) -> Page:
    """The three causes in order, one at a time (SMA-11)."""
    serial = Copy(device.serial)
    steps: dict[str, tuple[Phrase, tuple[Turn, ...]]] = {
        "": (
            _("First: is {serial} exactly what the label says?")(serial=serial),
            (Turn(_("Yes, it is right"), "model"),),
        ),
        "model": (
            _("Second: is {serial} really a {product}? Serial and model must belong together.")(
                serial=serial, product=device.subject
            ),
            (Turn(_("Yes, that is right"), "period"), Turn(_("Back to the serial"), "")),
        ),
        "period": (
            _("Third: it was installed on {day}. Outside the period, or no part of the promotion, it gets no "
              "cashback. If that is not so, our desk can ask SMA.")(day=day(device.installed_on)),
            (Turn(_("Back to the serial"), ""),),
        ),
    }  # fmt: skip
    line, turns = steps.get(cursor, steps[""])
    last = ("cashback_ask",) if cursor == "period" else ()
    title = _("{status}. {meaning}")(status=STATUS[device.status], meaning=MEANING[device.status])
    return Page(lines=(title, line), turns=turns, allowed=("cashback_correct", *last))


def documents_wanted(connection: Connection, ask: Ask[DocumentsWanted]) -> Reply:
    """The devices that need documents, the nearest deadline first; a single one without asking."""
    waiting = cashback.in_status(connection, ask.by.company, "more_info")
    now = today_of(ask.now)

    def row(device: Device) -> Row:
        label = _("{product} {serial}. {until}")(
            product=device.subject, serial=Copy(device.serial), until=until(device.deadline or "", now)
        )
        return Row(device.number, label)

    return _chosen(ask.request.text, waiting, [row(device) for device in waiting])


def cashback_to_correct(connection: Connection, ask: Ask[CashbackToCorrect]) -> Reply:
    """The devices that could not be registered; a single one without asking."""
    found = cashback.in_status(connection, ask.by.company, "not_registrable")
    return _chosen(ask.request.text, found, [_row(device, today_of(ask.now)) for device in found])


def _chosen(text: str, devices: Sequence[Device], rows: Sequence[Row]) -> Page:
    """All rows, or the one that the words name."""
    if not rows:
        return nothing(_("There is no such device now."))
    serials = {each.serial for each in entered(text)[0]}
    named = [
        row
        for row, device in zip(rows, devices, strict=True)
        if device.number == text.strip() or device.serial in serials
    ]
    if named:
        return Page(tuple(named[:AT_MOST]), exact=len(named) == 1)
    gone = (_("Not found among the devices of your company."),) if text.strip() else ()
    only = rows[0].id if len(rows) == 1 and not gone else ""
    return Page(tuple(rows[:AT_MOST]), problems=gone, default=only)
