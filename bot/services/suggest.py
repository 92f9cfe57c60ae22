"""What may be meant while somebody is still typing: the rows of an open question. It only reads (I5)."""

from __future__ import annotations

import datetime
from typing import Final

from sqlalchemy import Connection

from bot.ports import Asked
from bot.services.asking import MORE
from bot.services.desk import EmbeddedDesk
from flows.catalog import FLOWS
from flows.engine.language import Choose
from flows.engine.model import Page, Row, Run
from flows.engine.walk import request_of
from flows.requests import FindRmas, FindSystems, Subjects
from storage import conversations

PAGES: Final = 2
SEARCHED: Final = (FindSystems, FindRmas, Subjects)
"""What can be searched while typing. A code cannot: every try of one is counted."""


def suggest(
    connection: Connection, desk: EmbeddedDesk, sender: str, field: str, text: str, at: datetime.datetime
) -> tuple[tuple[Row, ...], bool]:
    """The rows that these words may mean for a question that is open, and whether there are more.

    Each is checked for who asks, as in a turn.
    """
    known = conversations.load(connection, sender)
    run = known.runs[-1] if known and known.runs else None
    step = _question(run, field) if run else None
    if known is None or run is None or step is None or step.rows is None:
        return (), False
    found: list[Row] = []
    cursor = ""
    for _page in range(PAGES):
        request = request_of(step.rows.request, run, text=text, cursor=cursor)
        [page] = desk.answer(connection, [Asked("", request, sender, sender, known.locale, at)])
        if not isinstance(page, Page):
            break
        found += page.rows
        cursor = next((turn.cursor for turn in page.turns if turn.label == MORE), "")
        if not cursor:
            break
    return tuple(found), bool(cursor)


def _question(run: Run, name: str) -> Choose | None:
    steps = FLOWS[run.flow].steps if run.flow in FLOWS else ()
    for step in steps:
        if isinstance(step, Choose) and step.name == name and step.rows:
            return step if issubclass(step.rows.request, SEARCHED) else None
    return None
