"""kill -9 of the process while people talk to it on their phones (I1 to I4, I6)."""

from __future__ import annotations

import json
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from storage.attachments import Folder
from tests.conftest import Postgres
from tests.telegram import mortal
from tests.telegram.faults import Kind
from tests.telegram.people import Filer, Talker, repeats, tokens, until
from tests.telegram.process import World, make_sample

AT_THE_SERVICE: dict[str, tuple[Kind, str, int]] = {
    "press stored, not answered": ("first", "answerCallbackQuery", 5),
    "bytes of a message out, no answer": ("then", "sendMessage", 9),
    "bytes of an edit out, no answer": ("then", "editMessageText", 5),
    "half of a file fetched": ("then", "file", 2),
}
"""Points that the service sees, and how many calls it lets pass at most before."""
POINTS = (*mortal.POINTS, *AT_THE_SERVICE)
OTHERWISE = (
    "received, not stored",
    "stored, not confirmed",
    "part of an album stored",
    "before its commit",
    "answered, not marked",
)
"""What goes otherwise by webhook and on PostgreSQL; `make soak` does all points in each way."""
REACHED_SECONDS = 300.0
RARE = 5

Person = Filer | Talker


class MortalWorld(World):
    """With a process that ends itself where it is told to."""

    program = ("tests.telegram.mortal",)


class Kills:
    """Kills the process at one point after the other; a life may be `longer` than just beyond its start."""

    def __init__(self, world: World, dice: random.Random, longer: int = 1) -> None:
        self.world = world
        self.dice = dice
        self.longer = longer
        self.ends: list[tuple[float, str]] = []

    def at(self, point: str, busy: Callable[[], bool]) -> bool:
        """Start the process that ends here, and wait for its end; False when nobody is busy any more."""
        if point in mortal.POINTS:
            first, last = mortal.POINTS[point]
            self.world.start(point, str(self.dice.randint(first, self._late(last))), ready=False)
        else:
            kind, method, most = AT_THE_SERVICE[point]
            self.world.start(ready=False)
            skip = self.dice.randrange(self._late(most))
            self.world.service.faults.order(kind, method, skip=skip, does=self.world.killer())
        deadline = time.monotonic() + REACHED_SECONDS
        while self.world.running and busy():
            assert time.monotonic() < deadline, f"nobody came by: {point}"
            time.sleep(0.01)
        reached = not self.world.running
        self.world.service.faults.clear()
        self.world.kill()
        self.world.server.catch_up()  # what the process sent before it died
        self.ends.append((time.monotonic(), point))
        return reached

    def _late(self, times: int) -> int:
        """What happens seldom is not waited for."""
        return times * self.longer if times > RARE else times


@contextmanager
def world_on(database: str, mode: str, sample: Path, folder: Path, postgres: Any) -> Iterator[World]:
    """A world on either kind of database."""
    url = ""
    if database == "PostgreSQL":
        server: Postgres = postgres()
        url, sample = server.empty(), folder / "sample"
        make_sample(sample, url)
    world = MortalWorld(folder / "world", sample, webhook=mode == "webhook", database=url)
    try:
        yield world
    finally:
        world.close()
    assert world.service.violations == []


def live(kills: Kills, people: Sequence[Person], points: Sequence[str], done: Callable[[], None]) -> None:
    """Everybody does what they want while the process is killed again and again, and then to the end."""
    with ThreadPoolExecutor(len(people)) as pool:
        ends: list[Future[None]] = [pool.submit(each.acts) for each in people]
        try:
            for point in points:
                if not kills.at(point, lambda: not all(end.done() for end in ends)):
                    break
        finally:
            done()
            kills.world.start()
        for end in ends:
            end.result()
    kills.world.settled().stop()


def check(world: World, people: Sequence[Person], kills: Kills) -> Counter[str]:
    """Every update taken once and in order, every answer given, repeated only around a kill."""
    counts = Counter[str](kills=len(kills.ends))
    for each in people:
        phone = each.phone
        said = [update for update in world.service.history if _chat(update) == phone.id]
        query = "SELECT key, outcome FROM inbox WHERE conversation LIKE ? ORDER BY sequence"
        taken = world.rows(query, f"telegram:%:{phone.id}")
        check_order(world, said, [int(key.rpartition(":")[2]) for key, _outcome in taken])
        assert {outcome for _key, outcome in taken} == {"done"}
        calls = world.service.sent(phone.id)
        shown = tokens(calls)
        assert shown == sorted(shown)
        again = repeats(calls)
        around = [[point for at, point in kills.ends if one.at <= at <= other.at] for one, other in again]
        counts.update({"updates": len(said), "shown twice": len(again)})
        counts.update(f"shown twice after: {points[0]}" for points in around if points)
        counts["shown twice as no answer came in time"] += around.count([])
    late = world.log.read_text().count("not sent, try")
    assert counts["shown twice as no answer came in time"] <= late
    outcomes = dict(world.rows("SELECT outcome, count(*) FROM outbox GROUP BY outcome"))
    assert set(outcomes) <= {"sent", "replaced"}, outcomes
    check_filed(world, [each for each in people if isinstance(each, Filer)], counts)
    check_whole(world)
    return counts


