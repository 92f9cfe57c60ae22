"""A turn understands, advances, and answers the calls of a flow until none is left."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from bot.ports import Asked, Unavailable
from bot.turn import Incoming, TooManyRounds, take_turns
from flows.engine.conversation import Conversation
from flows.engine.data import Started
from flows.engine.events import Command, Content, Event, Failed, Pressed, Returned, Said
from flows.engine.outputs import Call, Capabilities, Output, Say
from flows.engine.phrases import NOW_SPEAKING
from flows.engine.work import Done, Page, Reply
from flows.requests import FindRmas, SetLanguage
from tests.bot.fakes import AT, understand_nothing

Folded = list[tuple[str, Content, str]]


def event(text: str, conversation: str = "a", locale: str = "") -> Event:
    return Event("e1", conversation, "web:7", AT, Said(text), locale)


def incoming(text: str, conversation: str = "a", known: Conversation | None = None) -> Incoming:
    return Incoming(event(text, conversation), known, Capabilities())


class Engine:
    """Calls the desk `calls` times in a row, and remembers what it was given."""

    def __init__(self, calls: int = 1) -> None:
        self.calls = calls
        self.folded: Folded = []

    def advance(
        self, conversation: Conversation, event: Event, _can: Capabilities
    ) -> tuple[Conversation, tuple[Output, ...]]:
        self.folded.append((event.id, event.content, conversation.locale))
        done = sum(1 for id, _, _ in self.folded if id.startswith("e1:"))
        if done < self.calls:
            return conversation, (Say((f"call {done}",)), Call(f"run/{done}", FindRmas(str(done))))
        return conversation, (Say(("end",)),)


def no_desk(asked: Sequence[Asked]) -> list[Reply]:
    raise AssertionError(asked)


def answering(reply: Reply, seen: list[list[Asked]]) -> Callable[[Sequence[Asked]], list[Reply]]:
    def answer(asked: Sequence[Asked]) -> list[Reply]:
        seen.append(list(asked))
        return [reply] * len(asked)

    return answer


@pytest.mark.parametrize(
    ("guess", "locale"), [("nl", "nl"), ("fr-BE", "fr"), ("EN", "en"), ("de", "en"), ("", "en")]
)
def test_a_first_meeting_is_in_the_language_of_the_person_if_we_speak_it(guess: str, locale: str) -> None:
    """Otherwise in English."""
    engine = Engine(0)
    first = Incoming(event("hi", locale=guess), None, Capabilities())
    [taken] = take_turns([first], engine.advance, understand_nothing, no_desk)
    assert (taken.conversation.key, taken.conversation.locale) == ("a", locale)


def test_a_call_is_answered_within_the_turn() -> None:
    """The reply comes back as an event; the call itself is not an output."""
    engine = Engine(2)
    seen: list[list[Asked]] = []
    [taken] = take_turns([incoming("hi")], engine.advance, understand_nothing, answering(Page(), seen))
    assert taken.outputs == (Say(("call 0",)), Say(("call 1",)), Say(("end",)))
    assert [content for _, content, _ in engine.folded] == [
        Said("hi"),
        Returned("run/0", Page()),
        Returned("run/1", Page()),
    ]
    assert len({id for id, _, _ in engine.folded}) == 3


def test_the_desk_hears_who_asks_in_which_conversation() -> None:
    """The key is made unique over all conversations."""
    engine = Engine(1)
    seen: list[list[Asked]] = []
    known = Conversation("a", "fr")
    take_turns([incoming("hi", known=known)], engine.advance, understand_nothing, answering(Page(), seen))
    assert seen == [[Asked("a/run/0", FindRmas("0"), "web:7", "a", "fr", AT)]]


def test_the_calls_of_a_round_go_together() -> None:
    """Whoever has no more calls waits for the others."""
    engines = {"a": Engine(1), "b": Engine(3), "c": Engine(0)}
    seen: list[list[Asked]] = []
    taken = take_turns(
        [incoming("hi", key) for key in engines],
        lambda conversation, event, can: engines[conversation.key].advance(conversation, event, can),
        understand_nothing,
        answering(Page(), seen),
    )
    assert [[item.conversation for item in round] for round in seen] == [["a", "b"], ["b"], ["b"]]
    assert [turn.conversation.key for turn in taken] == ["a", "b", "c"]


def test_a_flow_that_never_stops_asking_is_a_fault() -> None:
    """Eight rounds are enough for anybody."""
    seen: list[list[Asked]] = []
    take_turns([incoming("hi")], Engine(8).advance, understand_nothing, answering(Page(), seen))
    with pytest.raises(TooManyRounds):
        take_turns([incoming("hi")], Engine(9).advance, understand_nothing, answering(Page(), seen))


def unavailable(_asked: Sequence[Asked]) -> list[Reply]:
    raise Unavailable


def test_an_unavailable_service_fails_the_call() -> None:
    """The flow decides what to say about it."""
    engine = Engine(1)
    take_turns([incoming("hi")], engine.advance, understand_nothing, unavailable)
    assert engine.folded[1][1] == Failed("run/0")


def test_in_a_batch_an_unavailable_service_undoes_all() -> None:
    """Who had what done cannot be told apart there, so the turns must be taken one by one."""
    with pytest.raises(Unavailable):
        take_turns([incoming("hi"), incoming("hi", "b")], Engine(1).advance, understand_nothing, unavailable)


def test_another_language_holds_from_its_own_reply_on() -> None:
    """The desk is told too, so that the person is greeted in it next time."""

    def advance(
        conversation: Conversation, event: Event, _can: Capabilities
    ) -> tuple[Conversation, tuple[Output, ...]]:
        if isinstance(event.content, Returned):
            return conversation, (
                Say((conversation.locale, str(event.content.reply == Done({"said": NOW_SPEAKING["fr"]})))),
            )
        return conversation, (Call("k", SetLanguage("fr")),)

    seen: list[list[Asked]] = []
    known = Conversation("a", "nl")
    [taken] = take_turns(
        [incoming("x", known=known)], advance, understand_nothing, answering(Done({"x": "y"}), seen)
    )
    assert taken.conversation.locale == "fr"
    assert taken.outputs == (Say(("fr", "True")),)
    assert seen[0][0].request == SetLanguage("fr")


def test_words_are_understood_before_the_engine_gets_them() -> None:
    """What is not understood is left to the engine; a button is never read."""

    def understand(text: str, locale: str, conversation: Conversation) -> Content | None:
        known: dict[str, Content] = {"terug": Command("back"), "help": Started("help")}
        return known.get(text) if locale == "nl" else None

    known = Conversation("a", "nl")
    meant: tuple[tuple[str, Content], ...] = (
        ("terug", Command("back")),
        ("help", Started("help")),
        ("Jan", Said("Jan")),
    )
    for text, content in meant:
        engine = Engine(0)
        take_turns([incoming(text, known=known)], engine.advance, understand, no_desk)
        assert engine.folded[0][1] == content
    engine = Engine(0)
    press = Event("e1", "a", "s", AT, Pressed("1", 0))
    take_turns([Incoming(press, known, Capabilities())], engine.advance, understand, no_desk)
    assert engine.folded[0][1] == Pressed("1", 0)
