"""Of what somebody hears: what is theirs, what they follow or all, at once or daily, not at night."""

from __future__ import annotations

import re
from typing import Final

from sqlalchemy import Connection

from bot.services.asking import NOT_FOUND, Ask
from bot.services.rma_card import mine
from bot.services.zones import whereabouts
from flows.engine.phrases import Copy, Phrase, Text, _
from flows.engine.work import Done, Page, Reply
from flows.requests import MuteRma, Notifications, UnmuteRma, Wish
from storage import wishes
from storage.people import Installer

HEARS: Final[dict[str, Phrase]] = {
    "own": _("You hear of what you filed yourself."),
    "followed": _("You hear of what you filed or follow."),
    "all": _("You hear of all requests of your company."),
}
PACE: Final[dict[str, Phrase]] = {
    "now": _("Each change is told at once."),
    "daily": _("All changes of a day are told together, in the morning."),
}


def notifications(connection: Connection, ask: Ask[Notifications]) -> Reply:
    """As it is now. Questions of the desk are always told at once."""
    where = _("Your clock: {zone}.")(zone=whereabouts(ask.by.time_zone, ask.asked.locale, ask.asked.at))
    always = _("Questions of the desk are never left out.")
    return Page(lines=(*wished_by(connection, ask.by), where, always))


def wished_by(connection: Connection, who: Installer) -> tuple[Text, ...]:
    """Of what they hear, how often, and when not."""
    wished = wishes.of(connection, [who.id])[who.id]
    quiet = _("Quiet from {start}:00 to {end}:00.")(start=wished.quiet_from, end=wished.quiet_until)
    if wished.quiet_from == wished.quiet_until:
        quiet = _("Never quiet.")
    return HEARS[wished.hears], PACE[wished.pace], quiet


def wish(connection: Connection, ask: Ask[Wish]) -> Reply:
    """From now on; what waits already comes as it was to come."""
    values: dict[str, object] = {}
    if ask.request.hears in HEARS:
        values["hears"] = ask.request.hears
    if ask.request.pace in PACE:
        values["pace"] = ask.request.pace
    hours = re.fullmatch(r"(1?\d|2[0-3])-(1?\d|2[0-3])", ask.request.quiet)
    if hours:
        values |= {"quiet_from": int(hours[1]), "quiet_until": int(hours[2])}
    if not values:
        return NOT_FOUND
    wishes.change(connection, ask.by.id, values)
    return Done()


def mute_rma(connection: Connection, ask: Ask[MuteRma]) -> Reply:
    """Nothing of it any more, whoever else hears of it."""
    rma = mine(connection, ask.by, ask.request.rma)
    if rma is None:
        return NOT_FOUND
    wishes.mute(connection, ask.by.id, f"rma {rma.number}")
    return Done({"rma": rma.number, "number": Copy(rma.number)})


def unmute_rma(connection: Connection, ask: Ask[UnmuteRma]) -> Reply:
    """As before it was muted."""
    rma = mine(connection, ask.by, ask.request.rma)
    if rma is None:
        return NOT_FOUND
    wishes.unmute(connection, ask.by.id, f"rma {rma.number}")
    return Done({"rma": rma.number, "number": Copy(rma.number)})
