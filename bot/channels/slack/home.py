"""App Home: what a person has open, kept fresh while they may be looking at it (UX 28, 29)."""

from __future__ import annotations

import asyncio
import datetime
import logging
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.channels.slack import words
from bot.channels.slack.lookups import Lookups
from bot.channels.slack.people import People
from bot.channels.slack.places import place_of
from bot.channels.slack.sending import Gone, Refusal
from bot.channels.slack.workspaces import Workspaces
from bot.faults import trace
from bot.ports import Clock, RetryLater, Unavailable, Unreachable
from bot.services.glance import Glance
from bot.turn import first_meeting
from flows.catalog import FLOWS
from flows.engine.phrases import Copy, Text, n_
from locales.speaker import Speaker

log = logging.getLogger(__name__)

EVERY: Final = 1.0
WATCHED: Final = datetime.timedelta(minutes=15)
"""How long after opening it somebody may still be looking."""
MOST: Final = 500
SECTION: Final = 3000
BUTTON: Final = 75


class Homes:
    """Shows Homes, and shows them again when something in them changed."""

    def __init__(self, workspaces: Workspaces, people: People, lookups: Lookups, clock: Clock) -> None:
        self._workspaces = workspaces
        self._people = people
        self._lookups = lookups
        self._clock = clock
        self._until: dict[str, datetime.datetime] = {}
        self._shown: dict[str, dict[str, Any]] = {}
        self._opened = asyncio.Event()

    def opened(self, person: str) -> None:
        """Somebody opened their Home."""
        self._until.pop(person, None)
        self._until[person] = self._clock.now() + WATCHED
        self._shown.pop(person, None)
        for other in list(self._until)[:-MOST]:
            self._forget(other)
        self._opened.set()

    async def run(self) -> None:
        """Never ends by itself."""
        while True:
            try:
                async with asyncio.timeout(EVERY if self._until else None):
                    await self._opened.wait()
            except TimeoutError:
                pass
            self._opened.clear()
            try:
                await self._refresh()
            except Exception as error:  # the edge of a round; the next one looks again
                log.error("homes: %s", trace(error))
                await asyncio.sleep(EVERY)

    async def _refresh(self) -> None:
        for person in [person for person, until in self._until.items() if until < self._clock.now()]:
            self._forget(person)
        watched = list(self._until)
        if not watched:
            return
        seen = await self._lookups.glance(watched)
        views = [
            (person, await self._view(person, found)) for person, found in zip(watched, seen, strict=True)
        ]
        changed = [(person, view) for person, view in views if self._shown.get(person) != view]
        await asyncio.gather(*(self._publish(person, view) for person, view in changed))

    async def _view(self, person: str, found: Glance) -> dict[str, Any]:
        profile = await self._people.profile(person)
        locale = found.locale or first_meeting(person, profile.locale).locale
        zone = profile.time_zone or "UTC"
        return home(found, Speaker(locale, zone, self._clock.now().astimezone(ZoneInfo(zone)).date()))

    async def _publish(self, person: str, view: dict[str, Any]) -> None:
        place = place_of(person)
        if place is None:
            return
        try:
            sending = await self._workspaces.sending(place)
            await sending.call("views.publish", {"user_id": place.channel, "view": view})
            self._shown[person] = view
        except RetryLater as error:
            log.info("a home waits %d s", error.seconds)
            self._shown[person] = view
            asyncio.get_running_loop().call_later(error.seconds, self._shown.pop, person, None)
        except Unavailable:
            log.info("a home is shown in the next round")
        except (Unreachable, Gone, Refusal) as error:
            log.warning("a home cannot be shown: %s", type(error).__name__)
            self._forget(person)

    def _forget(self, person: str) -> None:
        self._until.pop(person, None)
        self._shown.pop(person, None)


def home(found: Glance, speaker: Speaker) -> dict[str, Any]:
    """The view. Nothing in it is marked up, so no name or town can ping or pretend to be a link."""
    blocks = [*_known(found, speaker)] if found.who else [*_stranger(speaker)]
    if found.drafts:
        draft = words.UNFINISHED(draft=found.drafts[0])
        blocks.append(_section(speaker.say(draft), _button(speaker.say(words.GO_ON), "open")))
    rest = ("search_systems", "create_case") if found.who else ()
    others = [_start(flow, speaker) for flow in (*rest, "talk_to_person", "change_language", "help")]
    return {"type": "home", "blocks": [*blocks, {"type": "divider"}, {"type": "actions", "elements": others}]}


def _stranger(speaker: Speaker) -> list[dict[str, Any]]:
    """The first step of somebody we do not know."""
    return [
        _section(speaker.say(words.NOT_LINKED)),
        {"type": "actions", "elements": [_start("link", speaker, primary=True)]},
    ]


def _known(found: Glance, speaker: Speaker) -> list[dict[str, Any]]:
    """Who, how many, the latest; without any, the first step."""
    open_now: Text = n_("{n} open RMA", "{n} open RMAs")(n=found.open_rmas)
    summary = speaker.say(open_now) if found.latest else speaker.say(words.FIRST_RMA)
    shown = [
        {"type": "header", "text": _plain(found.who, 150)},
        _section(summary),
        {"type": "actions", "elements": [_start("create_rma", speaker, primary=True)]},
    ]
    for row in found.latest:
        look = {**_button(speaker.say(words.LOOK), "start.track_rma", row.id)}
        look["accessibility_label"] = speaker.say(words.LOOK_AT(rma=Copy(row.id)))[:BUTTON]
        shown.append({**_section(speaker.say(row.label), look), "block_id": f"rma.{row.id}"})
    return shown


def _start(flow: str, speaker: Speaker, *, primary: bool = False) -> dict[str, Any]:
    shown = _button(speaker.say(FLOWS[flow].title), f"start.{flow}")
    return {**shown, "style": "primary"} if primary else shown


def _button(label: str, action: str, value: str = "") -> dict[str, Any]:
    shown = {"type": "button", "action_id": action, "text": _plain(label, BUTTON)}
    return {**shown, "value": value} if value else shown


def _section(text: str, accessory: dict[str, Any] | None = None) -> dict[str, Any]:
    shown: dict[str, Any] = {"type": "section", "text": _plain(text, SECTION)}
    return {**shown, "accessory": accessory} if accessory else shown


def _plain(text: str, longest: int) -> dict[str, Any]:
    return {"type": "plain_text", "text": text[:longest] or "…", "emoji": False}
