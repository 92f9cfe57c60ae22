"""Unfinished work: begun on one phone, listed and finished on another."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.demo import RunningDemo
from tests.browser.installer import Installer
from tests.browser.rma import chooses

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]
WORDS = "Sinds de storm, op twee telefoons"


def test_work_goes_on_where_the_person_is(installers: Callable[..., Installer], demo: RunningDemo) -> None:
    """In Dutch; the first phone hears where it went, and one RMA is filed."""
    roof, office = installers("nl"), installers("nl", "els.wouters@zonnebouw.example")
    roof.says("nieuwe rma")
    system = roof.rows.first.inner_text().partition("\n")[0]
    chooses(roof)
    roof.says("/later")
    office.says("mijn concepten")
    office.taps(office.rows.filter(has_text=system))
    expect(office.phone.page.locator("li[data-open]")).to_have_count(1)
    expect(roof.phone.page.locator("#log")).to_contain_text("gaat verder in een andere chat")
    office.says(WORDS)
    office.press("Skip", "Send")
    office.sees("RMA {number} is {holder}.")
    assert len(demo.rmas(WORDS)) == 1
