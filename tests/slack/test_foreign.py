"""Presses and forms that are not one's own, or made up: no effect, and always the same answer."""

from __future__ import annotations

import asyncio
import copy
from pathlib import Path
from typing import Any

from tests.slack.modals import FormFiller
from tests.slack.people import wrapped
from tests.slack.process import World
from tests.slack.test_modals import up_to_the_fault, up_to_the_review

FILED = "SELECT count(*) FROM rmas WHERE key LIKE ?"


def swapped(theirs: dict[str, Any], mine: dict[str, Any]) -> list[dict[str, Any]]:
    """A form of mine with parts of somebody else's in it, and with what nobody made."""
    made: list[dict[str, Any]] = []
    for name in ("private_metadata", "id", "hash", "external_id"):
        for value in (theirs["view"][name], "", "x.1", "é" * 32, "0.0", "99999999.0"):
            payload = copy.deepcopy(mine)
            payload["view"][name] = value
            made.append(payload)
    payload = copy.deepcopy(mine)
    payload["view"]["state"] = theirs["view"]["state"]
    return [*made, payload]


async def sends_in(person: FormFiller, payload: dict[str, Any]) -> None:
    """As somebody would who talks to the app without Slack's help; the answer is read by nobody."""
    id = await person.slack.deliver({**payload, **person.who()}, "interactive")
    await person.slack.acked(id)


def test_a_form_with_parts_of_anothers_files_nothing(way: str, tmp_path: Path, sample: Path) -> None:
    """Another company's review, sent in by somebody else: with its token, its name, its state."""

    async def story(world: World) -> None:
        owner, other, stranger = world.linked("nl"), world.linked("fr"), world.person("en")
        await up_to_the_review(owner)
        await up_to_the_fault(other, "fr")
        theirs = {"type": "view_submission", "view": owner.submission()["view"]}
        for somebody in (other, stranger):
            await sends_in(somebody, theirs)
        mine = theirs | {
            "view": {**theirs["view"], **{n: other.view[n] for n in ("id", "hash", "external_id")}}
        }
        for payload in swapped(theirs, mine):
            await sends_in(stranger, payload)
        await world.settled()
        assert world.rows(FILED, "slack%") == [(0,)]
        name = next(s["name"] for s in world.firm("nl")["systems"])
        assert name not in stranger.chat()
        await owner.submits()
        assert world.rows(FILED, "slack%") == [(1,)]

    async def all_of_it() -> None:
        async with World(tmp_path, sample, way) as world:
            await world.start()
            await story(world)

    asyncio.run(all_of_it())


ACTIONS: tuple[dict[str, Any], ...] = (
    {"action_id": "press.99999", "value": "1.99999"},
    {"action_id": "press", "value": ""},
    {"action_id": "press.0", "value": "é" * 32},
    {"action_id": "", "value": "..", "type": "button"},
    {"action_id": "press.0", "value": "x.1", "type": "datepicker"},
    {"action_id": "form.0", "value": "0.0"},
    {"action_id": "start.no_such_flow", "value": "1"},
    {"action_id": "pick.0", "type": "static_select", "selected_option": {"value": "zz.0"}},
    {"action_id": "pick.0", "type": "static_select", "selected_option": None},
)


def test_a_press_that_is_not_ones_own_has_one_answer(way: str, tmp_path: Path, sample: Path) -> None:
    """Another company's button, an edited one, one that never was: it is too old, nothing happens."""

    async def story(world: World) -> None:
        owner, other = world.linked("nl"), world.linked("fr")
        await owner.says("nieuwe rma")
        await owner.sees("Welk systeem")
        theirs = owner.last()
        foreign = [{**each, "value": each["value"]} for each in theirs.pressed if "value" in each]
        answers = []
        for element in (*foreign[:2], *({"type": "button", "block_id": "b", **each} for each in ACTIONS)):
            somebody = world.person("fr")
            await somebody.taps_on(theirs, element)
            await somebody.hears()
            answers.append(somebody.reads())
        form = answers.pop(7)  # it asks for a form of what is open, and nothing is
        assert len(set(answers)) == 1, (answers, form)
        assert "nieuw" not in other.chat()
        await owner.says("menu")
        await owner.hears()
        await world.settled()

    async def all_of_it() -> None:
        async with World(tmp_path, sample, way) as world:
            await world.start()
            await story(world)
        assert world.slack.violations == []

    asyncio.run(all_of_it())


def test_a_payload_that_nobody_can_read_is_put_aside_and_the_next_is_answered(
    tmp_path: Path, sample: Path
) -> None:
    """In the middle of others, of each kind."""
    deep: Any = "x"
    for _ in range(400):
        deep = [deep]

    async def story(world: World) -> None:
        people = [world.linked("en") for _ in range(8)]
        odd: list[dict[str, Any]] = [
            {**wrapped({}), "event": {"type": "message", "channel_type": "im", "user": 5, "text": {"a": 1}}},
            {**wrapped({}), "event": {"type": "message", "channel_type": "im", "user": "U1", "text": deep}},
            {**wrapped({}), "event": "message", "team_id": 7},
            {"type": "event_callback", "event_id": [], "event": {"type": "message", "files": "none"}},
            {**wrapped({}), "event": {"type": "message", "channel_type": "im", "files": [{"size": 2**70}]}},
            {"type": "event_callback"},
            {},
        ]
        for person, payload in zip(people, [*odd, {}], strict=True):
            await world.slack.deliver(payload)
            await person.says("menu")
        for person in people:
            await person.hears()
        aside = world.rows("SELECT count(*) FROM inbox WHERE outcome = 'quarantined'")
        assert aside[0][0] >= 1
        assert world.running

    async def all_of_it() -> None:
        async with World(tmp_path, sample) as world:
            await world.start()
            await story(world)
        assert world.slack.violations == []

    asyncio.run(all_of_it())
