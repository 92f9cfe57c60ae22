"""App Home on the real process: fresh after what changed elsewhere, and shown once a second at most."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.slack.modals import FormFiller
from tests.slack.process import World
from tests.slack.rooms import words_in
from tests.slack.test_rooms import passes

STATUS = {
    "pending_approval": "Pending approval",
    "approved": "Approved",
    "shipped": "Shipped",
}


def reads(world: World, person: FormFiller) -> str:
    """What stands on their Home."""
    return words_in(world.slack.homes.get(person.user, {}).get("blocks", []))


def on_top(world: World, language: str = "en") -> str:
    """The latest RMA, which is new: Home shows it first."""
    rmas = world.firm(language)["rmas"]
    latest = max(rmas, key=lambda rma: rma["number"])
    assert latest["status"] == "in_progress"
    return str(latest["number"])


def test_home_changes_with_what_it_shows(way: str, tmp_path: Path, sample: Path) -> None:
    """What the desk did, what was begun in the chat and in another language, without being opened again."""

    async def story() -> None:
        async with World(tmp_path, sample, way) as world:
            await world.start()
            person, stranger = world.linked("en"), world.person("en")
            await stranger.opens_home()
            await person.opens_home()
            number = on_top(world)
            for status, words in STATUS.items():
                passes(world, number, status)
                await world.slack.until(lambda words=words: f"{number}: {words}" in reads(world, person))
            await person.says("new rma")
            await world.slack.until(lambda: "Not finished: New RMA" in reads(world, person))
            await person.says("français")
            await world.slack.until(lambda: "Je vous écris en français" in reads(world, person))
            [first] = [call for call in world.slack.log if call.values.get("user_id") == stranger.user]
            assert number not in str(first.values)
        assert world.slack.violations == []

    asyncio.run(story())


def test_home_is_shown_once_a_second_at_most(way: str, tmp_path: Path, sample: Path) -> None:
    """However often somebody opens it while things change; what changed last is shown in the end."""

    async def story() -> None:
        async with World(tmp_path, sample, way) as world:
            await world.start()
            person, number = world.linked("en"), on_top(world)
            for status, words in STATUS.items():
                for _ in range(5):
                    await person.opens_home()
                passes(world, number, status)
                await world.slack.until(lambda words=words: f"{number}: {words}" in reads(world, person))
            shown = [call.at for call in world.slack.log if call.method == "views.publish"]
            assert len(shown) - 2 <= shown[-1] - shown[0]  # one more may have been late on its way
        assert world.slack.violations == []

    asyncio.run(story())


def test_a_slow_home_holds_up_no_other(way: str, tmp_path: Path, sample: Path) -> None:
    """Slack does not answer about one person; another opens Home and sees it."""

    async def story() -> None:
        async with World(tmp_path, sample, way) as world:
            await world.start()
            slow, other = world.linked("en"), world.linked("nl")
            world.slack.faults.order("hang", "views.publish", seconds=60)
            waits = asyncio.create_task(slow.opens_home())
            await world.slack.until(lambda: not world.slack.faults.waiting())
            await other.opens_home()
            assert slow.user not in world.slack.homes
            waits.cancel()
        assert world.slack.violations == []

    asyncio.run(story())
