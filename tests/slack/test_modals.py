"""Work done in modals of the real process: to its end, in each language, and whatever ends the process."""

from __future__ import annotations

import asyncio
import json
import shutil
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from tests.slack.modals import Modals, Person, links
from tests.slack.process import Process
from tests.telegram.journeys import photo

WORDS = {"nl": "nieuw", "fr": "nouveau", "en": "new"}
NEW_ANYWAY = {"nl": "Toch nieuw", "fr": "Nouveau quand même", "en": "New anyway"}
SENT = "SELECT number, description FROM rmas WHERE description LIKE 'No light since%'"

Story = Callable[[Process, Modals, Person], Awaitable[None]]


def companies(sample: Path) -> list[dict[str, Any]]:
    """Those of the sample."""
    found: list[dict[str, Any]] = json.loads((sample / "sample.json").read_text())["companies"]
    return found


def play(story: Story, folder: Path, sample: Path, language: str = "nl") -> None:
    """A person of the company of that language, the process and the workspace."""
    data = folder / "data"
    shutil.copytree(sample, data)
    firm = next(firm for firm in companies(sample) if firm["people"][0]["language"] == language)
    links(data, "U1", firm["people"][0]["email"])

    async def all_of_it() -> None:
        async with Modals(f"{language}-BE") as workspace:
            process = Process(data, workspace)
            await process.start()
            try:
                await story(process, workspace, Person(workspace, "U1"))
            finally:
                await process.end(signal.SIGTERM)

    asyncio.run(all_of_it())


async def up_to_the_fault(person: Person, language: str = "nl") -> None:
    """A system, its first device, and the page with everything else."""
    await person.commands(WORDS[language])
    await person.finds("system", "")
    await person.submits()
    person.chooses("devices", 0)
    await person.submits()
    if not any(block["type"] == "input" for block in person.view["blocks"]):
        await person.presses(NEW_ANYWAY[language])


async def up_to_the_review(person: Person, language: str = "nl") -> None:
    """Everything filled in."""
    await up_to_the_fault(person, language)
    person.chooses("fault", 0)
    person.types("description", "No light since Monday.")
    person.attaches("photos", "roof.jpg", photo())
    await person.submits()


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_an_rma_is_filed_in_a_modal(language: str, tmp_path: Path, sample: Path) -> None:
    """What is wrong stands at its field; the confirmation is in the modal and stays in the chat."""

    async def story(process: Process, workspace: Modals, person: Person) -> None:
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
        [(number, _description)] = process.rows(SENT)
        assert number in json.dumps(person.view)
        await workspace.until(lambda: any(number in text for text in person.hears()))

    play(story, tmp_path, sample, language)


def test_a_modal_that_is_closed_goes_on_in_the_chat_and_back(tmp_path: Path, sample: Path) -> None:
    """Nothing is asked twice."""

    async def story(process: Process, workspace: Modals, person: Person) -> None:
        await up_to_the_fault(person)
        await person.closes()
        await workspace.until(lambda: person.hears())
        asked = workspace.called("chat.postMessage")[-1]
        buttons = [e for block in asked["blocks"] if block["type"] == "actions" for e in block["elements"]]
        await person.opens_as_form(next(b for b in buttons if b["action_id"] == "open"))
        person.chooses("fault", 1)
        person.types("description", "No light since Monday.")
        await person.submits()
        await person.submits()
        assert len(process.rows(SENT)) == 1

    play(story, tmp_path, sample)


def test_a_form_sent_in_while_the_process_dies_is_taken_once(tmp_path: Path, sample: Path) -> None:
    """People press once more when Slack tells them that it did not work; the answer is the same."""

    async def story(process: Process, workspace: Modals, person: Person) -> None:
        await up_to_the_review(person)
        for pause in (0.0, 0.01, 0.05):
            if "submit" in person.view:
                await workspace.deliver(person.submission(), "interactive")
                await asyncio.sleep(pause)  # somewhere between the wire and the answer
            await process.end(signal.SIGKILL)
            await process.start()
        if "submit" in person.view:
            await person.submits()
        [(number, _description)] = process.rows(SENT)
        await workspace.until(lambda: any(number in text for text in person.hears()))
        assert len(process.rows(SENT)) == 1

    play(story, tmp_path, sample)


def test_work_that_is_cancelled_in_a_modal_leaves_nothing_with_the_desk(tmp_path: Path, sample: Path) -> None:
    """The chat keeps the way back to it."""

    async def story(process: Process, workspace: Modals, person: Person) -> None:
        await up_to_the_review(person)
        await person.presses("Annuleren")
        assert "submit" not in person.view
        await workspace.until(lambda: person.hears())
        assert process.rows(SENT) == []

    play(story, tmp_path, sample)


def test_a_stranger_links_in_the_same_modal_and_goes_on(tmp_path: Path, sample: Path) -> None:
    """What was asked for comes back after it, on the company's own systems."""

    async def story(process: Process, workspace: Modals, _person: Person) -> None:
        stranger = Person(workspace, "U2")
        code = companies(sample)[0]["people"][1]["code"]
        await stranger.commands("nieuw")
        stranger.types("code", code)
        await stranger.submits()
        await stranger.submits()
        await stranger.finds("system", "")
        await stranger.submits()
        assert stranger.block("devices")
        assert stranger.view["title"]["text"] == "Nieuwe RMA"

    play(story, tmp_path, sample)


def test_a_form_whose_photo_takes_long_says_so_and_goes_on(tmp_path: Path, sample: Path) -> None:
    """Its confirmation cannot wait; the page changes when the photo is there, with what is wrong by then."""

    async def story(process: Process, workspace: Modals, person: Person) -> None:
        await up_to_the_fault(person)
        person.chooses("fault", 0)
        person.types("description", "x" * 2001)
        person.attaches("photos", "roof.jpg", photo(), away=3)
        version = workspace.versions[person.form]
        await person.submits()
        assert workspace.versions[person.form] == version + 2  # a page to wait at, and the form again
        assert "2.001 tekens" in json.dumps(person.view)
        assert "Voeg ze dan opnieuw toe" in person.block("photos")["hint"]["text"]
        assert person.block("description")["element"]["initial_value"] == "x" * 2001
        person.types("description", "No light since Monday.")
        person.chooses("fault", 0)
        await person.submits()
        await person.submits()
        assert len(process.rows(SENT)) == 1
        assert not any("bestand" in text for text in person.hears())

    play(story, tmp_path, sample)
