"""A deterministic sample to try everything with: companies, people, systems, devices, RMAs and cases."""

from __future__ import annotations

import datetime
import unicodedata
from random import Random
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, update

from bot.services import claim_deadlines, seed_cashback
from bot.services.invite import invite
from bot.services.linking import MINUTES
from bot.services.rma_paper import SYSTEMS_REMEMBERED
from bot.services.seed_data import DEMO, FIRMS, Firm
from bot.services.seed_requests import make_recent, requests_of
from bot.services.seed_systems import FIXED_SERIAL, make_peeters, site_of
from storage import desk_tables, people, request_tables
from storage.claim_tables import bank_details, claims

SYSTEMS_PER_FIRM = 80

Rows = list[dict[str, Any]]


def fill(connection: Connection, now: datetime.datetime) -> bool:
    """Fill an empty desk with the sample; False when there is something already."""
    today = now.date()
    if connection.execute(select(func.count()).select_from(desk_tables.companies)).scalar_one():
        return False
    dice = Random(20_261_120)  # noqa: S311  the same sample every time, nothing secret
    serials: set[str] = {FIXED_SERIAL}
    for number, firm in enumerate(FIRMS):
        company, staff = _people(connection, firm)
        sites = [site_of(dice, firm, company, place, today, serials) for place in range(SYSTEMS_PER_FIRM)]
        if number == 0:
            make_peeters(sites[0], today)
        make_recent(sites, today)
        _add(connection, desk_tables.systems, [site.system for site in sites])
        _add(connection, desk_tables.devices, [device for site in sites for device in site.devices])
        written = requests_of(dice, firm, number, company, staff, sites, today)
        for table, rows in written.items():
            _add(connection, table, rows)
        _remember(connection, staff, written[request_tables.rmas])
    _pay_claims(connection)
    claim_deadlines.remind(connection, now)
    return True


def fill_all(connection: Connection, now: datetime.datetime) -> bool:
    """Fill an empty desk with the sample and with devices in the cashback; False when something is there."""
    filled = fill(connection, now)
    if filled:
        seed_cashback.fill(connection, now)
    return filled


def _pay_claims(connection: Connection) -> None:
    """Each to the account that its company entered."""
    account = select(bank_details.c.id).where(bank_details.c.company == claims.c.company).scalar_subquery()
    connection.execute(claims.update().values(bank=account))


def as_json(connection: Connection, now: datetime.datetime) -> dict[str, Any]:
    """What a tester needs: people with a fresh code each; systems, serials and numbers per company."""
    companies = connection.execute(
        select(desk_tables.companies.c.id, desk_tables.companies.c.name).order_by("id")
    ).all()
    return {
        "codes_valid_minutes": MINUTES,
        "companies": [_company_json(connection, company, name, now) for company, name in companies],
    }


def one_per_language(connection: Connection) -> list[tuple[str, str, str, str]]:
    """The sample installer of each language: language, name, company, e-mail."""
    found = [(language, people.with_email(connection, email)) for language, email in DEMO.items()]
    return [(language, one.name, one.company_name, one.email) for language, one in found if one]


def _company_json(connection: Connection, company: int, name: str, now: datetime.datetime) -> dict[str, Any]:
    installers, systems, devices = desk_tables.installers.c, desk_tables.systems.c, desk_tables.devices.c
    known = (installers.email, installers.name, installers.role, installers.language)

    def rows(*columns: Any, where: Any) -> Rows:
        found = connection.execute(select(*columns).where(where).order_by(columns[0]))
        return [dict(row) for row in found.mappings()]

    mine = devices.system.in_(select(systems.id).where(systems.company == company))
    wanted = (devices.serial, devices.system, devices.product, devices.status)
    return {
        "name": name,
        "people": [
            person | {"code": invite(connection, person["email"], now)}
            for person in rows(*known, where=installers.company == company)
        ],
        "systems": rows(
            systems.id, systems.name, systems.town, systems.status, where=systems.company == company
        ),
        "serials": rows(*wanted, where=mine & (devices.status != "normal")),
        "rmas": rows(
            request_tables.rmas.c.number,
            request_tables.rmas.c.status,
            request_tables.rmas.c.system,
            where=request_tables.rmas.c.company == company,
        ),
        "cases": rows(
            request_tables.cases.c.number,
            request_tables.cases.c.status,
            where=request_tables.cases.c.company == company,
        ),
    }


def _add(connection: Connection, table: Table, rows: Rows) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _people(connection: Connection, firm: Firm) -> tuple[int, Rows]:
    """The company and its people; returns its id and theirs."""
    company: int = connection.execute(
        insert(desk_tables.companies).returning(desk_tables.companies.c.id), {"name": firm.name}
    ).scalar_one()
    _add(
        connection,
        desk_tables.addresses,
        [{"company": company, "text": text, "main": place == 0} for place, text in enumerate(firm.addresses)],
    )
    _add(connection, desk_tables.contacts, [{"company": company, "text": text} for text in firm.contacts])
    people = [
        {
            "company": company,
            "name": name,
            "email": f"{_mailbox(name)}@{firm.domain}",
            "phone": f"{firm.phone} {place:02d}",
            "role": role,
            "language": firm.language,
            "active": True,
            "enlighten_id": f"{2_400_000 + company * 1000 + place}",
        }
        for place, (name, role) in enumerate(firm.people, 1)
    ]
    for person in people:
        query = insert(desk_tables.installers).returning(desk_tables.installers.c.id)
        person["id"] = connection.execute(query, person).scalar_one()
    return company, people


def _remember(connection: Connection, staff: Rows, rmas: Rows) -> None:
    """What each person would be offered first: the systems of their latest requests."""
    for person in staff:
        mine = sorted(
            (rma for rma in rmas if rma["installer"] == person["id"]), key=lambda rma: -rma["created_at"]
        )
        used = list(dict.fromkeys(rma["system"] for rma in mine))[:SYSTEMS_REMEMBERED]
        query = update(desk_tables.installers).where(desk_tables.installers.c.id == person["id"])
        connection.execute(query.values(last_systems=" ".join(used)))


def _mailbox(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    first, _space, last = plain.partition(" ")
    return f"{first}.{last.replace(' ', '')}"
