"""A report on a phone: asked for in one sentence, it comes into the chat and opens."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from tests.browser.installer import Installer

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]


@pytest.mark.row("ESM-39", "ESM-40")
def test_a_report_comes_into_the_chat(installers: Callable[..., Installer], tmp_path: Path) -> None:
    """In French: a spreadsheet with French columns and a row for each RMA that was promised."""
    installer = installers("fr")
    installer.says("rapport des rma du mois dernier")
    installer.sees("Make this report? You also get it here.")
    installer.press("Make it")
    installer.sees("Your report is being made: {rows}. It comes here. {mailed}")
    told = installer.phone.question.inner_text()
    installer.phone.page.locator("#log a.file", has_text=".xlsx").last.wait_for()
    sheet = openpyxl.load_workbook(installer.saves(tmp_path)).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:4] == ("Numéro de RMA", "Statut", "Numéro chez le fabricant", "Introduit")
    assert f"{len(rows) - 1} RMA" in told
    last_month = datetime.datetime.now(ZoneInfo("Europe/Brussels")).replace(day=1) - datetime.timedelta(
        days=1
    )
    assert {row[3].month for row in rows[1:] if isinstance(row[3], datetime.datetime)} == {last_month.month}
