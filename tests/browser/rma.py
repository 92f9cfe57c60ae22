"""An RMA by thumb, in any of the three languages: the same presses, each found by its words."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from flows.engine.phrases import Phrase
from flows.service_manager.create_rma import FAULTS
from flows.service_manager.create_rma import flow as create_rma
from tests.browser.installer import Installer

TEXTS: dict[str, Phrase] = {step.name: step.text for step in create_rma.steps if hasattr(step, "text")}
"""What each step of the flow says."""


def sees(installer: Installer, step: str) -> None:
    """Wait for the question of this step."""
    installer.sees(TEXTS[step])


def starts(installer: Installer) -> None:
    """Open the menu and begin."""
    page = installer.phone.page
    page.click("[data-sheet=menu-sheet]")
    page.click("[data-start=menu]")
    page.wait_for_selector(f'li[data-open] button:has-text("{installer.words("New RMA")}")')
    installer.press("New RMA")
    sees(installer, "system")


def chooses(installer: Installer, look: Callable[[str], None] = lambda name: None) -> None:
    """The first system, its first device, and what is wrong with it."""
    phone = installer.phone
    look("system")
    phone.question.locator("button.row").first.click()
    sees(installer, "devices")
    tick = phone.question.locator("[aria-pressed]").first
    tick.click()
    phone.page.wait_for_selector('li[data-open] [aria-pressed="true"]')
    expect(phone.page.locator("li.pressed")).to_have_count(0)
    look("devices")
    installer.press("Done")
    if phone.page.get_by_role("button", name=installer.words("New anyway")).count():
        installer.press("New anyway")
    sees(installer, "fault")
    look("fault")
    installer.press(FAULTS["not_reporting"])
    sees(installer, "description")
