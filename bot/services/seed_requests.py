"""RMAs and cases of the sample, some in every status, with the history that led there."""

from __future__ import annotations

import datetime
from random import Random
from typing import Any

from sqlalchemy import Table

from bot.services.seed_data import NOTES, RETURNS, TEAM, WORDS, Firm
from bot.services.seed_systems import Site
from storage import claim_tables, request_tables, return_tables
from storage.moments import micros, moment
from storage.rmas import FIRST_NUMBERS

RMAS_PER_FIRM, CASES_PER_FIRM = 12, 6
PATHS = {
    "in_progress": ("in_progress",),
    "pending_approval": ("in_progress", "pending_approval"),
    "approved": ("in_progress", "pending_approval", "approved"),
    "shipped": ("in_progress", "pending_approval", "approved", "shipped"),
    "cancelled": ("in_progress", "cancelled"),
}
SUBJECTS = ("Microinverter Reporting", "Production Issue", "Installation")
FAULTS = ("not_reporting", "no_production", "damaged")
DAY = 86_400_000_000
"""A day in microseconds."""

IN_ORDER = (
    request_tables.cases,
    request_tables.rmas,
    request_tables.rma_lines,
    request_tables.rma_followers,
    request_tables.notes,
    request_tables.rma_history,
    return_tables.returns,
    return_tables.return_lines,
    return_tables.return_history,
    claim_tables.bank_details,
    claim_tables.claims,
    claim_tables.claim_history,
    claim_tables.claim_windows,
)

CLAIMED = 8
"""The place of the RMA whose labour was claimed and paid."""
LAST_DAYS = {2: 260, 3: 130, 7: 9, CLAIMED: 400}
"""By place: for how many days more its devices are less than two years old."""

Rows = list[dict[str, Any]]


def requests_of(
    dice: Random, firm: Firm, place: int, company: int, people: Rows, sites: list[Site], today: datetime.date
) -> dict[Table, Rows]:
    """All rows about the requests of one company, table by table, in the order to insert them."""
    written: dict[Table, Rows] = {table: [] for table in IN_ORDER}
    noon = micros(datetime.datetime.combine(today, datetime.time(12), datetime.UTC))
    if firm.bank:
        written[claim_tables.bank_details].append(_bank(firm, company, people, noon - 200 * DAY))
    for number in range(RMAS_PER_FIRM + CASES_PER_FIRM):
        # The latest numbers are the first company's: the guides show 00517624.
        before = place * (RMAS_PER_FIRM + CASES_PER_FIRM) + number + 1
        case = f"{FIRST_NUMBERS['case'] - before:08d}"
        at = noon - (2 + number * 4 + place) * DAY + dice.randint(-300, 300) * 60_000_000
        site = site_for(sites, number)
        filed = _Filed(firm, company, people[number % len(people)], site, case, at, number)
        written[request_tables.cases].append(filed.case())
        if number < RMAS_PER_FIRM:
            rma = f"{FIRST_NUMBERS['rma'] - (place * RMAS_PER_FIRM + number + 1):08d}"
            _write_rma(written, filed, rma)
    return written


def site_for(sites: list[Site], number: int) -> Site:
    """The system that the request at this place is about."""
    return sites[0] if number == 0 else sites[(number * 7) % len(sites)]


def make_recent(sites: list[Site], today: datetime.date) -> None:
    """Labour can be claimed for two years: some devices are not that old yet."""
    for number, days in LAST_DAYS.items():
        site = site_for(sites, number)
        installed = (today - datetime.timedelta(days=730 - days)).isoformat()
        site.system["installed_on"] = installed
        for device in site.devices:
            device["installed_on"] = installed


class _Filed:
    """One request of the sample."""

    def __init__(
        self, firm: Firm, company: int, by: dict[str, Any], site: Site, case: str, at: int, number: int
    ) -> None:
        self.firm, self.company, self.by, self.site = firm, company, by, site
        self.case_number, self.at, self.number = case, at, number
        self.status = tuple(PATHS)[number % len(PATHS)]

    def case(self) -> dict[str, Any]:
        """Its case."""
        status = ("new", "in_progress", "resolved")[self.number % 3]
        return {
            "number": self.case_number,
            "key": f"seed:{self.case_number}",
            "company": self.company,
            "installer": self.by["id"],
            "system": self.site.system["id"],
            "conversation": "",
            "sender": "",
            "subject": SUBJECTS[self.number % 3] if self.number < RMAS_PER_FIRM else "Enlighten - General",
            "description": WORDS[self.firm.language][self.number % 3],
            "status": status,
            "assigned_to": TEAM,
            "created_at": self.at,
            "updated_at": self.at + DAY,
        }

    def rma(self, number: str) -> dict[str, Any]:
        """Its RMA. Only what was approved has been entered at the manufacturer."""
        approved = self.status in ("approved", "shipped")
        return {
            "number": number,
            "key": f"seed:{number}",
            "company": self.company,
            "installer": self.by["id"],
            "system": self.site.system["id"],
            "case_number": self.case_number,
            "status": self.status,
            "subject": SUBJECTS[self.number % 3],
            "fault": FAULTS[self.number % 3],
            "description": WORDS[self.firm.language][self.number % 3],
            "shipping_address": self.firm.addresses[0],
            "return_address": RETURNS if approved else "",
            "contact": f"{self.by['name']}, {self.by['phone']}",
            "assigned_to": TEAM,
            "origin": "Solardesk chat",
            "manufacturer_number": f"{480_000 + self.number * 137 + self.company:08d}" if approved else "",
            "created_at": self.at,
            "updated_at": self.at + (len(PATHS[self.status]) - 1) * DAY // 2,
        }


