"""What goes wrong on the wire, and how little of it a person notices."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.telegram.chats import Room
from tests.telegram.faults import Kind
from tests.telegram.journeys import at_once, photo
from tests.telegram.phone import Phone
from tests.telegram.process import World

pytestmark = pytest.mark.xdist_group("telegram faults")
HELP = "Menu"


@pytest.fixture(scope="module")
def shared(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One running process, whose service is whole again after each test."""
    world = World(tmp_path_factory.mktemp("faults"), sample)
    try:
        yield world.start()
    finally:
        world.close()


@pytest.fixture
def world(shared: World) -> Iterator[World]:
    """Whatever goes wrong, our side keeps to the rules and stays alive."""
    yield shared
    shared.service.faults.clear()
    shared.service.shuffle = None
    violations, shared.service.violations = shared.service.violations, []
    assert violations == []
    assert shared.running, shared.log.read_text()[-3000:]


def outcomes(world: World, phone: Phone) -> list[str]:
    """How the inputs of this chat ended, in order."""
    query = "SELECT outcome FROM inbox WHERE conversation LIKE ? ORDER BY sequence"
    return [outcome for (outcome,) in world.rows(query, f"telegram:%:{phone.id}")]


def test_one_malformed_update_among_a_hundred_harms_nobody(world: World) -> None:
    """The other 99 are answered, and the one is put aside (`make bench` says how soon)."""
    phones = [world.phone() for _ in range(99)]
    with world.service.changed:
        for place, phone in enumerate(phones):
            if place == 50:
                world.service.put({"message": {"message_id": "one", "chat": 7}})
            phone.says("/help")
    for phone in phones:
        phone.sees(HELP)
    world.settled()
    assert world.rows("SELECT count(*) FROM inbox WHERE outcome = 'quarantined'") == [(1,)]


STRANGE: list[dict[str, Any]] = [
    {"message": None},
    {"message": []},
    {"message": {"message_id": 2**70, "chat": {"id": 2**65, "type": "private"}, "text": "x"}},
    {"message": {"message_id": 1, "date": 1, "chat": {"id": "x"}, "from": "nobody"}},
    {"callback_query": {"id": 5}},
    {"callback_query": {"id": "5", "from": {"id": 1}, "data": {"a": []}}},
    {"edited_message": {"message_id": 1}},
    {"my_chat_member": {}},
    {"something_new_in_2027": {"chat": {"id": 1}}},
    {"message": {"text": "\ud800\udfff\ud800 \x00", "message_id": 1, "chat": {"id": 8, "type": "private"}}},
    {"message": {"photo": [{"file_id": 3}], "message_id": 1, "chat": {"id": 8, "type": "private"}}},
    {},
]


def test_updates_that_nobody_can_read_are_put_aside(world: World) -> None:
    """Of every strange form; what comes after them is answered, and none comes again."""
    Phone(world.service, 8)
    deep: Any = "x"
    for _ in range(400):
        deep = [deep]
    for update in [*STRANGE, {"message": {"text": deep}}]:
        world.service.put(update, known=False)
    world.phone().says("/help").sees(HELP)
    world.service.until(lambda: not world.service.updates, what="all confirmed")


def test_updates_that_come_twice_or_in_disorder_are_taken_once_in_order(world: World) -> None:
    """Replies included: as many as there were different messages."""
    service = world.service
    service.shuffle = random.Random(7)
    phones = [world.phone() for _ in range(5)]
    with service.changed:
        for _ in range(3):
            for phone in phones:
                phone.says("/help")
        for waiting in list(service.updates):
            service.put_again(waiting.update)
            service.put_again(waiting.update)
    world.settled()
    time.sleep(0.3)
    world.settled()
    for phone in phones:
        query = "SELECT key FROM inbox WHERE conversation LIKE ? ORDER BY sequence"
        keys = [int(key.rpartition(":")[2]) for (key,) in world.rows(query, f"telegram:%:{phone.id}")]
        assert keys == sorted(set(keys))
        assert len(keys) == 3
        assert len([m for m in phone.room.shown() if m.mine]) == 3


