"""An installer with a phone, in any of the three languages: presses what they read, types, opens files."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Locator, expect

from flows.engine.phrases import Phrase, Text
from locales.speaker import Speaker
from tests.browser.demo import RunningDemo
from tests.browser.phone import Phone

CODE = re.compile(r"\b[A-Z0-9]{5}-[A-Z0-9]{5}\b")
MAIL_ME = {"nl": "mail mij een code", "fr": "envoyez-moi un code", "en": "mail me a code"}
CANCEL = {"nl": "annuleren", "fr": "annuler", "en": "cancel"}
COUNTRY = {"nl": "nl-BE", "fr": "fr-BE", "en": "en-GB"}


class Installer:
    """Somebody on a roof. Buttons and questions are named by their English words, and found in their own."""

    def __init__(self, phone: Phone, language: str) -> None:
        self.phone = phone
        self.language = language
        self._speaker = Speaker(language, "Europe/Brussels", datetime.datetime.now(datetime.UTC).date())

    def words(self, text: Text) -> str:
        """The text as it stands on the screen."""
        return self._speaker.say(Phrase(text) if isinstance(text, str) else text)

    def press(self, *labels: str | Phrase) -> None:
        """Press the button with these words, and the next one on the question after it."""
        for label in labels:
            self.phone.press(self.words(label))

    def says(self, words: str) -> None:
        """Type it, and wait until there is another question."""
        with self._another_question():
            self.phone.type(words)

    def sends(self, *files: Path) -> None:
        """Choose files, and wait until there is another question."""
        with self._another_question():
            self.phone.attach(*files)

    def taps(self, row: Locator) -> None:
        """Tap a row, and wait until there is another question."""
        with self._another_question():
            row.click()

    @contextmanager
    def _another_question(self) -> Iterator[None]:
        asked = self.phone.page.locator("li[data-prompt]").last.get_attribute("id")
        yield
        self.phone.page.locator(f"li[data-open]:not(#{asked})").wait_for()

    @property
    def rows(self) -> Locator:
        """What there is to choose from."""
        return self.phone.question.locator("button.row")

    def sees(self, text: Text) -> None:
        """Wait until the last question says this; what it fills in may be anything."""
        said = self.words(_open(text)).split("\0")
        pattern = re.compile(".*".join(map(re.escape, said)), re.DOTALL)
        expect(self.phone.question).to_contain_text(pattern)

    def saves(self, folder: Path) -> Path:
        """Tap the last file that came, and keep it."""
        with self.phone.page.expect_download() as saving:
            self.phone.page.locator("#log a.file").last.click()
        path = folder / saving.value.suggested_filename
        saving.value.save_as(path)
        return path


def _open(text: Text) -> Text:
    """With a mark where something is filled in."""
    phrase = Phrase(text) if isinstance(text, str) else text
    assert isinstance(phrase, Phrase)
    gaps = {gap: "\0" for gap in re.findall(r"\{(\w+)\}", phrase.msgid) if gap not in phrase.gaps}
    return phrase(**gaps)


def opens(installer: Installer, demo: RunningDemo) -> None:
    """Open the chat of the demo in this language, and leave what somebody else was asked there."""
    installer.phone.open(demo.links[installer.language])
    installer.says(CANCEL[installer.language])


def links_by_mail(installer: Installer, demo: RunningDemo, email: str) -> None:
    """Open the page as somebody new, have a code mailed, read it in the mailbox, and link with it."""
    phone = installer.phone
    phone.open(demo.home)
    phone.page.wait_for_selector("li[data-open] button")
    installer.says(MAIL_ME[installer.language])
    installer.says(email)
    installer.sees("Please type the code from the e-mail.")
    installer.says(code_for(installer, demo, email))
    installer.press("Link")
    installer.sees("This chat now belongs to {name}, {company}.")


def code_for(installer: Installer, demo: RunningDemo, email: str) -> str:
    """The code in the latest letter to this mailbox, from the panel of the demo."""
    found: list[str] = []

    def arrived() -> bool:
        letters = installer.phone.context.request.get(f"{demo.home}/panel").text().split("<details")
        found.extend(code for letter in letters if email in letter for code in CODE.findall(letter))
        return bool(found)

    installer.phone.until(arrived)
    return found[0]
