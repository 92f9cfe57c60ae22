"""Every journey, as it goes in the direct messages of Slack, and in forms."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.conversations.journeys import JOURNEYS
from tests.slack.carried import SlackWorld
from tests.slack.filled import FormWorld
from tests.slack.form_journeys import FORMS
from tests.telegram.journeys import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", JOURNEYS)
def test_a_journey_goes_to_its_end(name: str, language: str, filled: Path) -> None:
    """Each press finds its button on the screen; Slack would refuse nothing; there is a way on."""
    world = SlackWorld(filled)
    try:
        chat = JOURNEYS[name](world, language)
        assert chat.labels()
    finally:
        world.close()
    assert world.slack.violations == []
    assert cut([world.slack.calls, world.slack.acks]) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_filled_in_to_its_end(name: str, language: str, filled: Path) -> None:
    """Each page is one that Slack shows; nothing is wrong in the last one."""
    world = FormWorld(filled)
    try:
        chat = FORMS[name](world, language)
        assert chat.person.errors == {}
        assert chat.labels()
    finally:
        world.close()
    assert world.slack.violations == []
    assert cut([world.slack.calls, world.slack.acks]) == []


def cut(shown: Any) -> list[str]:
    """Titles, labels, options and what stands beside them, as far as something is missing from them."""
    match shown:
        case {"type": "plain_text", "text": str(text)}:
            return [text] if text.endswith("…") else []
        case dict():
            return [text for value in shown.values() for text in cut(value)]
        case list() | tuple():
            return [text for value in shown for text in cut(value)]
        case _:
            return []