def _write_rma(written: dict[Table, Rows], filed: _Filed, number: str) -> None:
    written[request_tables.rmas].append(filed.rma(number))
    devices = filed.site.devices[: 1 + (filed.number % 4 == 2)]
    if filed.number % 4 == 1:
        devices = [one for one in filed.site.devices if one["kind"] == "battery"][:1] or devices
    for place, device in enumerate(devices, 1):
        line = {"rma": number, "position": place, "serial": device["serial"], "product": device["product"]}
        written[request_tables.rma_lines].append(line)
    written[request_tables.rma_followers].append({"rma": number, "installer": filed.by["id"]})
    for place, status in enumerate(PATHS[filed.status]):
        written[request_tables.rma_history].append(
            {
                "key": f"seed:{number}:{place}",
                "rma": number,
                "at": filed.at + place * DAY // 2,
                "event": "status" if place else "created",
                "status": status,
                "installer": None if place else filed.by["id"],
            }
        )
    if filed.status == "shipped":
        _write_return(written, filed, number)
    if filed.status in ("approved", "shipped"):
        window = {"rma": number, "company": filed.company, "remind_at": 0}
        written[claim_tables.claim_windows].append(window)
    if filed.number == CLAIMED:
        _write_claim(written, filed, number)
    if filed.number % 3 == 0:
        note = {
            "key": f"seed:{number}",
            "rma": number,
            "installer": filed.by["id"],
            "at": filed.at + DAY // 8,
        }
        written[request_tables.notes].append(note | {"text": NOTES[filed.firm.language]})


def _write_return(written: dict[Table, Rows], filed: _Filed, rma: str) -> None:
    """What was replaced is on its way back."""
    parcel = f"{FIRST_NUMBERS['return'] - (FIRST_NUMBERS['rma'] - int(rma)):08d}"
    at = filed.at + 2 * DAY
    written[return_tables.returns].append(
        {
            "number": parcel,
            "key": f"seed:{parcel}",
            "company": filed.company,
            "installer": filed.by["id"],
            "rma": rma,
            "status": "in_transit",
            "way": "dropoff",
            "address": filed.firm.addresses[0],
            "goes_to": RETURNS,
            "boxes": 1,
            "created_at": at,
            "updated_at": at + DAY,
        }
    )
    for line in written[request_tables.rma_lines]:
        if line["rma"] == rma:
            content = {"serial": line["serial"], "product": line["product"]}
            written[return_tables.return_lines].append(
                {"return_number": parcel, "position": line["position"], **content}
            )
    for place, status in enumerate(("announced", "in_transit")):
        written[return_tables.return_history].append(
            {
                "key": f"seed:{parcel}:{place}",
                "return_number": parcel,
                "at": at + place * DAY,
                "status": status,
                "installer": None if place else filed.by["id"],
            }
        )


def _bank(firm: Firm, company: int, people: Rows, at: int) -> dict[str, Any]:
    """Where the company is paid to, as its office entered it."""
    office = next(one for one in people if one["role"] != "technician")
    vat, iban = firm.bank or ("", "")
    row = {"key": f"seed:bank:{company}", "company": company, "installer": office["id"], "at": at}
    return row | {"vat": vat, "iban": iban}


def _write_claim(written: dict[Table, Rows], filed: _Filed, rma: str) -> None:
    """Labour that was claimed, looked at and paid."""
    number = f"{FIRST_NUMBERS['claim'] - (FIRST_NUMBERS['rma'] - int(rma)):08d}"
    at = filed.at + 3 * DAY
    replaced = moment(filed.at + 2 * DAY).date().isoformat()
    claim = {
        "number": number,
        "key": f"seed:{number}",
        "company": filed.company,
        "installer": filed.by["id"],
        "rma": rma,
        "status": "paid",
        "replaced_on": replaced,
        "claimant": f"{filed.by['name']}, {filed.firm.name}, {filed.by['phone']}",
        "address": filed.firm.addresses[0],
        "amount": "200.00",
        "created_at": at,
        "updated_at": at + 3 * DAY,
    }
    written[claim_tables.claims].append(claim)
    for place, status in enumerate(("submitted", "in_review", "approved", "paid")):
        written[claim_tables.claim_history].append(
            {
                "key": f"seed:{number}:{place}",
                "claim": number,
                "at": at + place * DAY,
                "status": status,
                "installer": None if place else filed.by["id"],
            }
        )
