"""What type a device is, and the rules for batteries that can be configured."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.services.desk import EmbeddedDesk
from bot.services.device_types import BatteryRules, read, types_called
from flows.requests import BatteryRules as AskedRules
from flows.requests import WaysBack
from storage.returns import Line
from tests.bot.services.conftest import Counter

WITH_BATTERY = "00517623"
"""An RMA of the sample for a battery, of the company of Els."""
RULES = """
products = ["powerwall"]

[rules]
nl = "Alleen in de doos UN3480."
fr = "Dans la boîte UN3480."
en = "In the UN3480 box."
"""


@pytest.mark.row("PORTAL-35")
@pytest.mark.parametrize(
    ("product", "type"),
    [
        ("IQ8+", "microinverter"),
        ("M250-72-2LN", "microinverter"),
        ("micro", "microinverter"),
        ("AC Battery", "ac_battery"),
        ("ACB 1.5", "ac_battery"),
        ("IQ System Controller 3", "system_controller"),
        ("Enpower", "system_controller"),
        ("IQ Battery 5P", "battery"),
        ("Encharge-3T-1P-INT", "battery"),
        ("thuisbatterij", "battery"),
        ("IQ Battery PCU", "battery_pcu"),
    ],
)
def test_a_type_is_known_by_its_name(product: str, type: str) -> None:
    """The manufacturer's own, an older one, or what people call it."""
    assert types_called(product)[0] == type


def test_what_has_no_such_name_is_none() -> None:
    """It is chosen by its serial."""
    assert types_called("IQ Gateway") == types_called("") == types_called("Kerkstraat 1") == []


@pytest.mark.row("PORTAL-35")
@pytest.mark.parametrize("product", ["Encharge 10", "ACB 1.5", "IQ Battery PCU", "IQ Battery 5P"])
def test_any_battery_goes_back_under_its_rules(counter: Counter, product: str) -> None:
    """Also one whose serial nobody knows."""
    lines = [Line(1, "", "IQ8+"), Line(2, "", product)]
    assert BatteryRules().are_for(counter.connection, lines)
    assert not BatteryRules().are_for(counter.connection, lines[:1])


@pytest.mark.row("PORTAL-35")
def test_the_rules_for_batteries_can_be_configured(counter: Counter, tmp_path: Path) -> None:
    """In the language of the chat, and for products that are not called a battery."""
    path = tmp_path / "batteries.toml"
    path.write_text(RULES, "utf-8")
    rules = read(path)
    assert rules.are_for(counter.connection, [Line(1, "", "Powerwall 2")])
    assert [rules.said(language) for language in ("nl", "fr", "en")] == [
        "Alleen in de doos UN3480.",
        "Dans la boîte UN3480.",
        "In the UN3480 box.",
    ]
    counter.desk = EmbeddedDesk(batteries=rules)
    assert counter.page(AskedRules(WITH_BATTERY, ("all",))).lines == ("Alleen in de doos UN3480.",)
    assert [row.id for row in counter.page(WaysBack(WITH_BATTERY, ("all",))).rows] == ["pickup"]


@pytest.mark.parametrize(
    "written", ["[rules]\nnl = 'a'\nfr = 'b'\n", "[rules]\nnl=''\nfr='b'\nen='c'", "what = 1", "products = 3"]
)
def test_a_mistake_in_the_file_says_where_it_is(tmp_path: Path, written: str) -> None:
    """A language that is missing would show somebody other rules."""
    path = tmp_path / "batteries.toml"
    path.write_text(written, "utf-8")
    with pytest.raises(ValueError, match=r"batteries\.toml"):
        read(path)
