"""The name of a conversation, and where on Slack it is held."""

from __future__ import annotations

from hashlib import sha256
from typing import Final

from msgspec import Struct

NAME: Final = "slack"
NOBODY: Final = "unknown"


class Place(Struct, frozen=True):
    """A person's direct messages or a channel, or a thread there. `team`: the workspace that is spoken to."""

    enterprise: str
    team: str
    channel: str
    thread: str = ""

    @property
    def is_direct(self) -> bool:
        """Whether only one person reads it: Slack delivers what is sent to a person as a direct message."""
        return self.channel[:1] in ("U", "W")


def conversation_of(enterprise: str, team: str, where: str) -> str:
    """A person is one conversation wherever they act; so is a channel, for what is posted there."""
    return ":".join((NAME, enterprise or "-", team or "-", where or NOBODY))


def place_of(conversation: str, reply_to: str = "") -> Place | None:
    """Where the answers of a conversation go; in a thread, when they stand under a message."""
    name, enterprise, team, where = [*conversation.split(":"), "", "", ""][:4]
    if name != NAME or where in ("", NOBODY):
        return None
    thread = reply_to.rpartition("/")[2]
    return Place("" if enterprise == "-" else enterprise, "" if team == "-" else team, where, thread)


def form_of(trigger: str) -> str:
    """Our name for the form that this press, command or shortcut opens: known before it is open."""
    return f"f{sha256(trigger.encode()).hexdigest()[:24]}" if trigger else ""


def message_id(channel: str, moment: str) -> str:
    """Our name for a message: Slack counts messages per channel."""
    return f"{channel}/{moment}"


def order(message: str) -> tuple[int, ...]:
    """To compare messages of one channel: the later one is larger."""
    moment = message.rpartition("/")[2]
    return tuple(int(part) for part in moment.split(".") if part.isdecimal())
