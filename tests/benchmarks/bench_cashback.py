"""Part of `make bench`: an Excel file of 5,000 devices, files that are traps, 100,000 deadlines that wait."""

from __future__ import annotations

import asyncio
import datetime
import io
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import openpyxl
from sqlalchemy import Connection, insert

from bot.app import SystemClock
from bot.ports import Asked
from bot.services.asking import Ask
from bot.services.cashback_campaign import read
from bot.services.cashback_register import register
from bot.services.cashback_sheet import check_rows, serials_in_rows
from bot.sheet import read_sheet
from flows.engine.work import Done
from flows.requests.cashback import RegisterSheet
from locales.speaker import Speaker
from storage.cashback_tables import cashback_items
from storage.moments import micros
from storage.people import Installer
from tests.benchmarks import page
from tests.benchmarks.bench_turn import Row, milliseconds, written
from tests.benchmarks.crowd import names
from tests.benchmarks.ours import Ours
from tests.bot.test_sheet import BILLION, PLAIN, SHEET, changed

ROWS, DEADLINES, PEOPLE, AT_ONCE, SECONDS = 5_000, 100_000, 100, 4, 5.0
MOST_SECONDS, MOST_MB, REFUSED_MS, MOST_MS = 5.0, 150.0, 200.0, 200.0
ELS = Installer(1, 1, "Zonnebouw Hageland", "Els", "els@company.example", "", "technician", "nl", "", "", "")
DAY = 86_400_000_000
TRAPS: Mapping[str, Callable[[], bytes]] = {
    "a zip bomb": lambda: changed(PLAIN, SHEET, lambda _old: b" " * 200_000_000),
    "an entity bomb": lambda: changed(PLAIN, SHEET, lambda _old: BILLION),
    "macros": lambda: changed(PLAIN, "xl/vbaProject.bin", lambda _old: b"Sub Auto_Open()"),
    "a sheet that claims a million rows": lambda: changed(
        PLAIN, SHEET, lambda old: old.replace(b"A1:B2", b"A1:XFD1048576")
    ),
}


def excel() -> bytes:
    """Devices, a third of them with something wrong."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["Klant", "Serienummer", "Model", "Datum"])
    for n in range(ROWS):
        sheet.append([f"Klant {n}", f"301{n:07d}" if n % 3 else f"30{n}", "STP 10.0 SE", "3/11/2026"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def answered(content: bytes) -> tuple[float, float]:
    """Seconds and megabytes that a fresh process needs to read and check a file."""
    begin, now = time.perf_counter(), datetime.datetime.now(datetime.UTC)
    sheet = read_sheet(content)
    serials_in_rows(sheet)
    speaker = Speaker("nl", "Europe/Brussels", now.date())
    check_rows(read(), sheet, "list.xlsx", {}, ELS, now, speaker)
    return time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def looked_at(content: bytes) -> float:
    """Seconds until a file is refused, or read for what it is."""
    begin = time.perf_counter()
    read_sheet(content)
    return time.perf_counter() - begin


def wait(connection: Connection) -> None:
    """So many devices whose reminder is due next week."""
    now = micros(SystemClock().now())
    of = {"company": 1, "installer": 1, "product": "stp-se", "subject": "STP"}
    due = {"installed_on": "2026-11-03", "deadline": "2099-01-01", "remind_at": now + 7 * DAY}
    fixed = {**of, **due, "status": "more_info", "created_at": now, "updated_at": now}
    rows = [{**fixed, "number": f"waits {n}", "key": str(n), "serial": f"{n:010d}"} for n in range(DEADLINES)]
    connection.execute(insert(cashback_items), rows)


async def registered(ours: Ours) -> float:
    """Seconds for which a turn that registers a whole file has the writer to itself."""
    now = SystemClock().now()
    devices = [f"301{n:07d}" for n in range(ROWS)]
    request = RegisterSheet("all", now.date().isoformat())
    ask = Ask(Asked("bench", request, "bench", "bench", "nl", now), request, ELS)
    begin = time.perf_counter()
    reply = await ours.uow.write(
        lambda connection: register(read(), connection, ask, devices, request.installed_on)
    )
    assert isinstance(reply, Done)
    return time.perf_counter() - begin


async def deadlines(folder: Path) -> list[Row]:
    """Turns without and with them, and while a whole file is registered."""
    ours = Ours(f"sqlite:///{folder}/deadlines.db")
    await ours.prepare(names(PEOPLE))
    await ours.run(AT_ONCE, 1.0)
    without = await ours.run(AT_ONCE, SECONDS)
    await ours.uow.write(wait)
    beside = await ours.run(AT_ONCE, SECONDS)
    whole = await registered(ours)
    ours.uow.close()
    return [
        Row(
            f"median of a turn at {AT_ONCE} in flight, no deadline waits",
            f"{without.half * 1000:.1f} ms",
            "",
            True,
        ),
        milliseconds(f"median while {DEADLINES:,} wait", beside.half, round(without.half * 1100 + 0.5, 1)),
        milliseconds(f"{ROWS:,} devices registered in one turn, for which the others wait", whole, MOST_MS),
    ]


def main() -> None:
    content = excel()
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        seconds, megabytes = pool.submit(answered, content).result()
        slow, large = seconds <= MOST_SECONDS, megabytes <= MOST_MB
        rows = [
            Row(f"{ROWS:,} rows read and checked, a third sent back", f"{seconds:.1f} s", "≤ 5 s", slow),
            Row("memory of that process", f"{megabytes:.0f} MB", "≤ 150 MB", large),
        ]
        for name, make in TRAPS.items():
            rows.append(milliseconds(name, pool.submit(looked_at, make()).result(), REFUSED_MS))
    with tempfile.TemporaryDirectory() as folder:
        rows += asyncio.run(deadlines(Path(folder)))
    page.write("cashback", written(rows))


if __name__ == "__main__":
    main()
