"""What somebody has open, at a glance: for a page beside the conversation. It only reads."""

from __future__ import annotations

from typing import Final

from msgspec import Struct
from sqlalchemy import Connection

from bot.services.drafts import worth_keeping
from bot.services.questions import row_of
from bot.services.words import RMA_STATUS, day_of
from flows.catalog import FLOWS
from flows.engine.conversation import Conversation
from flows.engine.phrases import Text, _, n_
from flows.engine.runs import asks
from flows.engine.work import Row
from storage import cases, conversations, people, practice, questions, returns, rmas

LATEST: Final = 5
ASKED: Final = 3
OPEN_RMAS: Final = n_("{n} open RMA", "{n} open RMAs")
COUNTED: Final = (
    (OPEN_RMAS, rmas.count_open),
    (n_("{n} open case", "{n} open cases"), cases.count_open),
    (n_("{n} return on its way", "{n} returns on their way"), returns.count_under_way),
)


class Glance(Struct, frozen=True):
    """Who it is, "" when we do not know; how much of what is open at the company; what the desk asks it;
    its latest RMAs; the drafts, the last one first, and whether others than that are listed. `practises`: all
    of it is invented.
    """

    locale: str = ""
    who: str = ""
    open: tuple[Text, ...] = ()
    asked: tuple[Row, ...] = ()
    latest: tuple[Row, ...] = ()
    drafts: tuple[Text, ...] = ()
    others: bool = False
    practises: bool = False


def glance(connection: Connection, sender: str, conversation: str) -> Glance:
    """What this person may see now; somebody we do not know sees nothing of any company."""
    known = conversations.load(connection, conversation) or Conversation(conversation)
    runs = [
        run
        for run in (*reversed(known.runs), *reversed(known.parked))
        if run.flow in FLOWS and asks(FLOWS, run)
    ]
    drafts = tuple(FLOWS[run.flow].title for run in runs)
    caller = people.known(connection, [sender]).get(sender)
    if caller is None:
        return Glance(known.locale, drafts=drafts)
    persona = practice.personas(connection, [conversation]).get((conversation, sender))
    caller = persona or caller
    company = caller.company
    return Glance(
        known.locale,
        f"{caller.name}, {caller.company_name}",
        tuple(text(n=count(connection, company)) for text, count in COUNTED),
        tuple(map(row_of, questions.still_open(connection, company)[:ASKED])),
        tuple(Row(rma.number, _about(rma)) for rma in rmas.latest(connection, company, 0, LATEST)),
        drafts,
        any(map(worth_keeping, runs[1:])),
        practises=persona is not None,
    )


def _about(rma: rmas.Rma) -> Text:
    return _("{number}: {status}, {system}, {day}")(
        number=rma.number,
        status=RMA_STATUS[rma.status],
        system=rma.system_name or _("no system"),
        day=day_of(rma.created_at),
    )
