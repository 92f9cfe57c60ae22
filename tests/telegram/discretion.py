"""What must never be in a log, at any level (I8)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Set
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from tests.slack.process import World as SlackWorld
    from tests.telegram.process import World

SHORTEST = 6
"""Shorter words are in a log by chance."""
PERSONAL = {"text", "caption", "first_name", "phone_number", "file_name", "latitude", "longitude", "query"}


def leaks(world: World) -> list[str]:
    """Lines of the log with the token, a code, or anything of people in them."""
    ours = world.service.bot["first_name"]
    return found_in(world.log, (words for words in secrets(world) if words != ours))


def found_in(file: Path, secrets: Iterable[str]) -> list[str]:
    """Lines of a log with any of these in them."""
    log = file.read_text(errors="replace").lower() if file.exists() else ""
    found = {words.lower() for words in secrets if len(words) >= SHORTEST}
    return [f"{words!r}: {_line(log, words)}" for words in found if words in log]


def secrets(world: World) -> Iterator[str]:
    """The token, the codes, all that people said, and all that the desk knows of them."""
    yield from (world.service.token, world.service.token.partition(":")[2])
    for update in world.service.history:
        yield from said_in(update, PERSONAL)
    yield from known_to_the_desk(world)


def known_to_the_desk(world: World | SlackWorld) -> Iterator[str]:
    """Codes, and whom and what the desk knows."""
    for code in world.codes:
        yield from (code, code.replace("-", ""))
    for column in ("owner", "street"):
        yield from (words for (words,) in world.rows(f"SELECT {column} FROM systems") if words)
    yield from (number for (number,) in world.rows("SELECT number FROM rmas"))
    for firm in world.sample["companies"]:
        yield from (person["email"] for person in firm["people"])
        yield from (device["serial"] for device in firm["serials"])


def said_in(value: Any, personal: Set[str], name: str = "") -> Iterator[str]:
    """What stands in the personal fields of a payload."""
    if isinstance(value, dict):
        for inner, item in value.items():
            yield from said_in(item, personal, inner)
    elif isinstance(value, list):
        for item in value:
            yield from said_in(item, personal, name)
    elif name in personal and isinstance(value, str | float):
        yield value if isinstance(value, str) else json.dumps(value)


def _line(log: str, words: str) -> str:
    line = next(line for line in log.splitlines() if words in line)
    return re.sub(r"\d{9,10}:aa\w+", "<token>", line)[:200]
