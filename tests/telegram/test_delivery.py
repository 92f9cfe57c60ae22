"""How what the bot says arrives: seen by nobody else, heard by nobody at night, in parts, once."""

from __future__ import annotations

import datetime

import pytest

from flows.engine.conversation import Button, Press
from flows.engine.outputs import Prompt, Say
from flows.engine.phrases import Copy
from storage import outbox
from storage.codec import Message as Output
from storage.unit_of_work import open_engine
from tests.telegram.phone import Phone
from tests.telegram.process import World

pytestmark = pytest.mark.xdist_group("telegram faults")
NIGHTS = (20, 23, 0, 6)
DAYS = (7, 12, 19)


def says(world: World, phone: Phone, *outputs: Output, zone: str = "Europe/Brussels") -> None:
    """Something the desk has to say, unasked."""
    conversation = f"telegram:{world.service.bot['id']}:{phone.id}"
    new = [outbox.New(conversation, "telegram", 1, output, "en", zone) for output in outputs]
    engine = open_engine(f"sqlite:///{world.data / 'solardesk.db'}")
    with engine.begin() as connection:
        outbox.add(connection, new, datetime.datetime.now(datetime.UTC))
    engine.dispose()


def zone_where_it_is(hour: int) -> str:
    """Somewhere on earth the clock shows this hour now."""
    east = (hour - datetime.datetime.now(datetime.UTC).hour + 11) % 24 - 11  # of -11 to 12
    return f"Etc/GMT{-east:+d}"


def test_who_is_not_looking_gets_no_name_on_a_locked_phone(own: World) -> None:
    """Who has just written sees it at once."""
    own.start()
    phone = own.phone()
    says(own, phone, Say(("RMA", Copy("00517624"), "Peeters")))
    phone.sees("Peeters")
    assert [kind["type"] for kind in phone.last().data["entities"]] == ["spoiler", "code", "spoiler"]
    phone.says("/help").sees("Menu")
    says(own, phone, Say(("Peeters", Copy("00517624"))))
    phone.sees("Peeters")
    assert [kind["type"] for kind in phone.last().data["entities"]] == ["code"]


def test_messages_at_night_make_no_sound(own: World) -> None:
    """From 20:00 to 7:00 on the clock of who gets them (UX 14)."""
    own.start()
    for hour in NIGHTS + DAYS:
        phone = own.phone()
        begun = datetime.datetime.now(datetime.UTC).hour
        says(own, phone, Say((f"It is {hour} o'clock",)), zone=zone_where_it_is(hour))
        phone.sees("o'clock")
        if datetime.datetime.now(datetime.UTC).hour == begun:  # else it struck meanwhile
            assert phone.last().silent == (hour in NIGHTS), hour


def test_a_long_text_comes_in_parts_with_the_buttons_under_the_last(own: World) -> None:
    """Every part within the limit of the service, nothing of it lost (UX 17)."""
    own.start()
    phone = own.phone()
    text = "\n\n".join(f"{n}. " + "\U0001f468\u200d\U0001f469\u200d\U0001f467 words " * 90 for n in range(8))
    back = Button(0, "Back", "nav", Press("command", "back"))
    says(own, phone, Prompt("ffff", (text,), buttons=(back,)))
    phone.sees("7. ")
    own.settled()
    parts = [message for message in phone.room.shown() if message.mine]
    assert len(parts) > 2
    assert "".join("".join(part.text for part in parts).split()) == "".join(text.split())
    assert [bool(part.buttons) for part in parts] == [False] * (len(parts) - 1) + [True]
