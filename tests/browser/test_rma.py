"""The main job, in the real product: an RMA on a phone, network and server lost in the middle."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.demo import RunningDemo
from tests.browser.installer import Installer
from tests.browser.phone import Phone, photo
from tests.browser.rma import chooses, sees, starts

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("rma")]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDemo]:
    """`make demo`, once for all languages."""
    demo = RunningDemo(tmp_path_factory.mktemp("demo"))
    yield demo
    demo.stop()
    assert " ERROR " not in demo.log


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
@pytest.mark.row("ESM-19", "ESM-22")
def test_an_rma_is_filed_once_through_a_lost_network_and_a_killed_server(
    browser: Browser, demo: RunningDemo, language: str, tmp_path: Path
) -> None:
    """Words and a photo wait in the browser; the server forgets nothing; the desk has one RMA with it."""
    phone = Phone(browser)
    phone.open(demo.links[language])
    assert phone.page.locator("html").get_attribute("lang") == language
    installer = Installer(phone, language)
    starts(installer)
    chooses(installer)

    phone.offline(True)
    words = f"sinds de storm ({language})"
    phone.type(words)
    phone.attach(photo(tmp_path / "roof.jpg", 400, 300))
    expect(phone.page.locator('[data-state="waiting"]')).to_have_count(2)
    demo.pull_the_plug()
    assert demo.rmas(words) == []
    demo.start()
    phone.offline(False)

    sees(installer, "review")
    expect(phone.page.locator('[data-state="waiting"]')).to_have_count(0)
    expect(phone.question.locator(".facts")).to_contain_text(words)
    installer.press("Send")
    number = phone.page.locator("li.ours").last.locator("[data-copy]").first.get_attribute("data-copy")
    assert number
    assert re.fullmatch(r"00\d{6}", number)
    assert demo.rmas(words) == [(number, 1)]

    phone.page.reload()
    phone.see(number)
    picture = phone.page.locator("li.theirs img")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("it => it.naturalWidth") == 400
    phone.close()


BAD_FILES = {
    "drawing.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "text.jpg": b"only words",
    "half.png": b"\x89PNG\r\n\x1a\n half a picture",
}


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_a_file_that_is_no_photo_is_explained_and_the_next_words_are_answered(
    browser: Browser, demo: RunningDemo, language: str, tmp_path: Path
) -> None:
    """Each is named, in the person's language; nothing of it is shown, nothing else is lost."""
    phone = Phone(browser)
    phone.open(demo.links[language])
    installer = Installer(phone, language)
    starts(installer)
    for name, content in BAD_FILES.items():
        (tmp_path / name).write_bytes(content)
        phone.attach(tmp_path / name)
        phone.page.locator("li.ours", has_text=name).wait_for()
        expect(phone.page.locator("li.ours").last).to_have_attribute("data-open", "")  # asked again under it
    chooses(installer)
    assert phone.complaints == []
    phone.close()


def test_each_link_opens_a_chat_of_its_own(browser: Browser, demo: RunningDemo) -> None:
    """The stranger is met by nobody's name."""
    phone = Phone(browser, "nl-BE")
    phone.open(demo.links["stranger"])
    phone.page.wait_for_selector("li[data-open] button")
    assert "Els" not in phone.page.locator("#log").inner_text()
    phone.close()


def test_the_page_comes_back_by_itself_when_the_server_does(browser: Browser, demo: RunningDemo) -> None:
    """Nobody has to reload: what was typed meanwhile is sent once and answered."""
    phone = Phone(browser)
    phone.open(demo.links["stranger"])
    phone.page.wait_for_selector("li[data-open] button")
    demo.pull_the_plug()
    phone.type("menu")
    expect(phone.own("menu")).to_have_attribute("data-state", "waiting")
    demo.start()
    phone.page.locator("li.theirs:has-text('menu') ~ li.ours").first.wait_for()
    expect(phone.own("menu")).to_have_attribute("data-state", "sent")
    expect(phone.page.locator("li.theirs", has_text="menu")).to_have_count(1)
    phone.close()
