"""A crowd, in a process of its own: `prepare URL COUNT`, or `measure URL COUNT AT_ONCE SECONDS`."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from random import Random

from tests.benchmarks.ours import Ours

PAGE_BYTES = 4096


def names(count: int) -> list[str]:
    """Who they are; the number says which company they work for."""
    return [f"p{n:06d}" for n in range(count)]


async def prepare(url: str, count: int) -> None:
    ours = Ours(url)
    await ours.prepare(names(count))
    ours.uow.close()


async def measure(url: str, count: int, at_once: int, seconds: float) -> dict[str, float]:
    """The figures of a run after a short one to warm up, and the memory of the process in bytes.

    Who may come is not part of that memory: the harness keeps the names of some of them only.
    """
    ours = Ours(url)
    await ours.attend(Random(1).sample(names(count), 200))
    await ours.run(at_once, min(1.0, seconds))
    figures = await ours.run(at_once, seconds)
    ours.uow.close()
    pages = int(Path("/proc/self/statm").read_text().split()[1])  # noqa: ASYNC240  it is over
    return {**figures._asdict(), "memory": pages * PAGE_BYTES}


if __name__ == "__main__":
    task, url, count, *rest = sys.argv[1:]
    if task == "prepare":
        asyncio.run(prepare(url, int(count)))
    else:
        print(json.dumps(asyncio.run(measure(url, int(count), int(rest[0]), float(rest[1])))))
