"""Account numbers that were typed and not confirmed yet: here, and nowhere else, until their draft is left.

A conversation names them by a token; it must not be remembered with the numbers themselves (ESM-30).
"""

from __future__ import annotations

import datetime
import re
import secrets
from typing import Final

from sqlalchemy import Connection, delete, insert, select

from storage.claim_tables import typed_numbers
from storage.moments import micros, moment

KEPT: Final = datetime.timedelta(days=1)
_MARK: Final = "typed:"
_TOKEN: Final = re.compile(_MARK + "[0-9a-f]{32}")


def keep(connection: Connection, number: str, conversation: str, company: int, now: int) -> str:
    """Keep it for this chat and company; returns the token that names it."""
    token = f"{_MARK}{secrets.token_hex(16)}"
    row = {"token": token, "number": number, "conversation": conversation, "company": company, "at": now}
    connection.execute(insert(typed_numbers), row)
    return token


def number_of(connection: Connection, token: str, conversation: str, company: int, now: int) -> str:
    """The number of a token of this chat and company; "" when it is gone, or was never theirs."""
    c = typed_numbers.c
    query = select(c.number).where(
        c.token == token, c.conversation == conversation, c.company == company, c.at > _before(now)
    )
    return str(connection.scalar(query) or "")


def forget_left(connection: Connection, conversation: str, before: str, after: str) -> None:
    """Forget the numbers of a chat that its state does not name any more. `before`, `after`: it as stored."""
    if _MARK not in before and _MARK not in after:
        return
    c = typed_numbers.c
    left = c.token.not_in(set(_TOKEN.findall(after)))
    connection.execute(delete(typed_numbers).where(c.conversation == conversation, left))


def forget_old(connection: Connection, now: datetime.datetime) -> None:
    """Forget those of drafts that were left alone for a day."""
    connection.execute(delete(typed_numbers).where(typed_numbers.c.at <= _before(micros(now))))


def _before(now: int) -> int:
    return micros(moment(now) - KEPT)
