"""Outputs as lines of text; buttons are numbered, and a number presses one. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from flows.engine.conversation import Button
from flows.engine.outputs import Closed, Output, Prompt, Say
from flows.engine.phrases import _
from locales.speaker import Speaker

SEND_FILE = _("Type /file and a path to send one.")

Numbered = dict[str, tuple[str, int]]
"""What a typed number presses: token and index."""


def buttons_of(prompt: Prompt) -> tuple[Button, ...]:
    """The buttons a terminal shows: one for each answer is behind *change*."""
    every = tuple(button for field in prompt.fields for button in field.options) + prompt.buttons
    reviewing = any(button.group == "change" for button in every)
    return tuple(button for button in every if not (reviewing and button.group == "redo"))


def numbered(prompt: Prompt) -> Numbered:
    """The numbers of the buttons on screen, from 1."""
    shown = enumerate(buttons_of(prompt), start=1)
    return {str(number): (prompt.token, button.index) for number, button in shown}


def render(output: Output, speaker: Speaker) -> str:
    """The text to print; empty when there is nothing to see."""
    match output:
        case Say(lines):
            return "\n".join(speaker.say(line, copy=_mark) for line in lines)
        case Prompt():
            return "\n".join(_prompt(output, speaker))
        case Closed(chosen=chosen) if chosen:
            return f"→ {speaker.say(chosen, copy=_mark)}"
        case _:
            return ""


def _prompt(prompt: Prompt, speaker: Speaker) -> Iterator[str]:
    for line in prompt.lines:
        yield speaker.say(line, copy=_mark)
    for field in prompt.fields:
        yield speaker.say(field.text, copy=_mark)
        if field.kind == "files":
            yield speaker.say(SEND_FILE)
        if field.problem:
            yield "  ⚠ " + speaker.say(field.problem)
    width = max((len(speaker.say(fact.title)) for fact in prompt.facts), default=0)
    for fact in prompt.facts:
        yield f"  {speaker.say(fact.title):<{width}}  {speaker.say(fact.value, copy=_mark)}"
    for number, button in enumerate(buttons_of(prompt), start=1):
        picked = "✓ " if button.picked else ""
        detail = f"  ({speaker.say(button.detail)})" if button.detail else ""
        yield f"  {number}. {picked}{speaker.say(button.label)}{detail}"


def _mark(text: str) -> str:
    return f"`{text}`"
