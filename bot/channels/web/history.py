"""What the page shows when it is opened: the conversation so far, folded the way the script folds it live."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, Protocol

from msgspec import Struct

from bot.channels.web import render, words
from bot.channels.web.render import Alive, Pen
from bot.ports import Enclosed
from flows.engine.conversation import Button, Conversation
from flows.engine.data import Started
from flows.engine.events import Content, Filled, Pressed, Said, Sent, Spoke
from flows.engine.outputs import Closed, Output, Prompt, Say
from flows.engine.phrases import Text
from locales.speaker import Speaker
from storage.masking import masked_text

PHOTOS: Final = "/chat/files/"
_PLACE: Final = re.compile(r"geo:[-\d.,]+$")


class Heard(Struct, frozen=True):
    """Something the person did; `key` is that of the inbox."""

    key: str
    content: Content


class Told(Struct, frozen=True):
    """Something the bot said; `id` is that of the outbox."""

    id: int
    output: Output


class Stored(Struct, frozen=True):
    """A file that was prepared and kept."""

    path: Path
    name: str
    media_type: str


Line = Heard | Told


class Memory(Protocol):
    """What the page needs to know of a conversation."""

    async def lines(self, conversation: str, after: int = 0) -> Sequence[Line]:
        """Who said what, in order; with `after`, only what the bot said after that outbox number."""

    async def state(self, conversation: str) -> Conversation | None:
        """The conversation as it is now."""

    async def file(self, conversation: str, id: str) -> Stored | None:
        """A stored file of this conversation; None for every other id."""

    async def enclosed(self, conversation: str, number: int, speaker: Speaker) -> Enclosed | None:
        """What was handed out with something said in this conversation; None for every other number."""


class Item(Struct):
    """One item on the page: a line, and what became of it. `prompt` is set when it asks something."""

    line: Line
    label: Text = ""
    prompt: Prompt | None = None
    closed: bool = False
    chosen: Text = ""


def items(lines: Iterable[Line]) -> list[Item]:
    """The lines as the page shows them: answered questions closed, turned pages in place.

    A prompt that replaces one which was not closed is the same question again (another page, one more
    ticked): it takes its place, and the press that led there is not shown.
    """
    shown: list[Item] = []
    prompts: dict[str, Item] = {}
    for line in lines:
        match line:
            case Heard(_, Pressed(token, index)):
                asked = prompts.get(token)
                button = _pressed(asked, index)
                if button and not (asked and _ends_ticking(asked, button)):
                    shown.append(Item(line, button.label))
            case Heard(_, content):
                label = own_label(content)
                # The page opens a first conversation by itself: nobody said that.
                if isinstance(content, Sent) or (label and (shown or not isinstance(content, Started))):
                    shown.append(Item(line, masked_text(label)))
            case Told(_, Closed(token, chosen)):
                if token in prompts:
                    prompts[token].closed, prompts[token].chosen = True, chosen
            case Told(_, Prompt() as prompt):
                _show_prompt(shown, prompts, Item(line, prompt=prompt))
            case Told(_, Say()):
                shown.append(Item(line))
    return shown


def _show_prompt(shown: list[Item], prompts: dict[str, Item], item: Item) -> None:
    assert item.prompt
    old = prompts.get(item.prompt.replaces)
    if old and not old.closed and shown[-2:-1] == [old] and _pressed_on(shown[-1], item.prompt.replaces):
        shown.pop()
    if old and not old.closed and shown[-1] is old:
        shown[-1] = item
    else:
        shown.append(item)
    prompts[item.prompt.token] = item


def _pressed_on(item: Item, token: str) -> bool:
    return (
        isinstance(item.line, Heard)
        and isinstance(item.line.content, Pressed)
        and item.line.content.token == token
    )


def _pressed(asked: Item | None, index: int) -> Button | None:
    if asked is None or asked.prompt is None:
        return None
    everything = [button for field in asked.prompt.fields for button in field.options]
    everything += asked.prompt.buttons
    return next((button for button in everything if button.index == index), None)


def _ends_ticking(asked: Item, button: Button) -> bool:
    """*Done* after ticking says nothing by itself: the question shows what was ticked."""
    fields = asked.prompt.fields if asked.prompt else ()
    return (
        any(field.kind == "many" and button in field.options for field in fields)
        and button.press.kind == "done"
    )


def own_label(content: Content) -> Text:
    """The words of what a person did; nothing when there were none."""
    match content:
        case Said(text):
            return words.PAGE["location_said"] if _PLACE.match(text) else text
        case Sent(_, text):
            return text
        case Started(flow):
            return words.STARTS.get(flow, "")
        case Spoke(locale):
            return words.LANGUAGES.get(locale, "")
        case Filled(_, values):
            return "\n".join(", ".join(v) if isinstance(v, tuple) else v for v in values.values())
        case _:
            return ""


def html(lines: Iterable[Line], state: Conversation | None, pen: Pen) -> str:
    """The items of the page, with the buttons that can still be pressed."""
    shown = items(lines)
    tokens = {screen.token for screen in state.screens} if state else set()
    waiting = state.open if state else ""
    following = [*shown, None][1:]
    written = []
    for item, after in zip(shown, following, strict=True):
        alive: Alive = ""
        if item.prompt and not item.closed and item.prompt.token in tokens:
            alive = "open" if item.prompt.token == waiting else "card"
        written.append(_item(item, after, alive, pen))
    return "".join(written)


def _item(item: Item, after: Item | None, alive: Alive, pen: Pen) -> str:
    match item.line:
        case Told(number, output):
            repeated = after is not None and pen.p(after.label) == pen.p(item.chosen)
            return render.output(number, output, pen, alive, "" if repeated else item.chosen)
        case Heard(key, content):
            files = content.files if isinstance(content, Sent) else ()
            return render.own(short(key), item.label, files, pen, PHOTOS)


def short(key: str) -> str:
    """The browser's own id in an inbox key."""
    return key.rpartition(":")[2]
