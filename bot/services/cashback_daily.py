"""Once a day the overview of SMA is taken over: new devices and new statuses (SMA-12 to 16)."""

from __future__ import annotations

import datetime
import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from bot.faults import trace
from bot.ports import Clock
from bot.services import cashback_changes, letters, news
from bot.services.cashback_campaign import Campaign
from bot.services.cashback_devices import Fits, from_key
from bot.services.days import ZONE, today_of
from bot.services.portal import Portal, Seen
from flows.engine.phrases import _, n_
from storage import cashback
from storage.cashback import Device, Profile
from storage.moments import micros
from storage.rmas import take_numbers
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

HOUR: Final = 6


class Daily:
    """Takes the overview over, the first time after six in the morning that it can be had."""

    def __init__(
        self,
        uow: UnitOfWork,
        clock: Clock,
        campaign: Campaign,
        portal: Portal | None,
        told: Callable[[], None],
    ) -> None:
        self._uow = uow
        self._clock = clock
        self._campaign = campaign
        self._portal = portal
        self._told = told

    async def step(self) -> bool:
        """Take over what is there, once a day; never says that there is more."""
        if self._portal is None:
            return False
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
    at = micros(now)
    day = today_of(at).isoformat()
    if not cashback.take_day(connection, day, at):
        return
    there = {each.serial: each for each in seen}
    known, refused = cashback.registered(connection, there), cashback.not_registrable(connection, there)
    profiles = _profiles(connection, campaign)
    came: Counter[Profile] = Counter()
    for each in there.values():
        profile = profiles.get(each.customer_number)
        device = known.get(each.serial) or (profile and refused.get((profile.company, each.serial)))
        if device and _changes(device, each.status):
            with _by_itself(connection):
                _pass_on(connection, device, each.status, day, at)
        elif not device and profile and (fits := _comes_along(campaign, profile, each)):
            with _by_itself(connection):
                _keep(connection, fits, each, profile, day, at)
                came[profile] += 1
    _tell(connection, came, day, at)


def _changes(device: Device, status: str) -> bool:
    """The word of SMA counts, whatever steps were skipped; what is paid stays paid."""
    return status != device.status and device.status != "paid"


def _pass_on(connection: Connection, device: Device, status: str, day: str, now: int) -> None:
    key = f"overview {day} {device.number}"
    cashback_changes.pass_to(connection, device, status, key=key, now=now)


@contextmanager
def _by_itself(connection: Connection) -> Iterator[None]:
    """What goes wrong with one device is undone and logged; the others, and tomorrow, come all the same."""
    try:
        with connection.begin_nested():
            yield
    except OperationalError:  # the database itself: all of it is done again
        raise
    except Exception as error:
        log.error("a device of the overview is left out: %s", trace(error))


def _comes_along(campaign: Campaign, profile: Profile, seen: Seen) -> Fits | None:
    """The device it is when it comes along; what was there before the number does not (SMA-14)."""
    since = today_of(profile.at)
    comes = seen.registered_on >= since and campaign.covers(seen.registered_on)
    return from_key(campaign, seen.serial) if comes and seen.status != "not_registrable" else None


def _tell(connection: Connection, came: Counter[Profile], day: str, now: int) -> None:
    """How many came along, each colleague of theirs."""
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


def _keep(connection: Connection, fits: Fits, seen: Seen, profile: Profile, day: str, now: int) -> None:
    (number,) = take_numbers(connection, "cashback", 1)
    row = {
        "number": number,
        "key": f"overview/{day}/{seen.serial}",
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
    cashback.add(connection, [row])
    if seen.status != row["status"]:
        device = cashback.get(connection, number)
        assert device
        _pass_on(connection, device, seen.status, day, now)
