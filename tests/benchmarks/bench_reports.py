"""Part of `make bench`: a report of 20,000 RMAs, and the turns of those who talk while it is made."""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path

from sqlalchemy import Connection, func, insert, select

from bot.app import SystemClock
from bot.services.clerk import Clerk
from storage import desk_tables, reports, request_tables
from storage.attachments import Folder
from storage.moments import micros
from storage.report_tables import reports as ordered
from tests.benchmarks import page
from tests.benchmarks.bench_turn import Row, milliseconds, written
from tests.benchmarks.conversation import COMPANIES
from tests.benchmarks.crowd import names
from tests.benchmarks.ours import ZONE, Figures, Ours

RMAS = 20_000
PEOPLE = 200
AT_ONCE = 4
SECONDS = 5.0
MOST_SECONDS = 10.0


def fill(connection: Connection) -> None:
    """So many RMAs of the last company, each with its case and a device."""
    now, company = micros(SystemClock().now()), COMPANIES
    systems = connection.scalars(
        select(desk_tables.systems.c.id).where(desk_tables.systems.c.company == company)
    ).all()
    of = {"company": company, "installer": company, "subject": "Installation", "created_at": now}
    more = {"description": "Nothing comes in since the storm. " * 4, "updated_at": now, "assigned_to": ""}
    cases = [
        {**of, **more, "number": f"04{n:06d}", "key": f"case {n}", "system": systems[n % len(systems)]}
        for n in range(RMAS)
    ]
    connection.execute(
        insert(request_tables.cases),
        [{**case, "conversation": "", "sender": "", "status": "new"} for case in cases],
    )
    fixed = {"fault": "damaged", "shipping_address": "Dock 4, 3000 Leuven", "contact": "", "origin": "chat"}
    rmas = [
        {**case, **fixed, "number": f"01{n:06d}", "case_number": case["number"], "status": "approved"}
        for n, case in enumerate(cases)
    ]
    connection.execute(insert(request_tables.rmas), rmas)
    line = {"position": 1, "product": "IQ8MC"}
    connection.execute(
        insert(request_tables.rma_lines),
        [{**line, "rma": rma["number"], "serial": f"1299{n:08d}"} for n, rma in enumerate(rmas)],
    )


def order(connection: Connection, key: str) -> None:
    """All of them, for somebody of that company."""
    now = SystemClock().now()
    who = names(PEOPLE)[COMPANIES - 1]
    day = now.date().isoformat()
    reports.add(
        connection,
        {
            "key": key, "company": COMPANIES, "installer": COMPANIES, "conversation": who, "sender": who,
            "language": "nl", "kind": "rma", "since": "2026-01-01", "until": day, "systems": "",
            "address": "office@company.example", "created_at": micros(now),
        },
    )  # fmt: skip


async def made(ours: Ours, folder: Path, key: str) -> float:
    """How long it takes until the report is there."""
    clerk = Clerk(ours.uow, SystemClock(), Folder(folder), ZONE, lambda: None)
    await ours.uow.write(lambda connection: order(connection, key))
    begin = time.perf_counter()
    await clerk.step()
    found = select(func.count()).where(ordered.c.key == key, ordered.c.outcome == "made")
    while not await ours.uow.read(lambda connection: connection.scalar(found)):  # noqa: ASYNC110
        await asyncio.sleep(0.05)
    return time.perf_counter() - begin


async def measure(folder: Path) -> list[Row]:
    ours = Ours(f"sqlite:///{folder}/reports.db")
    await ours.prepare(names(PEOPLE))
    await ours.uow.write(fill)
    await ours.run(AT_ONCE, 1.0)
    quiet = await made(ours, folder, "quiet")
    alone = await ours.run(AT_ONCE, SECONDS)
    busy, beside = await asyncio.gather(made(ours, folder, "busy"), ours.run(AT_ONCE, SECONDS))
    ours.uow.close()
    return [seconds("nobody talks", quiet), seconds(f"{AT_ONCE} talk without a pause", busy)] + [
        turns(when, figures) for when, figures in (("no report is made", alone), ("one is", beside))
    ]


def seconds(when: str, took: float) -> Row:
    return Row(f"{RMAS:,} RMAs, ordered to there, {when}", f"{took:.1f} s", "≤ 10 s", took <= MOST_SECONDS)


def turns(when: str, figures: Figures) -> Row:
    row = milliseconds(f"p99 of a turn at {AT_ONCE} in flight while {when}", figures.p99, 15)
    return row._replace(measured=f"{row.measured} (median {figures.half * 1000:.1f} ms)")


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        rows = asyncio.run(measure(Path(name)))
    page.write("reports", written(rows))


if __name__ == "__main__":
    main()
