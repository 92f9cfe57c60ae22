"""The pieces that messages and forms are made of, each within its limit: pure.

What people typed never stands in marked-up text: words are `rich_text`, whose text is taken as it is, so that
nothing can ping, hide a link or break what stands beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from bot.channels.slack import words
from flows.catalog import FLOWS
from flows.engine.buttons import BACK
from flows.engine.conversation import Button
from flows.engine.outputs import Fact, Field, Prompt
from flows.engine.phrases import Text
from locales.speaker import Speaker

Block = dict[str, Any]
Line = list[Block]
"""Words in a row, each with its style."""

TEXT: Final = 2900
"""Slack takes 3000."""
LABEL: Final = 75
LINK: Final = "go"
"""The name of a button that only leads somewhere."""
OPTION: Final = 75
ELEMENTS: Final = 25

_APART: Final = re.compile("([\x02\x04][^\x03]*\x03)")
"""What is there to be copied, and addresses."""
_MARKS: Final = str.maketrans("", "", "\x02\x03\x04")
_ADDRESS: Final = re.compile(r"https?://\S+[^\s.,;:!?)]")


def plain(text: str, longest: int) -> Block:
    """Words without any marks."""
    return {"type": "plain_text", "text": cut(text.strip() or "…", longest), "emoji": False}


def label(text: Text, speaker: Speaker, longest: int) -> Block:
    """Words on one line."""
    return plain(" ".join(speaker.say(text).split()), longest)


def line(text: Text, speaker: Speaker, before: str = "", style: str = "") -> Line:
    """A text as words. What is there to be copied stands apart; an address of ours leads there, one that
    people typed does not.
    """
    said = speaker.say(text, _led, lambda kept: f"\x02{_clean(kept)}\x03", _clean)
    parts = (part for part in _APART.split(f"{before}{said}") if part.translate(_MARKS))
    return [_part(part[0], part.translate(_MARKS), style) for part in parts]


def rich(lines: Iterable[Line]) -> Iterator[Block]:
    """Lines under each other, in as many blocks as they need."""
    section: Line = []
    for each in lines:
        for element in [*([_words("\n")] if section else []), *each]:
            for part in _fitting(element):
                if sum(size(other["text"]) for other in section) + size(part["text"]) > TEXT:
                    yield _rich(section)
                    section = []
                section.append(part)
    if section:
        yield _rich(section)


def question(asked: Field, speaker: Speaker) -> Iterator[Line]:
    """A question of the chat: what is wrong with the answer before, the question, an example."""
    if asked.problem:
        yield line(asked.problem, speaker, "⚠ ")
    yield line(asked.text, speaker, style="bold")
    if asked.hint:
        yield line(asked.hint, speaker, style="italic")


def fact(shown: Fact, speaker: Speaker) -> Line:
    """An answer with its title."""
    return [
        *line(shown.title, speaker, style="bold"),
        _words(f"{speaker.colon} "),
        *line(shown.value, speaker),
    ]


def details(buttons: Iterable[Button], speaker: Speaker) -> Iterator[Line]:
    """What is said beside a label has no room on the button, so it stands above."""
    for button in buttons:
        if button.detail:
            yield [*line(button.label, speaker), _words(f"{speaker.colon} "), *line(button.detail, speaker)]


def button(token: str, shown: Button, speaker: Speaker, text: Text = "") -> Block:
    """A button of a prompt, by its place; with `text` another label, and its own for who hears the page."""
    kind = "form" if opens(shown) else "press"
    made: Block = {
        "type": "button",
        "action_id": f"{kind}.{shown.index}",
        "text": label(text or _ticked(shown, speaker), speaker, LABEL),
        "value": f"{token}.{shown.index}",
    }
    if text:
        made["accessibility_label"] = label(shown.label, speaker, LABEL)["text"]
    if shown.style != "plain":
        made["style"] = shown.style
    if shown.style == "danger":
        made["confirm"] = _sure(shown, speaker)
    return made


def select(token: str, options: Sequence[Button], speaker: Speaker) -> Block:
    """Options to choose from at once, in the chat."""
    return {
        "type": "static_select",
        "action_id": f"pick.{options[0].index}",
        "placeholder": label(words.CHOOSE, speaker, 150),
        "options": [option(shown, f"{token}.{shown.index}", speaker) for shown in options],
    }


def option(shown: Button, value: str, speaker: Speaker) -> Block:
    """An entry of a select, with what is said beside it."""
    made = {"text": label(_ticked(shown, speaker), speaker, OPTION), "value": value}
    return {**made, "description": label(shown.detail, speaker, OPTION)} if shown.detail else made


def actions(elements: Sequence[Block]) -> Iterator[Block]:
    """Things to press, side by side."""
    for place in range(0, len(elements), ELEMENTS):
        yield {"type": "actions", "elements": list(elements[place : place + ELEMENTS])}


def opens(shown: Button) -> bool:
    """Whether pressing it in the chat starts work that a form is opened for."""
    start = shown.press.start if shown.press.kind == "start" else None
    return start is not None and is_form(start.flow)


def is_form(flow: str) -> bool:
    """Whether this work is done in a form where one can be opened."""
    return flow in FLOWS and FLOWS[flow].is_form


def every(prompt: Prompt) -> list[Button]:
    """All buttons of a prompt."""
    return [button for field in prompt.fields for button in field.options] + list(prompt.buttons)


def size(text: str) -> int:
    """The length in UTF-16 units, which is never less than what Slack counts."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def cut(text: str, longest: int) -> str:
    """The start of a text that fits, with a mark when something was cut off."""
    if size(text) <= longest:
        return text
    used = 1
    for place, letter in enumerate(text):
        used += size(letter)
        if used > longest:
            return f"{text[:place]}…"
    return text


def _clean(text: str) -> str:
    return text.translate(_MARKS)


def _led(text: str) -> str:
    return _ADDRESS.sub("\x04\\g<0>\x03", _clean(text))


def _part(mark: str, text: str, style: str) -> Block:
    """Slack makes a link of no address by itself here."""
    if mark == "\x04":
        return {**_words(text, style), "type": "link", "url": text}
    return _words(text, "code" if mark == "\x02" else style)


def _words(text: str, style: str = "") -> Block:
    return {"type": "text", "text": text, **({"style": {style: True}} if style else {})}


def _rich(section: Line) -> Block:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": section}]}


def _fitting(element: Block) -> Iterator[Block]:
    """The same words in parts that each fit."""
    rest = element["text"]
    while size(rest) > TEXT:
        yield {**element, "text": rest[: TEXT // 2]}
        rest = rest[TEXT // 2 :]
    yield {**element, "text": rest}


def _ticked(shown: Button, speaker: Speaker) -> Text:
    return f"✓ {speaker.say(shown.label)}" if shown.picked else shown.label


def _sure(shown: Button, speaker: Speaker) -> Block:
    """What cannot be undone is asked once more (UX 34)."""
    return {
        "title": label(shown.label, speaker, 100),
        "text": label(words.SURE, speaker, 300),
        "confirm": label(shown.label, speaker, 30),
        "deny": label(BACK, speaker, 30),
        "style": "danger",
    }
