"""Bad input: a clear message in the person's language, nothing lost, the next event served."""

from __future__ import annotations

import pytest

from bot.ports import Received
from flows.engine.data import Started
from flows.engine.events import Event
from tests.conversations.chats import Chat, Paper, World
from tests.conversations.sample import Sample

LOCALES = pytest.mark.parametrize("locale", ["nl", "fr", "en"])
SAY_MORE = "In a few words"
NOT_HANDLED = "Your last message could not be handled. What you filled in before is kept."
NASTY = "‮gnihtemos‬ 😀👩‍👧 مرحبا \x00 <b>&amp;</b> `x` {number} %s"


class Stumbling(Paper):
    """A platform with a bug: some of its events are nothing the engine can take."""

    def receive(self, received: Received) -> Event:
        if received.payload == b"stumble":
            content = Started([])  # type: ignore[arg-type]  # that is the bug
            return Event(received.key, received.conversation, received.conversation, received.at, content)
        return super().receive(received)


def said_what(world: World, locale: str = "en") -> Chat:
    """An RMA at the question for words."""
    chat = world.chat(locale).starts("create_rma", system="none").says("122145999999")
    return chat.presses("Not reporting").sees(SAY_MORE)


@LOCALES
def test_a_text_of_100_kb_is_too_long_and_said_so(world: World, locale: str) -> None:
    """Where words are asked for, where a system is searched, and with nothing open."""
    book = "storm " * 17_000
    chat = said_what(world, locale).says(book)
    chat.sees("That is {length} characters; at most {most} fit. Please make it shorter.", SAY_MORE)
    chat.says("kort").presses("Skip")
    assert chat.facts()["Description"] == "kort"
    chat.starts("search_systems").says(book).sees("That is {length} characters; at most {most} fit.")
    chat.presses("Cancel")
    world.clock.pass_(seconds=5)
    assert "Menu" in chat.presses("Cancel").says(book).labels()


@LOCALES
def test_odd_signs_are_kept_as_they_are_but_for_nul(world: World, locale: str) -> None:
    """Emoji, right-to-left, mark-up and gaps are words like others, from the review to the card."""
    chat = said_what(world, locale).says(NASTY).presses("Skip")
    assert "😀" in chat.facts()["Description"]
    chat.presses("Send").presses("Track").presses("Description")
    chat.sees("مرحبا", "<b>&amp;</b>", "{number} %s").sees_not("\x00")


@pytest.mark.parametrize(
    "words", [NASTY, "\x00", "   ", "' OR 1=1 --", "%", "_", "٣٤٥٦٧٨", "\n\n", "😀", "a" * 5000]
)
@pytest.mark.parametrize("flow", ["search_systems", "track_rma", "create_rma", "link", "talk_to_person", ""])
def test_whatever_is_typed_is_answered_with_a_way_on(readings: World, flow: str, words: str) -> None:
    """Never silence, never data of others, never an excuse with a reference."""
    chat = readings.chat("fr", name=f"{flow} {words[:20]!r}")
    if flow:
        chat.starts(flow)
    chat.says(words).sees_not(NOT_HANDLED)
    assert chat.labels()


@LOCALES
def test_an_event_that_raises_in_the_engine_is_put_aside(world: World, locale: str) -> None:
    """The person hears it with a reference and is offered a person; the draft goes on."""
    chat = said_what(world, locale)
    world.use(Stumbling)
    chat.receives(b"stumble").sees(NOT_HANDLED, "Try it another way, or talk to a person")
    assert "Talk to a person" in chat.labels()
    chat.says("it hums").sees("Photos help the desk decide.")


@LOCALES
@pytest.mark.parametrize("payload", [b"", b"{", b'{"content": {"type": "said"}}', b"\xff\xfe", b"[" * 5000])
def test_a_payload_that_cannot_be_read_is_put_aside(world: World, locale: str, payload: bytes) -> None:
    """Nothing behind it waits."""
    chat = said_what(world, locale).receives(payload).sees(NOT_HANDLED)
    chat.says("it hums").sees("Photos help the desk decide.")


def test_one_person_s_trouble_holds_up_nobody_else(world: World) -> None:
    """Others are answered while the bad event is tried again."""
    world.use(Stumbling)
    chat, other = world.chat("nl"), world.chat("fr")
    stumble = Received("paper", "stumble", chat.key, b"stumble", world.clock.now())
    world.run(world.app.runner.receive(stumble))
    other.says(Sample(world, "fr").rmas()[0].number).sees("RMA {rma}")
    chat.hears().sees(NOT_HANDLED)
