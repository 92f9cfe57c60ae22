"""What the process logs, with every library at its most talkative: nothing of people, no secret (I8)."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.bot.channels.slack.workspace import APP, BOT
from tests.slack.discretion import secrets
from tests.slack.process import World
from tests.slack.test_modals import up_to_the_fault
from tests.telegram.journeys import photo


def test_logs_hold_no_token_no_code_and_nothing_that_people_said(
    way: str, tmp_path: Path, sample: Path
) -> None:
    """At DEBUG, in a chat and in a modal: every world looks at its log in the end."""

    async def story(world: World) -> set[str]:
        person = world.linked("en")
        await person.says("the zinc gutter on the left")
        await person.hears()
        await person.sends(("gutter of Grietje.jpg", photo(), "image/jpeg"), text="seen from the street")
        await up_to_the_fault(person, "en")
        person.chooses("fault", 0)
        person.types("description", "Behind the old chimney.")
        await person.submits()
        await world.settled()
        return set(secrets(world))

    async def all_of_it() -> None:
        async with World(tmp_path, sample, way) as world:
            await world.start()
            known = await story(world)
        assert known >= {BOT, APP, "the zinc gutter on the left", "seen from the street"}
        assert known >= {"gutter of Grietje.jpg", "Behind the old chimney."}
        assert " INFO " in world.log.read_text()

    asyncio.run(all_of_it())
