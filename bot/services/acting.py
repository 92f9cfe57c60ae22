"""For which company people act: named where they work for several."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import structs
from sqlalchemy import Connection

from bot.turn import Incoming
from storage import colleagues


def for_whom(connection: Connection, incoming: Sequence[Incoming]) -> list[Incoming]:
    """With the company that each person acts for, where it must be named."""
    named = colleagues.to_be_named(connection, {each.event.sender for each in incoming})
    return [_for_company(each, named.get(each.event.sender, "")) for each in incoming]


def _for_company(incoming: Incoming, company: str) -> Incoming:
    known = incoming.conversation
    if known is None or known.company == company:
        return incoming
    return structs.replace(incoming, conversation=structs.replace(known, company=company))
