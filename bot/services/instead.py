"""Mail instead of the chat, for who cannot be reached there: what nobody wrote to them about already."""

from __future__ import annotations

import datetime
from typing import Final

from sqlalchemy import Connection

from bot.services.letters import not_reached
from flows.engine.outputs import Say
from flows.engine.phrases import Text
from storage import mails, outbox, people, unreachable
from storage.moments import micros
from storage.unreachable import Away

PATIENCE: Final = datetime.timedelta(minutes=1)
"""Who comes back within it needs no letter."""
NEWS: Final = datetime.timedelta(days=1)
ABOUT_THEN: Final = datetime.timedelta(seconds=30)


def write_instead(connection: Connection, now: datetime.datetime) -> None:
    """One letter to each person who cannot be reached and has news waiting; none again until they are back.

    The desk mails confirmations and new statuses itself: what it wrote about is not written twice.
    """
    for away in unreachable.unmailed(connection):
        known = people.known(connection, [away.person])
        if away.person in known:
            to = known[away.person]
            lines = _news(connection, away, to.email, now)
            if lines:
                since = str(micros(away.since))
                mails.post(connection, [not_reached(to, away.conversation, since, lines, micros(now))])
                unreachable.mailed(connection, away.conversation, now)


def _news(connection: Connection, away: Away, email: str, now: datetime.datetime) -> list[Text]:
    lines: list[Text] = []
    for message in outbox.waiting(connection, [away.conversation]):
        fresh = PATIENCE <= now - message.created_at < NEWS
        if isinstance(message.output, Say) and fresh:
            at = message.created_at
            if not mails.written(connection, email, micros(at - ABOUT_THEN), micros(at + ABOUT_THEN)):
                lines += message.output.lines
    return lines
