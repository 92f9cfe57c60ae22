"""One's own settings and data on a phone: quiet hours, what is kept, being forgotten."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.installer import Installer

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]


@pytest.mark.row("ESM-43", "ESM-49")
def test_somebody_reads_what_is_kept_and_is_forgotten(
    installers: Callable[..., Installer], tmp_path: Path
) -> None:
    """In French: the hours are changed, the file has the name in it, then nothing is known any more."""
    installer = installers("fr", "luc.gillain@ardennesoleil.example")
    installer.says("profil")
    expect(installer.phone.question).to_contain_text("Luc Gillain")
    installer.press("Notifications", "Quiet hours", "22:00 to 6:00", "Notifications")
    expect(installer.phone.question).to_contain_text("22:00")
    installer.says("vie privée")
    installer.press("What is kept about me")
    kept = installer.saves(tmp_path).read_text()
    assert "luc.gillain@ardennesoleil.example" in kept
    installer.press("Forget me", "Forget me")
    installer.sees("You are forgotten. Here and in your other chats nothing is known about you any more.")
    installer.says("nouvelle rma")
    installer.sees("Please type the code from your invitation. I never ask for a password.")
    installer.phone.page.reload()
    installer.phone.page.wait_for_selector("li[data-open]")
    expect(installer.phone.page.locator("#log")).not_to_contain_text("Gillain")
