"""What may be meant while somebody is still typing: the rows of an open question. It only reads (I5)."""

from __future__ import annotations

import datetime
from typing import Final

from sqlalchemy import Connection

from bot.ports import Asked, ServiceDesk
from bot.services.asking import MORE
from flows.catalog import FLOWS
from flows.engine.cards import SEARCH_FOR
from flows.engine.language import Choose
from flows.engine.walk import request_of
from flows.engine.work import Page, Row, Run
from storage import conversations

PAGES: Final = 2
LONGEST: Final = 70
"""Of words that are handed back; Slack keeps no more of an entry."""


def suggest(
    connection: Connection,
    desk: ServiceDesk[Connection],
    sender: str,
    field: str,
    text: str,
    at: datetime.datetime,
) -> tuple[tuple[Row, ...], bool]:
    """What these words may mean for a question that is open, and whether there is more.

    Each row is checked for who asks, as in a turn. What is no row stands at the end: words that find nothing,
    so that the turn can say so, and the fixed options.
    """
    known = conversations.load(connection, sender)
    run = known.runs[-1] if known and known.runs else None
    step = _question(run, field) if run else None
    if known is None or run is None or step is None or step.rows is None:
        return (), False
    text = text.strip() or (run.search if run.page_of == field else "")
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
    if text and not found:
        found.append(Row(text[:LONGEST], SEARCH_FOR(words=text[:LONGEST])))
    fixed = (Row(name, label) for name, label in step.options.items())
    return (*found, *fixed), bool(cursor)


def _question(run: Run, name: str) -> Choose | None:
    steps = FLOWS[run.flow].steps if run.flow in FLOWS else ()
    for step in steps:
        if isinstance(step, Choose) and step.name == name and step.rows:
            # Not a code: every try of one is counted.
            return step if step.rows.request.searched else None
    return None
