"""What somebody has open, at a glance: for a page beside the conversation. It only reads."""

from __future__ import annotations

from typing import Final

from msgspec import Struct
from sqlalchemy import Connection

from bot.services.words import RMA_STATUS, day_of
from flows.catalog import FLOWS
from flows.engine.model import Conversation, Row
from flows.engine.phrases import Text, _
from flows.engine.runs import asks
from storage import conversations, people, rmas

LATEST: Final = 5


class Glance(Struct, frozen=True):
    """Who it is, "" when we do not know; the RMAs of the company; the drafts, the last one first."""

    locale: str = ""
    who: str = ""
    open_rmas: int = 0
    latest: tuple[Row, ...] = ()
    drafts: tuple[Text, ...] = ()


def glance(connection: Connection, sender: str, conversation: str) -> Glance:
    """What this person may see now; somebody we do not know sees nothing of any company."""
    known = conversations.load(connection, conversation) or Conversation(conversation)
    drafts = tuple(
        FLOWS[run.flow].title
        for run in (*reversed(known.runs), *reversed(known.parked))
        if run.flow in FLOWS and asks(FLOWS, run)
    )
    caller = people.known(connection, [sender]).get(sender)
    if caller is None:
        return Glance(known.locale, drafts=drafts)
    found = rmas.latest(connection, caller.company, 0, LATEST)
    return Glance(
        known.locale,
        f"{caller.name}, {caller.company_name}",
        rmas.count_open(connection, caller.company),
        tuple(Row(rma.number, _about(rma)) for rma in found),
        drafts,
    )


def _about(rma: rmas.Rma) -> Text:
    return _("{number}: {status}, {system}, {day}")(
        number=rma.number,
        status=RMA_STATUS[rma.status],
        system=rma.system_name or _("no system"),
        day=day_of(rma.created_at),
    )
