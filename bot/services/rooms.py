"""Rooms that hear of RMAs: who may have what posted where, and in which language."""

from __future__ import annotations

from typing import Final

from msgspec import structs
from sqlalchemy import Connection

from bot.services import room_news
from bot.services.asking import AT_MOST, NOT_FOUND, Ask, nothing
from bot.services.find_rmas import find_rmas
from bot.services.rma_card import mine
from flows.engine.phrases import Text, _
from flows.engine.work import Done, Page, Reply, Row
from flows.requests import FindRmas, FindRoom, FollowInRoom, SpeakInRoom, StopInRoom
from storage import rooms
from storage.rooms import Room

ALL: Final = "all"
_ALL_WORDS: Final = frozenset({"all", "alle", "alles", "tout", "tous", "toutes"})
TONGUES: Final[dict[str, Text]] = {"nl": _("in Dutch"), "fr": _("in French"), "en": _("in English")}

_ELSEWHERE = nothing(_("Please ask me this in the channel itself: then I know which one you mean."))
_NOT_IN = _("I am not in {room} yet. Add me to it first, then ask me there again.")
_SHARED = _("People of other organisations read {room} too, so I post no RMAs there.")
_SPEAKS = _("From now on I write here {tongue}.")
_BEGINS = _("From now on I post here what changes on the RMAs of {company}, each in its own thread.")


def find_room(connection: Connection, ask: Ask[FindRoom]) -> Reply:
    """The room of that link, if what is asked may be said there."""
    found = rooms.linked(connection, ask.request.text.strip())
    if found is None:
        return _ELSEWHERE
    wrong = _problem(found, private=ask.request.private)
    return nothing(wrong) if wrong else Page((Row(found.link, found.name),), exact=True)


def rmas_to_post(connection: Connection, ask: Ask[FindRmas]) -> Reply:
    """All of the company first, then as anywhere; whose they are is said, because others will read it."""
    text = ask.request.text.strip().lower()
    every = Row(ALL, _("All RMAs of {company}")(company=ask.by.company_name))
    if text in _ALL_WORDS:
        return Page((every,), exact=True)
    found = find_rmas(connection, ask)
    if not isinstance(found, Page):
        return found
    named = _("{number}, {company}")
    rows = tuple(
        structs.replace(row, label=named(number=row.label, company=ask.by.company_name)) for row in found.rows
    )
    if text or ask.request.cursor:
        return structs.replace(found, rows=rows)
    return Page((every, *rows[: AT_MOST - 1]), turns=found.turns)


def follow_in_room(connection: Connection, ask: Ask[FollowInRoom]) -> Reply:
    """Post there from now on, and say so there; an RMA begins its thread with how it stands."""
    room = rooms.linked(connection, ask.request.room)
    rma = mine(connection, ask.by, ask.request.rma) if ask.request.rma != ALL else None
    unknown = ask.request.rma != ALL and rma is None
    if room is None or _problem(room, private=True) or unknown or ask.by.practises:
        return NOT_FOUND
    locale = room.locale or ask.asked.locale
    rooms.speak(connection, room.conversation, locale)
    rooms.follow(
        connection,
        room.conversation,
        rma.number if rma else "",
        installer=ask.by.id,
        company=ask.by.company,
        sender=ask.asked.sender,
        where=ask.asked.conversation,
    )
    if rma:
        stands = room_news.status_news(rma.status, rma.manufacturer_number)
        line = room_news.about(connection, rma.number, stands)
        room_news.post(connection, room.conversation, locale, line, ask.now, about=rma.number)
    else:
        begins = _BEGINS(company=ask.by.company_name)
        room_news.post(connection, room.conversation, locale, begins, ask.now)
    return Done({"place": room.name})


def stop_in_room(connection: Connection, ask: Ask[StopInRoom]) -> Reply:
    """Nothing of the company is posted there any more, whoever asked for it."""
    room = rooms.linked(connection, ask.request.room)
    if room is None:
        return NOT_FOUND
    rooms.stop(connection, room.conversation, ask.by.company)
    return Done({"place": room.name})


def speak_in_room(connection: Connection, ask: Ask[SpeakInRoom]) -> Reply:
    """The language of the room; everybody there sees that it changed."""
    room, language = rooms.linked(connection, ask.request.room), ask.request.language
    if room is None or _problem(room, private=False) or language not in TONGUES:
        return NOT_FOUND
    rooms.speak(connection, room.conversation, language)
    line = _SPEAKS(tongue=TONGUES[language])
    room_news.post(connection, room.conversation, language, line, ask.now)
    return Done({"place": room.name, "tongue": TONGUES[language]})


def _problem(room: Room, *, private: bool) -> Text:
    """Why this cannot be said there; nothing when it can."""
    if not room.member:
        return _NOT_IN(room=room.name)
    return _SHARED(room=room.name) if private and room.shared else ""