def check_order(world: World, said: Sequence[dict[str, Any]], taken: Sequence[int]) -> None:
    """Each update was taken once, in the order of delivery: by webhook each kind has its own."""
    kinds = {update["update_id"]: "message" in update and bool(world.service.webhook) for update in said}
    assert sorted(taken) == list(kinds)
    assert sorted(taken, key=kinds.__getitem__) == sorted(kinds, key=kinds.__getitem__)


def check_filed(world: World, filers: Sequence[Filer], counts: Counter[str]) -> None:
    """One RMA each, with three photos and one letter."""
    for filer in filers:
        key = f"telegram:%:{filer.phone.id}"
        query = "SELECT count(*) FROM rmas JOIN systems ON systems.id = rmas.system WHERE systems.name = ?"
        assert world.rows(query, filer.system) == [(1,)], filer.system
        photos = world.rows("SELECT count(*) FROM attachments WHERE conversation LIKE ?", key)
        assert photos == [(3,)] or filer.sent_again
        counts["RMAs"] += 1
    made = world.rows("SELECT count(*) FROM rmas WHERE key LIKE ?", "telegram:%")
    assert made == [(len(filers),)]


def check_whole(world: World) -> None:
    """The database is consistent, and so is the folder of files."""
    if world.database.startswith("sqlite"):
        assert world.rows("PRAGMA integrity_check") == [("ok",)]
        assert world.rows("PRAGMA foreign_key_check") == []
    kept = {id for (id,) in world.rows("SELECT id FROM attachments")}
    assert Folder(world.data / "attachments").names() == kept


def _chat(update: dict[str, Any]) -> int:
    inner = next(value for name, value in update.items() if name != "update_id")
    chat: int = inner.get("message", inner)["chat"]["id"]
    return chat


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("mode", "database", "points"),
    [
        pytest.param("polling", "SQLite", POINTS, marks=pytest.mark.xdist_group("telegram polled kills")),
        pytest.param(
            "webhook", "PostgreSQL", OTHERWISE, marks=pytest.mark.xdist_group("telegram hook kills")
        ),
    ],
)
def test_a_kill_at_each_point_loses_nothing_and_does_nothing_twice(
    mode: str,
    database: str,
    points: Sequence[str],
    sample: Path,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    """Four people file RMAs and twelve talk while the process dies at one point after the other."""
    with world_on(database, mode, sample, tmp_path, lambda: request.getfixturevalue("postgres")) as world:
        dice, enough = random.Random(5), threading.Event()
        firms = world.sample["companies"]
        people: list[Person] = [Filer(world, firm) for firm in firms[:4]]
        people += [Talker(world, firms[n % len(firms)], until(enough)) for n in range(12)]
        kills = Kills(world, dice)
        live(kills, people, dice.sample(points, len(points)), enough.set)
        assert check(world, people, kills)["kills"] == len(points)


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("database", ["SQLite", "PostgreSQL"])
@pytest.mark.parametrize("mode", ["polling", "webhook"])
def test_two_thousand_updates_of_a_hundred_chats_survive_all_kills(
    mode: str, database: str, sample: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Twenty of them file RMAs, the others ask this and that; five kills at each point while they do."""
    with world_on(database, mode, sample, tmp_path, lambda: request.getfixturevalue("postgres")) as world:
        dice = random.Random(f"{mode} {database}")
        firms = world.sample["companies"]
        people: list[Person] = [Filer(world, firms[n % len(firms)]) for n in range(20)]
        people += [Talker(world, firms[n % len(firms)], lambda turn: turn == 24) for n in range(80)]
        kills = Kills(world, dice, longer=10)
        points = [point for _ in range(5) for point in dice.sample(POINTS, len(POINTS))]
        live(kills, people, points, lambda: None)
        counts = check(world, people, kills)
        assert counts["updates"] >= 2_000
        print("kill", json.dumps({"mode": mode, "database": database, **counts}))
