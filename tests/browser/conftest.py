"""A real Chromium. Where there is none these tests are left out, but never on the build server."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.bot.channels.web.stage import Running
from tests.browser.demo import RunningDemo
from tests.browser.installer import COUNTRY, Installer, links_by_mail, opens
from tests.browser.phone import Phone, chromium, launched

OFFLINE = "net::ERR_INTERNET_DISCONNECTED"
TOO_WIDE = """() => {
    const talk = document.querySelector('#scroll');
    return talk.scrollWidth > talk.clientWidth;
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the tests of a module; each test gets a context of its own.

    Not one for all: while Playwright runs, no other test in this process can run an event loop.
    """
    if chromium() is None and "CI" not in os.environ:
        pytest.skip("needs Chromium")
    with launched() as browser:
        yield browser


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDemo]:
    """`make demo`, once for all journeys: each keeps to people or requests of its own."""
    demo = RunningDemo(tmp_path_factory.mktemp("demo"))
    yield demo
    demo.stop()
    assert " ERROR " not in demo.log


@pytest.fixture
def installers(browser: Browser, demo: RunningDemo) -> Iterator[Callable[..., Installer]]:
    """Makes installers: the one of the demo who speaks a language, or who has this mailbox.

    Afterwards nothing may run out of the page, and no browser may have complained.
    """
    made: list[Installer] = []

    def make(language: str, email: str = "") -> Installer:
        installer = Installer(Phone(browser, COUNTRY[language]), language)
        made.append(installer)
        if email:
            links_by_mail(installer, demo, email)
        else:
            opens(installer, demo)
        return installer

    yield make
    for installer in made:
        wide = installer.phone.page.evaluate(TOO_WIDE)
        installer.phone.close()
        assert not wide
        assert installer.phone.complaints == []


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    """The page on a stage."""
    running = Running(tmp_path, demo=True)
    yield running
    running.close()


@pytest.fixture
def phones(browser: Browser, running: Running) -> Iterator[Callable[..., Phone]]:
    """Makes phones; afterwards none of them may have complained about anything but the network."""
    made: list[Phone] = []

    def make(language: str = "en-GB", *, wide: bool = False) -> Phone:
        made.append(Phone(browser, language, wide=wide))
        return made[-1]

    yield make
    for phone in made:
        phone.close()
        assert [line for line in phone.complaints if OFFLINE not in line] == []


@pytest.fixture
def phone(phones: Callable[..., Phone], running: Running) -> Phone:
    """A phone with the page open on the menu."""
    phone = phones()
    phone.open(running.url)
    phone.see("What do you want to do?")
    return phone
