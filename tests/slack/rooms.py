"""Places where messages stand, and messages as people read them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

Block = dict[str, Any]


@dataclass
class Message:
    """A message of a person or of the bot. `order`: when it was posted or changed last, among everything."""

    ts: str
    user: str
    text: str
    order: int
    mine: bool = False
    blocks: list[Block] = field(default_factory=list)
    files: list[dict[str, Any]] = field(default_factory=list)
    thread: str = ""
    edited: str = ""
    only_for: str = ""

    @property
    def words(self) -> str:
        """What it says."""
        return words_in(self.blocks) if self.blocks else unescape(self.text)

    @property
    def pressed(self) -> list[Block]:
        """Its buttons and lists, each with the name of its block."""
        return list(pressed_in(self.blocks))

    def payload(self) -> dict[str, Any]:
        """It as Slack shows it to an app."""
        files = {"files": self.files, "subtype": "file_share"} if self.files else {}
        thread = {"thread_ts": self.thread} if self.thread else {}
        by = {"bot_id": "B1", "app_id": "A1"} if self.mine else {"client_msg_id": f"client-{self.ts}"}
        blocks = {"blocks": self.blocks} if self.blocks else {}
        return {
            **{"type": "message", "user": self.user, "text": self.text, "ts": self.ts, "team": "T1"},
            **files, **thread, **by, **blocks,
        }  # fmt: skip


@dataclass
class Room:
    """Direct messages with the bot, or a channel."""

    id: str
    members: set[str]
    name: str = "roofs"
    private: bool = False
    shared: bool = False
    archived: bool = False
    messages: dict[str, Message] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The kind of the room, as events name it."""
        return "im" if self.id.startswith("D") else "channel"


_ids = itertools.count(1)


def with_ids(blocks: list[Block]) -> list[Block]:
    """Slack gives a name to each block that has none."""
    return [block if "block_id" in block else {**block, "block_id": f"b{next(_ids)}"} for block in blocks]


def words_in(blocks: list[Block]) -> str:
    """What blocks say, apart from what can be pressed."""
    return "\n".join(filter(None, (_words(block) for block in blocks)))


def _words(block: Block) -> str:
    match block["type"]:
        case "rich_text":
            return "".join(e["text"] for section in block["elements"] for e in section["elements"])
        case "section" | "header":
            parts = [*block.get("fields", ()), *([block["text"]] if "text" in block else ())]
            return " ".join(part["text"] for part in parts)
        case "context":
            return " ".join(part["text"] for part in block["elements"])
        case "input":
            hint = f" ({block['hint']['text']})" if "hint" in block else ""
            return f"{block['label']['text']}{hint}"
        case _:
            return ""


def pressed_in(blocks: list[Block]) -> Iterator[Block]:
    """Everything that can be pressed, each with the name of its block."""
    for block in blocks:
        accessory = [block["accessory"]] if "accessory" in block else []
        for element in [*(block["elements"] if block["type"] == "actions" else ()), *accessory]:
            yield {**element, "block_id": block["block_id"]}


def screen(message: Message) -> str:
    """A message as text: what it says, and what can be pressed in brackets."""
    shown = [
        f"[{element['text']['text']}]"
        if element["type"] == "button"
        else f"[▾ {' | '.join(option['text']['text'] for option in element['options'])}]"
        for element in message.pressed
    ]
    files = [f"({file['name']})" for file in message.files]
    who = "" if message.mine else "I: "
    return "\n".join(filter(None, (f"{who}{message.words}", " ".join(files), " ".join(shown))))
