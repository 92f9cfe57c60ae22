"""One system as a card: its state, its details, its devices, the requests about it (ESM-35 to 38)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from bot.services.asking import NOT_FOUND, Ask, part, start_of
from bot.services.devices import row_of
from bot.services.words import CASE_STATUS, RMA_STATUS, SYSTEM_STATUS, day, day_of
from flows.engine.phrases import Copy, Text, _, n_
from flows.engine.work import Page, Reply, Turn
from flows.requests import SystemCard
from storage import systems
from storage.systems import Device, Request, System

Block = tuple[tuple[Text, ...], tuple[Turn, ...]]

SILENT = "silent"
TITLES: dict[str, Text] = {
    "": _("Summary"),
    "devices": _("Devices"),
    "requests": _("Requests"),
    "details": _("Details"),
}
_ALLOWED = ("create_rma", "create_case")


def system_card(connection: Connection, ask: Ask[SystemCard]) -> Reply:
    """One block of the card, and the ways to the others."""
    system = systems.with_ids(connection, [ask.request.system]).get(ask.request.system)
    if system is None or system.company != ask.by.company:
        return NOT_FOUND
    name, _colon, cursor = ask.request.cursor.partition(":")
    name = name if name in (*TITLES, SILENT) else ""
    devices = systems.devices_of(connection, [system.id]).get(system.id, [])
    lines, ways = _block(connection, ask, system, devices, name, start_of(cursor))
    others = tuple(Turn(title, other) for other, title in TITLES.items() if other != name)
    these = tuple(device.serial for device in _silent(devices)) if name == SILENT else ()
    return Page(lines=lines, turns=ways + others, allowed=_ALLOWED, these=these)


def _block(
    connection: Connection,
    ask: Ask[SystemCard],
    system: System,
    devices: Sequence[Device],
    name: str,
    start: int,
) -> Block:
    if name == "details":
        return _details(system, ask.by.company_name), ()
    if name == "requests":
        requests = systems.requests_on(connection, system.id, system.company)
        shown, ways = part(requests[start:], start, name)
        return tuple(map(_request, shown)) or (_("No requests yet."),), ways
    if name:
        listed = _silent(devices) if name == SILENT else devices
        some, ways = part(listed[start:], start, name)
        year = ask.asked.at.year
        nothing = _("All report again.") if devices else _("No devices on file.")
        return tuple(_device(one, year) for one in some) or (nothing,), ways
    return _summary(system, devices)


def _silent(devices: Sequence[Device]) -> list[Device]:
    """The microinverters that do not report."""
    return [device for device in devices if device.kind == "microinverter" and device.status != "normal"]


def _summary(system: System, devices: Sequence[Device]) -> Block:
    micros = sum(device.kind == "microinverter" for device in devices)
    silent = len(_silent(devices))
    status = SYSTEM_STATUS.get(system.status, _("Another status"))
    installed = _("Installed {installed}, created at Enphase {created}.")
    if not system.installed_on:
        installed = _("Installation date unknown, created at Enphase {created}.")
    lines = (
        _("System {id}: {status}.")(id=Copy(system.id), status=status),
        _("{micros}, {silent} not reporting.")(
            micros=n_("{n} microinverter", "{n} microinverters")(n=micros), silent=silent
        ),
        installed(installed=day(system.installed_on), created=day(system.created_on)),
    )
    return lines, (Turn(_("{n} not reporting")(n=silent), SILENT),) if silent else ()


def _details(system: System, installer: str) -> tuple[Text, ...]:
    return (
        _("Owner: {owner}. Installed by {installer}, maintained by {maintainer}.")(
            owner=system.owner, installer=installer, maintainer=system.maintainer
        ),
        _("Stage {stage}, status code {code}. Your reference: {reference}.")(
            reference=system.reference or _("none"), stage=system.stage, code=system.status
        ),
        _("Address: {address}")(address=Copy(system.address)),
    )


def _device(device: Device, year: int) -> Text:
    row = row_of(device, year)
    return _("{device}: {detail}")(device=row.label, detail=row.detail)


def _request(request: Request) -> Text:
    status = RMA_STATUS if request.is_rma else CASE_STATUS
    sentence = _("RMA {number}: {subject}, {status}. Created {created}, changed {updated}.")
    if not request.is_rma:
        sentence = _("Case {number}: {subject}, {status}. Created {created}, changed {updated}.")
    return sentence(
        number=Copy(request.number),
        subject=request.subject,
        status=status[request.status],
        created=day_of(request.created_at),
        updated=day_of(request.updated_at),
    )
