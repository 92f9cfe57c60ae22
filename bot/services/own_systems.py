"""Picking one of one's own systems while typing in any chat: the search of the desk, with its permission."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct, structs
from sqlalchemy import Connection

from bot.ports import Asked, ServiceDesk
from bot.services.asking import MORE
from flows.engine.phrases import Text
from flows.engine.work import Page, Row
from flows.requests import FindSystems
from storage import systems

PAGES = 4
"""So many pages of the search are one answer: at most 40 systems."""


class Own(Struct, frozen=True):
    """A system as its installer knows it, and `link`, its name in links that others may see."""

    id: str
    label: Text
    detail: Text
    link: str


class OwnSystems(Struct, frozen=True):
    """What was found; `more` is the cursor of what comes after it. Not `known`: the chat is not linked."""

    found: tuple[Own, ...] = ()
    more: str = ""
    known: bool = True


def own_systems(
    connection: Connection, desk: ServiceDesk[Connection], asked: Asked, text: str, cursor: str
) -> OwnSystems:
    """The systems of the company of who asks that the words mean."""
    rows: list[Row] = []
    for _page in range(PAGES):
        request = FindSystems(text, cursor)
        [reply] = desk.answer(connection, [structs.replace(asked, request=request)])
        if not isinstance(reply, Page):
            return OwnSystems(known=False)
        rows += reply.rows
        cursor = next((turn.cursor for turn in reply.turns if turn.label == MORE), "")
        if not cursor:
            break
    return OwnSystems(tuple(_linked(connection, rows)), cursor)


def _linked(connection: Connection, rows: Iterable[Row]) -> Iterable[Own]:
    rows = list(rows)
    known = systems.with_ids(connection, [row.id for row in rows])
    for row in rows:
        link = known[row.id].link if row.id in known else None
        if link:
            yield Own(row.id, row.label, row.detail, link)
