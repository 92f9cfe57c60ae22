"""A timer becomes an input when it runs out, once."""

from __future__ import annotations

import datetime

from sqlalchemy import Connection, text

from bot.ports import Received
from flows.engine.events import Elapsed
from storage import inbox, timers
from storage.codec import decode_event
from storage.timers import Timer

NOW = datetime.datetime(2026, 11, 20, 9, 30, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


def test_a_timer_runs_out_once(connection: Connection) -> None:
    """Not before its time, and not a second time."""
    inbox.receive(connection, [Received("web", "1", "a", b"", NOW)], NOW)
    timers.put(connection, [Timer("a", "draft", "web:7", NOW + DAY)])
    assert timers.promote(connection, NOW) == 0
    assert timers.promote(connection, NOW + DAY) == 1
    assert timers.promote(connection, NOW + 2 * DAY) == 0
    row = connection.execute(text("SELECT * FROM inbox WHERE channel = 'timer'")).one()
    event = decode_event(row.payload)
    assert (event.content, event.sender, event.at) == (Elapsed("draft"), "web:7", NOW + DAY)
    assert row.sequence == 2
    assert connection.scalar(text("SELECT channel FROM conversations")) == "web"


def test_setting_a_timer_again_moves_it(connection: Connection) -> None:
    """It runs out at the new time only; once it ran out it can be set anew."""
    timers.put(connection, [Timer("a", "draft", "s", NOW + DAY)])
    timers.put(connection, [Timer("a", "draft", "s", NOW + 2 * DAY), Timer("b", "draft", "s", NOW + DAY)])
    assert timers.promote(connection, NOW + DAY) == 1
    assert timers.promote(connection, NOW + 2 * DAY) == 1
    timers.put(connection, [Timer("a", "draft", "s", NOW + 3 * DAY)])
    assert timers.promote(connection, NOW + 3 * DAY) == 1
    assert connection.scalar(text("SELECT count(*) FROM inbox")) == 3
