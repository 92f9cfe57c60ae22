"""Inviting an installer: a one-time code, printed for whoever runs the desk."""

from __future__ import annotations

import datetime

from sqlalchemy import Connection

from bot.services.linking import new_code
from storage import people
from storage.moments import micros


def invite(connection: Connection, email: str, now: datetime.datetime) -> str | None:
    """A code for the installer with this mailbox, or None when there is none."""
    installer = people.with_email(connection, email)
    if installer is None:
        return None
    code, _kept = new_code(connection, installer.id, micros(now))
    return code
