"""An RMA by thumb, in any of the three languages: the same presses, each found by its words."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from playwright.sync_api import expect

from flows.engine.phrases import Phrase, Text
from flows.service_manager.create_rma import FAULTS
from flows.service_manager.create_rma import flow as create_rma
from locales.speaker import Speaker
from tests.browser.phone import Phone

DONE, NEW_ANYWAY, NEW_RMA, SEND = (Phrase(words) for words in ("Done", "New anyway", "New RMA", "Send"))

TEXTS: dict[str, Phrase] = {step.name: step.text for step in create_rma.steps if hasattr(step, "text")}
"""What each step of the flow says."""


class Installer:
    """Somebody on a roof: presses what they read in their own language."""

    def __init__(self, phone: Phone, language: str) -> None:
        self.phone = phone
        self._speaker = Speaker(language, "Europe/Brussels", datetime.date(2026, 11, 20))

    def words(self, text: Text) -> str:
        """The text as it stands on the screen."""
        return self._speaker.say(text)

    def press(self, label: Phrase) -> None:
        """Press the button with these words."""
        self.phone.press(self.words(label))

    def sees(self, step: str) -> None:
        """Wait for the question of this step."""
        self.phone.see(self.words(TEXTS[step]))

    def starts(self) -> None:
        """Open the menu and begin."""
        self.phone.page.click("[data-sheet=menu-sheet]")
        self.phone.page.click("[data-start=menu]")
        self.phone.page.wait_for_selector(f'li[data-open] button:has-text("{self.words(NEW_RMA)}")')
        self.press(NEW_RMA)
        self.sees("system")

    def chooses(self, look: Callable[[str], None] = lambda name: None) -> None:
        """The first system, its first device, and what is wrong with it."""
        look("system")
        self.phone.question.locator("button.row").first.click()
        self.sees("devices")
        tick = self.phone.question.locator("[aria-pressed]").first
        tick.click()
        self.phone.page.wait_for_selector('li[data-open] [aria-pressed="true"]')
        expect(self.phone.page.locator("li.pressed")).to_have_count(0)
        look("devices")
        self.press(DONE)
        if self.phone.page.get_by_role("button", name=self.words(NEW_ANYWAY)).count():
            self.press(NEW_ANYWAY)
        self.sees("fault")
        look("fault")
        self.press(FAULTS["not_reporting"])
        self.sees("description")
