"""kill -9 of the real process while people file RMAs on their phones (I1 to I4, I6)."""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.conversations.journeys import NEW_RMA, SEARCH
from tests.telegram.faults import Kind
from tests.telegram.journeys import photo, words
from tests.telegram.process import World

pytestmark = pytest.mark.xdist_group("telegram kills")

POINTS: dict[str, tuple[Kind, str]] = {
    "updates served, not stored": ("then", "getUpdates"),
    "press stored, not answered": ("first", "answerCallbackQuery"),
    "bytes of a message out, no answer": ("then", "sendMessage"),
    "bytes of an edit out, no answer": ("then", "editMessageText"),
    "message not sent": ("first", "sendMessage"),
    "file asked for": ("first", "getFile"),
    "any moment": ("then", ""),
}
SCREENS = (
    "Which system is it?",
    "What do you see?",
    "In a few words:",
    "Photos help the desk",
    "Please check everything.",
)


class Filer:
    """Somebody who files one RMA."""

    def __init__(self, world: World, firm: dict[str, Any]) -> None:
        self.phone = world.acquainted(firm)
        self.phone.patience = 60
        self.language = self.phone.language
        self.system, self.serial = world.site_of(firm)

    def files(self) -> None:
        phone, say = self.phone, partial(words, self.language)
        phone.says(NEW_RMA[self.language]).sees(say(SCREENS[0]))
        phone.says(self.system).taps(self.serial).taps(say("Done")).taps(say("Damaged"))
        phone.sees(say(SCREENS[2])).taps(say("Skip")).sees(say(SCREENS[3]))
        phone.sends_photo(photo(phone.id % 250)).taps(say("Send"))
        phone.sees("RMA").number()

    def screens(self, world: World) -> list[int]:
        """The screens that were shown, as numbers: repeats included, answered ones left out."""
        known = [words(self.language, screen) for screen in SCREENS]
        shown = []
        for call in world.service.sent(self.phone.id):
            if "reply_markup" in call.params:
                text = call.params["text"].replace("\u00a0", " ").replace("\u202f", " ")
                shown += [place for place, screen in enumerate(known) if screen in text]
        return shown


class Talker:
    """Somebody who asks this and that, as often as wanted."""

    def __init__(self, world: World, firm: dict[str, Any], times: int) -> None:
        self.phone = world.acquainted(firm)
        self.phone.patience = 120
        self.times = times
        self.language = self.phone.language

    def files(self) -> None:
        for turn in range(self.times):
            if turn % 3 == 2:
                self.phone.taps("Menu").hears()
            elif turn % 3:
                self.phone.says("/help").sees("Menu")
            else:
                self.phone.says(SEARCH[self.language]).sees(words(self.language, "Cancel"))


def killed(world: World, point: str, dice: random.Random) -> bool:
    """Kill the process at this point and start it again; says whether it was reached."""
    kind, method = POINTS[point]
    kill_this_one = world.killer()

    def die() -> None:
        time.sleep(dice.uniform(0, 0.05) if point == "any moment" else 0)
        kill_this_one()

    world.service.faults.order(kind, method, skip=dice.randrange(8), does=die)
    until = time.monotonic() + 3
    while world.running and time.monotonic() < until:
        time.sleep(0.01)
    reached = not world.running
    world.service.faults.clear()
    world.kill().start()
    return reached


def live(
    world: World, people: list[Any], points: list[str], dice: random.Random, pause: Callable[[], float]
) -> Counter[str]:
    """Let everybody do what they want while the process is killed again and again."""
    counts = Counter[str]()
    world.start()
    with ThreadPoolExecutor(len(people)) as pool:
        ends: list[Future[None]] = [pool.submit(each.files) for each in people]
        for point in points:
            time.sleep(pause())
            counts["kills"] += 1
            counts[f"at: {point}"] += killed(world, point, dice)
            if all(end.done() for end in ends):
                break
        for end in ends:
            end.result()
    world.settled(60)
    return counts


def check(world: World, people: list[Any], counts: Counter[str]) -> None:
    """Every update taken once and in order, every reply sent, the database whole."""
    for each in people:
        said = [update["update_id"] for update in world.service.history if _chat(update) == each.phone.id]
        query = "SELECT key, outcome FROM inbox WHERE conversation LIKE ? ORDER BY sequence"
        taken = world.rows(query, f"telegram:%:{each.phone.id}")
        assert [int(key.rpartition(":")[2]) for key, _outcome in taken] == said
        assert {outcome for _key, outcome in taken} == {"done"}
        counts["updates"] += len(said)
        unanswered = [query for query in each.phone.pressed if not query.answered]
        counts["presses"] += len(each.phone.pressed)
        counts["presses without an answer"] += len(unanswered)
    outcomes = dict(world.rows("SELECT outcome, count(*) FROM outbox GROUP BY outcome"))
    assert set(outcomes) <= {"sent", "replaced"}, outcomes
    assert world.rows("PRAGMA integrity_check") == [("ok",)]
    assert world.rows("PRAGMA foreign_key_check") == []


def check_filed(world: World, filers: list[Filer], counts: Counter[str]) -> None:
    """One RMA each, and the screens came in order."""
    for filer in filers:
        query = "SELECT count(*) FROM rmas JOIN systems ON systems.id = rmas.system WHERE systems.name = ?"
        assert world.rows(query, filer.system) == [(1,)], filer.system
        screens = filer.screens(world)
        assert {0, 2, 3, 4} <= set(screens)  # the other may be edited away before they are sent
        assert all(one <= other for one, other in pairwise(screens)), screens
        counts["RMAs"] += 1


def _chat(update: dict[str, Any]) -> int:
    inner = next(value for name, value in update.items() if name != "update_id")
    chat: int = inner.get("message", inner)["chat"]["id"]
    return chat


def test_kills_lose_nothing_and_file_nothing_twice(own: World) -> None:
    """Twenty people, a kill at one point after the other until they are done."""
    firms = own.sample["companies"]
    dice = random.Random(5)
    filers = [Filer(own, firms[n % len(firms)]) for n in range(20)]
    counts = live(own, filers, list(POINTS), dice, lambda: dice.uniform(0.1, 0.4))
    check(own, filers, counts)
    check_filed(own, filers, counts)
    print("kill", json.dumps(counts))
    assert counts["kills"] >= 3
    assert counts["presses without an answer"] <= counts["kills"] * 4


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", range(3))
def test_two_thousand_updates_of_a_hundred_chats_survive_sixty_kills(
    sample: Path, tmp_path: Path, seed: int
) -> None:
    """Twenty of them file RMAs, the others ask this and that."""
    world = World(tmp_path, sample)
    try:
        firms, dice = world.sample["companies"], random.Random(seed)
        filers = [Filer(world, firms[n % len(firms)]) for n in range(20)]
        talkers = [Talker(world, firms[n % len(firms)], 23) for n in range(80)]
        points = [dice.choice(list(POINTS)) for _ in range(60)]
        counts = live(world, [*filers, *talkers], points, dice, lambda: dice.uniform(0.0, 0.4))
        check(world, [*filers, *talkers], counts)
        check_filed(world, filers, counts)
        assert world.service.violations == []
        print("kill", json.dumps({"seed": seed, **counts}))
    finally:
        world.close()
