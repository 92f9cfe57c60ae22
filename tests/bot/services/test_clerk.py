"""Reports are made once, whoever began them, and hold nothing that a spreadsheet would compute."""

from __future__ import annotations

import asyncio
import datetime
from errno import ENOSPC
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import Connection, func, select

from bot.services import news, report_paper, workbook
from bot.services.clerk import LEASE, TRIES, Clerk
from bot.services.report_kinds import KINDS
from bot.services.workbook import Sheet
from flows.engine.conversation import Conversation
from flows.engine.work import Done, Refused
from flows.requests import OrderReport, StartPractice
from storage import conversations as state
from storage import people, practice, reports, request_tables, rmas, systems
from storage.attachments import Folder
from storage.desk_tables import installers
from storage.moments import micros
from storage.report_tables import reports as all_reports
from storage.reports import Order
from storage.tables import conversations, outbox
from storage.unit_of_work import UnitOfWork
from tests.bot.services.conftest import AMELIE, ELS, JAN, NOW, PEETERS, PEOPLE, Counter, opened
from tests.bot.services.test_mail import Clock

NASTY = (
    "=1+1",
    "+32 470",
    "-cmd|' /C calc'!A0",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "=HYPERLINK(1)",
    "a\x00b\x1f",
    "\ud800",
)
RMA = "00517624"
YEAR = "2026-01-01/2026-11-20"


def ordered(counter: Counter, **more: Any) -> Any:
    """An order of Els for the RMAs of this year."""
    asked = {"kind": "rma", "days": YEAR, "systems": "all", "address": "me", **more}
    return counter.ask(OrderReport(**asked))


def taken(connection: Connection, now: int = micros(NOW)) -> Order:
    """The next order, begun."""
    order = reports.take(connection, now, now + 1000)
    assert order
    return order


def test_a_formula_is_only_words(tmp_path: Path) -> None:
    """Whatever people typed, no cell computes, and what no cell can hold is left out."""
    path = tmp_path / "sheet.xlsx"
    workbook.write(path, [Sheet("A/B: [x]", ["=head"], ([words] for words in NASTY), [10])])
    page = load_workbook(path).worksheets[0]
    cells = [cell for row in page.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value} == {"s"}
    assert not [cell.value for cell in cells if str(cell.value)[0] in "=+-@\t\r\n"]
    assert "ab" in [cell.value for cell in cells]


@pytest.mark.row("ESM-39")
@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("report", "serial"), [("rma", "122145001234"), ("case", "00517624")])
def test_a_row_says_all_of_a_request_with_its_numbers_as_text(
    own_counter: Counter, database: str, tmp_path: Path, report: str, serial: str
) -> None:
    """Leading zeros stay, days are days, a status is in the reader's words."""
    assert isinstance(ordered(own_counter, kind=report, systems=PEETERS), Done)
    order = taken(own_counter.connection)
    rma = rmas.with_numbers(own_counter.connection, [RMA])[RMA]
    system = systems.with_ids(own_counter.connection, [PEETERS])[PEETERS]
    own_counter.connection.commit()
    report_paper.make(database, order, "Europe/Brussels", tmp_path / "made.xlsx")
    head, *rows = load_workbook(tmp_path / "made.xlsx").worksheets[0].iter_rows(values_only=True)
    [row] = [row for row in rows if serial in row]
    said = dict(zip([column.name for column in KINDS[report].columns], row, strict=True))
    assert said["number"] == (RMA if report == "rma" else rma.case_number)
    assert (said["who"], said["description"]) == (rma.installer_name, rma.description or None)
    assert (said["street"], said["postcode"], said["town"]) == (system.street, system.postcode, system.town)
    if report == "rma":
        assert (said["case_number"], said["shipping_address"]) == (rma.case_number, rma.shipping_address)
    assert isinstance(row[head.index("Ingediend")], datetime.datetime)
    assert row[head.index("Systeem-ID")] == PEETERS
    assert row[head.index("Status")] in ("In uitvoering", "Nieuw")


@pytest.mark.row("ESM-41")
def test_an_order_is_looked_at_once_more(counter: Counter) -> None:
    """Another company's system, days that are none, an address that is none, a kind there is not."""
    other = counter.system_of(AMELIE)
    assert ordered(counter, systems=f"{PEETERS} {other}") == Refused("not_found")
    assert ordered(counter, kind="users") == Refused("not_found")
    assert ordered(counter, days="yesterday") == Refused("days")
    assert ordered(counter, address="a@b.example, c@d.example") == Refused("address")
    assert ordered(counter, days="2021-01-01/2021-01-02") == Refused("nothing")
    assert reports.due(counter.connection, micros(NOW)) is None


def test_the_same_effect_orders_one_report(counter: Counter) -> None:
    """However often it is handed in."""
    request = OrderReport("rma", YEAR, "me")
    assert counter.ask(request, key="once") == counter.ask(request, key="once")
    taken(counter.connection)
    assert reports.due(counter.connection, micros(NOW)) is None


def test_the_same_order_while_it_is_made_is_that_one(counter: Counter) -> None:
    """Another one is another one; when it is made, the same is made anew."""
    for _time in range(2):
        assert isinstance(ordered(counter), Done)
    assert isinstance(ordered(counter, kind="case"), Done)
    first, _second = taken(counter.connection), taken(counter.connection)
    assert reports.due(counter.connection, micros(NOW)) is None
    reports.end(counter.connection, first, "made")
    assert isinstance(ordered(counter), Done)
    assert reports.due(counter.connection, micros(NOW))


