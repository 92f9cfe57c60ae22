"""The cashback on a phone: the table of what became of the devices, and one device registered."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from bot.services.cashback_status import STATUS
from flows.engine.phrases import Phrase
from tests.browser.installer import Installer

ASKED = {"nl": "status cashback", "fr": "statut cashback", "en": "cashback status"}
BEGUN = {"nl": "toestel registreren", "fr": "enregistrer un appareil", "en": "register a device"}
CANCEL, REGISTER, TABLE, TODAY = (
    Phrase(words) for words in ("Cancel", "Register", "Status of devices", "Today")
)
WHICH = Phrase("Which devices? Photograph the labels, or type a model and serial on each line.")


def opens_the_table(
    installer: Installer, language: str, look: Callable[[str], None] = lambda name: None
) -> None:
    """Asked for in words: every status, each on a row of its own."""
    installer.phone.type(ASKED[language])
    for status in STATUS.values():
        row = installer.phone.question.locator("button.row", has_text=installer.words(status))
        expect(row.first).to_be_visible()
    look("cashback")


def registers(installer: Installer, language: str, serial: str) -> None:
    """Leave the table; a Sunny Boy Storage, typed, installed today, is then in the table, with us."""
    phone = installer.phone
    phone.press(installer.words(CANCEL))
    phone.type(BEGUN[language])
    phone.see(installer.words(WHICH))
    phone.type(f"Sunny Boy Storage {serial}")
    expect(phone.button(installer.words(TODAY))).to_be_visible()
    for label in (TODAY, REGISTER, TABLE):
        installer.press(label)
    row = phone.question.locator("button.row", has_text=serial)
    expect(row).to_contain_text(installer.words(STATUS["with_us"]))
