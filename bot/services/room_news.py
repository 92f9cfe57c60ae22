"""What rooms hear of RMAs: the number, the kind of product and what changed; never whose roof it is.

Many read a room, and not all of them are ours to know: names, streets and people's own words stay out.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Final, NamedTuple

from sqlalchemy import Connection

from bot.services.days import TIME_ZONE
from bot.services.words import DEVICE_KIND, RMA_STATUS, holder
from flows.engine.outputs import Say
from flows.engine.parsers import well_formed
from flows.engine.phrases import Copy, Lines, Listed, Phrase, Text, _
from storage import followers, outbox, rma_parts, rooms, systems, unreachable
from storage.moments import moment

FILED: Final = _("Filed. It is {holder}.")(holder=holder("in_progress", ""))
NOTE: Final = _("A note was added.")
ADDED: Final = _("A photo or a serial was added.")
ADDRESS: Final = _("The delivery address was corrected.")

_ROOM_LEFT = _(
    "I no longer post RMAs in {room}: I am not in it any more, or people of other organisations read it too."
    " Ask me there to begin again."
)
_PERSON_LEFT = _("I no longer post RMAs in {room}: this chat is not linked to that company any more.")


class News(NamedTuple):
    """Something changed on an RMA of a company."""

    company: int
    rma: str
    change: Text


def status_news(status: str, manufacturer_number: str) -> Phrase:
    """Its new status, and who holds it."""
    return _("{status}. It is {holder}.")(
        status=RMA_STATUS[status], holder=holder(status, manufacturer_number)
    )


def tell_rooms(connection: Connection, news: Sequence[News], now: int) -> None:
    """Post it in every room where this RMA is followed, once, under what was posted about it before."""
    reading = rooms.reading(connection, {each.company for each in news}) if news else {}
    for each in news:
        where = {room: locale for room, rma, locale in reading.get(each.company, ()) if rma in ("", each.rma)}
        if where:
            line = about(connection, each.rma, each.change)
            for room, locale in where.items():
                post(connection, room, locale, line, now, about=each.rma)


def post(connection: Connection, room: str, locale: str, line: Text, now: int, *, about: str = "") -> None:
    """Say something in a room, under what was said there about the same RMA before."""
    new = outbox.New(room, room.partition(":")[0], 0, Say((line,)), locale, TIME_ZONE, topic=about)
    outbox.add(connection, [new], moment(now))


def end_lapsed(connection: Connection, now: datetime.datetime) -> None:
    """Where posting cannot go on it ends, what waits is dropped, and who asked for it is told (ESM-43)."""
    for each in rooms.take_lapsed(connection):
        if not rooms.is_followed(connection, each.room):
            unreachable.let_go(connection, each.room, now)
        line = (_ROOM_LEFT if each.stands else _PERSON_LEFT)(room=each.name)
        followers.tell(connection, {each.conversation: (line, each.language)}, TIME_ZONE, now)


def about(connection: Connection, rma: str, change: Text) -> Text:
    """An RMA as others may know it, and what changed."""
    return Lines((_head(connection, rma), change))


def _head(connection: Connection, rma: str) -> Text:
    serials = [line.serial for line in rma_parts.lines_of(connection, rma) if well_formed(line.serial)]
    devices = systems.with_serials(connection, serials) if serials else {}
    kinds = dict.fromkeys(device.kind for device in devices.values())
    named: list[Text] = [DEVICE_KIND[kind] for kind in kinds if kind in DEVICE_KIND]
    if not named:
        return _("RMA {rma}")(rma=Copy(rma))
    return _("RMA {rma}, {kind}")(rma=Copy(rma), kind=Listed(tuple(named)))
