"""A campaign that leaves things out promises nothing in their place."""

from __future__ import annotations

import datetime

from msgspec import structs

from bot.services.cashback_campaign import read
from bot.services.seed_cashback import devices
from tests.bot.services.conftest import NOW


def test_a_product_has_the_serials_of_its_patterns_and_no_others() -> None:
    """From the first sign to the last; without a pattern, none."""
    product = structs.replace(read().products[0], serials=("301???????", "44*"))
    assert all(map(product.has_serial, ("3010000001", "4400000001")))
    assert not any(map(product.has_serial, ("3020000001", "13010000001", "30100000019", "")))
    assert not structs.replace(product, serials=()).has_serial("3010000001")


def test_the_sample_has_devices_of_whatever_the_campaign_has() -> None:
    """Each with a serial that it can have; without products there are none."""
    campaign, numbers = read(), [f"{number:08d}" for number in range(5)]
    for row in devices(campaign, 1, 1, numbers, NOW):
        product = campaign.product(row["product"])
        assert product
        assert product.has_serial(row["serial"])
    assert devices(structs.replace(campaign, products=()), 1, 1, numbers, NOW) == []


def test_a_period_has_both_its_days() -> None:
    """What is not confirmed sets no limit."""
    campaign, day = read(), datetime.timedelta(days=1)
    assert campaign.first
    assert (campaign.covers(campaign.first), campaign.covers(campaign.first - day)) == (True, False)
    assert structs.replace(campaign, first=None).covers(campaign.first - day)
