"""What was said is cleared after 7 days, the keys that absorb repeats after 60."""

from __future__ import annotations

import datetime

from sqlalchemy import Connection, text

from bot.ports import Asked, Received
from flows.engine.outputs import Say
from flows.engine.work import Done
from flows.requests import AddNote
from storage import agents, inbox, mails, news, outbox, people
from storage.clearing import clear_old
from storage.desk_tables import companies, installers
from storage.effects import answer_once
from storage.inbox import Finished
from storage.moments import micros
from storage.outbox import Closing
from storage.rmas import add

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


def test_letters_that_were_sent_or_given_up_are_cleared(connection: Connection) -> None:
    """To whom and what goes after 7 days, their ids after 60; what still waits stays."""
    now = micros(NOW)
    letters = [mails.letter(name, "els@example.com", "nl", "S", "B", now) for name in ("a", "b", "waits")]
    mails.post(connection, letters)
    sent, given_up, _waits = mails.waiting(connection, now, 3)
    mails.sent(connection, sent)
    mails.park(connection, given_up)

    clear_old(connection, NOW + days(6))
    assert {mail.body for mail in mails.latest(connection, 3)} == {"B"}
    clear_old(connection, NOW + days(8))
    left = {
        mail.message_id: (mail.recipient, mail.subject, mail.body) for mail in mails.latest(connection, 3)
    }
    assert left == {"a": ("", "", ""), "b": ("", "", ""), "waits": ("els@example.com", "S", "B")}
    clear_old(connection, NOW + days(61))
    assert [mail.message_id for mail in mails.latest(connection, 3)] == ["waits"]


def test_codes_and_tries_go_when_they_count_for_nothing(connection: Connection) -> None:
    """A code that ended a week ago, used or not, and a try that is as old."""
    now = micros(NOW)
    add(connection, companies, [{"id": 1, "name": "Zon"}])
    els = {"id": 1, "company": 1, "name": "Els", "email": "els@example.com", "phone": "", "active": True}
    add(connection, installers, [{**els, "role": "office", "language": "nl"}])
    people.add_code(connection, "hash", 1, now, now)
    people.count_try(connection, "test:1", "code", now)

    clear_old(connection, NOW + days(6))
    assert people.codes_since(connection, 1, 0) == people.tries_since(connection, "test:1", "code", 0) == 1
    clear_old(connection, NOW + days(8))
    assert people.codes_since(connection, 1, 0) == people.tries_since(connection, "test:1", "code", 0) == 0


def test_what_was_done_is_remembered_as_long_as_the_keys(connection: Connection) -> None:
    """Until then the same key is answered without doing it again; afterwards nothing can repeat it."""
    asked = [Asked("a/1", AddNote("00517625", "private"), "a", "a", "nl", NOW)]
    answer_once(connection, asked, lambda _connection, _asked: [Done()], NOW)
    clear_old(connection, NOW + days(59))
    assert answer_once(connection, asked, lambda _connection, _asked: [], NOW) == [Done()]
    clear_old(connection, NOW + days(61))
    assert connection.scalar(text("SELECT count(*) FROM effects")) == 0


def test_what_the_desk_told_goes_like_what_was_said(connection: Connection) -> None:
    """Its words after 7 days, its key after 60; a session of an agent when it is over."""
    now = micros(NOW)
    add(connection, companies, [{"id": 1, "name": "Zon"}])
    els = {"id": 1, "company": 1, "name": "Els", "email": "els@example.com", "phone": "", "active": True}
    add(connection, installers, [{**els, "role": "office", "language": "nl"}])
    news.keep(connection, [news.row(1, "key", "rma 1", "private", None, now, now)], "key")
    [told] = news.due(connection, now)
    news.told(connection, [told.id], now)
    row = {"login": "mia", "name": "Mia", "password": "", "role": "agent", "language": "nl"}
    agents.add(connection, row)
    agents.sign_in(connection, "hash", 1, now)

    clear_old(connection, NOW + days(6))
    assert connection.scalar(text("SELECT line FROM news")) == '"private"'
    clear_old(connection, NOW + days(8))
    assert connection.scalar(text("SELECT line FROM news")) == '""'
    assert connection.scalar(text("SELECT count(*) FROM agent_sessions")) == 0
    clear_old(connection, NOW + days(61))
    assert connection.scalar(text("SELECT count(*) FROM news")) == 0
