"""Registering devices for the cashback: each once, in time, by a company that takes part (SMA-01, 05, 06)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from bot.services.asking import Ask
from bot.services.cashback_campaign import Campaign
from bot.services.cashback_devices import Fits, checked, entered, from_key
from bot.services.days import today_of
from bot.services.words import day_of
from bot.understanding.dates import one_day
from flows.engine.phrases import Copy, Day, Text, _, n_
from flows.engine.work import Done, Page, Refused, Reply, Row
from flows.requests.cashback import InstallationDays, MayRegister, RegisterDevices, RegistrableDevices
from storage import cashback, people
from storage.cashback import Device
from storage.people import Installer
from storage.rmas import take_numbers


def may_register(campaign: Campaign, _connection: Connection, ask: Ask[MayRegister]) -> Reply:
    """Nothing when the company can register devices now, else why it cannot."""
    lines: list[Text] = []
    if not takes_part(campaign, ask.by):
        lines.append(_("Your company is not enrolled in this promotion. SMA can enrol it."))
    if not campaign.covers(today_of(ask.now)):
        lines.append(_("The promotion does not run now. Statuses and documents keep working."))
    return Page(lines=tuple(lines))


def takes_part(campaign: Campaign, by: Installer) -> bool:
    """Whether the company of this person takes part; in practice everybody does."""
    return by.practises or campaign.takes(by.company_name)


def registered(connection: Connection, by: Installer, serials: Sequence[str]) -> dict[str, Device]:
    """By serial: what is registered already. Practice and real work do not see each other."""
    return cashback.registered(connection, serials, by.company if by.practises else None)


def registrable_devices(campaign: Campaign, connection: Connection, ask: Ask[RegistrableDevices]) -> Reply:
    """The devices in the words as rows to take; a problem for each that cannot be registered."""
    if not ask.request.text.strip():
        return Page()
    found, problems = entered(ask.request.text)
    taken = registered(connection, ask.by, [each.serial for each in found])
    rows: list[Row] = []
    for each in found:
        fits = checked(campaign, each.serial, each.model)
        if each.serial in taken:
            problems.append(already(taken[each.serial], ask.by))
        elif isinstance(fits, Fits):
            label = _("{product} {serial}")(product=fits.product.name, serial=Copy(fits.serial))
            rows.append(Row(fits.key(campaign), label))
        else:
            problems.append(fits)
    return Page(tuple(rows), problems=tuple(problems), exact=bool(rows))


def already(device: Device, by: Installer) -> Text:
    """By whom, when it is the own company; of another company nothing is said."""
    if device.company != by.company:
        return _("{serial} is registered already.")(serial=Copy(device.serial))
    return _("{serial} was registered already by {name}, on {day}.")(
        serial=Copy(device.serial), name=device.installer_name, day=day_of(device.created_at)
    )


def installation_days(campaign: Campaign, _connection: Connection, ask: Ask[InstallationDays]) -> Reply:
    """Today and yesterday, or the day that was typed, when it lies in the period (SMA-01)."""
    now = today_of(ask.now)
    near = ((_("Today"), now), (_("Yesterday"), now - datetime.timedelta(days=1)))
    rows = tuple(Row(day.isoformat(), Day(day), word) for word, day in near if campaign.covers(day))
    if not ask.request.text.strip():
        return Page(rows)
    day = one_day(ask.request.text, now)
    if day is None:
        return Page(rows, problems=(_("I do not see a date in that. Please type it as 25/10/2026."),))
    if day > now:
        return Page(rows, problems=(_("{day} is still to come.")(day=Day(day)),))
    if not campaign.covers(day):
        return Page(rows, problems=(_("{day} is not in the period of the promotion.")(day=Day(day)),))
    return Page((Row(day.isoformat(), Day(day)),), exact=True)


def register_devices(campaign: Campaign, connection: Connection, ask: Ask[RegisterDevices]) -> Reply:
    """Register the devices that were typed or photographed."""
    return register(campaign, connection, ask, ask.request.devices, ask.request.installed_on)


def register(
    campaign: Campaign, connection: Connection, ask: Ask[Any], chosen: Sequence[str], installed_on: str
) -> Reply:
    """Keep each device that is not registered yet; under a key that was used, nothing is done again."""
    people.lock_companies(connection, {ask.by.company})
    devices = [fits for key in chosen if (fits := from_key(campaign, key))]
    keys = [f"{ask.asked.key}/{fits.serial}" for fits in devices]
    done = cashback.keys_in_use(connection, keys)
    if not done:
        refused = _refusal(campaign, ask, installed_on)
        if refused:
            return refused
        taken = registered(connection, ask.by, [fits.serial for fits in devices])
        fresh = {key: fits for key, fits in zip(keys, devices, strict=True) if fits.serial not in taken}
        if not fresh:
            return Refused("already")
        _keep(connection, ask, fresh, installed_on)
        done = set(fresh)
    count = n_("{n} device is registered", "{n} devices are registered")(n=len(done))
    return Done({"count": count})


def _refusal(campaign: Campaign, ask: Ask[Any], installed_on: str) -> Refused | None:
    now = today_of(ask.now)
    if not campaign.covers(now) or not takes_part(campaign, ask.by):
        return Refused("closed")
    try:
        day = datetime.date.fromisoformat(installed_on)
    except ValueError:
        return Refused("day")
    return None if day <= now and campaign.covers(day) else Refused("day")


def _keep(connection: Connection, ask: Ask[Any], fresh: Mapping[str, Fits], installed_on: str) -> None:
    numbers, now = take_numbers(connection, "cashback", len(fresh)), ask.now
    cashback.add(
        connection,
        [
            {
                "number": number,
                "key": key,
                "company": ask.by.company,
                "installer": ask.by.id,
                "serial": fits.serial,
                "product": fits.product.code,
                "subject": fits.product.name,
                "installed_on": installed_on,
                "euros": fits.product.euros,
                "status": "with_us",
                "practice": ask.by.practises,
                "created_at": now,
                "updated_at": now,
            }
            for number, (key, fits) in zip(numbers, fresh.items(), strict=True)
        ],
    )
