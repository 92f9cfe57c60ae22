"""The command menus of chats that speak another language than the phone."""

from __future__ import annotations

from msgspec import Struct
from sqlalchemy import Connection, text

_OF = text("SELECT conversation, locale, version FROM menus WHERE conversation = :conversation")
_OTHERS = text("SELECT conversation, locale, version FROM menus WHERE version <> :version")
_KEEP = text(
    "INSERT INTO menus (conversation, locale, version) VALUES (:conversation, :locale, :version)"
    " ON CONFLICT (conversation) DO UPDATE SET locale = excluded.locale, version = excluded.version"
)
_DROP = text("DELETE FROM menus WHERE conversation = :conversation")


class Menu(Struct, frozen=True):
    """The menu that a chat shows; `version` is of the commands in it."""

    conversation: str
    locale: str
    version: str


def of(connection: Connection, conversation: str) -> Menu | None:
    """The menu of its own that this chat shows."""
    row = connection.execute(_OF, {"conversation": conversation}).first()
    return Menu(*row) if row else None


def outdated(connection: Connection, version: str) -> list[Menu]:
    """The menus with other commands than these."""
    return [Menu(*row) for row in connection.execute(_OTHERS, {"version": version})]


def keep(connection: Connection, menu: Menu) -> None:
    """A chat shows this menu now."""
    values = {"conversation": menu.conversation, "locale": menu.locale, "version": menu.version}
    connection.execute(_KEEP, values)


def drop(connection: Connection, conversation: str) -> None:
    """A chat shows the menu of its phone's language."""
    connection.execute(_DROP, {"conversation": conversation})
