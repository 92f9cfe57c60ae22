"""Systems of the sample with their devices, one in five with something out of order."""

from __future__ import annotations

import datetime
from random import Random
from typing import Any, NamedTuple

from bot.services.seed_data import FIRST_NAMES, OWNERS, PREFIXES, Firm, Place, state_of
from storage.systems import folded, folded_words

FIXED_SERIAL = "122145001234"
WARRANTY_YEARS = {"microinverter": 25, "gateway": 5, "battery": 15, "inverter": 10}

Rows = list[dict[str, Any]]


class Site(NamedTuple):
    """A seeded system with its devices."""

    system: dict[str, Any]
    devices: Rows


def site_of(
    dice: Random, firm: Firm, company: int, number: int, today: datetime.date, serials: set[str]
) -> Site:
    """The system of that number, somewhere in the region of the company."""
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
        "state": state_of(firm.country, place.postcode),
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
    kinds = [("microinverter", model)] * dice.randint(8, 22) + [("gateway", "IQ Gateway")]
    if dice.random() < 0.25:
        kinds.append(("battery", "IQ Battery 5P"))
    if dice.random() < 0.1:
        kinds.append(("inverter", "SMA STP 8.0"))
    devices = []
    for kind, product in kinds:
        serial = _serial(dice, made, kind, serials)
        devices.append(
            {
                "serial": serial,
                "system": system["id"],
                "kind": kind,
                "product": product,
                "status": "normal",
                "installed_on": system["installed_on"],
                "warranty_until": _years_later(system["installed_on"], WARRANTY_YEARS[kind]),
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


def make_peeters(site: Site, today: datetime.date) -> None:
    """The first system is the one of the guides: Peeters in Aarschot, two microinverters silent."""
    installed = today.replace(year=2021, month=12, day=3).isoformat()
    for device in site.devices:
        device["system"] = "700457343"
        device["installed_on"] = installed
        device["warranty_until"] = _years_later(installed, WARRANTY_YEARS[device["kind"]])
        device["status"] = "normal"
    site.devices[0] |= {"serial": FIXED_SERIAL, "status": "not_reporting"}
    site.devices[1]["status"] = "not_reporting"
    site.system.update(
        id="700457343", name="Peeters", folded="peeters", owner="An Peeters", street="Dorpsstraat 14",
        postcode="3200", town="Aarschot", reference="P-2291", status="micro", installed_on=installed,
        created_on="2021-12-02",
        words=folded_words("Peeters", "An Peeters", "Dorpsstraat 14", "3200", "Aarschot", "P-2291"),
    )  # fmt: skip
