"""What the desk copies to the manufacturer: the fields of a request in the order of the form there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from bot.services import return_rules
from bot.services.return_parcels import PARTS
from bot.services.words import day
from flows.engine.phrases import Listed, Phrase, Text, _
from storage import claims, returns
from storage.office import Item

Fact = tuple[Phrase, Text]
NOT_GIVEN = _("none given")


def for_portal(
    connection: Connection, item: Item, kept: Mapping[str, Any], serials: Sequence[str], files: int
) -> Sequence[Fact]:
    """What is copied to the manufacturer, if anything is."""
    if item.kind == "claim":
        return _claim(connection, kept, serials, files)
    if item.kind == "return":
        return _return(connection, item, kept, serials)
    if item.kind == "cashback":
        return _device(item, kept, serials, files)
    return _request(kept, serials, files) if "description" in kept else ()


def _claim(connection: Connection, kept: Mapping[str, Any], serials: Sequence[str], files: int) -> list[Fact]:
    """In the order of the form (ESM-29, 30); the only place where the desk reads the account."""
    paid_to = claims.bank(connection, kept["bank"]) if kept["bank"] else None
    return [
        (_("RMA"), kept["rma"]),
        (_("Serial numbers"), _listed(serials)),
        (_("Replaced on"), kept["replaced_on"]),
        (_("Installer"), kept["claimant"]),
        (_("Registered address"), kept["address"]),
        (_("VAT number"), paid_to.vat if paid_to else NOT_GIVEN),
        (_("IBAN"), paid_to.iban if paid_to else NOT_GIVEN),
        (_("Documents"), files),
    ]


def _device(item: Item, kept: Mapping[str, Any], serials: Sequence[str], files: int) -> list[Fact]:
    """What the website of the cashback asks, in the order of the file for many (SMA-05, 08)."""
    return [
        (_("Company"), item.company_name or NOT_GIVEN),
        (_("Model"), kept["subject"]),
        (_("Serial number"), _listed(serials)),
        (_("Installation date"), day(kept["installed_on"])),
        (_("Documents"), files),
    ]


def _request(kept: Mapping[str, Any], serials: Sequence[str], files: int) -> list[Fact]:
    """In the order of the form (ESM-20 to 24)."""
    is_rma = "shipping_address" in kept
    facts: list[Fact] = [
        (_("Request type"), _("RMA request") if is_rma else _("Other request")),
        (_("Site or system ID"), kept.get("system") or NOT_GIVEN),
        (_("Description"), kept.get("description") or NOT_GIVEN),
        (_("Subject"), kept.get("subject") or NOT_GIVEN),
    ]
    if is_rma:
        facts += [
            (_("Serial numbers"), _listed(serials)),
            (_("Delivery address"), kept["shipping_address"]),
            (_("Contact"), kept["contact"]),
        ]
    return [*facts, (_("Images"), files)]


def _return(
    connection: Connection, item: Item, kept: Mapping[str, Any], serials: Sequence[str]
) -> list[Fact]:
    """In the order of the form: who and where, then what (PORTAL-34, 35)."""
    products = dict.fromkeys(line.product for line in returns.lines_of(connection, item.number))
    return [
        (_("RMA"), kept["rma"]),
        (_("Site or system ID"), kept["system"] or NOT_GIVEN),
        (_("From"), kept["address"]),
        (_("To"), kept["goes_to"]),
        (_("Devices"), _listed([*products])),
        (_("Serial numbers"), _listed(serials)),
        *transport(kept),
        *([(_("Day"), day(kept["day"])), (_("Contact"), kept["contact"])] if kept["way"] == "pickup" else ()),
    ]


def transport(kept: Mapping[str, Any]) -> list[Fact]:
    """How a return goes; at what time and in how many boxes is only asked for a pick-up."""
    way: list[Fact] = [(_("How"), return_rules.WAYS[kept["way"]])]
    if kept["way"] != "pickup":
        return way
    return [*way, (_("Time"), PARTS.get(kept["part"], kept["part"])), (_("Boxes"), kept["boxes"])]


def _listed(words: Sequence[str]) -> Text:
    return Listed(tuple(filter(None, words))) if any(words) else NOT_GIVEN
