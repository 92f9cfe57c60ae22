"""What our own Slack of the tests takes, an independent one takes too."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from tests.slack.node import node
from tests.slack.second_opinion import JudgedWorld, emulate
from tests.slack.test_modals import up_to_the_review


def test_each_call_of_a_day_is_right_in_the_eyes_of_another_slack(tmp_path: Path, sample: Path) -> None:
    """A chat with buttons, a form to its end and the Home: both answer alike, with the scopes we ask for."""
    if node() is None and "CI" not in os.environ:
        pytest.skip("needs Node and `npm ci` in tests/slack")

    async def story() -> None:
        async with emulate() as other, JudgedWorld(tmp_path, sample, other) as world:
            await world.slack.meet()
            await world.start()
            person = world.linked("nl")
            await person.says("hallo")
            await person.hears()
            await up_to_the_review(person, "nl")
            await person.submits()
            await person.opens_home()
            await person.says("nieuw")
            await person.hears()
            await person.taps("Annuleren")
            await person.hears()
            await world.settled()
            asked = world.slack.opinions
        assert [each for each in asked if not each[1]["ok"] or not each[2]["ok"]] == []
        methods = {method for method, _ours, _theirs in asked}
        assert methods >= {
            "chat.postMessage", "chat.update", "users.info", "views.open", "views.publish", "views.update",
        }  # fmt: skip
        assert world.slack.violations == []

    asyncio.run(story())
