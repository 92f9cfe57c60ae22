"""From an update to the call that answers it, beside a plain python-telegram-bot bot on the same server.

`python -m tests.benchmarks.bench_telegram` (part of `make bench`) writes its table into docs/benchmarks.md.
What is said is "/help": ours takes the turn, writes state and answer in a transaction and sends from the
outbox; the other answers from memory and writes its pickle.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

from tests.benchmarks import page
from tests.telegram.phone import Phone
from tests.telegram.process import World, make_sample

SECONDS = 10
RATE = 10
"""Ours makes up to two calls per answer, as it takes the buttons from the question before."""
CROWD = 300
FLOOD = 1_000
RESTART_SECONDS = 40.0


class PlainWorld(World):
    """The other bot in the place of ours."""

    program = ("tests.benchmarks.plain_bot",)

    def start(self, *_arguments: str, ready: bool = True) -> World:
        pickle = str(self.folder / "pickle")
        return super().start(self.service.token, self.server.url, pickle, ready=ready)


class UnpacedWorld(World):
    """Ours without the limits of the service."""

    program = ("tests.benchmarks.unpaced",)


class Measured(NamedTuple):
    """One bot: seconds, and how many of a crowd got no answer after a kill."""

    alone: Sequence[float]
    steady: Sequence[float]
    crowd_confirmed: float
    flood_answered: float
    lost: int


class Trouble(NamedTuple):
    """What the others notice when one chat or one update makes trouble: seconds."""

    calm: Sequence[float]
    storm: Sequence[float]
    beside_malformed: float


@contextmanager
def running(kind: type[World], folder: Path, sample: Path) -> Iterator[World]:
    """A world with its bot, warm."""
    folder.mkdir(exist_ok=True)
    world = kind(folder / kind.__name__, sample)
    try:
        world.start()
        latencies(world, [world.phone() for _ in range(10)])
        time.sleep(2)
        yield world
    finally:
        world.close()


def latencies(world: World, phones: Sequence[Phone], seconds: int = 1, alone: bool = False) -> list[float]:
    """Each says something in its turn, RATE times a second in all; how long after each the call came."""
    said: list[tuple[Phone, float]] = []
    begin = time.monotonic()
    for number in range(seconds * RATE):
        phone = phones[number % len(phones)]
        time.sleep(max(0.0, begin + number / RATE - time.monotonic()))
        said.append((phone, time.monotonic()))
        phone.says("/help")
        if alone:
            phone.hears()
    for phone, _at in said:
        phone.hears()
    return [min(c.at for c in world.service.sent(phone.id) if c.at >= at) - at for phone, at in said]


def at_once(world: World, count: int) -> tuple[list[Phone], float]:
    """So many people say something at the same moment, each for the first time; when."""
    phones = [world.phone() for _ in range(count)]
    with world.service.changed:
        for phone in phones:
            phone.says("/help")
    return phones, time.monotonic()


def confirmed(world: World) -> float:
    """How long until a crowd is confirmed."""
    _phones, begin = at_once(world, CROWD)
    world.service.until(lambda: not world.service.updates, 60, "confirmed")
    return time.monotonic() - begin


def last_answer(world: World, phones: Sequence[Phone]) -> float:
    """When the last of them got its first answer."""
    for phone in phones:
        phone.hears()
    return max(world.service.sent(phone.id)[0].at for phone in phones)


def lost_in_a_kill(world: World) -> int:
    """How many of a crowd get no answer when the process is killed as soon as all is confirmed."""
    phones, _begin = at_once(world, CROWD)
    world.service.until(lambda: not world.service.updates, 60, "confirmed")
    try:
        world.kill().start()
    except AssertionError:  # a pickle that was half written: it does not start again at all
        print(world.log.read_text()[-400:])
        return CROWD
    until = time.monotonic() + RESTART_SECONDS
    while time.monotonic() < until and any(not phone.news for phone in phones):
        time.sleep(0.1)
    return sum(not phone.news for phone in phones)


def measured(kind: type[World], unpaced: type[World], folder: Path, sample: Path) -> Measured:
    """All figures of one bot."""
    with running(kind, folder, sample) as world:
        alone = latencies(world, [world.phone() for _ in range(60)], 6, alone=True)
        time.sleep(2)
        steady = latencies(world, [world.phone() for _ in range(100)], SECONDS)
        time.sleep(2)
        crowd = confirmed(world)
        time.sleep(CROWD / 30 + 2)
        lost = lost_in_a_kill(world)
    with running(unpaced, folder / "flood", sample) as world:
        phones, begin = at_once(world, FLOOD)
        return Measured(alone, steady, crowd, last_answer(world, phones) - begin, lost)


def trouble(folder: Path, sample: Path) -> Trouble:
    """Ours: twenty chats calmly, then while a talkative one gets nothing but 429."""
    with running(World, folder, sample) as world:
        phones = [world.phone() for _ in range(20)]
        latencies(world, phones, 2)
        calm = latencies(world, phones, SECONDS)
        punished = world.phone()
        world.service.faults.order("429", chat=punished.id, times=1_000_000, seconds=1)
        with ThreadPoolExecutor(1) as pool:
            noise = pool.submit(chatter, punished)
            storm = latencies(world, phones, SECONDS)
            noise.result()
    with running(World, folder / "malformed", sample) as world:
        with world.service.changed:
            world.service.put({"message": {"message_id": "one", "chat": 7}})
            phones, begin = at_once(world, 99)
        return Trouble(calm, storm, last_answer(world, phones) - begin)


def chatter(phone: Phone) -> None:
    """Talk and talk, without waiting for an answer."""
    for _ in range(SECONDS * RATE):
        phone.says("/help")
        time.sleep(1 / RATE)


def table(ours: Measured, theirs: Measured, ill: Trouble) -> str:
    """The figures beside each other."""
    pairs: list[tuple[str, float, float]] = [
        ("update to call, one at a time, median", median(ours.alone), median(theirs.alone)),
        ("the same, p95", p95(ours.alone), p95(theirs.alone)),
        (f"{RATE} a second, 100 chats, median", median(ours.steady), median(theirs.steady)),
        ("the same, p95", p95(ours.steady), p95(theirs.steady)),
        (f"{CROWD} at the same moment, all confirmed", ours.crowd_confirmed, theirs.crowd_confirmed),
    ]
    flood, other = FLOOD / ours.flood_answered, FLOOD / theirs.flood_answered
    lines = ["| figure | ours | plain bot | ratio |", "|---|---:|---:|---:|"]
    lines += [
        f"| {name} | {_ms(mine)} | {_ms(other)} | {mine / other:.2f} × |" for name, mine, other in pairs
    ]
    lines += [
        f"| {FLOOD:,} chats at once, answers a second | {flood:.0f} | {other:.0f} | {flood / other:.2f} × |",
        f"| kill -9 when {CROWD} are confirmed: never answered | {ours.lost} | {theirs.lost} | |",
        "| | **in trouble** | **calm** | |",
        f"| the others while one chat gets only 429, p95 | {_ms(p95(ill.storm))} | {_ms(p95(ill.calm))}"
        f" | {p95(ill.storm) / p95(ill.calm):.2f} × |",
        f"| 99 good updates beside a malformed one, all answered | {_ms(ill.beside_malformed)} | | |",
    ]
    return "\n".join(lines) + "\n"


def p95(found: Sequence[float]) -> float:
    return sorted(found)[int(len(found) * 0.95)]


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:,.1f} ms"


def main() -> None:
    """Measure both, one after the other."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sample = make_sample(folder / "sample")
        theirs = measured(PlainWorld, PlainWorld, folder / "theirs", sample)
        ours = measured(World, UnpacedWorld, folder / "ours", sample)
        ill = trouble(folder / "trouble", sample)
    page.write("telegram", table(ours, theirs, ill))


if __name__ == "__main__":
    main()
