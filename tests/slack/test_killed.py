"""kill -9 of the process while people talk to it on Slack (I1 to I3)."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.bot.channels.slack.workspace import APP, BOT
from tests.slack.people import Person
from tests.slack.process import WAYS, World

PEOPLE, EACH, KILLS = 6, 5, 4
WORDS = ("menu", "help", "new rma", "cancel")


@pytest.mark.timeout(240)
@pytest.mark.parametrize("way", WAYS)
def test_nothing_that_was_confirmed_is_lost_when_the_process_is_killed(
    way: str, tmp_path: Path, sample: Path
) -> None:
    """What was not confirmed comes again; every event is taken once."""
    dice = random.Random(20261121)

    async def story(world: World) -> None:
        people = [world.person() for _ in range(PEOPLE)]
        kills = set(dice.sample(range(PEOPLE * EACH), KILLS))
        for number in range(PEOPLE * EACH):
            await people[number % PEOPLE].says(WORDS[number // PEOPLE % len(WORDS)])
            if number in kills:
                await asyncio.sleep(dice.uniform(0, 0.05))  # somewhere between the wire and the commit
                await world.end()
                kept = {key for (key,) in world.rows("SELECT key FROM inbox")}
                confirmed = [each for each in world.slack.parcels.values() if each.confirmed]
                assert {f"slack/E:{each.payload['event_id']}" for each in confirmed} <= kept
                await world.start()
        await world.settled()
        check(world, people)

    async def all_of_it() -> None:
        async with World(tmp_path, sample, way) as world:
            await world.start()
            await story(world)
        assert world.slack.violations == []
        log = world.log.read_text()
        assert BOT not in log
        assert APP not in log

    asyncio.run(all_of_it())


def check(world: World, people: Sequence[Person]) -> None:
    """Every event is in the inbox once, taken, and answered."""
    sent = sorted(f"slack/E:{each.payload['event_id']}" for each in world.slack.parcels.values())
    kept = world.rows("SELECT key, outcome FROM inbox ORDER BY id")
    assert sorted(key for key, _outcome in kept) == sent
    assert {outcome for _key, outcome in kept} == {"done"}
    assert {outcome for (outcome,) in world.rows("SELECT outcome FROM outbox")} <= {"sent", "replaced"}
    for person in people:
        assert any(message.mine for message in person.room.messages.values())
