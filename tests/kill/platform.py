"""The chat platform: a file of what people did and what they were shown, which outlives our process."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from flows.engine.events import Content
from flows.engine.outputs import Prompt
from storage.codec import Message, decode_content, decode_message, encode


class Line(Struct, frozen=True):
    """One thing that happened. did: somebody did something (`id` counts their deeds); confirmed: we told the
    platform that we have it; shown: we sent something (`id` is the outbox row's)."""

    kind: str
    who: str
    id: int
    what: str = ""


class Platform:
    """Appends lines; a kill of our process loses none of them."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_CREAT | os.O_APPEND | os.O_RDWR)
        self.lines = [Line(*json.loads(line)) for line in path.read_text().splitlines()]

    def add(self, kind: str, who: str, id: int, what: Content | Message | None = None) -> None:
        line = Line(kind, who, id, encode(what) if what else "")
        self.lines.append(line)
        os.write(self._file, json.dumps([line.kind, line.who, line.id, line.what]).encode() + b"\n")

    def close(self) -> None:
        os.close(self._file)

    def deeds(self, who: str) -> list[tuple[int, Content]]:
        """What somebody did so far."""
        return [
            (line.id, decode_content(line.what))
            for line in self.lines
            if (line.kind, line.who) == ("did", who)
        ]

    def unconfirmed(self, who: str) -> list[tuple[int, Content]]:
        """What the platform delivers again: it never heard that we have it."""
        confirmed = {line.id for line in self._of(who) if line.kind == "confirmed"}
        return [(id, content) for id, content in self.deeds(who) if id not in confirmed]

    def shown(self, who: str) -> list[int]:
        """The messages somebody was shown, in order, repeats included."""
        return [line.id for line in self._of(who) if line.kind == "shown"]

    def open_prompt(self, who: str) -> Prompt | None:
        """The prompt that came after the last thing they did; a message seen before is no news."""
        lines = list(self._of(who))
        last = max((place for place, line in enumerate(lines) if line.kind == "did"), default=-1)
        seen = {line.id for line in lines[:last] if line.kind == "shown"}
        news = [line.what for line in lines[last + 1 :] if line.kind == "shown" and line.id not in seen]
        messages = [decode_message(what) for what in news]
        return next((message for message in reversed(messages) if isinstance(message, Prompt)), None)

    def _of(self, who: str) -> Iterator[Line]:
        return (line for line in self.lines if line.who == who)
