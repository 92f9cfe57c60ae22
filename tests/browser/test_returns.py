"""A return on a phone: announced by thumb, its label opened, its status seen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import expect

from tests.browser.installer import Installer

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]


@pytest.mark.row("ESM-32", "ESM-33")
def test_a_return_is_announced_and_its_label_can_be_scanned(
    installers: Callable[..., Installer], tmp_path: Path
) -> None:
    """In French: a PDF of A6 with one page per box, whose code is that of the return."""
    installer = installers("fr")
    phone = installer.phone
    installer.says("retourner")
    rma = installer.rows.first.inner_text()[:8]
    installer.taps(installer.rows.first)
    installer.press("All of them", "Pick-up")
    installer.taps(phone.question.locator("button").first)
    installer.press("8:00 to 12:00")
    installer.says("2")
    installer.sees("Announce this return?")
    facts = phone.question.locator(".facts")
    expect(facts).to_contain_text(rma)
    expect(facts.locator("th", has_text=installer.words("From"))).to_be_visible()
    expect(facts.locator("th", has_text=installer.words("To"))).to_be_visible()
    installer.press("Announce")
    installer.sees("Return {number} is announced. Its label:")
    number = phone.question.locator("[data-copy]").first.get_attribute("data-copy")
    installer.press("Label A6")
    installer.sees("The label of return {name}. {how}")
    document = pypdfium2.PdfDocument(installer.saves(tmp_path))
    assert len(document) == 2
    assert round(document[0].get_width() / 72 * 25.4) == 105
    codes = zxingcpp.read_barcodes(document[0].render(scale=3).to_pil())
    assert {code.text for code in codes} == {f"R{number}-{rma}"}
    document.close()
    installer.press("Status")
    installer.sees("Announced")
