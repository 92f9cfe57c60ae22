"""Work done in modals of the real process: to its end, in each language, and whatever ends the process."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.slack.modals import FormFiller
from tests.slack.process import World
from tests.telegram.journeys import photo

WORDS = {"nl": "nieuw", "fr": "nouveau", "en": "new"}
NEW_ANYWAY = {"nl": "Toch nieuw", "fr": "Créer quand même", "en": "New anyway"}
SENT = "SELECT number, description FROM rmas WHERE description LIKE 'No light since%'"

Story = Callable[[World, FormFiller], Awaitable[None]]


def play(story: Story, folder: Path, sample: Path, way: str, language: str = "nl") -> None:
    """A person of the company of that language, the process, and Slack."""

    async def all_of_it() -> None:
        async with World(folder, sample, way) as world:
            await world.start()
            await story(world, world.linked(language))
        assert world.slack.violations == []

    asyncio.run(all_of_it())


async def up_to_the_fault(person: FormFiller, language: str = "nl") -> None:
    """A system, its first device, and the page with everything else."""
    await person.commands(WORDS[language])
    await person.finds("system", "")
    await person.submits()
    person.chooses("devices", 0)
    await person.submits()
    if not any(block["type"] == "input" for block in person.view["blocks"]):
        await person.presses(NEW_ANYWAY[language])


async def up_to_the_review(person: FormFiller, language: str = "nl") -> None:
    """Everything filled in."""
    await up_to_the_fault(person, language)
    person.chooses("fault", 0)
    person.types("description", "No light since Monday.")
    person.attaches("photos", "roof.jpg", photo())
    await person.submits()


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_an_rma_is_filed_in_a_modal(language: str, way: str, tmp_path: Path, sample: Path) -> None:
    """What is wrong stands at its field; the confirmation is in the modal and stays in the chat."""

    async def story(world: World, person: FormFiller) -> None:
        await up_to_the_fault(person, language)
        person.chooses("fault", 0)
        person.types("description", "x" * 2001)
        await person.submits()
        assert set(person.errors) == {"description"}
        person.types("description", "No light since Monday.")
        person.attaches("photos", "roof.jpg", photo())
        await person.submits()
        facts = [block for block in person.view["blocks"] if block["type"] == "section"]
        assert "No light since Monday." in [block["fields"][1]["text"] for block in facts]
        await person.submits()
        [(number, _description)] = world.rows(SENT)
        assert number in json.dumps(person.view)
        await world.slack.until(lambda: any(number in text for text in person.hears_of()))

    play(story, tmp_path, sample, way, language)


def test_a_modal_that_is_closed_goes_on_in_the_chat_and_back(way: str, tmp_path: Path, sample: Path) -> None:
    """Nothing is asked twice."""

    async def story(world: World, person: FormFiller) -> None:
        await up_to_the_fault(person)
        await person.closes()
        await world.slack.until(lambda: person.hears_of())
        await person.opens_as_form()
        person.chooses("fault", 1)
        person.types("description", "No light since Monday.")
        await person.submits()
        await person.submits()
        assert len(world.rows(SENT)) == 1

    play(story, tmp_path, sample, way)


def test_a_form_sent_in_while_the_process_dies_is_taken_once(way: str, tmp_path: Path, sample: Path) -> None:
    """People press once more when Slack tells them that it did not work; the answer is the same."""

    async def story(world: World, person: FormFiller) -> None:
        await up_to_the_review(person)
        for pause in (0.0, 0.01, 0.05):
            if "submit" in person.view:
                await world.slack.deliver(person.submission(), "interactive")
                await asyncio.sleep(pause)  # somewhere between the wire and the answer
            await world.end()
            await world.start()
        if "submit" in person.view:
            await person.submits()
        [(number, _description)] = world.rows(SENT)
        await world.slack.until(lambda: any(number in text for text in person.hears_of()))
        assert len(world.rows(SENT)) == 1

    play(story, tmp_path, sample, way)


def test_work_that_is_cancelled_in_a_modal_leaves_nothing_with_the_desk(
    way: str, tmp_path: Path, sample: Path
) -> None:
    """The chat keeps the way back to it."""

    async def story(world: World, person: FormFiller) -> None:
        await up_to_the_review(person)
        await person.presses("Annuleren")
        assert "submit" not in person.view
        await world.slack.until(lambda: person.hears_of())
        assert world.rows(SENT) == []

    play(story, tmp_path, sample, way)


def test_a_stranger_links_in_the_same_modal_and_goes_on(way: str, tmp_path: Path, sample: Path) -> None:
    """What was asked for comes back after it, on the company's own systems."""

    async def story(world: World, _person: FormFiller) -> None:
        stranger = world.person("nl")
        code = world.code(world.firm("nl")["people"][1]["email"])
        await stranger.commands("nieuw")
        stranger.types("code", code)
        await stranger.submits()
        await stranger.submits()
        await stranger.finds("system", "")
        await stranger.submits()
        assert stranger.block("devices")
        assert stranger.view["title"]["text"] == "Nieuwe RMA"

    play(story, tmp_path, sample, way)


def test_a_form_whose_photo_takes_long_says_so_and_goes_on(way: str, tmp_path: Path, sample: Path) -> None:
    """Its confirmation cannot wait; the page changes when the photo is there, with what is wrong by then."""

    async def story(world: World, person: FormFiller) -> None:
        await up_to_the_fault(person)
        person.chooses("fault", 0)
        person.types("description", "x" * 2001)
        person.attaches("photos", "roof.jpg", photo(), away=3)
        version = world.slack.versions[person.form]
        await person.submits()
        assert world.slack.versions[person.form] == version + 2  # a page to wait at, and the form again
        assert "2.001 tekens" in json.dumps(person.view)
        assert "Voeg ze dan opnieuw toe" in person.block("photos")["hint"]["text"]
        assert person.block("description")["element"]["initial_value"] == "x" * 2001
        person.types("description", "No light since Monday.")
        person.chooses("fault", 0)
        await person.submits()
        await person.submits()
        assert len(world.rows(SENT)) == 1
        assert not any("bestand" in text for text in person.hears_of())

    play(story, tmp_path, sample, way)
