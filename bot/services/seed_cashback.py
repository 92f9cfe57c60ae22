"""Devices of the sample in the cashback, one in every status, so that the demo has something to show."""

from __future__ import annotations

import datetime
from typing import Final

from sqlalchemy import Connection

from bot.services.cashback_campaign import read
from bot.services.seed_data import DEMO
from storage import cashback, people
from storage.moments import micros
from storage.rmas import FIRST_NUMBERS

SEEDED: Final = (
    ("stp-se", "301", "paid"),
    ("shm", "300", "accepted"),
    ("core2", "302", "with_us"),
    ("sbs", "304", "more_info"),
    ("evc", "303", "not_registrable"),
)
"""The product, how its serials begin, and the status."""
DAYS_LEFT: Final = 9


def fill(connection: Connection, now: datetime.datetime) -> None:
    """Five devices for the company of each sample installer; their numbers stand before all that follow."""
    campaign, today = read(), now.date()
    for place, email in enumerate(DEMO.values()):
        who = people.with_email(connection, email)
        assert who
        for number, (code, start, status) in enumerate(SEEDED):
            product = campaign.product(code)
            assert product
            before = place * len(SEEDED) + number + 1
            at = micros(now - datetime.timedelta(days=20 + number))
            waits = status == "more_info"
            last = today + datetime.timedelta(days=DAYS_LEFT)
            row = {
                "number": f"{FIRST_NUMBERS['cashback'] - before:08d}",
                "key": f"sample {before}",
                "company": who.company,
                "installer": who.id,
                "serial": f"{start}99{before:05d}",
                "product": code,
                "subject": product.name,
                "installed_on": (today - datetime.timedelta(days=22 + number)).isoformat(),
                "euros": product.euros,
                "status": status,
                "deadline": last.isoformat() if waits else None,
                "remind_at": micros(now + datetime.timedelta(days=2)) if waits else None,
                "created_at": at,
                "updated_at": at,
            }
            cashback.add(connection, [row])
