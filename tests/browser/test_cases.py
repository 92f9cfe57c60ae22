"""A question to the desk on a phone: filed, noted on, asked back about, answered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.agent import Agent
from tests.browser.demo import RunningDemo
from tests.browser.installer import Installer
from tests.browser.phone import Phone, photo

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]
NOTE = "The customer is home after five"
ASKED = "Could you send a photo of the lights?"


@pytest.mark.row("ESM-20", "ESM-17")
def test_a_case_is_filed_noted_on_and_its_question_answered_with_a_photo(
    installers: Callable[..., Installer], browser: Browser, demo: RunningDemo, tmp_path: Path
) -> None:
    """In English; the photo is at the desk, on the case."""
    installer, desk = installers("en"), Phone(browser, wide=True)
    phone = installer.phone
    installer.says("other request")
    installer.taps(installer.rows.first)
    installer.says("How long does a gateway need to come back after a new router?")
    installer.press("Skip", "Send")
    number = phone.question.locator("[data-copy]").first.get_attribute("data-copy")
    assert number
    installer.press("Show the case", "Add a note")
    installer.says(NOTE)
    installer.press("Add", "Show the case", "Notes")
    expect(phone.question).to_contain_text(NOTE)

    agent = Agent(desk.page, demo)
    agent.looks_up(number)
    expect(desk.page.locator("main")).to_contain_text(NOTE)
    agent.does("Ask the installer", ASKED, "Send the question")
    expect(phone.question).to_contain_text(ASKED)
    installer.sends(photo(tmp_path / "lights.jpg", 300, 200))
    installer.sees("Your answer is with the desk: {number}.")
    desk.page.reload()
    expect(desk.page.locator("main")).to_contain_text("Emma Hartley: see the photos and files below")
    expect(desk.page.get_by_role("link", name="lights.jpg")).to_be_visible()
    desk.close()
    assert desk.complaints == []
