"""Takes the pictures of the documentation from the running product: `make pictures`."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, expect

from tests.browser.cashback import opens_the_table
from tests.browser.demo import RunningDemo
from tests.browser.desk_pictures import at_the_desk
from tests.browser.installer import Installer
from tests.browser.journey_pictures import of_journeys
from tests.browser.overview import looks_around
from tests.browser.phone import Phone, launched
from tests.browser.rma import chooses, sees, starts
from tests.browser.taking import PICTURES, take

WORDS = {
    "nl": "Sinds de storm, geen signaal",
    "fr": "Depuis l’orage, plus de signal",
    "en": "Since the storm",
}


def main() -> None:
    """All of them."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, launched() as browser:
        demo = RunningDemo(Path(folder))
        of_journeys(browser, demo, Path(folder))
        for language in WORDS:
            on_a_phone(browser, demo, language, Path(folder))
            at_a_glance(browser, demo, language)
            of_the_cashback(browser, demo, language)
        beside_the_panel(browser, demo)
        at_the_desk(browser, demo)
        demo.stop()


def on_a_phone(browser: Browser, demo: RunningDemo, language: str, folder: Path) -> None:
    """An RMA in one language, with the network lost in the middle."""
    phone = Phone(browser)
    phone.open(demo.links[language])
    installer = Installer(phone, language)
    starts(installer)
    chooses(installer, look=lambda name: take(phone, f"rma-{name}-{language}"))
    phone.offline(True)
    phone.type(WORDS[language])
    phone.attach(roof(folder / "roof.jpg"))
    expect(phone.page.locator('[data-state="waiting"] img')).to_be_visible()
    take(phone, f"rma-offline-{language}")
    phone.offline(False)
    sees(installer, "review")
    expect(phone.page.locator("#toast")).to_be_empty()
    take(phone, f"rma-review-{language}")
    installer.press("Send")
    take(phone, f"rma-filed-{language}")
    phone.close()


def at_a_glance(browser: Browser, demo: RunningDemo, language: str) -> None:
    """The overview with its picture, and the list behind one status."""
    phone = Phone(browser)
    phone.open(demo.links[language])
    names = {"overview": f"overview-{language}", "list": f"overview-list-{language}"}
    looks_around(Installer(phone, language), language, lambda name: take(phone, names[name]))
    phone.close()


def of_the_cashback(browser: Browser, demo: RunningDemo, language: str) -> None:
    """The table of what became of the devices."""
    phone = Phone(browser)
    phone.open(demo.links[language])
    opens_the_table(Installer(phone, language), language, lambda name: take(phone, f"{name}-{language}"))
    phone.close()


def beside_the_panel(browser: Browser, demo: RunningDemo) -> None:
    """The demo on a wide screen: what the bot knows, and the mailbox."""
    phone = Phone(browser, wide=True)
    phone.open(demo.links["nl"])
    installer = Installer(phone, "nl")
    starts(installer)
    chooses(installer)
    take(phone, "demo-panel")
    phone.close()


def roof(path: Path) -> Path:
    """A drawing of a roof with panels, where a person would send a photo."""
    picture = Image.new("RGB", (900, 640), "#a9cbe0")
    draw = ImageDraw.Draw(picture)
    draw.polygon([(60, 560), (220, 160), (840, 160), (760, 560)], fill="#8a4b36")
    for row in range(3):
        for column in range(4):
            left, top = 250 + column * 128 - row * 26, 200 + row * 112
            draw.polygon(
                [(left, top), (left + 112, top), (left + 90, top + 96), (left - 26, top + 96)],
                fill="#16263b",
                outline="#c9d6df",
                width=4,
            )
    picture.save(path, quality=90)
    return path


if __name__ == "__main__":
    main()
