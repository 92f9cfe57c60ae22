"""How soon Slack has its confirmation while turns run, over both transports.

`python -m tests.benchmarks.bench_slack` (part of `make bench`) writes its table into docs/benchmarks.md.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path
from statistics import median

from tests.benchmarks import page
from tests.slack.process import WAYS, World
from tests.telegram.process import make_sample

SECONDS = 30
RATE = 50
PEOPLE = 100
GOAL = 0.5


async def confirmations(folder: Path, sample: Path, way: str) -> list[float]:
    """RATE messages a second, each person in their turn; how long after each its confirmation came."""
    async with World(folder / way, sample, way) as world:
        await world.start()
        people = [world.person() for _ in range(PEOPLE)]
        for person in people[:10]:
            await person.says("help")
        await world.settled()
        before = set(world.slack.parcels)
        begin = time.monotonic()
        for number in range(SECONDS * RATE):
            await asyncio.sleep(max(0.0, begin + number / RATE - time.monotonic()))
            await people[number % PEOPLE].says("help")
        said = [parcel for id, parcel in world.slack.parcels.items() if id not in before]
        await world.slack.until(lambda: not any(parcel.on_its_way for parcel in said))
        return sorted(parcel.took for parcel in said)


def line(way: str, took: list[float]) -> str:
    """One transport."""
    p99 = took[int(len(took) * 0.99)]
    reached = "yes" if p99 <= GOAL else "no"
    return (
        f"| {way} | {median(took) * 1000:.1f} ms | {p99 * 1000:.1f} ms | ≤ {GOAL * 1000:.0f} ms | {reached} |"
    )


def main() -> None:
    """Measure both, one after the other."""
    lines = ["| confirmed over | median | p99 | target | reached |", "|---|---:|---:|---:|---|"]
    with tempfile.TemporaryDirectory() as name:
        sample = make_sample(Path(name) / "sample")
        folder = Path(name)
        lines += [line(way, asyncio.run(confirmations(folder, sample, way))) for way in WAYS]
    page.write("slack", "\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
