"""What was said is cleared after 7 days, the keys that absorb repeats after 60."""

from __future__ import annotations

import datetime

from sqlalchemy import Connection, text

from bot.ports import Received
from flows.engine.model import Say
from storage import inbox, outbox
from storage.clearing import clear_old
from storage.inbox import Finished
from storage.outbox import Closing

NOW = datetime.datetime(2026, 11, 20, 9, 30, tzinfo=datetime.UTC)


def days(number: int) -> datetime.timedelta:
    return datetime.timedelta(days=number)


def test_contents_go_first_and_keys_much_later(connection: Connection) -> None:
    """A repeat is still absorbed when nothing of its contents is left."""
    again = Received("test", "1", "a", b"private", NOW)
    inbox.receive(connection, [again], NOW)
    [item] = inbox.pick(connection, NOW, 1)
    inbox.finish(connection, [Finished(item.id, "done", '"private"')], NOW)
    outbox.add(connection, [outbox.New("a", "test", 1, Say(("private",)), "nl", "")], NOW)
    [message] = outbox.waiting(connection, ["a"])
    outbox.close(connection, [Closing(message.id, "a", "sent", "1", "m1")], NOW)

    clear_old(connection, NOW + days(6))
    assert connection.scalar(text("SELECT payload FROM inbox")) == b"private"
    clear_old(connection, NOW + days(8))
    left = connection.execute(text("SELECT payload, content FROM inbox")).one()
    assert tuple(left) == (None, None)
    assert connection.scalar(text("SELECT output FROM outbox")) is None
    assert inbox.receive(connection, [again], NOW + days(59)) == [False]
    clear_old(connection, NOW + days(61))
    for table in ("inbox", "outbox", "messages"):
        assert connection.scalar(text(f"SELECT count(*) FROM {table}")) == 0


def test_what_is_not_finished_is_never_old(connection: Connection) -> None:
    """An input or a message that still waits is kept, however long it waits."""
    inbox.receive(connection, [Received("test", "1", "a", b"private", NOW)], NOW)
    outbox.add(connection, [outbox.New("a", "test", 1, Say(("private",)), "nl", "")], NOW)
    assert not clear_old(connection, NOW + days(400))
    assert connection.scalar(text("SELECT payload FROM inbox")) == b"private"
    assert outbox.waiting(connection, ["a"])
