"""The devices of a system, faulty ones first, and typed serials checked one by one (ESM-21)."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import OSA
from sqlalchemy import Connection

from bot.services.asking import NOT_FOUND, Ask, part, start_of
from bot.services.serials import Serials, serials_in, unusual_week
from bot.services.words import DEVICE_STATUS, day
from flows.engine.phrases import Copy, Text, _
from flows.engine.work import Page, Reply, Row
from flows.requests import DevicesOf
from storage import systems
from storage.systems import Device

NO_SYSTEM = "none"


def devices_of(connection: Connection, asks: Sequence[Ask[DevicesOf]]) -> list[Reply]:
    """The devices each person can choose from, or what became of the serials they typed."""
    wanted = {ask.request.system for ask in asks} - {NO_SYSTEM}
    found = systems.with_ids(connection, wanted) if wanted else {}
    mine = {ask: ask.request.system for ask in asks if _is_mine(ask, found)}
    typed = {ask: serials_in(ask.request.text) for ask in mine if ask.request.text}
    listed = {name for ask, name in mine.items() if not (ask in typed and typed[ask].found)} - {NO_SYSTEM}
    devices = systems.devices_of(connection, listed) if listed else {}
    serials = {serial for read in typed.values() for serial in read.found}
    known = systems.with_serials(connection, serials) if serials else {}

    def answer(ask: Ask[DevicesOf]) -> Reply:
        if ask not in mine:
            return NOT_FOUND
        if ask in typed and typed[ask].found:
            return _checked(ask, typed[ask], known)
        return _listed(ask, devices.get(ask.request.system, []), typed.get(ask))

    return [answer(ask) for ask in asks]


def row_of(device: Device, this_year: int) -> Row:
    """A device to choose, with its status and dates. Of a warranty that lasts, the year is enough."""
    detail = _("{status} · {installed} · warranty until {warranty}")
    if not (device.installed_on or device.warranty_until):
        detail = _("{status} · dates not on file")
    until = (device.warranty_until or "")[:4]
    detail = detail(
        status=DEVICE_STATUS.get(device.status, device.status),
        installed=day(device.installed_on),
        warranty=until if until > str(this_year) else day(device.warranty_until),
    )
    label = device_label(device.product, device.serial)
    return Row(device.serial, label, detail)


def device_label(product: str, serial: str) -> Text:
    """What a device is and its serial."""
    return _("{product} {serial}")(product=product, serial=Copy(serial))


def _is_mine(ask: Ask[DevicesOf], found: dict[str, systems.System]) -> bool:
    system = found.get(ask.request.system)
    return ask.request.system == NO_SYSTEM or (system is not None and system.company == ask.by.company)


def _listed(ask: Ask[DevicesOf], devices: list[Device], read: Serials | None) -> Page:
    """All devices. After words without a serial: what was wrong, and first the one that was nearly typed."""
    start = start_of(ask.request.cursor)
    if read:
        devices = sorted(devices, key=lambda device: not _nearly(device.serial, read.wrong))
    shown, turns = part(devices[start:], start)
    rows = tuple(row_of(device, ask.asked.at.year) for device in shown)
    return Page(rows, turns=turns, problems=read.problems if read and not ask.request.cursor else ())


def _nearly(serial: str, typed: Sequence[str]) -> bool:
    """Whether one digit more, less, other or swapped makes it this serial."""
    return any(OSA.distance(serial, number, score_cutoff=1) <= 1 for number in typed)


def _checked(ask: Ask[DevicesOf], read: Serials, known: dict[str, Device]) -> Page:
    """The typed serials as rows. One of another company is answered exactly like an unknown one."""
    rows: list[Row] = []
    problems: list[Text] = list(read.problems)
    for serial in read.found:
        device = known.get(serial)
        if device and device.company == ask.by.company:
            rows.append(row_of(device, ask.asked.at.year))
            if ask.request.system not in (device.system, NO_SYSTEM):
                problems.append(
                    _("{serial} is on {system}, not on this system. It is accepted, the desk will check.")(
                        serial=Copy(serial), system=device.system_name
                    )
                )
            continue
        rows.append(
            Row(serial, Copy(serial), "" if ask.request.system == NO_SYSTEM else _("not on this system"))
        )
        problems.append(_remark(serial, ask.request.system))
    return Page(tuple(rows), problems=tuple(p for p in problems if p), exact=bool(rows))


def _remark(serial: str, system: str) -> Text:
    if unusual_week(serial):
        return _(
            "{serial} looks unusual, please compare it with the label. It is accepted, the desk will check."
        )(serial=Copy(serial))
    if system == NO_SYSTEM:
        return ""
    return _("{serial} is not on this system. It is accepted, the desk will check.")(serial=Copy(serial))
