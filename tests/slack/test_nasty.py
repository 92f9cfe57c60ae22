"""Words of people never ping, never hide a link, never break anything, and are kept as they were typed."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from tests.slack.modals import FormFiller
from tests.slack.nasty import CORPUS, kept
from tests.slack.people import wrapped
from tests.slack.process import World
from tests.slack.test_modals import up_to_the_fault
from tests.telegram.journeys import photo

BATCHES = [CORPUS[start : start + 40] for start in range(0, len(CORPUS), 40)]


async def in_a_modal(world: World, person: FormFiller, batch: Sequence[str]) -> None:
    """As the description of an RMA: on the review, at the desk, in the chat."""
    await up_to_the_fault(person, "en")
    person.chooses("fault", 0)
    person.types("description", "\n".join(batch))
    await person.submits()
    assert person.errors == {}
    facts = [block["fields"][1]["text"] for block in person.view["blocks"] if block["type"] == "section"]
    assert any(facts_of(batch[0]) in fact for fact in facts)
    await person.submits()
    newest = "SELECT description FROM rmas WHERE key LIKE ? ORDER BY number DESC"
    described = [text for (text,) in world.rows(newest, "slack%")]
    lost = [[each for each in batch if facts_of(each) not in text] for text in described]
    assert [] in lost, min(lost, key=len)


def facts_of(text: str) -> str:
    """Words without what surrounds them."""
    return kept(text).strip()


async def in_the_chat(person: FormFiller, batch: Sequence[str]) -> None:
    """Typed, as Slack escapes it and as Slack marks it; in a command; beside a file with such a name."""
    await person.says("\n".join(batch))
    marked = wrapped({**person.about(person.wrote("")), "text": "\n".join(batch)})
    await person.slack.deliver(marked)
    await person.commands_in(" ".join(batch))
    await person.sends(*((f"{text}.jpg", photo(), "image/jpeg") for text in batch[:3]), text=batch[3])
    await person.hears()


async def of_a_message(person: FormFiller, batch: Sequence[str]) -> None:
    """The shortcut of somebody's message."""
    message = person.wrote("\n".join(batch))
    await person.makes_request_of(message, person.room)
    await person.opened()


def test_no_words_ping_or_hide_a_link_and_all_are_kept(way: str, tmp_path: Path, sample: Path) -> None:
    """The tests' Slack refuses pings and masked links wherever it would read marks."""

    async def story(world: World) -> None:
        for batch in BATCHES:
            await in_the_chat(world.linked("en"), batch)
            await of_a_message(world.linked("en"), batch)
            await in_a_modal(world, world.linked("en"), batch)
        await world.settled()
        assert {outcome for (outcome,) in world.rows("SELECT outcome FROM inbox")} == {"done"}
        assert {outcome for (outcome,) in world.rows("SELECT outcome FROM outbox")} <= {"sent", "replaced"}

    async def all_of_it() -> None:
        async with World(tmp_path, sample, way) as world:
            await world.start()
            await story(world)
            assert world.running
        assert world.slack.violations == []
        assert " ERROR " not in world.log.read_text()

    asyncio.run(all_of_it())
