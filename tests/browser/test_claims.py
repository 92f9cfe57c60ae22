"""Labour reimbursement on a phone: an invoice uploaded, an account entered by the office."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect
from reportlab.pdfgen.canvas import Canvas

from tests.browser.installer import Installer

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]
IBAN = "BE68 5390 0754 7034"


@pytest.mark.row("ESM-28", "ESM-29", "ESM-31")
def test_labour_is_claimed_with_an_invoice(installers: Callable[..., Installer], tmp_path: Path) -> None:
    """In Dutch: from what can be claimed to its status; the account stays masked."""
    installer = installers("nl")
    phone = installer.phone
    installer.says("vergoeding")
    rma = installer.rows.first.inner_text()[:8]
    installer.taps(installer.rows.first)
    installer.taps(phone.question.locator("button").first)
    installer.sees("Five conditions must hold. What we know now:")
    installer.press("Go on")
    installer.sends(invoice(tmp_path / "factuur.pdf"))
    installer.sees("Send this claim?")
    facts = phone.question.locator(".facts")
    expect(facts).to_contain_text(rma)
    expect(facts).to_contain_text("IBAN ••••")
    installer.press("Send")
    installer.sees("Claim {number} is with our desk. The desk decides, and gives the amount.")
    installer.press("Track reimbursement", "Details")
    expect(phone.question).to_contain_text("1 document")
    installer.press("History")
    installer.sees("With our desk")


@pytest.mark.row("ESM-30")
def test_the_office_enters_an_account_that_is_hidden_from_then_on(
    installers: Callable[..., Installer],
) -> None:
    """In English: slips are refused, and what was typed is not on the screen any more."""
    installer = installers("en", "tom.weiland@mosellesolar.example")
    page = installer.phone.page
    installer.says("bank details")
    installer.press("Enter VAT and IBAN")
    installer.says("BE69 5390 0754 7034")
    installer.sees("To which IBAN are reimbursements paid?")
    installer.says(IBAN)
    installer.press("Keep")
    installer.sees("Kept: {masked}. The office of your company is told of every change.")
    page.reload()
    installer.phone.see("Kept:")
    expect(page.locator("#log")).not_to_contain_text("5390 0754")
    installer.says("bank details")
    expect(installer.phone.question).to_contain_text("••••7034")
    installer.press("Show in full")
    expect(installer.phone.question).to_contain_text("7034")
    expect(installer.phone.question).not_to_contain_text("••••")


def invoice(path: Path) -> Path:
    """A PDF of one page."""
    paper = Canvas(str(path))
    paper.drawString(72, 720, "Factuur 2026-114")
    paper.save()
    return path