def test_a_chat_that_must_wait_does_not_hold_up_the_others(world: World) -> None:
    """One that talks and talks and gets nothing but 429; twenty others are answered all the same."""
    punished = world.phone()
    world.service.faults.order("429", "sendMessage", chat=punished.id, times=1_000_000, seconds=1)
    for _ in range(6):
        punished.says("/help")
    others = [world.phone() for _ in range(20)]
    for _ in range(2):
        for phone in others:
            phone.says("/help")
        for phone in others:
            phone.sees(HELP)
    assert [message for message in punished.room.shown() if message.mine] == []
    world.service.faults.clear()
    punished.sees(HELP)


KINDS: tuple[Kind, ...] = ("429", "500", "html", "truncated", "drop before", "drop after")


def test_an_answer_arrives_whatever_happens_to_its_call(world: World) -> None:
    """Once; twice only where the call took effect and nobody said so."""
    phones = {kind: world.phone() for kind in KINDS}
    for kind, phone in phones.items():
        world.service.faults.order(kind, "sendMessage", chat=phone.id)
        phone.says("/help")
    for phone in phones.values():
        phone.sees(HELP)
    world.settled()
    shown = {kind: len([m for m in phone.room.shown() if m.mine]) for kind, phone in phones.items()}
    assert shown == {"429": 1, "500": 1, "html": 1, "drop before": 1, "drop after": 2, "truncated": 2}


@pytest.mark.parametrize("kind", KINDS)
def test_polling_goes_on_after_a_poll_that_failed(world: World, kind: Kind) -> None:
    """Within seconds; what was in the lost answer comes again."""
    world.service.faults.order(kind, "getUpdates", seconds=1)
    world.phone().says("/help").sees(HELP)
    world.phone().says("/help").sees(HELP)


IN_A_CHAT = ("sendMessage", "editMessageText", "editMessageReplyMarkup", "sendChatAction")
BY_ANYBODY = ("answerCallbackQuery", "getFile", "file")


def test_every_call_may_fail_in_every_way(world: World) -> None:
    """A conversation with a press, a photo and an old question goes on; no wrong word about the photo."""

    def talks(kind: Kind) -> None:
        phone = world.linked("en")
        for method in IN_A_CHAT:
            world.service.faults.order(kind, method, chat=phone.id)
        phone.says("/help").sees(HELP).taps("Menu").hears()
        phone.sends_photo(photo()).hears()
        world.settled()
        phone.sees_not("could not", "not readable")

    for kind in KINDS:
        for method in BY_ANYBODY:
            world.service.faults.order(kind, method)
    at_once(talks, KINDS)
    assert [fault for fault in world.service.faults.waiting() if fault.method in BY_ANYBODY] == []


def test_a_message_that_was_deleted_is_sent_anew(world: World) -> None:
    """What cannot be edited is said again."""
    phone = world.phone()
    phone.says("/help").sees(HELP)
    message = phone.last()
    button = next(b for b in message.buttons if b["text"] == "Menu")
    with world.service.changed:
        del phone.room.messages[message.id]
    phone.taps_on(message, button).hears()
    assert phone.last().id > message.id


def test_html_that_the_service_cannot_read_is_sent_as_plain_text(world: World) -> None:
    """Nobody is left without an answer because of a mark."""
    phone = world.phone()
    world.service.unreadable = 1
    phone.says("/help").sees(HELP)
    assert "<" not in phone.last().text


def test_a_group_that_became_a_supergroup_is_answered_there(world: World) -> None:
    """Under its new name."""
    room = Room({"id": -4242, "type": "group", "title": "Roof team"})
    member = Phone(world.service, world.phone().id, room=room)
    new = Room({"id": -1004242, "type": "supergroup", "title": "Roof team"})
    world.service.rooms[new.id] = new
    room.moved_to = new.id
    member.says(f"@{world.service.bot['username']} /help")
    world.service.until(lambda: [m for m in new.shown() if m.mine], what="an answer in the new group")


def test_a_second_poller_costs_time_only(world: World) -> None:
    """As long as it polls both are told; when it stops everything is answered."""
    rival = f"{world.server.url}{world.service.token}/getUpdates"
    for _ in range(3):
        httpx.get(rival, trust_env=False, timeout=60)
        time.sleep(0.2)
    world.phone().says("/help").sees(HELP)


def test_the_process_starts_while_the_service_is_away(own: World) -> None:
    """And answers what was said meanwhile as soon as it is back."""
    own.server.online = False
    own.start(ready=False)
    phone = own.phone().says("/help")
    time.sleep(3)
    assert own.running
    own.server.online = True
    phone.sees(HELP)
