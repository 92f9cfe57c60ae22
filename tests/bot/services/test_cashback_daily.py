"""What Sunny Portal registered comes along once a day, under the number that a colleague entered."""

from __future__ import annotations

import asyncio
import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.services import cashback_status, seed_cashback
from bot.services.cashback_campaign import read
from bot.services.cashback_daily import take_over
from bot.services.portal import PortalFile, Seen
from flows.requests.cashback import CheckCustomerNumber, RegisterDevices
from storage import cashback, people
from storage.cashback import Device
from storage.office_tables import news
from tests.bot.services.conftest import AMELIE, ELS, NOW, Counter

DAY = datetime.timedelta(days=1)
TODAY = NOW.date()
NUMBER, OTHER = "4100123", "4100124"
STP, HOME_MANAGER = "3012345678", "3009871122"


def seen(serial: str, day: datetime.date = TODAY, number: str = NUMBER, status: str = "accepted") -> Seen:
    """A device in the overview of SMA."""
    return Seen(serial, number, day, status)


def devices(counter: Counter, who: str = ELS) -> dict[str, Device]:
    """What the company of this person has registered, by serial."""
    company = people.known(counter.connection, [who])[who].company
    return {each.serial: each for each in cashback.of_company(counter.connection, company, 0, 100)}


def comes(counter: Counter, *found: Seen, days: int = 1) -> None:
    """The overview shows these some days later."""
    take_over(counter.connection, read(), found, NOW + days * DAY)


@pytest.mark.row("SMA-12", "SMA-13", "SMA-16")
def test_devices_come_along_where_a_colleague_entered_the_number_of_the_company(counter: Counter) -> None:
    """Under that colleague, who hears of it once; under another number, or nobody's, none do."""
    counter.done(CheckCustomerNumber("999"), AMELIE)
    comes(counter, seen(STP, TODAY + DAY), days=1)
    assert devices(counter) == {}
    counter.done(CheckCustomerNumber("4100 123"))
    there = [seen(STP, TODAY + 2 * DAY), seen(HOME_MANAGER, TODAY + 2 * DAY)]
    comes(counter, *there, seen("3012340000", TODAY + 2 * DAY, OTHER), days=2)
    found = devices(counter)
    assert {(each.serial, each.product, each.status) for each in found.values()} == {
        (STP, "stp-se", "accepted"),
        (HOME_MANAGER, "shm", "accepted"),
    }
    assert {each.installer_name for each in found.values()} == {"Els Wouters"}
    assert devices(counter, AMELIE) == {}
    told = select(news.c.key).where(news.c.about == "cashback")
    assert len(counter.connection.execute(told).all()) == 1


@pytest.mark.row("SMA-14")
def test_nothing_from_before_the_number_comes_along(counter: Counter) -> None:
    """Not even when the same number is entered once more later."""
    counter.done(CheckCustomerNumber(NUMBER))
    comes(counter, seen(STP, TODAY - DAY), seen(HOME_MANAGER, TODAY))
    assert set(devices(counter)) == {HOME_MANAGER}


@pytest.mark.row("SMA-16")
def test_the_overview_is_taken_over_once_a_day(counter: Counter) -> None:
    """What is in it later that day comes along the next day."""
    counter.done(CheckCustomerNumber(NUMBER))
    comes(counter, seen(STP, TODAY))
    comes(counter, seen(STP, TODAY), seen(HOME_MANAGER, TODAY))
    assert set(devices(counter)) == {STP}
    comes(counter, seen(STP, TODAY), seen(HOME_MANAGER, TODAY), days=2)
    assert set(devices(counter)) == {STP, HOME_MANAGER}


@pytest.mark.row("SMA-06", "SMA-16")
def test_a_status_that_changed_there_changes_here(counter: Counter) -> None:
    """Told once; the word of SMA counts, but what is paid stays paid."""
    counter.done(CheckCustomerNumber(NUMBER))
    comes(counter, seen(STP, TODAY), seen(HOME_MANAGER, TODAY, status="more_info"))
    assert devices(counter)[HOME_MANAGER].deadline == (TODAY + 15 * DAY).isoformat()
    comes(counter, seen(STP, TODAY, status="paid"), days=2)
    comes(counter, seen(STP, TODAY, status="more_info"), days=3)
    assert devices(counter)[STP].status == "paid"
    told = select(news.c.key).where(news.c.about == devices(counter)[STP].about)
    assert len(counter.connection.execute(told).all()) == 1


