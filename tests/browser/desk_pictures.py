"""Takes the pictures of the desk from the running product, part of `make pictures`."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.browser.agent import Agent
from tests.browser.demo import RunningDemo
from tests.browser.phone import Phone
from tests.browser.taking import take

NUMBER = "00517624"
CASHBACK = "00069997"
"""A device of the sample that SMA wants documents for."""


def at_the_desk(browser: Browser, demo: RunningDemo) -> None:
    """The queue on a wide screen; a request there and on a phone."""
    wide = Phone(browser, wide=True)
    agent = Agent(wide.page, demo)
    take(wide, "desk-queue")
    agent.looks_up(NUMBER)
    agent.does("Internal note", "Second one on this roof this year.", "Keep the note")
    agent.does("Ask the installer", "Please send a photo of the label.", "Send the question")
    wide.page.goto(wide.page.url.partition("?")[0])
    take(wide, "desk-request")
    agent.looks_up(CASHBACK)
    take(wide, "desk-cashback")
    wide.close()
    phone = Phone(browser)
    Agent(phone.page, demo).looks_up(NUMBER)
    take(phone, "desk-phone")
    phone.close()
