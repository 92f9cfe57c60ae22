"""What the profile of a person says: their language and their time zone, asked once a day."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final
from zoneinfo import ZoneInfo

from msgspec import Struct, structs

from bot.channels.slack.places import Place, place_of
from bot.channels.slack.sending import Gone, Refusal
from bot.channels.slack.workspaces import Workspaces
from bot.ports import RetryLater, Unavailable, Unreachable

log = logging.getLogger(__name__)

DAY: Final = 24 * 3600.0
SOON: Final = 60.0
"""When a profile that could not be had is asked for again."""
PATIENCE: Final = 1.0
"""Nobody waits longer for an answer because we want to know their language."""
MOST: Final = 10_000


class Profile(Struct, frozen=True):
    """What Slack knows about a person; empty where it does not say."""

    locale: str = ""
    time_zone: str = ""
    until: float = 0.0


class People:
    """Profiles, as far as they are known."""

    def __init__(self, workspaces: Workspaces, now: Callable[[], float] = time.monotonic) -> None:
        self._workspaces = workspaces
        self._now = now
        self._known: OrderedDict[str, Profile] = OrderedDict()

    async def profile(self, person: str) -> Profile:
        """The profile of a person, known or asked for; an empty one when that takes too long."""
        known = self._known.get(person)
        if known and known.until > self._now():
            return known
        place = place_of(person)
        found = await self._asked(place, known) if place and place.is_direct else Profile()
        self._known[person] = found
        if len(self._known) > MOST:
            self._known.popitem(last=False)
        return found

    def time_zone(self, person: str) -> str:
        """The time zone of a person who was heard since the start."""
        known = self._known.get(person)
        return known.time_zone if known else ""

    async def _asked(self, place: Place, known: Profile | None) -> Profile:
        """What Slack says now; what it said before, when it does not answer."""
        try:
            async with asyncio.timeout(PATIENCE):
                sending = await self._workspaces.sending(place)
                answer = await sending.ask("users.info", user=place.channel, include_locale="true")
        except (RetryLater, Unavailable, Unreachable, Gone, Refusal, TimeoutError) as error:
            log.info("a profile cannot be had: %s", type(error).__name__)
            return structs.replace(known or Profile(), until=self._now() + SOON)
        user = answer.get("user")
        user = user if isinstance(user, dict) else {}
        locale, zone = str(user.get("locale") or ""), str(user.get("tz") or "")
        return Profile(locale, zone if _is_zone(zone) else "", self._now() + DAY)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True
