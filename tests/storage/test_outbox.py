"""The outbox keeps the order of what was decided and knows what shows which prompt."""

from __future__ import annotations

import datetime

from sqlalchemy import Connection

from flows.engine.outputs import Prompt, Say
from storage import outbox
from storage.codec import Message
from storage.outbox import Closing

NOW = datetime.datetime(2026, 11, 20, 9, 30, tzinfo=datetime.UTC)
SECOND = datetime.timedelta(seconds=1)


def add(connection: Connection, conversation: str, *outputs: Message) -> None:
    outbox.add(
        connection,
        [outbox.New(conversation, "test", 1, output, "nl", "Europe/Brussels") for output in outputs],
        NOW,
    )


def test_what_waits_comes_in_the_order_it_was_decided(connection: Connection) -> None:
    """With its language and time zone."""
    add(connection, "a", Say(("one",)), Prompt("1"))
    add(connection, "b", Say(("two",)))
    assert outbox.due(connection, NOW, 10) == ["a", "b"]
    waiting = outbox.waiting(connection, ["a", "b"])
    assert [item.output for item in waiting] == [Say(("one",)), Prompt("1"), Say(("two",))]
    assert {(item.locale, item.time_zone) for item in waiting} == {("nl", "Europe/Brussels")}


def test_a_message_that_waits_holds_up_its_conversation_only(connection: Connection) -> None:
    """What was decided later is not said earlier."""
    add(connection, "a", Say(("one",)), Say(("two",)))
    add(connection, "b", Say(("three",)))
    first = outbox.waiting(connection, ["a"])[0]
    outbox.wait(connection, [first.id], NOW + SECOND, 1)
    assert outbox.due(connection, NOW, 10) == ["b"]
    assert outbox.due(connection, NOW + SECOND, 10) == ["b", "a"]


def test_a_page_of_a_form_covers_those_before_it_and_nothing_else(connection: Connection) -> None:
    """Another form, the chat and what comes later are still said."""
    pages: list[Message] = [Prompt("1", form="f"), Prompt("2", form="f2"), Say(("f",)), Prompt("3", form="f")]
    add(connection, "a", *pages, Prompt("4", form="f"))
    add(connection, "b", Prompt("1", form="f"))
    told = outbox.waiting(connection, ["a"])[3]
    outbox.told(connection, [Closing(told.id, "a", "sent", "3", form="f")], NOW)
    left = [item.output for item in outbox.waiting(connection, ["a", "b"])]
    assert left == [pages[1], pages[2], Prompt("4", form="f"), Prompt("1", form="f")]


def test_what_was_sent_does_not_wait(connection: Connection) -> None:
    """And the platform's id of a prompt is remembered, for this conversation."""
    add(connection, "a", Prompt("1"), Say(("two",)))
    first, second = outbox.waiting(connection, ["a"])
    closings = [Closing(first.id, "a", "sent", "1", "m7"), Closing(second.id, "a", "parked")]
    outbox.close(connection, closings, NOW)
    assert outbox.due(connection, NOW, 10) == []
    assert outbox.message_of(connection, "a", "1") == "m7"
    assert outbox.message_of(connection, "b", "1") == ""
