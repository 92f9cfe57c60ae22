"""From an event to its confirmation and to the call that answers it, beside a plain Bolt app.

`python -m tests.benchmarks.bench_slack` (part of `make bench`) writes its table into docs/benchmarks.md.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import aiohttp
from sqlalchemy import insert, select

from storage.desk_tables import systems
from storage.unit_of_work import open_engine
from tests.benchmarks import page
from tests.bot.channels.slack.workspace import BOT
from tests.slack.modals import FormFiller
from tests.slack.people import Person
from tests.slack.process import World
from tests.slack.rooms import words_in
from tests.slack.service import Call
from tests.slack.test_home import on_top, reads
from tests.slack.test_modals import up_to_the_review
from tests.slack.test_rooms import passes
from tests.telegram.process import make_sample

RATE, SECONDS = 50, 20
CROWD = 500
SYSTEMS = 10_000
FILERS, JOURNEYS = 10, 3
LOOKERS = 50
STATUSES = {
    "pending_approval": "In afwachting van goedkeuring",
    "approved": "Goedgekeurd",
    "shipped": "Verzonden",
}
WORDS = ("pee", "jans", "dorp", "7004", "leuven", "")


class PlainWorld(World):
    """The other app in the place of ours."""

    program = ("tests.benchmarks.plain_bolt",)

    async def start(self, *_arguments: str, ready: bool = True) -> World:
        return await super().start(self.slack.api, str(self.data / "state.db"), ready=ready)


class UnpacedWorld(World):
    """Ours without Slack's limits."""

    program = ("tests.benchmarks.unpaced_slack", "run")


class Beside(NamedTuple):
    """Seconds: one at a time until it was confirmed, and answered; a crowd likewise, until the last."""

    acked: Sequence[float]
    answered: Sequence[float]
    crowd_acked: float
    crowd_answered: float


async def steady(world: World, people: Sequence[Person]) -> list[float]:
    """Everybody asks for their RMAs in turn, RATE times a second; how long until each was confirmed."""
    before, begin = set(world.slack.parcels), time.monotonic()
    said = []
    for number in range(RATE * SECONDS):
        await asyncio.sleep(max(0.0, begin + number / RATE - time.monotonic()))
        said.append(asyncio.create_task(people[number % len(people)].says("track rma")))
    await asyncio.gather(*said)
    mine = [parcel for id, parcel in world.slack.parcels.items() if id not in before]
    await world.slack.until(lambda: not any(parcel.on_its_way for parcel in mine), 120)
    return [parcel.took for parcel in mine]


async def forms(world: World) -> tuple[list[float], list[float]]:
    """RMAs filed in modals, several at once: how long submissions and searches waited for an answer."""
    people = [world.linked("nl") for _ in range(FILERS)]
    await asyncio.gather(*(_filed(person) for person in people))
    took: dict[str, list[float]] = {"view_submission": [], "block_suggestion": []}
    for parcel in world.slack.parcels.values():
        if parcel.payload.get("type") in took:
            took[parcel.payload["type"]].append(parcel.took)
    return took["view_submission"], took["block_suggestion"]


async def _filed(person: FormFiller) -> None:
    for _ in range(JOURNEYS):
        await person.commands("nieuw")
        for words in WORDS:
            assert len(await person.offered("system", words)) <= 100
        await person.closes()
        await up_to_the_review(person)
        await person.submits()
        if person.is_open:
            await person.closes()


def with_many_systems(world: World) -> None:
    """The company that speaks Dutch has a lot of them."""
    engine = open_engine(world.database)
    with engine.begin() as connection:
        site, *_ = world.firm("nl")["systems"]
        row = dict(connection.execute(select(systems).where(systems.c.id == site["id"])).one()._mapping)
        copies: list[dict[str, Any]] = [
            {**row, "id": str(800_000_000 + n), "link": f"bench{n}", "name": f"{row['name']} {n}"}
            for n in range(SYSTEMS)
        ]
        connection.execute(insert(systems), copies)
    engine.dispose()


async def homes(world: World) -> list[float]:
    """The desk changes an RMA that LOOKERS have on their Home: after how long each of them sees it."""
    people = [world.linked("nl") for _ in range(LOOKERS)]
    await asyncio.gather(*(person.opens_home() for person in people))
    number, took = on_top(world, "nl"), list[float]()
    for status, words in STATUSES.items():
        begin = time.monotonic()
        passes(world, number, status)
        shows = f"{number}: {words}"
        await world.slack.until(lambda shows=shows: all(shows in reads(world, each) for each in people))
        took += [
            call.at - begin
            for call in world.slack.log
            if call.method == "views.publish" and call.at > begin and shows in words_in(_blocks(call))
        ]
    return took


def _blocks(call: Call) -> list[dict[str, Any]]:
    return list(call.values["view"]["blocks"])


