"""A device with an open RMA: seen before a second one is filed, also by two colleagues at once."""

from __future__ import annotations

import asyncio

import msgspec
import pytest

from bot.channels.console.receive import Payload
from bot.ports import Received
from flows.engine.events import Pressed
from tests.conversations.chats import Chat, World
from tests.conversations.journeys import SILENT
from tests.conversations.sample import JAN, PEETERS, PEETERS_SERIAL, TINE, Sample, mails_to, photo

OPEN_ALREADY = "For this, a request is open already:"


@pytest.mark.parametrize(
    ("locale", "status"), [("nl", "In uitvoering"), ("fr", "En cours"), ("en", "In progress")]
)
def test_number_status_and_colleague_are_shown(readings: World, locale: str, status: str) -> None:
    """With what can be done instead."""
    sample = Sample(readings, locale)
    rma = sample.rmas("in_progress")[0]
    email = JAN if locale == "nl" else ""
    chat = readings.chat(locale, email=email).starts("create_rma", system=str(rma.system))
    chat.says(sample.serials_of(rma.number)[0])
    chat.sees(OPEN_ALREADY, rma.number, status, rma.installer_name.split(" ")[0])
    assert chat.labels()[:3] == ["Follow", "Add photo", "New anyway"]


def test_a_colleague_follows_it_instead(world: World) -> None:
    """One tap; nothing new is filed; every change is told here."""
    chat = at_the_question(world, "els")
    chat.presses("Follow").sees("You follow RMA {number}. I tell you here when something changes.")
    before = len(chat._all())
    jan = world.chat("nl", email=JAN).starts("withdraw_rma", rma="00517624").presses("Withdraw")
    jan.sees("RMA {number} is withdrawn. Its status is now Cancelled.")
    world.run(chat._settled())
    chat.answer = chat._all()[before:]
    chat.sees("00517624", "Cancelled")
    assert any("RMA {number}: {status}" in subject for subject in mails_to(world, world.people["nl"]))
    assert [rma.status for rma in Sample(world, "nl").rmas() if rma.number == "00517624"] == ["cancelled"]


def test_photos_sent_so_far_go_to_it(world: World) -> None:
    """[Add photo]: nothing is sent twice by the person."""
    chat = at_the_question(world, "els")
    chat.presses("Add photo").sends(("roof.jpg", photo()))
    assert chat.facts()["Photos"].startswith("1")
    chat.presses("Add").sees("Added to RMA {number}.")


def test_of_two_colleagues_at_once_the_second_gets_the_question(world: World) -> None:
    """Both press send in the same batch: one RMA, and nothing of the other is lost."""
    els, tine = (almost_sent(world, email) for email in (world.people["nl"], TINE))
    press_together(world, els, tine, label="Send")
    filed, asked = sorted((els, tine), key=lambda chat: OPEN_ALREADY in chat.msgids())
    number = filed.sees("Next: approval").number()
    asked.sees("A colleague sent a request for this a moment ago. Yours was not sent.", OPEN_ALREADY, number)
    assert len(Sample(world, "nl").rmas("in_progress", mine=None)) == 1 + before_count(world)
    asked.presses("New anyway").sees("Please check everything").presses("Send").sees("Next: approval")
    assert asked.number() != number


def before_count(world: World) -> int:
    """How many RMAs in progress the sample has."""
    return sum(rma.number < "00517625" for rma in Sample(world, "nl").rmas("in_progress"))


def at_the_question(world: World, name: str) -> Chat:
    """Els, told that Jan has an RMA open."""
    chat = world.chat("nl", name=name).starts("create_rma", system=PEETERS)
    return chat.says(PEETERS_SERIAL).sees(OPEN_ALREADY)


def almost_sent(world: World, email: str) -> Chat:
    """At the review of an RMA for the same device."""
    chat = world.chat("en", email=email).starts("create_rma", system=PEETERS).says("122412346704")
    return chat.presses("Damaged").presses("Skip").presses("Skip").sees("Please check everything")


def press_together(world: World, *chats: Chat, label: str) -> None:
    """All press it before any of them is answered."""
    received, before = [], []
    for chat in chats:
        token, button = chat._button(label)
        payload = msgspec.json.encode(Payload(Pressed(token, button.index), chat.locale))
        received.append(Received("paper", f"{chat.key}-together", chat.key, payload, world.clock.now()))
        before.append(len(chat._all()))

    async def both() -> None:
        await asyncio.gather(*(world.app.runner.receive(item) for item in received))
        await asyncio.gather(*(chat._settled() for chat in chats))

    world.run(both())
    for chat, start in zip(chats, before, strict=True):
        chat.answer = chat._all()[start:]


@pytest.mark.parametrize("locale", ["nl", "fr", "en"])
def test_the_whole_job_on_the_roof_takes_four_taps(world: World, locale: str) -> None:
    """A serial, words and photos besides; no more than in the sketch it was made from."""
    sample = Sample(world, locale)
    rma = sample.rmas("in_progress")[0]
    chat = world.chat(locale).says(sample.serials_of(rma.number)[0]).sees(str(rma.system))
    chat.presses("New RMA").sees(OPEN_ALREADY, rma.number).presses("New anyway")
    chat.presses("Not reporting").says(SILENT[locale])
    chat.sends(*((f"{n}.jpg", photo(n)) for n in range(4))).sees("Please check everything")
    assert chat.facts()["Photos"].startswith("4")
    assert chat.presses("Send").number() == "00517625"
    linking = 1
    assert sum(words.startswith("[") for words, _answer in chat.everything) - linking == 4


def test_with_several_open_each_has_its_own_buttons(world: World) -> None:
    """Labels that fit the narrowest screen, in the longest language."""
    sample = Sample(world, "fr")
    rma = sample.rmas("in_progress")[0]
    chat = world.chat("fr").says(sample.serials_of(rma.number)[0]).presses("New RMA")
    chat.presses("New anyway").presses("Damaged").presses("Skip").presses("Skip").presses("Send")
    chat.says(sample.serials_of(rma.number)[0]).presses("New RMA").sees(rma.number, "00517625")
    labels = [chat._words(button.label) for button in chat.prompt.buttons]
    assert sum("00517625" in label for label in labels) == 2
    assert all(len(label) <= 24 for label in labels), labels
