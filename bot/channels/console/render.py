"""Outputs as lines of text; buttons are numbered, and a number presses one. Pure.

Where words are asked for, a number may be the answer: there the buttons are "#1", "#2".
"""

from __future__ import annotations

from collections.abc import Iterator

from flows.engine.conversation import Button
from flows.engine.outputs import Closed, Output, Prompt, Say
from flows.engine.phrases import _
from locales.speaker import Speaker

SEND_FILE = _("Type /file and a path to send one.")

Numbered = dict[str, tuple[str, int]]
"""What is typed to press a button, and its token and index."""


def buttons_of(prompt: Prompt) -> tuple[Button, ...]:
    """The buttons a terminal shows: one for each answer is behind *change*."""
    every = tuple(button for field in prompt.fields for button in field.options) + prompt.buttons
    reviewing = any(button.group == "change" for button in every)
    return tuple(button for button in every if not (reviewing and button.group == "redo"))


def numbered(prompt: Prompt) -> Numbered:
    """What presses the buttons on screen: "#1" always, and "1" where that cannot be an answer."""
    presses: Numbered = {}
    for number, button in enumerate(buttons_of(prompt), start=1):
        names = (f"#{number}",) if _takes_words(prompt) else (f"#{number}", str(number))
        presses |= dict.fromkeys(names, (prompt.token, button.index))
    return presses


def _takes_words(prompt: Prompt) -> bool:
    """Whether whatever is typed is the answer."""
    return any(field.kind == "text" or (field.kind == "files" and field.typed) for field in prompt.fields)


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
    mark = "#" if _takes_words(prompt) else ""
    for number, button in enumerate(buttons_of(prompt), start=1):
        picked = "✓ " if button.picked else ""
        detail = f"  ({speaker.say(button.detail)})" if button.detail else ""
        yield f"  {mark}{number}. {picked}{speaker.say(button.label)}{detail}"


def _mark(text: str) -> str:
    return f"`{text}`"
