"""The workspaces in which the Slack app is installed, and those that removed it."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from sqlalchemy import Connection, text

from storage import erasing
from storage.moments import micros

KEPT_AFTER_LEAVING = datetime.timedelta(days=30)
"""A workspace that comes back within this time goes on where it stopped."""


class Installation(NamedTuple):
    """One workspace, or an organisation as a whole (without `team`). `expires_at`: seconds since 1970."""

    enterprise: str
    team: str
    name: str = ""
    bot_user: str = ""
    token: str = ""
    refresh_token: str = ""
    expires_at: int = 0


_SAVE = text(
    "INSERT INTO slack_installations (enterprise, team, name, bot_user, token, refresh_token, expires_at)"
    " VALUES (:enterprise, :team, :name, :bot_user, :token, :refresh_token, :expires_at)"
    " ON CONFLICT (enterprise, team) DO UPDATE SET name = excluded.name, bot_user = excluded.bot_user,"
    " token = excluded.token, refresh_token = excluded.refresh_token, expires_at = excluded.expires_at,"
    " left_at = NULL"
)
_RENEW = text(
    "UPDATE slack_installations SET token = :token, refresh_token = :refresh_token, expires_at = :expires_at"
    " WHERE enterprise = :enterprise AND team = :team AND left_at IS NULL"
)
_FIND = text(
    "SELECT enterprise, team, name, bot_user, token, refresh_token, expires_at FROM slack_installations"
    " WHERE enterprise = :enterprise AND team IN (:team, '') AND left_at IS NULL AND token <> ''"
    " ORDER BY team DESC LIMIT 1"
)
_EVERY = text(
    "SELECT enterprise, team, name, bot_user, token, refresh_token, expires_at FROM slack_installations"
    " WHERE left_at IS NULL AND token <> ''"
    " ORDER BY enterprise, team"
)
_LEAVE = text(
    "INSERT INTO slack_installations (enterprise, team, name, bot_user, token, refresh_token, expires_at,"
    " left_at) VALUES (:enterprise, :team, '', '', '', '', 0, :now)"
    " ON CONFLICT (enterprise, team) DO UPDATE SET token = '', refresh_token = '', expires_at = 0,"
    " left_at = coalesce(slack_installations.left_at, excluded.left_at)"
)
_BACK = text(
    "DELETE FROM slack_installations WHERE enterprise = :enterprise AND team = :team AND left_at IS NOT NULL"
)
_LEFT = text("SELECT enterprise, team FROM slack_installations WHERE left_at IS NOT NULL")
_OVER = text("SELECT enterprise, team FROM slack_installations WHERE left_at < :before LIMIT 1")


def save(connection: Connection, installed: Installation) -> None:
    """The app is installed there, perhaps once more."""
    connection.execute(_SAVE, installed._asdict())


def renew(connection: Connection, installed: Installation) -> None:
    """Another token, unless the app was removed meanwhile."""
    connection.execute(_RENEW, installed._asdict())


def find(connection: Connection, enterprise: str, team: str) -> Installation | None:
    """How this workspace is spoken to: by itself, else as part of its organisation."""
    row = connection.execute(_FIND, {"enterprise": enterprise, "team": team}).first()
    return Installation._make(row) if row else None


def every(connection: Connection) -> list[Installation]:
    """All that can be spoken to."""
    return [Installation._make(row) for row in connection.execute(_EVERY)]


def leave(connection: Connection, enterprise: str, team: str, now: datetime.datetime) -> None:
    """The app was removed there: its tokens are forgotten, and the time until everything is begins."""
    connection.execute(_LEAVE, {"enterprise": enterprise, "team": team, "now": micros(now)})


def back(connection: Connection, enterprise: str, team: str) -> None:
    """Somebody speaks there: it was not removed, or came back with a token that an operator gave."""
    connection.execute(_BACK, {"enterprise": enterprise, "team": team})


def left(connection: Connection) -> list[tuple[str, str]]:
    """The workspaces that removed the app and were not forgotten yet."""
    return [(row.enterprise, row.team) for row in connection.execute(_LEFT)]


def forget_left(connection: Connection, now: datetime.datetime) -> bool:
    """Erase what was said in one workspace that left long ago; says whether there may be another."""
    gone = connection.execute(_OVER, {"before": micros(now - KEPT_AFTER_LEAVING)}).first()
    if gone is None:
        return False
    start = f"slack:{gone.enterprise or '-'}:"
    erasing.chats_that_begin_with(connection, f"{start}{gone.team}:" if gone.team else start)
    connection.execute(_BACK, {"enterprise": gone.enterprise, "team": gone.team})
    return True
