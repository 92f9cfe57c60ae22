"""Who works at a company, and where else the same person works."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, exists, func, insert, or_, select, update

from storage.desk_tables import chat_identities, companies, installers, link_codes
from storage.people import ANYBODY, INSTALLER, Installer


class Known(NamedTuple):
    """Somebody who works at a company, or did."""

    id: int
    active: bool


_other = installers.alias("other")
_SEVERAL = (
    select(chat_identities.c.sender, companies.c.name)
    .join_from(chat_identities, installers, chat_identities.c.installer == installers.c.id)
    .join(companies, installers.c.company == companies.c.id)
    .where(chat_identities.c.sender.in_(bindparam("senders", expanding=True)))
    .where(installers.c.active)
    .where(
        exists().where(_other.c.email == installers.c.email, _other.c.id != installers.c.id, _other.c.active)
    )
)


def at_every_company(connection: Connection, who: Installer) -> list[Installer]:
    """The same person, by their mailbox, once for each company that they work for; an invented one works
    for one."""
    if who.practises:
        return [who]
    wanted = INSTALLER.where(installers.c.email == who.email).order_by(installers.c.id)
    return [Installer._make(row) for row in connection.execute(wanted)]


def is_last_admin(connection: Connection, who: Installer) -> bool:
    """Whether a company would be left without an admin if this person went."""
    others = (
        select(func.count())
        .where(installers.c.company == who.company)
        .where(installers.c.id != who.id)
        .where(installers.c.role == "admin")
        .where(installers.c.active)
    )
    return who.role == "admin" and connection.execute(others).scalar_one() == 0


def of_company(connection: Connection, company: int) -> list[Installer]:
    """Who works there, by name."""
    wanted = INSTALLER.where(installers.c.company == company).order_by(installers.c.name, installers.c.id)
    return [Installer._make(row) for row in connection.execute(wanted)]


def with_invited(connection: Connection, company: int, now: int) -> dict[int, tuple[Installer, bool]]:
    """Who works there and who can still come with a code, by name; and whether they came."""
    waiting = exists().where(
        link_codes.c.installer == installers.c.id,
        link_codes.c.used_at.is_(None),
        link_codes.c.expires_at > now,
    )
    wanted = (
        ANYBODY.add_columns(installers.c.active)
        .where(installers.c.company == company)
        .where(or_(installers.c.active, waiting))
        .order_by(installers.c.name, installers.c.id)
    )
    return {row[0]: (Installer._make(row[:-1]), row[-1]) for row in connection.execute(wanted)}


def codes_since(connection: Connection, company: int, since: int, at_least: int) -> int:
    """How many codes that work for so long were made for people of a company since then."""
    wanted = (
        select(func.count())
        .join_from(link_codes, installers, link_codes.c.installer == installers.c.id)
        .where(installers.c.company == company)
        .where(link_codes.c.created_at > since)
        .where(link_codes.c.expires_at - link_codes.c.created_at >= at_least)
    )
    return connection.execute(wanted).scalar_one()


def elsewhere(connection: Connection, who: Installer) -> list[Installer]:
    """The same person where they work no longer, or are only invited."""
    same = ANYBODY.where(installers.c.email == who.email, ~installers.c.active).order_by(installers.c.id)
    return [Installer._make(row) for row in connection.execute(same)]


def named(everybody: Sequence[Installer], words: str) -> list[Installer]:
    """Those whom the words name, by their name or mailbox; else those whose name has the words in it."""
    typed = words.strip().lower()
    same = [one for one in everybody if typed in (str(one.id), one.email, one.name.lower())]
    return same or [one for one in everybody if typed in one.name.lower()]


def ever_at(connection: Connection, company: int, email: str) -> Known | None:
    """Who has or had this mailbox there."""
    wanted = (
        select(installers.c.id, installers.c.active)
        .where(installers.c.company == company)
        .where(installers.c.email == email)
    )
    row = connection.execute(wanted).first()
    return Known._make(row) if row else None


def with_chats(connection: Connection, ids: Sequence[int]) -> set[int]:
    """Those of these installers who linked a chat."""
    linked = select(chat_identities.c.installer).where(chat_identities.c.installer.in_(ids))
    return set(connection.execute(linked).scalars())


def add(connection: Connection, row: Mapping[str, object]) -> int:
    """Somebody new at a company; returns their number."""
    return int(connection.execute(insert(installers).returning(installers.c.id), row).scalar_one())


def change(connection: Connection, installer: int, values: Mapping[str, object]) -> None:
    """Change what is known of somebody."""
    connection.execute(update(installers).where(installers.c.id == installer).values(**values))


def to_be_named(connection: Connection, senders: Iterable[str]) -> dict[str, str]:
    """By chat identity: the company that is acted for, of those people who work for several."""
    rows = connection.execute(_SEVERAL, {"senders": list(senders)})
    return {row[0]: row[1] for row in rows}
