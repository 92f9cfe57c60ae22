"""From what the bot asks in a form to a modal: pure."""

from __future__ import annotations

from typing import Any

from flows.engine.model import Prompt, Say
from locales.speaker import Speaker


def light(speaker: Speaker, form: str) -> dict[str, Any]:
    """What is shown at once, because a trigger lives for three seconds."""
    return _view(speaker, form, ["…"])


def working(speaker: Speaker, form: str) -> dict[str, Any]:
    """What is shown while a turn takes long."""
    return _view(speaker, form, ["…"])


def view(said: Prompt | Say, speaker: Speaker, form: str) -> dict[str, Any]:
    """Something asked or said in a form."""
    asked = [field.text for field in said.fields] if isinstance(said, Prompt) else []
    return _view(speaker, form, [speaker.say(line) for line in (*said.lines, *asked)])


def _view(speaker: Speaker, form: str, lines: list[str]) -> dict[str, Any]:
    text = {"type": "plain_text", "text": "\n".join(lines)[:3000] or "…"}
    return {
        "type": "modal",
        "external_id": form,
        "title": {"type": "plain_text", "text": "Solardesk"},
        "blocks": [{"type": "section", "text": text}],
    }
