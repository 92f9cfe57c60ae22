"""The desk in a real browser, beside the chat of an installer: a question goes out, the answer comes back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.agent import Agent
from tests.browser.demo import RunningDemo
from tests.browser.phone import Phone

pytestmark = pytest.mark.browser
TOO_SMALL = """() => [...document.querySelectorAll('a, button, input:not([type=hidden]), select, textarea')]
  .filter(e => e.offsetParent && !e.classList.contains('skip') && e.getBoundingClientRect().height < 44)
  .map(e => e.outerHTML.slice(0, 120))"""
TOO_WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[RunningDemo]:
    """The demo as a newcomer starts it."""
    demo = RunningDemo(tmp_path)
    yield demo
    demo.stop()


@pytest.mark.parametrize("wide", [True, False])
def test_a_question_goes_out_and_its_answer_comes_back(
    browser: Browser, demo: RunningDemo, wide: bool
) -> None:
    """On a wide screen and on a phone: nothing is too small to press or runs out of the page."""
    phone, desk = Phone(browser, "nl-BE"), Phone(browser, wide=wide)
    phone.open(demo.links["nl"])
    agent = Agent(desk.page, demo)
    number = own_rma(demo)
    agent.looks_up(number)
    assert desk.page.evaluate(TOO_SMALL) == []
    assert not desk.page.evaluate(TOO_WIDE)
    agent.does("Internal note", "Looks like water", "Keep the note")
    agent.does("Ask the installer", "How many are wet?", "Send the question")
    expect(phone.question).to_contain_text("How many are wet?")
    phone.type("Twee stuks")
    expect(phone.page.locator("#log")).to_contain_text("Uw antwoord is bij onze dienst")
    desk.page.reload()
    expect(desk.page.locator("section", has_text="Questions and answers").last).to_contain_text("Twee stuks")
    expect(phone.page.locator("#log")).not_to_contain_text("Looks like water")
    for screen in (phone, desk):
        screen.close()
        assert screen.complaints == []


def own_rma(demo: RunningDemo) -> str:
    """An RMA that the Dutch-speaking installer of the demo filed and that is in progress."""
    return demo.filed_by("els.wouters@zonnebouw.example")
