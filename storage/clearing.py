"""What was said is not kept longer than needed: contents 7 days, the keys that absorb repeats 60, as photos
that are on no request.

What waits for somebody who cannot be reached is kept for 30 days, as work passed to a colleague.
"""

from __future__ import annotations

import datetime

from sqlalchemy import Connection, text

from storage import installations
from storage.erasing import ON_NO_REQUEST
from storage.moments import micros

CONTENTS_KEPT = datetime.timedelta(days=7)
KEYS_KEPT = datetime.timedelta(days=60)
HELD = datetime.timedelta(days=30)
AT_ONCE = 5_000

_CLEAR = (
    text(
        "UPDATE inbox SET payload = NULL, files = NULL, prepared = NULL, content = NULL WHERE id IN"
        " (SELECT id FROM inbox WHERE done_at < :before AND payload IS NOT NULL LIMIT :limit)"
    ),
    text(
        "UPDATE outbox SET output = NULL WHERE id IN"
        " (SELECT id FROM outbox WHERE sent_at < :before AND output IS NOT NULL LIMIT :limit)"
    ),
    text(
        """UPDATE mails SET recipient = '', subject = '""', body = '""', enclosed = NULL WHERE id IN"""
        " (SELECT id FROM mails WHERE created_at < :before AND outcome IS NOT NULL AND recipient <> ''"
        " LIMIT :limit)"
    ),
    text("DELETE FROM link_tries WHERE id IN (SELECT id FROM link_tries WHERE at < :before LIMIT :limit)"),
    text(
        "DELETE FROM link_codes WHERE hash IN"
        " (SELECT hash FROM link_codes WHERE expires_at < :before LIMIT :limit)"
    ),
    text(
        """UPDATE news SET line = '""', enclosed = NULL WHERE id IN"""
        """ (SELECT id FROM news WHERE told_at < :before AND line <> '""' LIMIT :limit)"""
    ),
    text(
        "DELETE FROM agent_sessions WHERE hash IN"
        " (SELECT hash FROM agent_sessions WHERE until < :before LIMIT :limit)"
    ),
)
_DELETE = (
    text("DELETE FROM inbox WHERE id IN (SELECT id FROM inbox WHERE done_at < :before LIMIT :limit)"),
    text("DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE sent_at < :before LIMIT :limit)"),
    text(
        "DELETE FROM mails WHERE id IN"
        " (SELECT id FROM mails WHERE created_at < :before AND outcome IS NOT NULL LIMIT :limit)"
    ),
    text("DELETE FROM news WHERE id IN (SELECT id FROM news WHERE created_at < :before LIMIT :limit)"),
    text(
        "DELETE FROM attachments WHERE id IN"  # noqa: S608 (ours)
        f" (SELECT id FROM attachments WHERE created_at < :before{ON_NO_REQUEST} LIMIT :limit)"
    ),
    text(
        "DELETE FROM reports WHERE id IN"
        " (SELECT id FROM reports WHERE created_at < :before AND outcome IS NOT NULL LIMIT :limit)"
    ),
    text(
        "DELETE FROM cashback_sheets WHERE id IN"
        " (SELECT id FROM cashback_sheets WHERE created_at < :before LIMIT :limit)"
    ),
    text("DELETE FROM effects WHERE key IN (SELECT key FROM effects WHERE done_at < :before LIMIT :limit)"),
)
_GIVE_UP = text(
    "UPDATE outbox SET sent_at = :now, outcome = 'parked' WHERE id IN"
    " (SELECT o.id FROM outbox o JOIN unreachable u ON u.conversation = o.conversation"
    " WHERE o.sent_at IS NULL AND o.created_at < :before LIMIT :limit)"
)
_FORGET_DRAFTS = text("DELETE FROM drafts WHERE passed_at < :before")
_FORGET_MOVES = text("DELETE FROM moved_drafts WHERE moved_at < :before")
# What began a topic is kept: what is said later stands under it.
_FORGET_MESSAGES = text("DELETE FROM messages WHERE sent_at < :before AND token NOT LIKE 'about:%'")


def clear_old(connection: Connection, now: datetime.datetime) -> bool:
    """Clear and delete what is old enough, a part at a time; says whether there is more to do.

    Unfinished inputs, messages that can be sent and waiting letters are never old. An effect can go with the
    input that led to it: what would repeat it is absorbed until then, and is gone afterwards.
    """
    most = 0
    for statements, kept in ((_CLEAR, CONTENTS_KEPT), (_DELETE, KEYS_KEPT)):
        for statement in statements:
            found = connection.execute(statement, {"before": micros(now - kept), "limit": AT_ONCE})
            most = max(most, found.rowcount)
    unheard = {"now": micros(now), "before": micros(now - HELD), "limit": AT_ONCE}
    most = max(most, connection.execute(_GIVE_UP, unheard).rowcount)
    connection.execute(_FORGET_MESSAGES, {"before": micros(now - KEYS_KEPT)})
    connection.execute(_FORGET_DRAFTS, {"before": micros(now - HELD)})
    connection.execute(_FORGET_MOVES, {"before": micros(now - KEYS_KEPT)})
    forgot = installations.forget_left(connection, now)
    return most == AT_ONCE or forgot
