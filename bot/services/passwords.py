"""Passwords of agents: kept as salted scrypt hashes; five wrong ones in a row lock the account a while."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import timedelta
from typing import Final

from sqlalchemy import Connection

from storage import agents
from storage.agents import Agent

TRIES: Final = 5
_MICROS: Final = timedelta(microseconds=1)
LOCKED: Final = timedelta(minutes=15) // _MICROS
SESSION: Final = timedelta(hours=12) // _MICROS
_COST, _BLOCK, _LANES = 2**15, 8, 1
_MEMORY: Final = 64 * 1024 * 1024
NOBODY: Final = "scrypt$00$00"
"""Looked at when there is no such agent, so that the answer takes as long."""


def hashed(password: str) -> str:
    """What is kept of a password."""
    salt = secrets.token_bytes(16)
    return f"scrypt${salt.hex()}${_scrypt(password, salt).hex()}"


def fits(password: str, kept: str) -> bool:
    """Whether this is the password; takes as long when it is not."""
    _name, salt, wanted = kept.split("$")
    return hmac.compare_digest(_scrypt(password, bytes.fromhex(salt)), bytes.fromhex(wanted))


def _scrypt(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=_COST, r=_BLOCK, p=_LANES, maxmem=_MEMORY, dklen=32)


def session_hash(cookie: str) -> str:
    """What is kept of the cookie of a session."""
    return hashlib.sha256(cookie.encode()).hexdigest()


def sign_in(connection: Connection, login: str, right: bool, cookie: str, now: int) -> Agent | None:
    """Begin a session; None for a wrong, stopped or locked account, all alike.

    `right`: whether the password fitted, which is checked outside any transaction because it takes time.
    """
    lock = agents.with_login(connection, login)
    if lock is None or not lock.active or lock.locked_until > now:
        return None
    if not right:
        failures = lock.failures + 1
        until = now + LOCKED if failures % TRIES == 0 else 0
        agents.change(connection, lock.agent.id, failures=failures, locked_until=until)
        return None
    agents.change(connection, lock.agent.id, failures=0, locked_until=0)
    agents.sign_in(connection, session_hash(cookie), lock.agent.id, now + SESSION)
    return lock.agent
