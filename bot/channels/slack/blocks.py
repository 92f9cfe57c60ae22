"""From what the bot says to a Slack message: pure."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from msgspec import Struct, structs

from bot.channels.slack import kit, words
from bot.channels.slack.kit import Block, Line
from bot.channels.slack.payloads import Payload
from flows.engine.conversation import Button
from flows.engine.outputs import Closed, Field, Prompt, Say
from flows.engine.phrases import Hour, Text
from locales.speaker import Speaker

LONGEST: Final = 3500
"""Of the words beside the blocks."""
BUTTONS: Final = 5
"""More options than this are chosen from a list."""
BLOCKS: Final = 50


class Sheet(Struct, frozen=True):
    """What one output looks like: blocks, and the same as words (UX 32)."""

    text: str
    blocks: list[dict[str, Any]]


def sheet(said: Say | Prompt, speaker: Speaker, before: Sequence[Line] = ()) -> Sheet:
    """Something said or asked; `before`: the answer to the question whose place this takes."""
    said = said if isinstance(said, Say) else one_question(said)
    lines = [*before, *(kit.line(each, speaker) for each in said.lines)]
    if isinstance(said, Say):
        return _sheet(lines, [])
    lines += [kit.fact(fact, speaker) for fact in said.facts]
    for field in said.fields:
        lines += kit.question(field, speaker)
    pressed = [button for button in kit.every(said) if not any(button in _listed(f) for f in said.fields)]
    lines += kit.details(pressed, speaker)
    return _sheet(lines, [block for group in _groups(said, speaker) for block in kit.actions(group)])


def closed(before: Prompt, closing: Closed, speaker: Speaker, at: datetime.datetime) -> Sheet:
    """A question that was answered: what was asked, the answer and when, no buttons (UX 35)."""
    before = one_question(before)
    lines = [kit.line(each, speaker) for each in before.lines]
    lines += [kit.fact(fact, speaker) for fact in before.facts]
    lines += [kit.line(field.text, speaker) for field in before.fields]
    return _sheet([*lines, *answered(closing.chosen, at, speaker)], [])


def answered(chosen: Text, at: datetime.datetime, speaker: Speaker) -> list[Line]:
    """What was pressed and when, in the place of the buttons (UX 35); by whom is plain in direct messages."""
    return [[*kit.line(chosen, speaker, "✓ "), *kit.line(Hour(at), speaker, " · ")]] if chosen else []


def one_question(prompt: Prompt) -> Prompt:
    """As it is asked in the chat: a page of a form that could not be shown has more."""
    return structs.replace(prompt, fields=prompt.fields[:1])


def words_of(said: Say, speaker: Speaker) -> str:
    """What is said beside a file, where Slack reads marks."""
    return escape("\n".join(speaker.say(line) for line in said.lines if line))


def pointer(payload: Payload, speaker: Speaker) -> Sheet:
    """Where the answer is, and the way to it, for somebody who asked in a channel."""
    said = [kit.line(words.ANSWERED_PRIVATELY, speaker)]
    if not payload.api_app_id:
        return _sheet(said, [])
    way = f"https://slack.com/app_redirect?app={payload.api_app_id}&team={payload.team_of()}"
    button = {
        "type": "button",
        "action_id": kit.LINK,
        "text": kit.label(words.TO_THE_ANSWER, speaker, kit.LABEL),
        "url": way,
    }
    return _sheet(said, list(kit.actions([button])))


def escape(text: str) -> str:
    """Words where Slack reads marks: in what it shows of a message elsewhere."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _groups(prompt: Prompt, speaker: Speaker) -> Iterator[Sequence[Block]]:
    """Answers, actions, pages, then navigation; what can be changed is behind *change*."""
    for field in prompt.fields:
        if listed := _listed(field):
            yield [kit.select(prompt.token, listed, speaker)]
    every = [button for button in kit.every(prompt) if not any(button in _listed(f) for f in prompt.fields)]
    behind = any(button.group == "change" for button in every)
    answers = {"answer", "change"} if behind else {"answer", "redo"}
    for groups in (answers, {"action"}, {"page"}):
        yield _buttons(prompt.token, (button for button in every if button.group in groups), speaker)
    nav = _buttons(prompt.token, (button for button in every if button.group == "nav"), speaker)
    yield [*([_open(prompt, speaker)] if prompt.title and prompt.fields else []), *nav]


def _buttons(token: str, buttons: Iterable[Button], speaker: Speaker) -> list[Block]:
    return [kit.button(token, button, speaker) for button in buttons]


def _listed(field: Field) -> tuple[Button, ...]:
    """The options of a question that has too many for buttons."""
    options = tuple(button for button in field.options if button.press.kind != "done")
    return options if len(options) > BUTTONS else ()


def _open(prompt: Prompt, speaker: Speaker) -> Block:
    """The same work in a form; what was answered stays."""
    text = kit.label(words.OPEN_AS_FORM, speaker, kit.LABEL)
    return {"type": "button", "action_id": "open", "text": text, "value": prompt.token}


def _sheet(lines: Sequence[Line], buttons: Sequence[Block]) -> Sheet:
    shown = [each for each in lines if each] or [kit.line("…", _ANYONE)]
    text = "\n".join("".join(element["text"] for element in each) for each in shown)
    room = BLOCKS - len(buttons)
    return Sheet(escape(kit.cut(text, LONGEST)), [*list(kit.rich(shown))[:room], *buttons])


_ANYONE: Final = Speaker("en", "UTC", datetime.date.min)
