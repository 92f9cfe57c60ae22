"""A deterministic sample to try everything with: companies, people, systems, devices, RMAs and cases."""

from __future__ import annotations

import datetime
import unicodedata
from random import Random
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, func, insert, select

from bot.services.invite import invite
from bot.services.linking import MINUTES
from bot.services.seed_data import FIRMS, FIRST_NAMES, OWNERS, PREFIXES, Firm, Place
from bot.services.seed_requests import requests_of
from storage import desk_tables as tables
from storage.systems import folded, folded_words

SYSTEMS_PER_FIRM = 80
FIXED_SERIAL = "122145001234"

Rows = list[dict[str, Any]]


class Site(NamedTuple):
    """A seeded system with its devices."""

    system: dict[str, Any]
    devices: Rows


def seed(connection: Connection, today: datetime.date) -> bool:
    """Fill an empty desk with the sample; False when there is something already."""
    if connection.execute(select(func.count()).select_from(tables.companies)).scalar_one():
        return False
    dice = Random(20_261_120)  # noqa: S311  the same sample every time, nothing secret
    serials: set[str] = {FIXED_SERIAL}
    for number, firm in enumerate(FIRMS):
        company, people = _people(connection, firm)
        sites = [_site(dice, firm, company, place, today, serials) for place in range(SYSTEMS_PER_FIRM)]
        if number == 0:
            _peeters(sites[0], today)
        _add(connection, tables.systems, [site.system for site in sites])
        _add(connection, tables.devices, [device for site in sites for device in site.devices])
        written = requests_of(dice, firm, number, company, people, sites, today)
        for table, rows in written.items():
            _add(connection, table, rows)
    return True


def seed_json(connection: Connection, now: datetime.datetime) -> dict[str, Any]:
    """What a tester needs: people with a fresh code each; systems, serials and numbers per company."""
    companies = connection.execute(
        select(tables.companies.c.id, tables.companies.c.name).order_by("id")
    ).all()
    return {
        "codes_valid_minutes": MINUTES,
        "companies": [_company_json(connection, company, name, now) for company, name in companies],
    }


def _company_json(connection: Connection, company: int, name: str, now: datetime.datetime) -> dict[str, Any]:
    people, systems, devices = tables.installers.c, tables.systems.c, tables.devices.c

    def rows(*columns: Any, where: Any) -> Rows:
        found = connection.execute(select(*columns).where(where).order_by(columns[0]))
        return [dict(row) for row in found.mappings()]

    mine = devices.system.in_(select(systems.id).where(systems.company == company))
    wanted = (devices.serial, devices.system, devices.product, devices.status)
    return {
        "name": name,
        "people": [
            person | {"code": invite(connection, person["email"], now)}
            for person in rows(
                people.email, people.name, people.role, people.language, where=people.company == company
            )
        ],
        "systems": rows(
            systems.id, systems.name, systems.town, systems.status, where=systems.company == company
        ),
        "serials": rows(*wanted, where=mine & (devices.status != "normal")),
        "rmas": rows(
            tables.rmas.c.number,
            tables.rmas.c.status,
            tables.rmas.c.system,
            where=tables.rmas.c.company == company,
        ),
        "cases": rows(tables.cases.c.number, tables.cases.c.status, where=tables.cases.c.company == company),
    }


def _add(connection: Connection, table: Table, rows: Rows) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _people(connection: Connection, firm: Firm) -> tuple[int, Rows]:
    """The company and its people; returns its id and theirs."""
    company: int = connection.execute(
        insert(tables.companies).returning(tables.companies.c.id), {"name": firm.name}
    ).scalar_one()
    _add(
        connection,
        tables.addresses,
        [{"company": company, "text": text, "main": place == 0} for place, text in enumerate(firm.addresses)],
    )
    _add(connection, tables.contacts, [{"company": company, "text": text} for text in firm.contacts])
    people = [
        {
            "company": company,
            "name": name,
            "email": f"{_mailbox(name)}@{firm.domain}",
            "phone": f"{firm.phone} {place:02d}",
            "role": role,
            "language": firm.language,
            "active": True,
        }
        for place, (name, role) in enumerate(firm.people, 1)
    ]
    for person in people:
        query = insert(tables.installers).returning(tables.installers.c.id)
        person["id"] = connection.execute(query, person).scalar_one()
    return company, people


