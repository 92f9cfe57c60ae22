"""Systems and their devices, as the desk knows them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, case, select

from storage.desk_tables import devices, systems
from storage.request_tables import cases, rmas


class System(NamedTuple):
    """An installation at somebody's home, in the care of one company."""

    id: str
    company: int
    name: str
    folded: str
    words: str
    owner: str
    maintainer: str
    street: str
    postcode: str
    town: str
    country: str
    latitude: float
    longitude: float
    reference: str
    stage: int
    status: str
    installed_on: str | None
    created_on: str
    link: str | None = None
    state: str = ""

    @property
    def address(self) -> str:
        """Where it stands, on one line."""
        return f"{self.street}, {self.postcode} {self.town}"


class Entry(NamedTuple):
    """A system as typed words find it."""

    id: str
    words: str


class Device(NamedTuple):
    """A device on a system; its company is that of the system."""

    serial: str
    system: str
    kind: str
    product: str
    status: str
    installed_on: str | None
    warranty_until: str | None
    company: int
    system_name: str


class Request(NamedTuple):
    """A case or an RMA as one line on the card of its system."""

    number: str
    subject: str
    status: str
    created_at: int
    updated_at: int
    is_rma: bool


def folded(text: str) -> str:
    """The words without accents, signs and capitals: how typed words are compared."""
    spelled = text.lower().replace("œ", "oe").replace("æ", "ae").replace("ß", "ss").replace("ĳ", "ij")
    plain = "".join(
        sign for sign in unicodedata.normalize("NFKD", spelled) if not unicodedata.combining(sign)
    )
    return " ".join(re.findall(r"[^\W_]+", plain))


def folded_words(name: str, owner: str, street: str, postcode: str, town: str, reference: str) -> str:
    """What typed words are compared with, one field a line; the reference is the last."""
    whole = folded(name)
    road, place, city = folded(street), folded(f"{postcode} {town}"), folded(town)
    fields = (
        whole,
        folded(owner),
        f"{road} {place}",
        f"{road} {city}",
        f"{whole} {city}",
        f"{whole} {road}",
        place,
    )
    return "\n".join((*fields, folded(reference)))


_DEVICE = select(devices, systems.c.company, systems.c.name).join_from(
    devices, systems, devices.c.system == systems.c.id
)
_FAULTY_FIRST = case((devices.c.status == "fault", 0), (devices.c.status == "not_reporting", 1), else_=2)
_BY_ID = select(systems).where(systems.c.id.in_(bindparam("ids", expanding=True)))
_BY_LINK = select(systems).where(systems.c.link.in_(bindparam("links", expanding=True)))
_BY_NAME = (
    select(systems)
    .where(systems.c.company.in_(bindparam("companies", expanding=True)))
    .where(systems.c.folded.in_(bindparam("names", expanding=True)))
    .order_by(systems.c.id)
)
_ALL = select(systems).where(systems.c.company == bindparam("company")).order_by(systems.c.name, systems.c.id)
_ENTRIES = (
    select(systems.c.id, systems.c.words)
    .where(systems.c.company == bindparam("company"))
    .order_by(systems.c.name, systems.c.id)
)
_TROUBLED = _ALL.where(systems.c.status != "normal")
_NEAR = (
    select(systems)
    .where(systems.c.company == bindparam("company"))
    .where(systems.c.latitude.between(bindparam("south"), bindparam("north")))
    .where(systems.c.longitude.between(bindparam("west"), bindparam("east")))
)
_BEGINNING = _ALL.where(systems.c.folded.like(bindparam("name"))).limit(bindparam("count"))
_FIRST_BY_NAME = _ALL.limit(bindparam("count"))
_DEVICES = _DEVICE.where(devices.c.system.in_(bindparam("systems", expanding=True))).order_by(
    _FAULTY_FIRST, devices.c.serial
)
_BY_SERIAL = _DEVICE.where(devices.c.serial.in_(bindparam("serials", expanding=True)))


def with_ids(connection: Connection, ids: Iterable[str]) -> dict[str, System]:
    """The systems with these ids, of whatever company: the caller checks."""
    rows = connection.execute(_BY_ID, {"ids": list(ids)}).all()
    return {row[0]: System._make(row) for row in rows}


def with_links(connection: Connection, links: Iterable[str]) -> dict[str, System]:
    """The systems that these links name, of whatever company: the caller checks."""
    found = [System._make(row) for row in connection.execute(_BY_LINK, {"links": list(links)})]
    return {system.link: system for system in found if system.link}


def named(connection: Connection, companies: Iterable[int], names: Iterable[str]) -> list[System]:
    """The systems of these companies with exactly one of these folded names."""
    rows = connection.execute(_BY_NAME, {"companies": list(companies), "names": list(names)})
    return [System._make(row) for row in rows]


def beginning_with(connection: Connection, company: int, name: str, count: int) -> list[System]:
    """So many systems of a company whose folded name is longer and begins with this one, by name."""
    rows = connection.execute(_BEGINNING, {"company": company, "name": f"{name} %", "count": count}).all()
    return [System._make(row) for row in rows]


def entries_of(connection: Connection, company: int) -> list[Entry]:
    """Every system of a company, by name, as far as typed words are compared with it."""
    return [Entry(id, words) for id, words in connection.execute(_ENTRIES, {"company": company}).all()]


def troubled(connection: Connection, company: int) -> list[System]:
    """The systems of a company that report something, by name."""
    return [System._make(row) for row in connection.execute(_TROUBLED, {"company": company}).all()]


def first_by_name(connection: Connection, company: int, count: int) -> list[System]:
    """So many systems of a company, by name."""
    rows = connection.execute(_FIRST_BY_NAME, {"company": company, "count": count}).all()
    return [System._make(row) for row in rows]


def between(
    connection: Connection, company: int, south: float, north: float, west: float, east: float
) -> list[System]:
    """The systems of a company inside these degrees."""
    box = {"company": company, "south": south, "north": north, "west": west, "east": east}
    return [System._make(row) for row in connection.execute(_NEAR, box)]


def devices_of(connection: Connection, ids: Iterable[str]) -> dict[str, list[Device]]:
    """The devices of each system, faulty ones first."""
    found: dict[str, list[Device]] = {}
    for row in connection.execute(_DEVICES, {"systems": list(ids)}).all():
        found.setdefault(row[1], []).append(Device._make(row))
    return found


def with_serials(connection: Connection, serials: Iterable[str]) -> dict[str, Device]:
    """The devices with these serials, of whatever company: the caller checks."""
    rows = connection.execute(_BY_SERIAL, {"serials": list(serials)}).all()
    return {row[0]: Device._make(row) for row in rows}


def requests_on(connection: Connection, system: str, company: int) -> list[Request]:
    """The RMAs of a company on a system, and its cases that are not about one of them, latest first."""
    filed = (
        select(rmas.c.number, rmas.c.subject, rmas.c.status, rmas.c.created_at, rmas.c.updated_at)
        .where(rmas.c.system == system)
        .where(rmas.c.company == company)
    )
    other = (
        select(cases.c.number, cases.c.subject, cases.c.status, cases.c.created_at, cases.c.updated_at)
        .where(cases.c.system == system)
        .where(cases.c.company == company)
        .where(cases.c.number.not_in(select(rmas.c.case_number).where(rmas.c.system == system)))
    )
    found = [Request(*row, is_rma=True) for row in connection.execute(filed)]
    found += [Request(*row, is_rma=False) for row in connection.execute(other)]
    return sorted(found, key=lambda request: (request.created_at, request.number), reverse=True)
