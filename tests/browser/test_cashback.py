"""The cashback in a real browser: the table is read and a device is registered by thumb."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.cashback import opens_the_table, registers
from tests.browser.demo import RunningDemo
from tests.browser.phone import Phone
from tests.browser.rma import Installer

pytestmark = pytest.mark.browser
TOO_WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.mark.row("SMA-05", "SMA-06")
def test_a_device_is_registered_on_a_phone_and_stands_in_the_table(browser: Browser, tmp_path: Path) -> None:
    """In Dutch, whose words are long: nothing runs out of the page, and the browser does not complain."""
    demo = RunningDemo(tmp_path)
    phone = Phone(browser)
    phone.open(demo.links["nl"])
    installer = Installer(phone, "nl")
    opens_the_table(installer, "nl")
    assert not phone.page.evaluate(TOO_WIDE)
    registers(installer, "nl", "3041234567")
    assert not phone.page.evaluate(TOO_WIDE)
    assert phone.complaints == []
    phone.close()
    demo.stop()
    assert " ERROR " not in demo.log
