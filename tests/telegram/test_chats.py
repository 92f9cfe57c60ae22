"""Conversations on phones, through the real process: what installers do, in three languages."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path

import pytest

from tests.conversations.journeys import SEARCH
from tests.telegram.process import World
from tests.telegram.stories import STORIES
from tests.telegram.ways_in import WAYS_IN, menu_of

MODES = [
    pytest.param(mode, marks=pytest.mark.xdist_group(f"telegram {mode}")) for mode in ("polling", "webhook")
]
EACH = [story.__name__ for story in (*STORIES, *WAYS_IN)]


class Told:
    """All stories told to one process: first the ones, then the others, each of them at the same time."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.pool = ThreadPoolExecutor(max(len(STORIES), len(WAYS_IN)))
        self.ends: dict[str, Future[None]] = {}
        for stories in (STORIES, WAYS_IN):
            wait(self.ends.values())
            self.ends |= {story.__name__: self.pool.submit(story, world) for story in stories}


@pytest.fixture(scope="module", params=MODES)
def told(
    request: pytest.FixtureRequest, sample: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Told]:
    """The stories on one running process, by polling and by webhook."""
    mode = request.param
    world = World(tmp_path_factory.mktemp(mode), sample, webhook=mode == "webhook")
    try:
        told = Told(world.start())
        yield told
        told.pool.shutdown()
    finally:
        world.close()


@pytest.mark.parametrize("story", EACH)
def test_it_goes_as_told(told: Told, story: str) -> None:
    """Each ends as its own words promise (see `stories.py`)."""
    told.ends[story].result()


def test_no_rule_of_the_bot_api_was_broken(told: Told) -> None:
    """In all of the stories, and the process is alive after them."""
    for end in told.ends.values():
        end.exception()
    assert told.world.service.violations == []
    assert told.world.running, told.world.log.read_text()[-3000:]


@pytest.mark.soak
def test_on_a_calm_machine_nobody_waits_a_second(own: World) -> None:
    """From the words to what was found, and for the answer to a tap."""
    phone, took = own.start().linked("en"), []
    for _ in range(5):
        time.sleep(1)  # a chat is told something once a second
        began = time.monotonic()
        phone.says(SEARCH["en"]).sees("Which system")
        took.append(time.monotonic() - began)
    assert sorted(took)[2] < 1.0, took
    assert all(query.answered - query.at < 1.0 for query in phone.is_answered().pressed)


def test_a_restart_keeps_the_chat_and_its_buttons(own: World) -> None:
    """A message of before is still edited in place."""
    own.start()
    phone = own.linked("en")
    name, serial = own.site("en")
    phone.says("new rma").sees("Which system")
    phone.says(name).sees(serial)
    before = phone.last().id
    own.settled().stop().start()
    phone.taps(serial).sees("✓")
    assert phone.last().id == before


def test_a_restart_keeps_the_menu_of_a_chat_and_a_release_renews_it(own: World) -> None:
    """In the language that was chosen there; when nothing is new the service is not asked."""
    own.start()
    phone = own.phone("nl")
    phone.says("/language fr").hears()
    own.until(lambda: "nouveau" in menu_of(own, phone), "a French menu")
    kept = "SELECT locale FROM menus WHERE conversation LIKE ?"
    own.until(lambda: own.rows(kept, f"%:{phone.id}") == [("fr",)], "it is remembered")
    own.settled().stop().start()
    phone.says("/aide").hears()
    own.settled()
    set_here = [
        c for c in own.service.calls if c.method == "setMyCommands" and str(phone.id) in str(c.params)
    ]
    assert len(set_here) == 1
    own.stop()
    own.service.commands.clear()
    own.change("UPDATE menus SET version = 'of before'")
    own.start()
    own.until(lambda: "nouveau" in menu_of(own, phone), "a French menu")
