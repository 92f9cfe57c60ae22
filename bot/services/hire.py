"""Somebody begins at the desk."""

from __future__ import annotations

import secrets

from sqlalchemy import Connection

from bot.services.passwords import hashed
from storage import agents

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Letters and digits that cannot be confused."""


def hire(connection: Connection, login: str, name: str, role: str, language: str) -> str:
    """An account with a new password, which is said only now; one that exists is opened again."""
    password = "-".join("".join(secrets.choice(ALPHABET) for _sign in range(4)) for _part in range(4))
    row = {
        "login": login.strip().lower(),
        "name": name.strip(),
        "password": hashed(password),
        "role": role,
        "language": language,
    }
    agents.add(connection, row)
    return password
