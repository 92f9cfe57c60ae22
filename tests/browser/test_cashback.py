"""The cashback on a phone: the table is read, a device registered by thumb, many by Excel."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.browser.cashback import opens_the_table, registers
from tests.browser.installer import Installer

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]
DEVICES = (("STP 10.0 SE", "3012345678"), ("Home Manager", "3.0E+09"), ("Home Manager", "3012345679"))


@pytest.mark.row("SMA-05", "SMA-06")
def test_a_device_is_registered_on_a_phone_and_stands_in_the_table(
    installers: Callable[..., Installer],
) -> None:
    """In Dutch, whose words are long."""
    installer = installers("nl")
    opens_the_table(installer, "nl")
    registers(installer, "nl", "3041234567")


@pytest.mark.row("SMA-05")
def test_devices_are_registered_from_the_empty_file_filled_up(
    installers: Callable[..., Installer], tmp_path: Path
) -> None:
    """In English: from the guide, past the check of the number; each bad row says what is wrong."""
    installer = installers("en")
    installer.says("cashback")
    installer.press("Which devices", "Check my number")
    installer.says("12345")
    installer.press("SMA cashback", "Devices from Excel", "Empty file")
    picks(installer, filled(installer.saves(tmp_path)))
    installer.phone.see("Ready to register: 1. Not yet: 2.")
    remarks = openpyxl.load_workbook(installer.saves(tmp_path)).worksheets[0]
    rows = list(remarks.iter_rows(values_only=True))
    assert [row[1] for row in rows] == ["Serial number", "3.0E+09", "3012345679"]
    assert all(row[3] for row in rows)
    installer.press("Today", "Register", "Status of devices")
    row = installer.rows.filter(has_text="3012345678")
    assert "With our desk, not yet with SMA" in row.inner_text()


def picks(installer: Installer, file: Path) -> None:
    """With the button of the question, as on a phone: its list of files has Excel in it."""
    page = installer.phone.page
    assert ".xlsx" in str(page.get_attribute("#files", "accept"))
    with page.expect_file_chooser() as choosing:
        installer.phone.question.get_by_role("button", name="Choose the Excel file").click()
    choosing.value.set_files(file)


def filled(path: Path) -> Path:
    """The empty file with devices in it, one of them rounded by a spreadsheet."""
    book = openpyxl.load_workbook(path)
    for row, device in enumerate(DEVICES, 2):
        for column, value in enumerate(device, 1):
            book.worksheets[0].cell(row, column, value)
    book.save(path)
    return path
