"""How soon Slack hears that a payload is kept, beside a plain slack-bolt app on the same Slack of the tests.

`python -m tests.benchmarks.bench_slack` (part of `make bench`) writes its table into docs/benchmarks.md.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks import page
from tests.slack.modals import FormFiller
from tests.slack.post import Parcel
from tests.slack.process import WAYS, World
from tests.slack.test_modals import up_to_the_fault
from tests.telegram.process import environment, make_sample

SECONDS = 30
RATE = 50
PEOPLE = 100
PAUSE = 0.5
"""Between two forms sent in, each with a text that is too long: its answer is an error at the field."""
TOO_LONG = 2001


class PlainWorld(World):
    """The other app in the place of ours."""

    async def start(self, *_arguments: str, ready: bool = True) -> World:
        port = str(self.port if self.way == "http" else 0)
        opened = self.slack.opened
        with self.log.open("ab") as log:
            command = (sys.executable, "-m", "tests.benchmarks.plain_slack")
            self._process = await asyncio.create_subprocess_exec(
                *command,
                self.slack.api,
                str(self.data / "plain.db"),
                port,
                env=environment({}),
                stdout=log,
                stderr=log,
            )
        if ready:
            await self._listens(opened)
        return self


class Measured(NamedTuple):
    """Seconds until the confirmations: of events, and of forms with their answer."""

    events: Sequence[float]
    forms: Sequence[float]


async def measured(kind: type[World], way: str, folder: Path, sample: Path) -> Measured:
    """Events at a steady rate; beside them, in ours, somebody at a form."""
    async with kind(folder, sample, way) as world:
        await world.start()
        people = [world.person() for _ in range(PEOPLE)]
        filler = world.linked("nl") if kind is World else None
        if filler:
            await up_to_the_fault(filler)
        before = set(world.slack.parcels)
        until = time.monotonic() + SECONDS
        at_forms = asyncio.create_task(sends_in(filler, until)) if filler else None
        await says_in_turn(people, until)
        if at_forms:
            await at_forms
        parcels = [parcel for id, parcel in world.slack.parcels.items() if id not in before]
        await world.slack.until(lambda: not any(parcel.on_its_way for parcel in parcels))
        assert len(parcels) >= SECONDS * RATE * 0.95, "the people could not keep their own pace"
    return Measured(took(parcels, "event_callback"), took(parcels, "view_submission"))


async def says_in_turn(people: Sequence[FormFiller], until: float) -> None:
    """One after the other says something, RATE times a second in all."""
    begin, number = time.monotonic(), 0
    while time.monotonic() < until:
        await people[number % PEOPLE].says("help")
        number += 1
        await asyncio.sleep(max(0.0, begin + number / RATE - time.monotonic()))


async def sends_in(filler: FormFiller, until: float) -> None:
    """The same page with another text each time."""
    filler.chooses("fault", 0)
    more = 0
    while time.monotonic() < until:
        filler.types("description", "x" * (TOO_LONG + more))
        await filler.submits()
        assert set(filler.errors) == {"description"}
        more += 1
        await asyncio.sleep(PAUSE)


def took(parcels: Sequence[Parcel], kind: str) -> list[float]:
    """How long the confirmations of one kind took, the quickest first."""
    return sorted(parcel.took for parcel in parcels if parcel.payload.get("type") == kind)


def table(found: dict[str, tuple[Measured, Measured]]) -> str:
    """The figures beside each other."""
    lines = ["| figure | ours | plain app | ratio | goal |", "|---|---:|---:|---:|---|"]
    for way, (ours, theirs) in found.items():
        for name, part, goal in (("median", 0.5, ""), ("p99", 0.99, "< 500 ms")):
            mine, other = at(ours.events, part), at(theirs.events, part)
            ratio = f"{mine / other:.2f} ×"
            lines.append(
                f"| {way}: {RATE} events a second, {name} | {_ms(mine)} | {_ms(other)} | {ratio} | {goal} |"
            )
        form = f"{way}: {len(ours.forms)} forms sent in beside them, with their answer, slowest"
        lines.append(f"| {form} | {_ms(ours.forms[-1])} | | | < 1,500 ms |")
    return "\n".join(lines) + "\n"


def at(found: Sequence[float], part: float) -> float:
    return found[int(len(found) * part)]


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:,.1f} ms"


async def main() -> None:
    """Measure both, one after the other, over both transports."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sample = make_sample(folder / "sample")
        found = {}
        for way in WAYS:
            theirs = await measured(PlainWorld, way, folder / f"theirs-{way}", sample)
            found[way] = await measured(World, way, folder / f"ours-{way}", sample), theirs
    page.write("slack", table(found))


if __name__ == "__main__":
    asyncio.run(main())
