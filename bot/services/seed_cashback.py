"""Devices of the sample in the cashback, one in every status, so that the demo has something to show."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from itertools import cycle, takewhile
from typing import Any, Final

from sqlalchemy import Connection

from bot.services.cashback_campaign import Campaign, Product, read
from bot.services.seed_data import DEMO
from flows.engine.parsers import SMA
from storage import cashback, people
from storage.moments import micros
from storage.rmas import FIRST_NUMBERS

STATUSES: Final = ("paid", "accepted", "with_us", "more_info", "not_registrable")
DAYS_LEFT: Final = 9


def fill(connection: Connection, now: datetime.datetime) -> None:
    """One device in each status for the company of each sample installer; their numbers stand before all
    that follow."""
    number = FIRST_NUMBERS["cashback"] - len(STATUSES) * len(DEMO)
    for email in DEMO.values():
        who = people.with_email(connection, email)
        assert who
        numbers = [f"{number + place:08d}" for place in range(len(STATUSES))]
        number += len(STATUSES)
        cashback.add(connection, devices(read(), who.company, who.id, numbers, now))


def devices(
    campaign: Campaign, company: int, installer: int, numbers: Sequence[str], now: datetime.datetime
) -> list[dict[str, Any]]:
    """Rows for a device in each status, of the products in turn; none for a campaign without products."""
    each = zip(cycle(campaign.products), STATUSES, numbers, strict=False)
    return [
        _device(product, status, number, now, place) | {"company": company, "installer": installer}
        for place, (product, status, number) in enumerate(each)
    ]


def _device(product: Product, status: str, number: str, now: datetime.datetime, place: int) -> dict[str, Any]:
    at = micros(now - datetime.timedelta(days=20 + place))
    waits = status == "more_info"
    return {
        "number": number,
        "key": f"sample {number}",
        "serial": _serial(product, number),
        "product": product.code,
        "subject": product.name,
        "installed_on": (now.date() - datetime.timedelta(days=22 + place)).isoformat(),
        "euros": product.euros,
        "status": status,
        "deadline": (now.date() + datetime.timedelta(days=DAYS_LEFT)).isoformat() if waits else None,
        "remind_at": micros(now + datetime.timedelta(days=2)) if waits else None,
        "created_at": at,
        "updated_at": at,
    }


def _serial(product: Product, number: str) -> str:
    """It begins as those of the product do, and ends with the number."""
    pattern = product.serials[0] if product.serials else ""
    begins = "".join(takewhile(str.isdecimal, pattern))[: SMA - 5]
    return begins + number.zfill(SMA)[len(begins) :]
