"""Once a day the overview of SMA is taken over: new devices and new statuses (SMA-12 to 16)."""

from __future__ import annotations

import datetime
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.ports import Clock
from bot.services import cashback_changes, letters, news
from bot.services.cashback_campaign import Campaign
from bot.services.cashback_devices import from_key
from bot.services.items import CASHBACK_NEXT
from bot.services.portal import Portal, Seen
from flows.engine.phrases import _, n_
from storage import cashback
from storage.cashback import Profile
from storage.moments import micros, moment
from storage.rmas import take_numbers
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

HOUR: Final = 6
ZONE: Final = ZoneInfo(news.TIME_ZONE)


class Daily:
    """Takes the overview over, the first time after six in the morning that it can be had."""

    def __init__(
        self, uow: UnitOfWork, clock: Clock, campaign: Campaign, portal: Portal, told: Callable[[], None]
    ) -> None:
        self._uow = uow
        self._clock = clock
        self._campaign = campaign
        self._portal = portal
        self._told = told

    async def step(self) -> bool:
        """Take over what is there, once a day; never says that there is more."""
        now = self._clock.now()
        there = now.astimezone(ZONE)
        day = there.date().isoformat()
        if there.hour < HOUR or await self._uow.read(lambda connection: cashback.taken_over(connection, day)):
            return False
        try:
            seen = await self._portal.seen()
        except (OSError, ValueError) as error:
            log.warning("the overview of SMA cannot be had: %s", type(error).__name__)
            return False
        await self._uow.write(lambda connection: take_over(connection, self._campaign, seen, now))
        self._told()
        return False


def take_over(
    connection: Connection, campaign: Campaign, seen: Sequence[Seen], now: datetime.datetime
) -> None:
    """Keep what is new and pass on what changed; the same day a second time, nothing happens."""
    day = now.astimezone(ZONE).date().isoformat()
    if not cashback.take_day(connection, day, micros(now)):
        return
    known = cashback.registered(connection, [each.serial for each in seen])
    for each in seen:
        device = known.get(each.serial)
        if device and each.status in CASHBACK_NEXT[device.status]:
            key = f"overview {day} {device.number}"
            cashback_changes.pass_to(connection, device, each.status, key=key, now=micros(now))
    fresh = {each.serial: each for each in seen if each.serial not in known}
    _come_along(connection, campaign, list(fresh.values()), day, micros(now))


def _come_along(connection: Connection, campaign: Campaign, seen: Sequence[Seen], day: str, now: int) -> None:
    """Devices under the number of a company come along with the colleague in whose profile it is."""
    profiles = _profiles(connection, campaign)
    came: Counter[Profile] = Counter()
    for each in seen:
        profile = profiles.get(each.customer_number)
        fits = from_key(campaign, each.serial)
        if profile is None or fits is None or each.status == "not_registrable":
            continue
        since = moment(profile.at).astimezone(ZONE).date()
        if each.registered_on < since or not campaign.covers(each.registered_on):
            continue  # what was there before the number is not taken over afterwards (SMA-14)
        _keep(connection, campaign, each, profile, now)
        came[profile] += 1
    for profile, count in came.items():
        news.tell(
            connection,
            [profile.installer],
            n_(
                "{n} device came along from Sunny Portal today.",
                "{n} devices came along from Sunny Portal today.",
            )(n=count),
            about="cashback",
            key=f"overview {day} {profile.installer}",
            title=letters.about_title(_("SMA cashback")),
            now=now,
        )


def _profiles(connection: Connection, campaign: Campaign) -> dict[str, Profile]:
    """By customer number of a company: the colleague who has had it in their profile longest."""
    found: dict[str, Profile] = {}
    for profile in cashback.profiles(connection):
        if profile.number and campaign.enrolled.get(profile.company_name) == profile.number:
            found.setdefault(profile.number, profile)
    return found


def _keep(connection: Connection, campaign: Campaign, seen: Seen, profile: Profile, now: int) -> None:
    fits = from_key(campaign, seen.serial)
    assert fits
    (number,) = take_numbers(connection, "cashback", 1)
    cashback.add(
        connection,
        [
            {
                "number": number,
                "key": f"overview/{seen.serial}",
                "company": profile.company,
                "installer": profile.installer,
                "serial": seen.serial,
                "product": fits.product.code,
                "subject": fits.product.name,
                "installed_on": seen.registered_on.isoformat(),
                "euros": fits.product.euros,
                "status": "accepted",
                "created_at": now,
                "updated_at": now,
            }
        ],
    )
    if seen.status != "accepted":
        device = cashback.get(connection, number)
        assert device
        cashback_changes.pass_to(connection, device, seen.status, key=f"overview {number}", now=now)
