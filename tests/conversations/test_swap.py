"""Every button, number, link and file of one company, tried by everybody who has no right to it.

Each gets the answer that they get for what does not exist, word for word, and nothing changes.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from sqlalchemy import select

from flows.catalog import FLOWS
from flows.engine.conversation import Button, Conversation
from flows.engine.outputs import Prompt
from storage import conversations, transcripts
from storage.schema import metadata
from storage.unit_of_work import Connection
from tests.conversations.chats import Chat, World
from tests.conversations.desk import ask
from tests.conversations.sample import ELS, JAN, PEETERS, PEETERS_SERIAL

KOEN, TINE = "koen.baeten@zonnebouw.example", "tine.claes@zonnebouw.example"
THEIRS = {
    "system": PEETERS,
    "devices": PEETERS_SERIAL,
    "rma": "00517624",
    "found": "00517624",
    "parcel": "00089997",
    "claim": "00039992",
    "item": "00069999",
    "colleague": "2",
    "company": "2",
    "question": "1",
    "draft": "0" * 24,
}
"""What flows are started with, by the name of the step; drafts and questions are made for it."""
NOBODYS = {
    "system": "709999999",
    "devices": "122144999999",
    "rma": "00999999",
    "found": "00999999",
    "parcel": "00099999",
    "claim": "00049999",
    "item": "00999999",
    "colleague": "999",
    "company": "999",
    "question": "999",
    "draft": "f" * 24,
}
NAMING = sorted(flow.name for flow in FLOWS.values() if {step.name for step in flow.steps} & set(THEIRS))
"""Flows that can be started about something of a company."""
PASSING = {"inbox", "outbox", "states", "conversations", "messages", "timers", "effects", "link_tries"}
"""Tables of what is said, whoever says it."""
LARGE = {"devices", "addresses"}
"""No chat writes them, and looking through them takes long."""


class Stage:
    """The company of Els, and those who have no right to what is hers."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.els = world.chat("en", email=ELS, name="els")
        self.removed = world.chat("en", email=JAN, name="removed")
        self.foreign = world.chat("en", email="amelie.lambert@ardennesoleil.example", name="foreign")
        self.stranger = world.stranger("stranger", "en")
        self.files = self._handed_out()
        ask(world, f"rma {THEIRS['rma']}", "zxqv?")
        self.els.starts("create_rma", system=PEETERS).says("/later").presses("Pass to a colleague")
        self.els.presses(self.els.prompt.fields[0].options[0].label)
        self.els.says("Tine Claes").presses("Pass it on")
        self.theirs = {**THEIRS, "draft": world.run(world.app.uow.read(_draft))}
        admin = world.chat("en", email=KOEN, name="admin")
        admin.starts("remove_colleague", colleague="Jan Mertens").presses("Remove")
        self.removed.hears()

    def _handed_out(self) -> list[int]:
        """The numbers of all that Jan was shown or handed, while he worked there."""
        self.removed.starts("list_rmas")
        self.removed.starts("return_label", parcel=THEIRS["parcel"], format="a6")
        self.removed.starts("track_rma", rma=THEIRS["rma"])
        return [out.id for out in self.removed._all()]


@pytest.fixture(scope="module")
def stage(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """One stage for all tests here: they change nothing, and say so."""
    folder = tmp_path_factory.mktemp("swap") / "world"
    shutil.copytree(seeded, folder)
    world = World(folder)
    yield Stage(world)
    world.close()


@pytest.mark.row("ESM-02")
@pytest.mark.parametrize("flow", NAMING)
def test_a_link_to_what_is_theirs_is_answered_like_one_to_nothing(stage: Stage, flow: str) -> None:
    """By another company, by a stranger and by who was removed: the same words, and nothing changed."""
    before = everything(stage.world)
    for chat in (stage.foreign, stage.stranger, stage.removed):
        theirs, nothing = tried(chat, flow, stage.theirs), tried(chat, flow, NOBODYS)
        assert theirs == nothing, chat.key
    assert tried(stage.removed, flow, stage.theirs) == tried(stage.stranger, flow, stage.theirs)
    assert everything(stage.world) == before


@pytest.mark.parametrize("flow", sorted(FLOWS))
def test_buttons_of_a_chat_mean_nothing_in_another(stage: Stage, flow: str) -> None:
    """The first and the last of what Els sees: one identical answer, whoever presses it."""
    stage.els.starts("end_practice")
    clear(stage.els)
    stage.els.starts(flow, **known(flow, stage.theirs))
    before = everything(stage.world)
    shown = [out.output for out in stage.els.answer if isinstance(out.output, Prompt)]
    for prompt in shown[-1:]:
        last = max(button.index for button in (*prompt.buttons, *_options(prompt)))
        for index in {0, last}:
            answers = set()
            for chat in (stage.foreign, stage.stranger, stage.removed):
                clear(chat)
                answers.add(chat.press_at(prompt.token, index).text())
            assert len(answers) == 1
            assert "no longer works" in answers.pop()
    assert everything(stage.world) == before


@pytest.mark.parametrize("flow", ["change_role", "remove_colleague"])
def test_what_only_an_admin_may_is_nothing_for_others(stage: Stage, flow: str) -> None:
    """A technician and the office get the same answer for a colleague and for nobody."""
    tine = stage.world.chat("en", email=TINE, name=f"tine {flow}")
    before = everything(stage.world)
    for chat in (stage.els, tine):
        assert tried(chat, flow, stage.theirs) == tried(chat, flow, NOBODYS)
        chat.sees("Only an admin of your company can do this")
    assert everything(stage.world) == before


def test_what_was_shown_to_who_was_removed_is_gone(stage: Stage) -> None:
    """Cards, labels and pictures: neither scrolling back nor their old addresses bring any of it."""

    def read(connection: Connection) -> list[object]:
        chat = stage.removed.key
        return [transcripts.told(connection, chat, number) for number in stage.files]

    assert stage.files
    assert set(stage.world.run(stage.world.app.uow.read(read))) == {None}


def tried(chat: Chat, flow: str, things: Mapping[str, str]) -> str:
    """The answer to a link to these things where nothing is open; what was named is not looked at."""
    clear(chat)
    chat.starts(flow, **known(flow, things))
    words = chat.text()
    for thing in sorted(things.values(), key=len, reverse=True):
        words = words.replace(thing, "#") if len(thing) > 4 else words
    return words


def known(flow: str, things: Mapping[str, str]) -> dict[str, str]:
    """What of these things the flow can be started with."""
    steps = {step.name for step in FLOWS[flow].steps}
    return {name: value for name, value in things.items() if name in steps}


def clear(chat: Chat) -> None:
    """Nothing is open, and no button is remembered."""

    def forget(connection: Connection) -> None:
        now = conversations.load(connection, chat.key)
        fresh = Conversation(chat.key, chat.locale, serial=now.serial if now else 0)
        conversations.save(connection, [fresh], chat.world.clock.now())

    chat.world.run(chat.world.app.uow.write(forget))


def everything(world: World) -> dict[str, list[str]]:
    """All that the desk holds, but for what is said."""

    def read(connection: Connection) -> dict[str, list[str]]:
        tables = [table for table in metadata.sorted_tables if table.name not in PASSING | LARGE]
        return {table.name: sorted(map(repr, connection.execute(select(table)))) for table in tables}

    return world.run(world.app.uow.read(read))


def _options(prompt: Prompt) -> tuple[Button, ...]:
    return tuple(button for field in prompt.fields for button in field.options)


def _draft(connection: Connection) -> str:
    return str(connection.execute(select(metadata.tables["drafts"].c.id)).scalar_one())
