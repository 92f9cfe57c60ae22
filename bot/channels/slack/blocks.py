"""From what the bot says to a Slack message: pure."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from flows.engine.model import Button, Closed, Prompt, Say
from flows.engine.phrases import Text
from locales.speaker import Speaker


class Sheet(Struct, frozen=True):
    """What one output looks like: blocks, and the same as words (UX 32)."""

    text: str
    blocks: list[dict[str, Any]]


def sheet(said: Say | Prompt, speaker: Speaker, chosen: Text = "") -> Sheet:
    """Something said or asked; with `chosen` the answer before it, whose place this takes."""
    lines: list[Text] = [*((chosen,) if chosen else ()), *said.lines]
    buttons: list[Button] = []
    token = ""
    if isinstance(said, Prompt):
        token = said.token
        lines += [each for field in said.fields for each in (field.problem, field.text, field.hint) if each]
        buttons = [button for field in said.fields for button in field.options] + list(said.buttons)
    return _sheet(lines, buttons, token, speaker)


def closed(before: Prompt, closing: Closed, speaker: Speaker, _at: datetime.datetime) -> Sheet:
    """A question that was answered: what was asked, the answer, no buttons."""
    lines = [*before.lines, *(field.text for field in before.fields), closing.chosen]
    return _sheet([line for line in lines if line], [], "", speaker)


def _sheet(lines: Sequence[Text], buttons: Sequence[Button], token: str, speaker: Speaker) -> Sheet:
    text = "\n".join(speaker.say(line, _escape, _escape) for line in lines) or "…"
    shown: list[dict[str, Any]] = [{"type": "section", "text": {"type": "mrkdwn", "text": text[:3000]}}]
    for place in range(0, len(buttons), 25):
        elements = [_button(token, button, speaker) for button in buttons[place : place + 25]]
        shown.append({"type": "actions", "elements": elements})
    return Sheet(text, shown)


def _button(token: str, button: Button, speaker: Speaker) -> dict[str, Any]:
    label = " ".join(speaker.say(button.label).split()) or "…"
    return {
        "type": "button",
        "action_id": f"press.{button.index}",
        "text": {"type": "plain_text", "text": label[:75]},
        "value": f"{token}.{button.index}",
    }


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
