"""Takes the pictures of some journeys from the running product, part of `make pictures`."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser.demo import RunningDemo
from tests.browser.installer import Installer, opens
from tests.browser.phone import Phone
from tests.browser.taking import take, take_paper


def of_journeys(browser: Browser, demo: RunningDemo, folder: Path) -> None:
    """A return with its label, the conditions of a claim, a report."""
    for language, journey in (("fr", _return), ("nl", _claim), ("en", _report)):
        installer = Installer(Phone(browser), language)
        opens(installer, demo)
        journey(installer, folder)
        installer.phone.close()


def _return(installer: Installer, folder: Path) -> None:
    installer.says("retourner")
    installer.taps(installer.rows.first)
    installer.press("All of them", "Pick-up")
    installer.taps(installer.phone.question.locator("button").first)
    installer.press("8:00 to 12:00")
    installer.says("2")
    installer.press("Announce", "Label A6")
    take(installer.phone, "return-label-fr")
    take_paper(installer.saves(folder), "return-label-a6")


def _claim(installer: Installer, _folder: Path) -> None:
    installer.says("vergoeding")
    installer.taps(installer.rows.first)
    installer.taps(installer.phone.question.locator("button").first)
    take(installer.phone, "claim-conditions-nl")
    installer.press("Cancel")


def _report(installer: Installer, _folder: Path) -> None:
    installer.says("report of last month's RMAs")
    installer.press("Make it")
    expect(installer.phone.page.locator("#log a.file", has_text=".xlsx")).to_be_visible()
    take(installer.phone, "report-en")
