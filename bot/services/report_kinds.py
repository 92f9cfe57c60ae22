"""The reports there are: one entry each, with what it is called and its columns (ESM-39)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

from bot.services import cashback_status, claim_rules
from bot.services.words import CASE_STATUS, RMA_STATUS
from flows.engine.phrases import Phrase, _, n_


class Column(NamedTuple):
    """`name` is what the rows call it; `codes`: what stands in them, in words."""

    name: str
    title: Phrase
    form: Literal["text", "day", "number", "amount"] = "text"
    codes: Mapping[str, Phrase] = {}
    width: int = 18


class Kind(NamedTuple):
    """A report. `rows` counts what is in it."""

    title: Phrase
    rows: Phrase
    columns: tuple[Column, ...]


_PLACE: Final = (
    Column("system", _("System id")),
    Column("system_name", _("System"), width=28),
    Column("street", _("Street"), width=28),
    Column("postcode", _("Postcode"), width=10),
    Column("town", _("Town")),
)
_DATES: Final = (
    Column("created_at", _("Submitted"), "day"),
    Column("updated_at", _("Changed"), "day"),
)

KINDS: Final[Mapping[str, Kind]] = {
    "rma": Kind(
        _("RMAs"),
        n_("{n} RMA", "{n} RMAs"),
        (
            Column("number", _("RMA number")),
            Column("status", _("Status"), codes=RMA_STATUS),
            Column("manufacturer_number", _("Number at the manufacturer")),
            *_DATES,
            Column("subject", _("Subject"), width=28),
            Column("description", _("Description"), width=40),
            Column("serials", _("Serial numbers"), width=30),
            *_PLACE,
            Column("shipping_address", _("Delivery address"), width=40),
            Column("case_number", _("Case number")),
            Column("who", _("Submitted by")),
        ),
    ),
    "case": Kind(
        _("Cases"),
        n_("{n} case", "{n} cases"),
        (
            Column("number", _("Case number")),
            Column("status", _("Status"), codes=CASE_STATUS),
            *_DATES,
            Column("subject", _("Subject"), width=28),
            Column("description", _("Description"), width=40),
            Column("rmas", _("RMAs")),
            *_PLACE,
            Column("who", _("Submitted by")),
        ),
    ),
    "labour": Kind(
        _("Labour reimbursement"),
        n_("{n} claim", "{n} claims"),
        (
            Column("number", _("Claim number")),
            Column("status", _("Status"), codes=claim_rules.STATUS, width=22),
            Column("rma", _("RMA number")),
            *_DATES,
            Column("replaced_on", _("Replaced on"), "day"),
            Column("amount", _("Amount"), "amount"),
            Column("serials", _("Serial numbers"), width=30),
            *_PLACE,
            Column("who", _("Submitted by")),
        ),
    ),
    "cashback": Kind(
        _("SMA cashback"),
        n_("{n} device", "{n} devices"),
        (
            Column("number", _("Number")),
            Column("status", _("Status"), codes=cashback_status.STATUS, width=30),
            Column("product", _("Product"), width=28),
            Column("serial", _("Serial number")),
            Column("installed_on", _("Installed on"), "day"),
            Column("euros", _("Euros"), "number"),
            Column("deadline", _("Documents until"), "day"),
            *_DATES,
            Column("who", _("Submitted by")),
        ),
    ),
}
