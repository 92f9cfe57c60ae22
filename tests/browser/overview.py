"""The overview on a phone: asked for in words, a status, an RMA, and back."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from bot.services.words import RMA_STATUS
from flows.engine.phrases import Phrase
from tests.browser.installer import Installer

ASKED = {"nl": "overzicht", "fr": "aperçu", "en": "overview"}
BACK, PER_STATUS = Phrase("Back"), Phrase("Per status")


def looks_around(
    installer: Installer, language: str, look: Callable[[str], None] = lambda name: None
) -> None:
    """The picture has come, a tap leads to a list, a tap to a card, and *back* to the same list."""
    phone = installer.phone
    phone.type(ASKED[language])
    status = installer.words(RMA_STATUS["in_progress"])
    phone.page.wait_for_selector(f'li[data-open] button:has-text("{status}")')
    picture = phone.page.locator("#log a.picture img").last
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") >= 1000
    look("overview")
    phone.press(status)
    first = phone.question.locator("button.row").first
    expect(first).to_be_visible()
    look("list")
    number = first.inner_text()[:8]
    asked = phone.question.get_attribute("id")
    first.click()
    phone.page.locator(f"li[data-open]:not(#{asked})").wait_for()
    installer.press(BACK)
    expect(phone.question.locator("button.row").first).to_contain_text(number)
