"""The devices to choose from, and typed serials."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from bot.services.devices import row_of
from flows.engine.phrases import Copy, Day, Phrase, _
from flows.engine.work import Row
from flows.requests import DevicesOf, FindSystems
from storage import systems
from tests.bot.services.conftest import PEETERS, Counter

FAULTY = "122145001234"


def test_faulty_devices_come_first_with_their_dates(counter: Counter) -> None:
    """The two silent ones at Peeters lead the list, with installation date and warranty end."""
    page = counter.page(DevicesOf(PEETERS))
    statuses = [row.detail.gaps["status"] for row in page.rows if isinstance(row.detail, Phrase)]
    assert statuses[:2] == [_("Not reporting")] * 2
    assert statuses[2:] == [_("Working")] * len(statuses[2:])
    detail = page.rows[0].detail
    assert isinstance(detail, Phrase)
    assert set(detail.gaps) == {"status", "installed", "warranty"}


def test_all_devices_are_reached_page_by_page(counter: Counter) -> None:
    """Five at a time, each once, back and forth."""
    seen: list[str] = []
    cursor = ""
    while True:
        page = counter.page(DevicesOf(PEETERS, cursor=cursor))
        seen += [row.id for row in page.rows]
        further = [turn.cursor for turn in page.turns if turn.label == _("More")]
        if not further:
            break
        cursor = further[0]
    assert sorted(seen) == counter.serials_of(PEETERS)
    assert [turn.label for turn in page.turns] == [_("Previous")]


def test_typed_serials_are_accepted_or_explained_one_by_one(counter: Counter) -> None:
    """Two of the system, one of elsewhere with a remark, one too short: three rows, two lines."""
    other = next(serial for serial in counter.serials_of(PEETERS) if serial != FAULTY)
    page = counter.page(DevicesOf(PEETERS, f"{FAULTY}, {other}\n122144999999 12214500"))
    assert [row.id for row in page.rows] == [FAULTY, other, "122144999999"]
    assert page.exact
    assert [problem.msgid for problem in page.problems if isinstance(problem, Phrase)] == [
        "{typed} has {n} digit, it should have 12. Please compare it with the label.",
        "{serial} is not on this system. It is accepted, the desk will check.",
    ]


def test_a_serial_of_another_own_system_says_which(counter: Counter) -> None:
    """A slip of the pen is seen at once; it is accepted all the same."""
    elsewhere = counter.system_of("web:els", 20)
    serial = counter.serials_of(elsewhere)[0]
    page = counter.page(DevicesOf(PEETERS, serial))
    (problem,) = page.problems
    assert isinstance(problem, Phrase)
    assert problem.gaps["serial"] == Copy(serial)
    assert str(counter.page(FindSystems(elsewhere)).rows[0].label).startswith(str(problem.gaps["system"]))
    assert page.exact


def test_without_a_system_only_typed_serials_count(counter: Counter) -> None:
    """No list to choose from, and no remark about a system."""
    assert counter.page(DevicesOf("none")).rows == ()
    page = counter.page(DevicesOf("none", "3012345678"))
    assert page.rows == (Row("3012345678", Copy("3012345678")),)
    assert page.problems == ()
    assert page.exact


def test_words_that_are_no_serial_are_explained(counter: Counter) -> None:
    """Nothing accepted, one line that says what is needed, and the devices to tap are still there."""
    page = counter.page(DevicesOf(PEETERS, "bijna allemaal"))
    assert page.rows == counter.page(DevicesOf(PEETERS)).rows
    assert not page.exact
    assert len(page.problems) == 1
    further = counter.page(DevicesOf(PEETERS, "bijna allemaal", page.turns[0].cursor))
    assert further.rows
    assert further.problems == ()


@pytest.mark.parametrize("slip", [lambda s: s[:-1], lambda s: s + "7", lambda s: s[:5] + "7" + s[5:]])
def test_a_serial_nearly_typed_is_offered_first(counter: Counter, slip: Callable[[str], str]) -> None:
    """One digit too few or too many: the device that was meant leads the list."""
    meant = counter.page(DevicesOf(PEETERS, cursor="5")).rows[2].id
    page = counter.page(DevicesOf(PEETERS, slip(meant)))
    assert page.rows[0].id == meant
    assert not page.exact


def test_a_warranty_that_lasts_has_a_year_and_one_that_ends_soon_a_day(counter: Counter) -> None:
    """Whether a device is still covered this year depends on the day."""
    device = systems.with_serials(counter.connection, [FAULTY])[FAULTY]
    details = [row_of(device, year).detail for year in (2026, 2046)]
    ends = [detail.gaps["warranty"] for detail in details if isinstance(detail, Phrase)]
    assert ends == ["2046", Day(datetime.date(2046, 12, 3))]
