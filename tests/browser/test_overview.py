"""The overview in a real browser: the picture is drawn, lists and cards are a tap away."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.demo import RunningDemo
from tests.browser.overview import looks_around
from tests.browser.phone import Phone
from tests.browser.rma import Installer

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("overview")]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDemo]:
    """`make demo`, once for all languages."""
    demo = RunningDemo(tmp_path_factory.mktemp("demo"))
    yield demo
    demo.stop()
    assert " ERROR " not in demo.log


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
@pytest.mark.row("ESM-05", "ESM-12")
def test_from_the_overview_to_an_rma_and_back(browser: Browser, demo: RunningDemo, language: str) -> None:
    """On a phone, in each language, and the browser has nothing to complain about."""
    phone = Phone(browser)
    phone.open(demo.links[language])
    looks_around(Installer(phone, language), language)
    assert phone.complaints == []
    phone.close()
