"""The sample: the same every time, complete, and quickly made."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, func, select

from bot.services.seed import as_json, fill_all, one_per_language
from bot.services.serials import unusual_week
from flows.engine.parsers import well_formed
from storage import desk_tables, request_tables
from storage.cashback_tables import cashback_items
from storage.rmas import OPEN
from tests.bot.services.conftest import NOW, Counter


@pytest.fixture
def filled(counter: Counter) -> Connection:
    """The sample."""
    return counter.connection


def test_a_second_fill_changes_nothing(connection: Connection) -> None:
    """The first fills an empty desk, with the cashback too; what is there then stays as it is."""
    counts = [select(func.count()).select_from(table) for table in (desk_tables.systems, cashback_items)]
    for first in (True, False):
        assert fill_all(connection, NOW) == first
        assert [connection.execute(count).scalar_one() for count in counts] == [400, 15]


def test_requests_of_every_status_are_there(filled: Connection) -> None:
    """For every company."""
    statuses = filled.execute(
        select(request_tables.rmas.c.company, request_tables.rmas.c.status).distinct()
    ).all()
    assert len(statuses) == 5 * 5
    cases = {status for (status,) in filled.execute(select(request_tables.cases.c.status))}
    assert cases == {"new", "in_progress", "resolved"}


def test_only_what_was_approved_has_a_number_of_the_manufacturer(filled: Connection) -> None:
    """The sample does not pretend either."""
    rmas = request_tables.rmas.c
    entered = filled.execute(select(rmas.status).where(rmas.manufacturer_number != "")).scalars()
    assert set(entered) == {"approved", "shipped"}


def test_serials_have_the_form_of_the_manufacturer(filled: Connection) -> None:
    """Twelve digits with a week that exists, or ten for SMA."""
    serials = list(filled.execute(select(desk_tables.devices.c.serial)).scalars())
    assert len(serials) > 5_000
    assert all(well_formed(serial) and not unusual_week(serial) for serial in serials)


def test_a_tester_finds_everything_that_is_needed(filled: Connection) -> None:
    """People with a working code each, systems, faulty serials, numbers, per company."""
    printed = as_json(filled, NOW)
    assert len(printed["companies"]) == 5
    for company in printed["companies"]:
        assert {person["role"] for person in company["people"]} >= {"technician", "office"}
        assert all(len(person["code"]) == 11 for person in company["people"])
        assert len(company["systems"]) == 80
        assert company["serials"]
        assert {rma["status"] for rma in company["rmas"]} >= set(OPEN)


def test_each_language_has_its_sample_installer(filled: Connection) -> None:
    """Dutch, French and English, of three companies."""
    chosen = one_per_language(filled)
    assert [language for language, *_rest in chosen] == ["nl", "fr", "en"]
    assert len({company for _language, _name, company, _email in chosen}) == 3


def test_mail_addresses_belong_to_nobody(filled: Connection) -> None:
    """All are under a name that is reserved for examples."""
    emails = filled.execute(select(desk_tables.installers.c.email)).scalars()
    assert all(email.endswith(".example") for email in emails)