@pytest.mark.row("ESM-42")
def test_nobody_orders_reports_without_end(counter: Counter) -> None:
    """Three at a time, twenty a day; tomorrow again, and a colleague all the same."""
    for place in range(20):
        if place == 3:
            assert ordered(counter, address="3@elders.example") == Refused("enough")
        if place >= 3:
            reports.end(counter.connection, taken(counter.connection), "made")
        assert isinstance(ordered(counter, address=f"{place}@elders.example"), Done)
    while reports.due(counter.connection, micros(NOW)):
        reports.end(counter.connection, taken(counter.connection), "made")
    request = OrderReport("rma", YEAR, "me")
    assert counter.ask(request) == Refused("enough")
    assert isinstance(counter.ask(request, at=NOW + datetime.timedelta(days=1)), Done)
    assert isinstance(counter.ask(request, JAN), Done)


def test_a_report_that_somebody_else_began_meanwhile_is_theirs(counter: Counter) -> None:
    """Whoever began it and was thought dead finds it taken, and hands nothing out."""
    ordered(counter)
    first = taken(counter.connection)
    reports.free(counter.connection, micros(NOW))
    second = taken(counter.connection)
    assert not reports.end(counter.connection, first, "made")
    assert reports.end(counter.connection, second, "made")
    assert not reports.end(counter.connection, second, "made")


class Full(Folder):
    """A disk with no room left."""

    def keep(self, content: bytes) -> tuple[str, str]:
        """Nothing is kept."""
        raise OSError(ENOSPC, "No space left on device")


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("trouble", ["no data", "no room", "killed"])
def test_a_report_that_cannot_be_made_is_given_up_in_words(
    uow: UnitOfWork, tmp_path: Path, trouble: str
) -> None:
    """After some tries, each later; the person hears of it once."""
    clock = Clock()

    def order(connection: Connection) -> None:
        ordered(opened(connection))
        connection.execute(conversations.insert(), {"key": ELS, "channel": "web", "sequence": 1})

    asyncio.run(uow.write(order))
    if trouble == "no data":
        uow.url = f"sqlite:///{tmp_path}/another.db"
    elif trouble == "killed":
        tried = all_reports.update().values(attempts=TRIES)
        asyncio.run(uow.write(lambda connection: connection.execute(tried)))
    folder = (Full if trouble == "no room" else Folder)(tmp_path / "files")

    async def tries() -> None:
        clerk = Clerk(uow, clock, folder, "Europe/Brussels", lambda: None)
        for _try in range(1 if trouble == "killed" else TRIES):
            await next_made(clerk)
            clock.at += LEASE
        await clerk.step()
        assert clerk._busy is None

    asyncio.run(tries())
    said = asyncio.run(uow.read(lambda work: work.scalars(select(outbox.c.output)).all()))
    assert len(said) == 1
    assert "could not be made" in said[0]
    made = select(func.count()).select_from(request_tables.mails)
    assert asyncio.run(uow.read(lambda work: work.scalar(made))) == 0


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("meanwhile", "back"), [("practises", 1), ("unlinks", 0), ("leaves", 0)])
def test_a_report_reaches_who_ordered_it_wherever_they_are_meanwhile(
    uow: UnitOfWork, tmp_path: Path, meanwhile: str, back: int
) -> None:
    """The mail at once, the chat when they are themselves there; who was removed gets neither."""
    clock = Clock()

    def order(connection: Connection) -> None:
        counter = opened(connection)
        connection.execute(conversations.insert(), {"key": ELS, "channel": "web", "sequence": 1})
        state.save(connection, [Conversation(ELS, "nl", at=NOW)], NOW)
        people.link(connection, ELS, people.known(connection, [ELS])[ELS].id, micros(NOW), ELS)
        ordered(counter)
        if meanwhile == "practises":
            counter.done(StartPractice())
        elif meanwhile == "unlinks":
            people.unlink(connection, ELS)
            people.link(connection, ELS, people.known(connection, [AMELIE])[AMELIE].id, micros(NOW), ELS)
        else:
            gone = installers.c.email == PEOPLE[ELS]
            connection.execute(installers.update().where(gone).values(active=False))

    asyncio.run(uow.write(order))
    asyncio.run(next_made(Clerk(uow, clock, Folder(tmp_path / "files"), "Europe/Brussels", lambda: None)))

    def stops_practising(connection: Connection) -> tuple[list[Any], list[str], list[str]]:
        told = connection.scalars(select(outbox.c.output)).all()
        practice.end(connection, ELS)
        news.hand_on(connection, clock.now())
        letters = connection.scalars(select(request_tables.mails.c.recipient)).all()
        later = connection.scalars(select(outbox.c.output)).all()
        return list(told), list(letters), list(later)

    told, letters, later = asyncio.run(uow.write(stops_practising))
    assert told == []
    assert letters == [PEOPLE[ELS]] * (meanwhile != "leaves")
    assert len([line for line in later if "Your report" in line and "xlsx" in line]) == back


async def next_made(clerk: Clerk) -> None:
    """The next report is made, or tried."""
    await clerk.step()
    assert clerk._busy
    await clerk._busy
