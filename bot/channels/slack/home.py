"""App Home: what a person has open, kept fresh while they may be looking at it (UX 28, 29)."""

from __future__ import annotations

import asyncio
import datetime
import logging
import math
from collections.abc import Iterator
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
from bot.services.rooms import TONGUES
from bot.turn import first_meeting
from flows.catalog import FLOWS
from flows.engine.phrases import Copy
from locales.speaker import Speaker

log = logging.getLogger(__name__)

EVERY: Final = 1.0
"""Seconds between two looks at what changed, and at least between two Homes shown to one person."""
WATCHED: Final = datetime.timedelta(minutes=15)
"""How long after opening it somebody may still be looking."""
MOST: Final = 500
OF_A_COMPANY: Final = (
    "list_rmas",
    "list_cases",
    "search_systems",
    "create_case",
    "track_return",
    "claim_labour",
    "cashback",
    "order_report",
)
"""What begins on Home besides the first thing: a journey each."""
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
        self._not_before: dict[str, float] = {}
        self._under_way: set[asyncio.Task[None]] = set()
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
        try:
            await self._rounds()
        finally:
            for task in self._under_way:
                task.cancel()

    async def _rounds(self) -> None:
        wait: float | None = None
        while True:
            try:
                async with asyncio.timeout(wait):
                    await self._opened.wait()
            except TimeoutError:
                pass
            self._opened.clear()
            try:
                wait = await self._refresh()
            except Exception as error:  # the edge of a round; the next one looks again
                log.error("homes: %s", trace(error))
                await asyncio.sleep(EVERY)
                wait = EVERY

    async def _refresh(self) -> float | None:
        """Show what changed; returns how soon to look again, None when nobody looks."""
        for person in [person for person, until in self._until.items() if until < self._clock.now()]:
            self._forget(person)
        watched = list(self._until)
        if not watched:
            return None
        seen = await self._lookups.glance(watched)
        views = await asyncio.gather(*map(self._view, watched, seen))  # slow profiles are waited for at once
        shown = zip(watched, views, strict=True)
        changed = [(person, view) for person, view in shown if self._shown.get(person) != view]
        now = asyncio.get_running_loop().time()
        held = {person: then for person, then in self._not_before.items() if then > now}
        self._not_before = dict(held)
        for person, view in changed:
            if person not in held:
                self._begin(person, view)
        return min([EVERY, *(held[person] - now for person, _view in changed if person in held)])

    def _begin(self, person: str, view: dict[str, Any]) -> None:
        """Show it beside all else: whose Home is slow holds up nobody else's."""
        self._not_before[person] = math.inf
        task = asyncio.create_task(self._publish(person, view))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _view(self, person: str, found: Glance) -> dict[str, Any]:
        profile = await self._people.profile(person)
        locale = found.locale or first_meeting(person, profile.locale).locale
        zone = profile.time_zone or "UTC"
        return home(found, Speaker(locale, zone, self._clock.now().astimezone(ZoneInfo(zone)).date()))

    async def _publish(self, person: str, view: dict[str, Any]) -> None:
        place = place_of(person)
        assert place is not None
        begun = asyncio.get_running_loop().time()
        wait = EVERY
        try:
            sending = await self._workspaces.sending(place)
            await sending.call("views.publish", {"user_id": place.channel, "view": view})
            self._shown[person] = view
        except RetryLater as error:
            log.info("a home waits %d s", error.seconds)
            wait += error.seconds
        except Unavailable:
            log.info("a home is shown in the next round")
        except (Unreachable, Gone, Refusal) as error:
            log.warning("a home cannot be shown: %s", type(error).__name__)
            self._forget(person)
        except Exception as error:  # the edge of one Home; the next round tries it again
            log.error("a home: %s", trace(error))
        finally:
            self._not_before[person] = begun + wait

    def _forget(self, person: str) -> None:
        self._until.pop(person, None)
        self._shown.pop(person, None)


def home(found: Glance, speaker: Speaker) -> dict[str, Any]:
    """The view. Nothing in it is marked up, so no name or town can ping or pretend to be a link."""
    first = _known(found, speaker) if found.who else _stranger(speaker)
    flows = (*(OF_A_COMPANY if found.who else ()), "talk_to_person", "change_language", "help")
    others = [_start(flow, speaker) for flow in flows]
    state = words.LINKED_IN if found.who else words.IN
    about = _plain(speaker.say(state(language=TONGUES[speaker.language])), SECTION)
    blocks = [
        *first,
        *_asked(found, speaker),
        *_draft(found, speaker),
        *_latest(found, speaker),
        {"type": "divider"},
        {"type": "actions", "elements": others},
        {"type": "context", "elements": [about]},
    ]
    return {"type": "home", "blocks": blocks}


def _stranger(speaker: Speaker) -> list[dict[str, Any]]:
    """The first step of somebody we do not know."""
    return [
        _section(speaker.say(words.NOT_LINKED)),
        {"type": "actions", "elements": [_start("link", speaker, primary=True)]},
    ]


def _known(found: Glance, speaker: Speaker) -> list[dict[str, Any]]:
    """Who, how many, and the way to begin; without any, that is the first step."""
    summary = " · ".join(map(speaker.say, found.open)) if found.latest else speaker.say(words.FIRST_RMA)
    return [
        {"type": "header", "text": _plain(found.who, 150)},
        *([_practice(speaker)] if found.practises else []),
        _section(summary),
        {"type": "actions", "elements": [_start("create_rma", speaker, primary=True)]},
    ]


def _practice(speaker: Speaker) -> dict[str, Any]:
    """The mark that every message has too, with the way out of it."""
    return _section(
        speaker.say(words.PRACTICE), _button(speaker.say(FLOWS["end_practice"].title), "start.end_practice")
    )


def _asked(found: Glance, speaker: Speaker) -> Iterator[dict[str, Any]]:
    """What the desk waits for, above everything else that is open."""
    for row in found.asked:
        answer = _button(speaker.say(words.ANSWER), "start.answer_desk", row.id)
        yield {
            **_section(speaker.say(words.ASKED(question=row.label)), answer),
            "block_id": f"asked.{row.id}",
        }


def _draft(found: Glance, speaker: Speaker) -> Iterator[dict[str, Any]]:
    """What was begun last, above what is with the desk already, and the way to all of it."""
    for draft in found.drafts[:1]:
        go_on = _button(speaker.say(words.GO_ON), "open")
        yield _section(speaker.say(words.UNFINISHED(draft=draft)), go_on)
    if found.others:
        yield {"type": "actions", "elements": [_start("drafts", speaker)]}


def _latest(found: Glance, speaker: Speaker) -> Iterator[dict[str, Any]]:
    """The latest RMAs, each with its card."""
    for row in found.latest:
        look = {**_button(speaker.say(words.LOOK), "start.track_rma", row.id)}
        look["accessibility_label"] = speaker.say(words.LOOK_AT(rma=Copy(row.id)))[:BUTTON]
        yield {**_section(speaker.say(row.label), look), "block_id": f"rma.{row.id}"}


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
