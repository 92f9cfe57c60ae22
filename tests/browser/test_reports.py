"""A report on a phone: asked for in one sentence, it comes into the chat and opens."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.browser.installer import Installer

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]


@pytest.mark.row("ESM-39", "ESM-41")
def test_a_report_comes_into_the_chat(installers: Callable[..., Installer], tmp_path: Path) -> None:
    """In French: a spreadsheet with French columns and a row for each RMA that was promised."""
    installer = installers("fr")
    installer.says("rapport des rma du mois dernier")
    installer.sees("Make this report? You also get it here.")
    installer.press("Make it")
    installer.sees("Your report is being made: {rows}. It comes here and by e-mail to {address}.")
    told = installer.phone.question.inner_text()
    installer.phone.page.locator("#log a.file", has_text=".xlsx").last.wait_for()
    sheet = openpyxl.load_workbook(installer.saves(tmp_path)).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:2] == ("Numéro de RMA", "Statut")
    assert f"{len(rows) - 1} RMA" in told