def _mailbox(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    first, _space, last = plain.partition(" ")
    return f"{first}.{last.replace(' ', '')}"


def _site(
    dice: Random, firm: Firm, company: int, number: int, today: datetime.date, serials: set[str]
) -> Site:
    place = firm.places[number % len(firm.places)]
    system = _system(dice, firm, company, number, place, today)
    devices = _devices(dice, system, serials)
    system["status"] = _break_something(dice, devices)
    return Site(system, devices)


def _system(
    dice: Random, firm: Firm, company: int, number: int, place: Place, today: datetime.date
) -> dict[str, Any]:
    owners = OWNERS[firm.language]
    last = owners[number % len(owners)]
    first = dice.choice(FIRST_NAMES[firm.language])
    name = f"{dice.choice(PREFIXES[firm.language])}{last}" if number < len(owners) else f"{last} {first}"
    house = dice.randint(1, 180)
    street = dice.choice(firm.streets)
    postcode = (
        f"{place.postcode} {dice.choice('ABKRT')}{dice.choice('CGLNX')}"
        if firm.country == "NL"
        else place.postcode
    )
    road = f"{house} {street}" if firm.country in ("FR", "LU") else f"{street} {house}"
    installed = today - datetime.timedelta(days=dice.randint(40, 3_000))
    owner = f"{first} {last}"
    reference = f"P-{company}{number:03d}" if number % 3 == 0 else ""
    return {
        "id": f"70{dice.randint(1, 9)}{company:02d}{number:03d}{dice.randint(0, 9)}",
        "company": company,
        "name": name,
        "folded": folded(name),
        "words": folded_words(name, owner, road, postcode, place.town, reference),
        "owner": owner,
        "maintainer": firm.name,
        "street": road,
        "postcode": postcode,
        "town": place.town,
        "country": firm.country,
        "latitude": round(place.latitude + dice.uniform(-0.02, 0.02), 5),
        "longitude": round(place.longitude + dice.uniform(-0.03, 0.03), 5),
        "reference": reference,
        "stage": 5 if number % 9 else 4,
        "installed_on": installed.isoformat() if number % 11 else None,
        "created_on": (installed - datetime.timedelta(days=dice.randint(0, 5))).isoformat(),
    }


def _devices(dice: Random, system: dict[str, Any], serials: set[str]) -> Rows:
    """A gateway, microinverters, at times a battery or an SMA inverter."""
    made = datetime.date.fromisoformat(system["created_on"]) - datetime.timedelta(days=60)
    model = dice.choice(("IQ7+", "IQ8M", "IQ8+"))
    kinds = [("microinverter", model, 25)] * dice.randint(8, 22) + [("gateway", "IQ Gateway", 5)]
    if dice.random() < 0.25:
        kinds.append(("battery", "IQ Battery 5P", 15))
    if dice.random() < 0.1:
        kinds.append(("inverter", "SMA STP 8.0", 10))
    devices = []
    for kind, product, years in kinds:
        serial = _serial(dice, made, kind, serials)
        devices.append(
            {
                "serial": serial,
                "system": system["id"],
                "kind": kind,
                "product": product,
                "status": "normal",
                "installed_on": system["installed_on"],
                "warranty_until": _years_later(system["installed_on"], years),
            }
        )
    return devices


def _serial(dice: Random, made: datetime.date, kind: str, taken: set[str]) -> str:
    """A serial in the manufacturer's form: two digits, year, week, six digits; ten digits for SMA."""
    code = {"gateway": "20", "battery": "49"}.get(kind, "12")
    while True:
        year, week, _day = made.isocalendar()
        serial = f"{code}{year % 100:02d}{week:02d}{dice.randint(0, 999_999):06d}"
        if kind == "inverter":
            serial = f"30{dice.randint(0, 99_999_999):08d}"
        if serial not in taken:
            taken.add(serial)
            return serial


def _years_later(day: str | None, years: int) -> str | None:
    return f"{int(day[:4]) + years}{day[4:]}".replace("-02-29", "-02-28") if day else None


def _break_something(dice: Random, devices: Rows) -> str:
    """Let a device be out of order at every fifth system; returns the status of the system."""
    chance = dice.random()
    if chance < 0.12:
        for device in dice.sample(devices[:8], dice.randint(1, 3)):
            device["status"] = "not_reporting"
        return "micro"
    if chance < 0.16:
        next(device for device in devices if device["kind"] == "gateway")["status"] = "not_reporting"
        return "comm"
    if chance < 0.20:
        devices[0]["status"] = "fault"
        return "power"
    batteries = [device for device in devices if device["kind"] == "battery"]
    if batteries and chance < 0.35:
        batteries[0]["status"] = "not_reporting"
        return "battery"
    return "normal"


def _peeters(site: Site, today: datetime.date) -> None:
    """The first system is the one of the guides: Peeters in Aarschot, two microinverters silent."""
    installed = today.replace(year=2021, month=12, day=3).isoformat()
    for device in site.devices:
        device["system"] = "700457343"
        device["installed_on"] = installed
        device["status"] = "normal"
    site.devices[0] |= {"serial": FIXED_SERIAL, "status": "not_reporting"}
    site.devices[1]["status"] = "not_reporting"
    site.system.update(
        id="700457343", name="Peeters", folded="peeters", owner="An Peeters", street="Dorpsstraat 14",
        postcode="3200", town="Aarschot", reference="P-2291", status="micro", installed_on=installed,
        words=folded_words("Peeters", "An Peeters", "Dorpsstraat 14", "3200", "Aarschot", "P-2291"),
    )  # fmt: skip