@pytest.mark.row("SMA-16")
def test_a_step_that_was_skipped_there_is_not_lost(counter: Counter) -> None:
    """Paid after more information was needed, and paid before we heard that it was accepted."""
    counter.done(RegisterDevices((HOME_MANAGER,), TODAY.isoformat()))
    counter.done(CheckCustomerNumber(NUMBER))
    comes(counter, seen(STP, TODAY, status="more_info"))
    comes(counter, seen(STP, TODAY, status="paid"), seen(HOME_MANAGER, TODAY, status="paid"), days=2)
    assert {each.serial: each.status for each in devices(counter).values()} == {
        STP: "paid",
        HOME_MANAGER: "paid",
    }


@pytest.mark.row("SMA-16")
def test_what_could_not_be_registered_goes_on_under_its_number_when_it_comes_accepted(
    counter: Counter,
) -> None:
    """In the company of that number; another company's slip with the same serial stays what it is."""
    counter.done(RegisterDevices((STP,), TODAY.isoformat()), AMELIE)
    comes(counter, seen(STP, TODAY, status="not_registrable"))
    counter.done(CheckCustomerNumber(NUMBER))
    for place, status in enumerate(("accepted", "not_registrable", "accepted"), 2):
        comes(counter, seen(STP, TODAY, status=status), days=place)
    assert [each.status for each in devices(counter).values()] == ["accepted"]
    assert [each.status for each in devices(counter, AMELIE).values()] == ["not_registrable"]


@pytest.mark.row("SMA-16")
def test_a_device_that_moved_to_another_company_comes_along_there(counter: Counter) -> None:
    """It could not be registered where it came along first."""
    counter.done(CheckCustomerNumber(NUMBER))
    counter.done(CheckCustomerNumber(OTHER), AMELIE)
    for place, (status, number) in enumerate(
        (("accepted", NUMBER), ("not_registrable", NUMBER), ("accepted", OTHER)), 1
    ):
        comes(counter, seen(STP, TODAY, number, status), days=place)
    assert [each.status for each in devices(counter).values()] == ["not_registrable"]
    assert [each.status for each in devices(counter, AMELIE).values()] == ["accepted"]


def test_a_device_that_cannot_be_taken_over_stands_in_no_others_way(
    counter: Counter, caplog: pytest.LogCaptureFixture
) -> None:
    """Logged without saying which; the next day goes on as well."""
    counter.done(CheckCustomerNumber(NUMBER))
    for place in (1, 2):
        odd = seen(HOME_MANAGER, TODAY, status="what is this")
        comes(counter, odd, seen(f"301234567{place}", TODAY), days=place)
    assert set(devices(counter)) == {"3012345671", "3012345672"}
    assert len(caplog.records) == 2
    assert HOME_MANAGER not in caplog.text


def test_the_demo_has_a_device_in_every_status(counter: Counter) -> None:
    """Of each sample company, with one that waits for documents nine days more."""
    seed_cashback.fill(counter.connection, NOW)
    for who in (ELS, AMELIE):
        found = devices(counter, who).values()
        assert {each.status for each in found} == set(cashback_status.STATUS)
        assert [each.deadline for each in found if each.deadline] == [(TODAY + 9 * DAY).isoformat()]


def test_a_file_is_the_embedded_overview(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """With its columns in any order; a line that says nothing is left out, another file refused."""
    path = tmp_path / "overview.csv"
    good = f"paid,{STP},2026-11-20,{NUMBER}\n"
    path.write_text(f"status,serial,registered_on,customer_number\nmaybe,1,x,\npaid\n{good}", "utf-8")
    assert asyncio.run(PortalFile(path).seen()) == [seen(STP, datetime.date(2026, 11, 20), status="paid")]
    assert [record.args for record in caplog.records] == [(2,), (3,)]
    for nothing in ("serial,status\n3012345678,paid\n", "", f"{good}{'x' * 200_000}"):
        path.write_text(nothing, "utf-8")
        with pytest.raises(ValueError, match="overview"):
            asyncio.run(PortalFile(path).seen())
