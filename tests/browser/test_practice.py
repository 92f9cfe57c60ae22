"""Practice on a phone: everything says so, and with one tap all is real again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.installer import Installer

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]
NOT_REAL = "Practice: nothing of this is real."


def test_practice_says_so_until_it_is_over(installers: Callable[..., Installer]) -> None:
    """In English, from the invented company back to one's own."""
    installer = installers("en")
    question = installer.phone.question
    installer.says("practise")
    expect(question).to_contain_text(NOT_REAL)
    installer.press("New RMA")
    expect(question).to_contain_text(NOT_REAL)
    expect(installer.rows.filter(has_text="Janssens")).to_be_visible()
    installer.press("Stop practising")
    installer.sees("From here on everything is real again.")
    installer.press("Menu")
    expect(question).to_contain_text("Moselle Solar")
    expect(question).not_to_contain_text(NOT_REAL)
