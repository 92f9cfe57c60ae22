"""The commands of whoever runs the desk: `seed` and `invite`."""

from __future__ import annotations

import asyncio
import json
import sys

from bot.app import SystemClock
from bot.services import seed as sample
from bot.services.invite import invite as invitation
from bot.settings import Settings
from storage.migrate import upgrade
from storage.unit_of_work import UnitOfWork


def seed(as_json: bool) -> int:
    """Fill the database with sample data; with `as_json` print what a tester needs."""
    settings, now = Settings(), SystemClock().now()
    upgrade(settings.database)
    uow = UnitOfWork(settings.database)
    asyncio.run(uow.write(lambda connection: sample.fill_all(connection, now)))
    if as_json:
        print(
            json.dumps(asyncio.run(uow.write(lambda connection: sample.as_json(connection, now))), indent=1)
        )
    uow.close()
    return 0


def invite(email: str) -> int:
    """Print a one-time link and code for the installer with this address."""
    settings, now = Settings(), SystemClock().now()
    upgrade(settings.database)
    uow = UnitOfWork(settings.database)
    code = asyncio.run(uow.write(lambda connection: invitation(connection, email, now)))
    uow.close()
    if code is None:
        print("Nobody with this address is on file.", file=sys.stderr)
        return 1
    print(f"{settings.url}/l/{code}\nCode: {code}\nIt works once, for 15 minutes.")
    if settings.telegram_token:
        print(f"In Telegram: send /start {code} to the bot.")
    return 0
