"""Companies, their installers, and which chat identity is whose."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from storage.desk_tables import (
    addresses,
    chat_identities,
    companies,
    contacts,
    installers,
    link_codes,
    link_tries,
)
from storage.people_tables import practising

NO_MAILBOX: Final = ".invalid"
"""Mailboxes that cannot exist end like this: those of invented people. No letter is sent there."""


class Installer(NamedTuple):
    """A person we know, with what they chose in their latest request.

    `practises`: somebody of an invented company.
    """

    id: int
    company: int
    company_name: str
    name: str
    email: str
    phone: str
    role: str
    language: str
    last_systems: str
    last_address: str
    last_contact: str
    time_zone: str = "Europe/Brussels"
    enlighten_id: str = ""
    practises: bool = False

    @property
    def systems_used(self) -> list[str]:
        """The systems of their latest requests, the last one first."""
        return self.last_systems.split()


class Entry(NamedTuple):
    """A stored address or contact of a company."""

    id: int
    text: str
    main: bool


ANYBODY = select(
    installers.c.id,
    installers.c.company,
    companies.c.name,
    installers.c.name,
    installers.c.email,
    installers.c.phone,
    installers.c.role,
    installers.c.language,
    installers.c.last_systems,
    installers.c.last_address,
    installers.c.last_contact,
    installers.c.time_zone,
    installers.c.enlighten_id,
    companies.c.practice,
).join_from(installers, companies, installers.c.company == companies.c.id)
"""Also those who were removed, or are invited and did not come yet."""
INSTALLER = ANYBODY.where(installers.c.active)
_BY_SENDER = (
    INSTALLER.add_columns(chat_identities.c.sender)
    .join(chat_identities, chat_identities.c.installer == installers.c.id)
    .where(chat_identities.c.sender.in_(bindparam("senders", expanding=True)))
)
_BY_EMAIL = INSTALLER.where(installers.c.email == bindparam("email")).order_by(installers.c.id)
_BY_ID = INSTALLER.where(installers.c.id.in_(bindparam("ids", expanding=True))).order_by(installers.c.id)
_WITH_ROLES = (
    INSTALLER.where(installers.c.company == bindparam("company"))
    .where(installers.c.role.in_(bindparam("roles", expanding=True)))
    .order_by(installers.c.id)
)
_BY_CODE = (
    ANYBODY.join(link_codes, link_codes.c.installer == installers.c.id)
    .where(link_codes.c.hash == bindparam("hash"))
    .where(link_codes.c.used_at.is_(None))
    .where(link_codes.c.expires_at > bindparam("now"))
)
_LOCK = (
    select(companies.c.id)
    .where(companies.c.id.in_(bindparam("companies", expanding=True)))
    .order_by(companies.c.id)
    .with_for_update()
)
_ADDRESSES = (
    select(addresses.c.company, addresses.c.id, addresses.c.text, addresses.c.main)
    .where(addresses.c.company.in_(bindparam("companies", expanding=True)))
    .order_by(addresses.c.main.desc(), addresses.c.id)
)
_CONTACTS = (
    select(contacts.c.company, contacts.c.id, contacts.c.text)
    .where(contacts.c.company.in_(bindparam("companies", expanding=True)))
    .order_by(contacts.c.id)
)
_TRIES = (
    select(func.count())
    .select_from(link_tries)
    .where(link_tries.c.sender == bindparam("sender"))
    .where(link_tries.c.kind == bindparam("kind"))
    .where(link_tries.c.at > bindparam("since"))
)
_FIRST_TRY = (
    select(func.min(link_tries.c.at))
    .where(link_tries.c.sender == bindparam("sender"))
    .where(link_tries.c.kind == bindparam("kind"))
    .where(link_tries.c.at > bindparam("since"))
)
_CODES_SINCE = (
    select(func.count())
    .select_from(link_codes)
    .where(link_codes.c.installer == bindparam("installer"))
    .where(link_codes.c.created_at > bindparam("since"))
)
_USE_CODE = (
    update(link_codes)
    .where(link_codes.c.hash == bindparam("code"))
    .where(link_codes.c.used_at.is_(None))
    .where(link_codes.c.expires_at > bindparam("now"))
    .values(used_at=bindparam("now"))
)
_END_CODES = (
    update(link_codes)
    .where(link_codes.c.installer == bindparam("who"))
    .where(link_codes.c.used_at.is_(None))
    .values(used_at=bindparam("now"))
)
_REMEMBER = (
    update(installers)
    .where(installers.c.id == bindparam("who"))
    .values(
        last_systems=bindparam("systems"),
        last_address=bindparam("address"),
        last_contact=bindparam("contact"),
    )
)


def known(connection: Connection, senders: Iterable[str]) -> dict[str, Installer]:
    """The installers behind these chat identities; who is not linked, or no longer active, is missing."""
    rows = connection.execute(_BY_SENDER, {"senders": list(senders)})
    return {row[-1]: Installer._make(row[:-1]) for row in rows}


def with_email(connection: Connection, email: str) -> Installer | None:
    """The installer with this mailbox on file; of several companies, at the first one."""
    row = connection.execute(_BY_EMAIL, {"email": email.strip().lower()}).first()
    return Installer._make(row) if row else None


def with_ids(connection: Connection, ids: Iterable[int]) -> list[Installer]:
    """Those of these installers who still work there."""
    return [Installer._make(row) for row in connection.execute(_BY_ID, {"ids": list(ids)})]


def with_roles(connection: Connection, company: int, roles: Iterable[str]) -> list[Installer]:
    """Who works at a company in one of these roles."""
    found = connection.execute(_WITH_ROLES, {"company": company, "roles": list(roles)})
    return [Installer._make(row) for row in found]


def with_code(connection: Connection, hashed: str, now: int) -> Installer | None:
    """The installer a code that can still be used belongs to: somebody of a company, or invited to it."""
    row = connection.execute(_BY_CODE, {"hash": hashed, "now": now}).first()
    return Installer._make(row) if row else None


def lock_companies(connection: Connection, ids: Iterable[int]) -> None:
    """From here to the commit nobody else files RMAs for these companies."""
    if connection.dialect.name != "sqlite":  # which has one writer anyway
        connection.execute(_LOCK, {"companies": sorted(ids)})


def addresses_of(connection: Connection, companies: Iterable[int]) -> dict[int, list[Entry]]:
    """The addresses of each company, its main one first."""
    found: dict[int, list[Entry]] = {}
    for company, number, text, main in connection.execute(_ADDRESSES, {"companies": list(companies)}):
        found.setdefault(company, []).append(Entry(number, text, main))
    return found


def contacts_of(connection: Connection, companies: Iterable[int]) -> dict[int, list[Entry]]:
    """The people to call of each company."""
    found: dict[int, list[Entry]] = {}
    for company, number, text in connection.execute(_CONTACTS, {"companies": list(companies)}):
        found.setdefault(company, []).append(Entry(number, text, main=False))
    return found


def remember_choices(connection: Connection, choices: list[dict[str, object]]) -> None:
    """Keep what people chose (`who`, `systems`, `address`, `contact`), to offer it next time."""
    connection.execute(_REMEMBER, choices)


def speak(connection: Connection, installer: int, language: str) -> None:
    """Remember the language of an installer."""
    connection.execute(update(installers).where(installers.c.id == installer).values(language=language))


def move_to(connection: Connection, email: str, time_zone: str) -> None:
    """Remember the time zone of the person with this mailbox, at every company."""
    connection.execute(update(installers).where(installers.c.email == email).values(time_zone=time_zone))


def add_code(connection: Connection, hashed: str, installer: int, now: int, expires_at: int) -> None:
    """A new one-time code; only its hash is kept."""
    connection.execute(
        insert(link_codes),
        {"hash": hashed, "installer": installer, "created_at": now, "expires_at": expires_at},
    )


def codes_since(connection: Connection, installer: int, since: int) -> int:
    """How many codes were made for this installer since then."""
    return connection.execute(_CODES_SINCE, {"installer": installer, "since": since}).scalar_one()


def end_codes(connection: Connection, installer: int, now: int) -> None:
    """Whatever code was sent to this installer no longer works."""
    connection.execute(_END_CODES, {"who": installer, "now": now})


def use_code(connection: Connection, hashed: str, now: int) -> bool:
    """Use a code up; False when it was used, too old or never made."""
    return connection.execute(_USE_CODE, {"code": hashed, "now": now}).rowcount == 1


def tries_since(connection: Connection, sender: str, kind: str, since: int) -> int:
    """How often this chat identity tried since then."""
    return connection.execute(_TRIES, {"sender": sender, "kind": kind, "since": since}).scalar_one()


def first_try_since(connection: Connection, sender: str, kind: str, since: int) -> int:
    """When the first of those tries was; there is one."""
    asked = {"sender": sender, "kind": kind, "since": since}
    return int(connection.execute(_FIRST_TRY, asked).scalar_one())


def count_try(connection: Connection, sender: str, kind: str, now: int) -> None:
    """One more try."""
    connection.execute(insert(link_tries), {"sender": sender, "kind": kind, "at": now})


def link(connection: Connection, sender: str, installer: int, now: int, conversation: str = "") -> None:
    """From now on this chat identity is this installer, whoever it was before.

    `conversation` is where the person is told what they did not ask for.
    """
    unlink(connection, sender)
    row = {"sender": sender, "installer": installer, "linked_at": now, "conversation": conversation}
    connection.execute(insert(chat_identities), row)


def unlink(connection: Connection, sender: str) -> None:
    """Forget who this chat identity is, also where it practises."""
    connection.execute(delete(practising).where(practising.c.sender == sender))
    connection.execute(delete(chat_identities).where(chat_identities.c.sender == sender))
