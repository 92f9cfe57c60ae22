"""Forgetting chats and people: what was said, who spoke, what was sent and belongs to no request."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, or_, select, text, update

from storage.desk_tables import installers
from storage.request_tables import mails
from storage.schema import metadata

_CHATS = (
    "inbox", "outbox", "messages", "timers", "unreachable", "menus", "effects", "states",
    "cashback_sheets", "reports", "typed_numbers", "moved_drafts"
)  # fmt: skip
ON_NO_REQUEST = "".join(
    f" AND id NOT IN (SELECT {key.parent.name} FROM {table.name} WHERE {key.parent.name} IS NOT NULL)"  # noqa: S608 (ours)
    for table in metadata.sorted_tables
    for key in table.foreign_keys
    if key.column.table.name == "attachments"
)
_ERASE = (
    *(text(f"DELETE FROM {table} WHERE conversation LIKE :start") for table in _CHATS),  # noqa: S608 (ours)
    text("UPDATE rma_followers SET conversation = '' WHERE conversation LIKE :start"),
    text("DELETE FROM chat_identities WHERE sender LIKE :start"),
    text("DELETE FROM link_tries WHERE sender LIKE :start"),
    text(f"DELETE FROM attachments WHERE conversation LIKE :start{ON_NO_REQUEST}"),  # noqa: S608 (ours)
    text("DELETE FROM room_follows WHERE room LIKE :start OR conversation LIKE :start"),
    text("DELETE FROM practising WHERE conversation LIKE :start OR sender LIKE :start"),
    text("DELETE FROM rooms WHERE conversation LIKE :start"),
    text("DELETE FROM conversations WHERE key LIKE :start"),
)
# The keys of what was received stay: a platform that delivers it once more is not answered twice. What is
# being handled at this moment is finished by whoever handles it.
_UNSAY = tuple(
    text(statement).bindparams(bindparam("chats", expanding=True))
    for statement in (
        "UPDATE inbox SET payload = NULL, files = NULL, prepared = NULL, content = NULL"
        " WHERE conversation IN :chats AND done_at IS NOT NULL",
        "DELETE FROM outbox WHERE conversation IN :chats",
        "DELETE FROM messages WHERE conversation IN :chats",
        "DELETE FROM timers WHERE conversation IN :chats",
        "DELETE FROM effects WHERE conversation IN :chats",
        "DELETE FROM cashback_sheets WHERE conversation IN :chats",
        "DELETE FROM moved_drafts WHERE conversation IN :chats",
        "DELETE FROM mails WHERE outcome IS NOT NULL"
        " AND recipient IN (SELECT address FROM reports WHERE conversation IN :chats)",
        "DELETE FROM reports WHERE conversation IN :chats AND outcome IS NOT NULL",
        "DELETE FROM typed_numbers WHERE conversation IN :chats",
        "UPDATE rma_followers SET conversation = '' WHERE conversation IN :chats",
        f"DELETE FROM attachments WHERE conversation IN :chats{ON_NO_REQUEST}",  # noqa: S608 (ours)
        # What is on a request is its company's, and no longer of whoever the chat belongs to next.
        "UPDATE attachments SET conversation = '' WHERE conversation IN :chats",
    )
)
# A contact is who is named in it, whatever their number: somebody called Jan is not Jan Mertens.
_IS_THEM = (
    "EXISTS (SELECT 1 FROM installers i WHERE i.id IN :who AND i.company = {0}.company"
    " AND ({0}.{1} = i.name OR substr({0}.{1}, 1, length(i.name) + 2) = i.name || ', '))"
)
_FORGET = tuple(
    text(statement).bindparams(bindparam("who", expanding=True))
    for statement in (
        "DELETE FROM link_tries WHERE sender IN (SELECT sender FROM chat_identities WHERE installer IN :who)",
        "DELETE FROM chat_identities WHERE installer IN :who",
        "DELETE FROM link_codes WHERE installer IN :who",
        "DELETE FROM rma_followers WHERE installer IN :who",
        "DELETE FROM room_follows WHERE installer IN :who",
        "DELETE FROM news WHERE installer IN :who",
        "DELETE FROM personas WHERE installer IN :who",
        "DELETE FROM news WHERE about IN (SELECT 'draft ' || id FROM drafts WHERE giver IN :who)",
        "DELETE FROM attachments WHERE conversation IN"  # noqa: S608 (ours)
        f" (SELECT 'draft:' || id FROM drafts WHERE giver IN :who){ON_NO_REQUEST}",
        "DELETE FROM cashback_sheets WHERE conversation IN"
        " (SELECT 'draft:' || id FROM drafts WHERE giver IN :who)",
        "DELETE FROM moved_drafts WHERE conversation IN"
        " (SELECT 'draft:' || id FROM drafts WHERE giver IN :who)",
        "DELETE FROM drafts WHERE giver IN :who",
        "DELETE FROM wishes WHERE installer IN :who",
        "DELETE FROM mutes WHERE installer IN :who",
        "DELETE FROM reports WHERE installer IN :who",
        "DELETE FROM cashback_numbers WHERE installer IN :who",
        "DELETE FROM mails WHERE recipient IN (SELECT email FROM installers WHERE id IN :who)",
        "UPDATE cases SET conversation = '', sender = '', summary = '', reach = '' WHERE installer IN :who",
        f"UPDATE rmas SET contact = '' WHERE {_IS_THEM.format('rmas', 'contact')}",  # noqa: S608 (ours)
        f"UPDATE returns SET contact = '' WHERE {_IS_THEM.format('returns', 'contact')}",  # noqa: S608 (ours)
        f"DELETE FROM contacts WHERE {_IS_THEM.format('contacts', 'text')}",  # noqa: S608 (ours)
        "UPDATE installers SET last_contact = '' WHERE"  # noqa: S608 (ours)
        f" {_IS_THEM.format('installers', 'last_contact')}",
        "UPDATE claims SET claimant = '' WHERE installer IN :who",
        "UPDATE installers SET active = false, name = '—', email = 'forgotten ' || id, phone = '',"
        " enlighten_id = '', last_systems = '', last_address = '', last_contact = '' WHERE id IN :who",
    )
)


_INVENTED = text(
    "SELECT i.id FROM installers i JOIN installers p ON p.company = i.company"
    " JOIN personas o ON o.persona = p.id WHERE o.installer IN :who"
).bindparams(bindparam("who", expanding=True))


def chats_that_begin_with(connection: Connection, start: str) -> None:
    """Erase all chats whose name begins like this. Requests that were filed, with their photos, stay."""
    assert start.count(":") >= 2, "never all chats of a channel"
    for statement in _ERASE:
        connection.execute(statement, {"start": f"{start}%"})


def what_was_said(connection: Connection, chats: Sequence[str]) -> None:
    """Erase what was said, sent and shown in these chats; not what is remembered of where they are."""
    for statement in _UNSAY if chats else ():
        connection.execute(statement, {"chats": list(chats)})


def people(connection: Connection, forgotten: Sequence[int]) -> None:
    """Erase who these installers are, also those that they are or invited when they practise.

    What they filed stays with their company, without a name.
    """
    invented = connection.execute(_INVENTED, {"who": list(forgotten)}).scalars()
    who = [*forgotten, *invented]
    _clear_letters(connection, who)
    for statement in _FORGET:
        connection.execute(statement, {"who": who})


def _clear_letters(connection: Connection, who: Sequence[int]) -> None:
    """Letters to colleagues that name them, once sent, need not wait for their time to be cleared."""
    named = select(installers.c.name, installers.c.company).where(installers.c.id.in_(who))
    for name, company in connection.execute(named).all():
        colleagues = select(installers.c.email).where(installers.c.company == company)
        connection.execute(
            update(mails)
            .where(mails.c.outcome.is_not(None), mails.c.recipient.in_(colleagues))
            .where(
                or_(
                    mails.c.subject.contains(name, autoescape=True),
                    mails.c.body.contains(name, autoescape=True),
                )
            )
            .values(subject='""', body='""', enclosed=None)
        )