async def ours(folder: Path, sample: Path, way: str) -> tuple[list[float], ...]:
    """Confirmations at a steady rate, then forms and searches, then Homes."""
    async with World(folder / way, sample, way) as world:
        with_many_systems(world)
        await world.start()
        people = [world.linked("nl") for _ in range(100)]
        for person in people[:10]:
            await person.says("menu")
        await world.settled()
        acks = await steady(world, people)
    async with World(folder / f"{way}-forms", sample, way) as world:
        with_many_systems(world)
        await world.start()
        submissions, searches = await forms(world)
    async with World(folder / f"{way}-homes", sample, way) as world:
        await world.start()
        return acks, submissions, searches, await homes(world)


async def beside(kind: type[World], folder: Path, sample: Path) -> Beside:
    """One at a time, then a crowd."""
    async with kind(folder / kind.__name__, sample) as world:
        await world.start()
        regulars = [world.person() for _ in range(60)]
        for person in regulars[:10]:
            await answered(world, [person])
        alone = [await answered(world, [person]) for person in regulars]
        acked, last = await answered(world, [world.person() for _ in range(CROWD)])
        return Beside([ack for ack, _ in alone], [answer for _, answer in alone], acked, last)


async def answered(world: World, people: Sequence[Person]) -> tuple[float, float]:
    """They speak at the same moment; when the last was confirmed, and when the last was answered."""
    before, begin = set(world.slack.parcels), time.monotonic()
    await asyncio.gather(*(person.says("help") for person in people))
    mine = [parcel for id, parcel in world.slack.parcels.items() if id not in before]
    await world.slack.until(lambda: not any(parcel.on_its_way for parcel in mine), 120)
    confirmed = max(parcel.confirmed for parcel in mine) - begin
    await world.slack.until(lambda: all(person.news for person in people), 120)
    return confirmed, time.monotonic() - begin


async def ceiling(sample: Path, folder: Path) -> float:
    """How many messages a second this Slack itself takes."""
    async with World(folder / "ceiling", sample) as world, aiohttp.ClientSession() as session:
        headers = {"Authorization": f"Bearer {BOT}"}
        values = {"channel": "U1", "text": "hi", "unfurl_links": False, "unfurl_media": False}
        begin = time.monotonic()

        async def some() -> None:
            for _ in range(50):
                url = f"{world.slack.api}chat.postMessage"
                async with session.post(url, json=values, headers=headers) as answer:
                    await answer.read()

        await asyncio.gather(*(some() for _ in range(20)))
        return 1000 / (time.monotonic() - begin)


def p99(found: Sequence[float]) -> float:
    return sorted(found)[min(len(found) - 1, int(len(found) * 0.99))]


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:,.1f} ms"


def _goals(found: dict[str, tuple[list[float], ...]]) -> list[str]:
    lines = ["| figure | Socket Mode | HTTP | goal |", "|---|---:|---:|---:|"]
    names = (
        (f"confirmation at {RATE} events a second", "500 ms"),
        (f"submission with its answer, {FILERS} people at once", "1,500 ms"),
        (f"search among {SYSTEMS:,} systems", "1,000 ms"),
        (f"a change at the desk to the Homes of {LOOKERS} people", "2,000 ms"),
    )
    for place, (name, goal) in enumerate(names):
        both = [found[way][place] for way in ("sockets", "http")]
        lines.append(f"| {name}, median | {' | '.join(_ms(median(each)) for each in both)} | |")
        lines.append(f"| the same, p99 | {' | '.join(_ms(p99(each)) for each in both)} | < {goal} |")
    return lines


def _pairs(mine: Beside, other: Beside, most: float) -> list[str]:
    lines = ["", "| figure | ours | plain Bolt app | ratio |", "|---|---:|---:|---:|"]
    pairs = (
        ("event to confirmation, one at a time, median", median(mine.acked), median(other.acked)),
        ("event to answer, one at a time, median", median(mine.answered), median(other.answered)),
        (f"{CROWD} at the same moment, all confirmed", mine.crowd_acked, other.crowd_acked),
        ("the same, all answered", mine.crowd_answered, other.crowd_answered),
    )
    lines += [f"| {name} | {_ms(a)} | {_ms(b)} | {a / b:.2f} × |" for name, a, b in pairs]
    fast, slow = CROWD / mine.crowd_answered, CROWD / other.crowd_answered
    lines.append(f"| answers a second to the crowd | {fast:.0f} | {slow:.0f} | {fast / slow:.2f} × |")
    return [*lines, f"| messages a second that this Slack takes by itself | {most:.0f} | | |"]


def main() -> None:
    """Measure both, one after the other."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "sample").mkdir()
        sample = make_sample(folder / "sample")
        most = asyncio.run(ceiling(sample, folder))
        other = asyncio.run(beside(PlainWorld, folder, sample))
        mine = asyncio.run(beside(UnpacedWorld, folder, sample))
        found = {way: asyncio.run(ours(folder, sample, way)) for way in ("sockets", "http")}
    page.write("slack", "\n".join([*_goals(found), *_pairs(mine, other, most)]) + "\n")


if __name__ == "__main__":
    main()
