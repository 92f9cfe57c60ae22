"""People on a phone: a colleague is invited, comes in with the mailed code, and is removed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.demo import RunningDemo
from tests.browser.installer import Installer, code_for
from tests.browser.phone import Phone

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]
MAILBOX = "noor.peeters@zonnebouw.example"


@pytest.mark.row("ESM-43")
def test_who_was_removed_can_do_nothing_with_what_is_on_their_screen(
    installers: Callable[..., Installer], browser: Browser, demo: RunningDemo
) -> None:
    """In Dutch: invited and linked, then removed; the next tap finds no company."""
    admin = installers("nl", "koen.baeten@zonnebouw.example")
    admin.says("collega's")
    expect(admin.phone.question).to_contain_text("Tine Claes")
    admin.press("Invite a colleague")
    admin.says("Noor Peeters")
    admin.says(MAILBOX)
    admin.press("Technician", "Invite")

    noor = Installer(Phone(browser, "nl-BE"), "nl")
    noor.phone.open(demo.home)
    noor.phone.page.wait_for_selector("li[data-open] button")
    noor.says("koppelen")
    noor.says(code_for(admin, demo, MAILBOX))
    noor.press("Link", "Search systems")
    expect(noor.rows.first).to_be_visible()

    admin.says("collega verwijderen")
    admin.taps(admin.rows.filter(has_text="Noor Peeters"))
    admin.press("Remove")
    admin.sees("{colleague} no longer has access.")
    expect(noor.phone.question).to_contain_text(
        "Koen Baeten van Zonnebouw Hageland heeft uw toegang beëindigd."
    )
    noor.taps(noor.phone.page.get_by_role("button", name="Nieuwe RMA"))
    noor.says("nieuwe rma")
    noor.sees("Please type the code from your invitation. I never ask for a password.")
    noor.phone.close()
    assert noor.phone.complaints == []
