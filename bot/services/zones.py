"""Where somebody is: their own clock decides what a decent hour is, and when it is quiet (ESM-43)."""

from __future__ import annotations

import datetime
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.services.asking import NOT_FOUND, Ask
from flows.engine.phrases import Text, _
from flows.engine.work import Done, Page, Reply, Row
from flows.requests import SetTimeZone, TimeZones
from locales.cities import city, zones
from locales.speaker import FORMATS
from storage import people
from storage.systems import folded

OFFERED: Final = (
    "Europe/Brussels",
    "Europe/Amsterdam",
    "Europe/Luxembourg",
    "Europe/Paris",
    "Europe/London",
    "Europe/Madrid",
    "Europe/Lisbon",
    "Europe/Athens",
)
SHORTEST: Final = 3
"""Letters of a city that is not typed in full."""


def time_zones(_connection: Connection, ask: Ask[TimeZones]) -> Reply:
    """One's own first, each with the time there now; or the city that was typed, in any of our languages."""
    offered = list(dict.fromkeys((ask.by.time_zone, *OFFERED)))[: len(OFFERED)]
    if not ask.request.text.strip():
        return Page(tuple(_row(zone, ask) for zone in offered))
    found = _called(folded(ask.request.text))
    if not found:
        problem = _("I do not know that city. Type a larger one with the same time.")
        return Page(tuple(_row(zone, ask) for zone in offered), problems=(problem,))
    return Page(tuple(_row(zone, ask) for zone in found[: len(OFFERED)]), exact=len(found) == 1)


def set_time_zone(connection: Connection, ask: Ask[SetTimeZone]) -> Reply:
    """At every company that this person works for: they are in one place."""
    zone = ask.request.zone
    if zone not in zones():
        return NOT_FOUND
    people.move_to(connection, ask.by.email, zone)
    return Done({"city": city(zone, ask.asked.locale), "time": clock(zone, ask.asked.at)})


def clock(zone: str, at: datetime.datetime) -> str:
    """What the clock says there."""
    return f"{at.astimezone(ZoneInfo(zone)):%H:%M}"


def whereabouts(zone: str, language: str, at: datetime.datetime) -> Text:
    """A zone as people read it."""
    return _("{city}, {time} now")(city=city(zone, language), time=clock(zone, at))


def _row(zone: str, ask: Ask[TimeZones]) -> Row:
    return Row(zone, city(zone, ask.asked.locale), _("{time} now")(time=clock(zone, ask.asked.at)))


def _called(words: str) -> list[str]:
    """The zones with this name; else those whose name begins like it."""
    names = _names()
    if words in names:
        return sorted(names[words])
    like = [zone for name, each in names.items() if name.startswith(words) for zone in each]
    return sorted(set(like)) if len(words) >= SHORTEST else []


@cache
def _names() -> dict[str, set[str]]:
    """What each zone is called: its own name, and its city in every language."""
    names: dict[str, set[str]] = {}
    for zone in zones():
        for name in (zone, *(city(zone, language) for language in FORMATS)):
            names.setdefault(folded(name), set()).add(zone)
    return names
