"""The inbox keeps every input once and hands it out in order."""

from __future__ import annotations

import datetime

from sqlalchemy import Connection, text

from bot.ports import RawFile, Received
from flows.engine.data import File
from storage import inbox
from storage.inbox import Finished

NOW = datetime.datetime(2026, 11, 20, 9, 30, tzinfo=datetime.UTC)
SECOND = datetime.timedelta(seconds=1)
PHOTO = RawFile("ref", "photo.jpg", "image", 10)


def said(key: str, conversation: str = "a", files: tuple[RawFile, ...] = ()) -> Received:
    return Received("test", key, conversation, b'{"text": "hi"}', NOW, files)


def picked(connection: Connection, now: datetime.datetime = NOW, limit: int = 32) -> list[int]:
    return [item.id for item in inbox.pick(connection, now, limit)]


def test_an_input_is_kept_once(connection: Connection) -> None:
    """A repeat is recognised, in the same batch and later; another channel's key is another input."""
    elsewhere = Received("other", "1", "b", b"", NOW)
    assert inbox.receive(connection, [said("1"), said("1"), elsewhere], NOW) == [True, False, True]
    assert inbox.receive(connection, [said("2"), said("1")], NOW) == [True, False]
    assert connection.scalar(text("SELECT count(*) FROM inbox")) == 3


def test_inputs_of_one_conversation_are_numbered_in_order(connection: Connection) -> None:
    """The numbers follow the order of arrival, in one batch or several."""
    inbox.receive(connection, [said("1"), said("9", "b"), said("2")], NOW)
    inbox.receive(connection, [said("3")], NOW)
    rows = connection.execute(text("SELECT key FROM inbox WHERE conversation = 'a' ORDER BY sequence"))
    assert list(rows.scalars()) == ["test/1", "test/2", "test/3"]
    assert connection.scalar(text("SELECT sequence FROM conversations WHERE key = 'a'")) == 3


def test_only_the_first_unfinished_input_of_a_conversation_is_handed_out(connection: Connection) -> None:
    """The next one follows when it is done with."""
    inbox.receive(connection, [said("1"), said("2"), said("3", "b")], NOW)
    first, other = picked(connection)
    inbox.finish(connection, [Finished(first, "done"), Finished(other, "done")], NOW)
    assert picked(connection) == [first + 1]


def test_what_is_not_ready_holds_up_its_conversation_only(connection: Connection) -> None:
    """A photo that is still being looked at keeps what was typed after it waiting."""
    inbox.receive(connection, [said("1", files=(PHOTO,)), said("2"), said("3", "b")], NOW)
    [other] = picked(connection)
    [row] = inbox.unprepared(connection)
    assert (row.conversation, row.files) == ("a", (PHOTO,))
    inbox.finish(connection, [Finished(other, "done")], NOW)
    assert picked(connection) == []
    file = File("f1", "image", "photo.jpg", 9)
    inbox.prepared(connection, row.id, (file,), NOW + SECOND)
    assert picked(connection) == []
    assert inbox.unprepared(connection) == []
    [item] = inbox.pick(connection, NOW + SECOND, 32)
    [taken] = inbox.take(connection, [item])
    assert taken.prepared == (file,)


def test_what_was_finished_is_not_taken_again(connection: Connection) -> None:
    """Also when it was picked before somebody else finished it."""
    inbox.receive(connection, [said("1")], NOW)
    item = inbox.pick(connection, NOW, 1)
    inbox.finish(connection, [Finished(item[0].id, "done")], NOW)
    assert inbox.take(connection, item) == []


def test_what_is_taken_is_what_was_received(connection: Connection) -> None:
    """Payload, moment and home channel come back as they were."""
    inbox.receive(connection, [said("1")], NOW)
    [taken] = inbox.take(connection, inbox.pick(connection, NOW, 1))
    assert taken.received == said("1")
    assert (taken.home, taken.state, taken.attempts) == ("test", None, 0)


def test_a_tried_input_waits_before_the_next_try(connection: Connection) -> None:
    """Tries are counted."""
    inbox.receive(connection, [said("1")], NOW)
    [id] = picked(connection)
    assert inbox.count_attempt(connection, id, NOW + SECOND) == 1
    assert picked(connection) == []
    assert picked(connection, NOW + SECOND) == [id]
    assert inbox.count_attempt(connection, id, NOW) == 2


def test_many_idle_conversations_do_not_slow_the_drain(connection: Connection) -> None:
    """The work of a pick does not depend on what is finished: it uses the indexes of the unfinished."""
    rows = [{"n": n, "c": f"c{n}"} for n in range(20_000)]
    connection.execute(
        text(
            "INSERT INTO inbox (channel, key, conversation, sequence, received_at, ready_at, done_at)"
            " VALUES ('test', :c, :c, 1, :n, :n, :n)"
        ),
        rows,
    )
    connection.execute(text("ANALYZE"))
    inbox.receive(connection, [said("1")], NOW)
    moments = {"now": 0, "recently": 0, "long_ago": 0, "limit": 32}
    explain = "EXPLAIN QUERY PLAN " if connection.dialect.name == "sqlite" else "EXPLAIN "
    plan = connection.execute(text(explain + str(inbox._PICK)), moments).all()
    words = " ".join(str(row) for row in plan)
    assert "inbox_ready" in words
    assert "inbox_open" in words or connection.dialect.name == "postgresql"  # knows how few there are
    assert not any(slow in words for slow in ("inbox_done_at", "inbox_said", "Seq Scan", "SCAN"))
