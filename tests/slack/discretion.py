"""What must never be in a log, at any level (I8)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tests.bot.channels.slack.workspace import APP, BOT
from tests.slack.post import SECRET
from tests.telegram.discretion import found_in, known_to_the_desk, said_in

if TYPE_CHECKING:
    from tests.slack.process import World

PERSONAL = {"text", "value", "name", "real_name", "title", "url_private", "trigger_id", "response_url"}
OF_THE_BOT = {"blocks", "actions", "channel", "title"}
"""Its own words, and where they stand."""


def leaks(world: World) -> list[str]:
    """Lines of the log with a token, a code, or anything of people in them."""
    return found_in(world.log, secrets(world))


def secrets(world: World) -> Iterator[str]:
    """Tokens, tickets, what people said and are called, and all that the desk knows of them."""
    yield from (BOT, APP, SECRET, "verification-token", *world.slack.tickets)
    for parcel in world.slack.parcels.values():
        yield from said_in(_theirs(parcel.payload), PERSONAL)
    for profile in world.slack.profiles.values():
        yield from said_in(profile, PERSONAL)
    yield from known_to_the_desk(world)


def _theirs(value: Any) -> Any:
    """A payload without what the bot itself said in it."""
    match value:
        case {"bot_id": _, "text": _}:
            return None
        case dict():
            return {name: _theirs(item) for name, item in value.items() if name not in OF_THE_BOT}
        case list():
            return [_theirs(item) for item in value]
        case _:
            return value
