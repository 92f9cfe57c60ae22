"""A thumb on a screen: drives the page the way a person does."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 390, "height": 844}
PATIENCE = 60_000


def chromium() -> str | None:
    """Where Chromium is, if it is."""
    return shutil.which("chromium")


@contextmanager
def launched() -> Iterator[Browser]:
    """A Chromium without a window."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield browser
        browser.close()


class Phone:
    """A phone with the page on it. `complaints` is what the browser's console had to say."""

    def __init__(self, browser: Browser, language: str = "en-GB", *, wide: bool = False) -> None:
        size = {"width": 1360, "height": 860} if wide else PHONE
        self.context: BrowserContext = browser.new_context(
            viewport=size,  # type: ignore[arg-type]
            device_scale_factor=2 if not wide else 1,
            has_touch=not wide,
            is_mobile=not wide,
            locale=language,
        )
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on(
            "console", lambda line: self.complaints.append(line.text) if line.type == "error" else None
        )
        self.page.on("dialog", lambda dialog: self.complaints.append(f"dialog: {dialog.message}"))

    def open(self, url: str) -> None:
        """Go there, and wait until the page is alive."""
        self.page.goto(url)
        self.page.wait_for_selector("body[data-ready]")

    @property
    def question(self) -> Locator:
        """The question that waits for an answer."""
        return self.page.locator("li[data-open]").last

    def button(self, label: str) -> Locator:
        """A button of the question, by what is on it."""
        return self.question.locator("button", has_text=label).first

    def press(self, label: str) -> None:
        """Press a button of the question, and wait until the question is another one."""
        asked = self.question.get_attribute("id")
        self.button(label).click()
        self.page.locator(f"li[data-open]:not(#{asked})").wait_for()

    def type(self, words: str) -> None:
        """Type and send."""
        self.page.fill("#words", words)
        self.page.click("#composer .send")

    def attach(self, *files: Path) -> None:
        """Choose files."""
        self.page.set_input_files("#files", [str(file) for file in files])

    def see(self, words: str) -> None:
        """Wait until these words are on the screen."""
        self.page.locator("#log li", has_text=words).last.wait_for()

    def catches_up(self, newest: str) -> None:
        """Wait until this prompt is the one that can be answered."""
        self.page.locator(f'li[data-open][data-prompt="{newest}"]').wait_for()

    def until(self, true: Callable[[], bool]) -> None:
        """Wait for something that cannot be seen on the screen."""
        end = time.monotonic() + PATIENCE / 1000
        while not true():
            assert time.monotonic() < end, "did not happen in time"
            self.page.wait_for_timeout(20)

    def own(self, words: str) -> Locator:
        """What the person said, by its words."""
        return self.page.locator("li.theirs", has_text=words).last

    def offline(self, away: bool) -> None:
        """Lose the network, or find it again."""
        self.context.set_offline(away)

    def close(self) -> None:
        """Put it away."""
        self.context.close()


def photo(path: Path, width: int, height: int) -> Path:
    """A photo that does not become small by itself."""
    Image.effect_noise((width, height), 90).convert("RGB").save(path, quality=95)
    return path
