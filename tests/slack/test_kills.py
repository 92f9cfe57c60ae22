"""kill -9 of the process while people work in modals and talk to it on Slack (I1 to I4, I6)."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from storage.attachments import Folder
from tests.conftest import Postgres
from tests.slack import mortal
from tests.slack.process import World
from tests.slack.regulars import Filer, Talker, tokens
from tests.slack.service import Call
from tests.telegram.faults import Kind
from tests.telegram.process import make_sample

AT_SLACK: dict[str, tuple[Kind, str, int]] = {
    "bytes of a message out, no answer": ("then", "chat.postMessage", 5),
    "bytes of an edit out, no answer": ("then", "chat.update", 3),
    "a modal open, no answer": ("then", "views.open", 1),
    "bytes of a page out, no answer": ("then", "views.update", 2),
    "half of a file fetched": ("then", "file", 1),
}
"""Points that Slack sees, and how many calls it lets pass at most before."""
POINTS = (*mortal.POINTS, *AT_SLACK)
OTHERWISE = ("received, not stored", "stored, not confirmed", "before its commit", "a modal open, no answer")
"""What goes otherwise over HTTP and on PostgreSQL; `make soak` does all points in each way."""
REACHED_SECONDS = 300.0
RARE = 5
LATE = 1.0
LANGUAGES = ("nl", "fr", "en")


class MortalWorld(World):
    """With a process that ends itself where it is told to."""

    program = ("tests.slack.mortal",)


class Kills:
    """Kills the process at one point after the other; a life may be `longer` than just beyond its start."""

    def __init__(self, world: World, dice: random.Random, longer: int = 1) -> None:
        self.world = world
        self.dice = dice
        self.longer = longer
        self.ends: list[tuple[float, str]] = []

    async def at(self, point: str, busy: Callable[[], bool]) -> None:
        """Start the process that ends here, and wait for its end, or until nobody is busy any more."""
        if point in mortal.POINTS:
            first, last = mortal.POINTS[point]
            await self.world.start(point, str(self.dice.randint(first, self._late(last))), ready=False)
        else:
            kind, method, most = AT_SLACK[point]
            await self.world.start(ready=False)
            skip = self.dice.randrange(self._late(most))
            self.world.slack.faults.order(kind, method, skip=skip, does=self.world.killer())
        deadline = time.monotonic() + REACHED_SECONDS
        while self.world.running and busy():
            assert time.monotonic() < deadline, f"nobody came by: {point}"
            await asyncio.sleep(0.01)
        self.world.slack.faults.clear()
        reached = not self.world.running
        await self.world.end()
        if reached:
            self.ends.append((time.monotonic(), point))
        check_confirmed(self.world)

    def _late(self, times: int) -> int:
        """What happens seldom is not waited for."""
        return times * self.longer if times > RARE else times


async def live(
    kills: Kills, people: Sequence[Filer | Talker], points: Sequence[str], done: Callable[[], None]
) -> None:
    """Everybody does what they want while the process is killed again and again, and then to the end."""
    deeds = [asyncio.create_task(each.acts()) for each in people]

    def busy() -> bool:
        ended = [deed.result() for deed in deeds if deed.done()]  # whoever failed says so at once
        return len(ended) < len(deeds)

    try:
        for point in points:
            await kills.at(point, busy)
    finally:
        done()
        await kills.world.start()
    await asyncio.gather(*deeds)
    await kills.world.settled()


def until(enough: asyncio.Event) -> Callable[[int], bool]:
    """Somebody who goes on until somebody else says stop."""
    return lambda _turn: enough.is_set()


def check_confirmed(world: World) -> None:
    """What was confirmed is in the database of the dead."""
    kept = {key for (key,) in world.rows("SELECT key FROM inbox")}
    confirmed = [each for each in world.slack.parcels.values() if each.confirmed and each.is_event]
    assert {f"slack/E:{each.payload['event_id']}" for each in confirmed} <= kept


def check(world: World, people: Sequence[Filer | Talker], kills: Kills) -> Counter[str]:
    """Every input taken once and in order, every answer given, repeated only around a kill."""
    counts = Counter[str](kills=len(kills.ends), payloads=len(world.slack.parcels))
    outcomes = Counter(outcome for (outcome,) in world.rows("SELECT outcome FROM inbox"))
    assert set(outcomes) == {"done"}, outcomes
    sent = Counter(outcome for (outcome,) in world.rows("SELECT outcome FROM outbox"))
    assert set(sent) <= {"sent", "replaced"}, sent
    for each in people:
        if isinstance(each, Talker):
            check_order(world, each)
        calls = [call for call in world.slack.log if call.channel == each.person.room.id and not call.error]
        shown = tokens([call for call in calls if call.status == 200])
        assert shown == sorted(shown)
        again = [(one, other) for one, other in pairwise(posted(calls)) if one.values == other.values]
        assert [pair for pair in again if not any(between(pair, at) for at, _point in kills.ends)] == []
        counts["shown twice"] += len(again)
    check_filed(world, [each for each in people if isinstance(each, Filer)], counts)
    check_whole(world)
    return counts


def between(pair: tuple[Call, Call], at: float) -> bool:
    """Whether somebody died between the two; what they had sent may have been heard a moment later."""
    return pair[0].at - LATE <= at <= pair[1].at


def check_order(world: World, talker: Talker) -> None:
    """What one person said is in the order in which they said it."""
    query = "SELECT key FROM inbox WHERE conversation LIKE ? AND key LIKE ? ORDER BY sequence"
    taken = world.rows(query, f"slack:%:{talker.person.user}", "slack/E:%")
    assert [key.rpartition(":")[2] for (key,) in taken] == talker.said


def posted(calls: Sequence[Call]) -> list[Call]:
    """New messages with a question in them: no two of those are the same."""
    return [call for call in calls if call.method == "chat.postMessage" and tokens([call])]


def check_filed(world: World, filers: Sequence[Filer], counts: Counter[str]) -> None:
    """Each RMA, and none twice from one piece of work: who begins anew before an answer came may file two."""
    for filer in filers:
        for words in filer.filed:
            keys = [key for (key,) in world.rows("SELECT key FROM rmas WHERE description = ?", words)]
            assert keys
            assert len({key.partition(".")[0] for key in keys}) == len(keys)
            counts["RMAs"] += len(keys)
        photos = "SELECT count(*) FROM attachments WHERE conversation LIKE ?"
        assert world.rows(photos, f"slack:%:{filer.person.user}")[0][0] >= 1
    assert world.rows("SELECT count(*) FROM rmas WHERE key LIKE ?", "slack%") == [(counts["RMAs"],)]


def check_whole(world: World) -> None:
    """The database is consistent, and so is the folder of files."""
    if world.database.startswith("sqlite"):
        assert world.rows("PRAGMA integrity_check") == [("ok",)]
        assert world.rows("PRAGMA foreign_key_check") == []
    kept = {id for (id,) in world.rows("SELECT id FROM attachments")}
    assert Folder(world.data / "attachments").names() == kept


def database_of(kind: str, sample: Path, folder: Path, request: pytest.FixtureRequest) -> tuple[str, Path]:
    """The URL of a database with the sample in it ("" for the file of the sample), and the sample."""
    if kind == "SQLite":
        return "", sample
    server: Postgres = request.getfixturevalue("postgres")
    url = server.empty()
    return url, make_sample(folder / "sample", url)


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("way", "kind", "points"), [("sockets", "SQLite", POINTS), ("http", "PostgreSQL", OTHERWISE)]
)
def test_a_kill_at_each_point_loses_nothing_and_does_nothing_twice(
    way: str, kind: str, points: Sequence[str], sample: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Three people file RMAs in modals and four talk while the process dies at one point after the other."""
    database, sample = database_of(kind, sample, tmp_path, request)

    async def all_of_it() -> None:
        async with MortalWorld(tmp_path / "world", sample, way, database=database) as world:
            dice, enough = random.Random(5), asyncio.Event()
            people: list[Filer | Talker] = [Filer(world, LANGUAGES[n], until(enough)) for n in range(3)]
            people += [Talker(world, LANGUAGES[n % 3], until(enough)) for n in range(4)]
            kills = Kills(world, dice)
            await live(kills, people, dice.sample(points, len(points)), enough.set)
            check(world, people, kills)
        assert world.slack.violations == []

    asyncio.run(all_of_it())


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("kind", ["SQLite", "PostgreSQL"])
@pytest.mark.parametrize("way", ["sockets", "http"])
def test_what_sixty_people_do_survives_all_kills(
    way: str, kind: str, sample: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """A third of them file RMAs in modals, the others ask this and that; five kills at each point."""
    database, sample = database_of(kind, sample, tmp_path, request)

    async def all_of_it() -> None:
        async with MortalWorld(tmp_path / "world", sample, way, database=database) as world:
            dice, enough = random.Random(f"{way} {kind}"), asyncio.Event()
            people: list[Filer | Talker] = [Filer(world, LANGUAGES[n % 3], until(enough)) for n in range(20)]
            people += [Talker(world, LANGUAGES[n % 3], until(enough)) for n in range(40)]
            kills = Kills(world, dice, longer=5)
            points = [point for _ in range(5) for point in dice.sample(POINTS, len(POINTS))]
            await live(kills, people, points, enough.set)
            counts = check(world, people, kills)
            print("kill", json.dumps({"way": way, "database": kind, **counts}))
        assert world.slack.violations == []

    asyncio.run(all_of_it())
