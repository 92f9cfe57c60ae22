"""Searching on a phone: filters in a sentence, taken away by a tap; a system by a slip of the finger."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.installer import Installer

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]


@pytest.mark.row("ESM-10", "ESM-47")
def test_filters_come_from_a_sentence_and_go_with_a_tap(installers: Callable[..., Installer]) -> None:
    """In Dutch: each is a chip; without them everything is there again."""
    installer = installers("nl")
    question = installer.phone.question
    installer.says("overzicht")
    installer.says("goedgekeurd sinds 1 juli")
    chips = question.locator("button", has_text="✕")
    expect(chips).to_have_count(2)
    for row in installer.rows.all():
        expect(row).to_contain_text("Goedgekeurd")
    installer.taps(chips.filter(has_text="Goedgekeurd"))
    expect(chips).to_have_count(1)
    expect(installer.rows.filter(has_not_text="Goedgekeurd").first).to_be_visible()
    installer.press("Filter", "Name")
    installer.says("nergens te vinden")
    expect(installer.rows).to_have_count(0)
    installer.press("Clear filters")
    expect(chips).to_have_count(0)
    expect(installer.rows.first).to_be_visible()
    installer.press("Cancel")


@pytest.mark.row("ESM-34", "ESM-36")
def test_a_system_is_found_in_spite_of_a_slip(installers: Callable[..., Installer]) -> None:
    """In French: its name without the last letter; its devices and requests are a tap away."""
    installer = installers("fr")
    question = installer.phone.question
    installer.says("mes systèmes")
    name = installer.rows.first.inner_text().partition(",")[0]
    installer.says(name[:-1])
    expect(question).to_contain_text(name)
    expect(question.locator("[data-copy]").first).to_have_text(re.compile(r"\d{9}"))
    installer.press("Devices")
    expect(question.locator("[data-copy]").first).to_be_visible()
    installer.press("Requests", "Details")
