"""What the desk tells installers: once, to who still works there, where they talk, at a decent hour."""

from __future__ import annotations

import datetime

import pytest
from sqlalchemy import Connection, insert

from bot.services import news
from flows.engine.model import Conversation, Say
from storage import conversations, mails, outbox, people
from storage.desk_tables import installers
from storage.moments import micros
from storage.tables import conversations as chats
from tests.bot.services.conftest import ELS, NOW, PEOPLE, Counter

RMA = "rma 00517624"
NIGHT = NOW.replace(hour=22)


@pytest.fixture
def talked(counter: Counter) -> Connection:
    """Els talked in a chat this noon."""
    connection = counter.connection
    connection.execute(insert(chats), {"key": ELS, "channel": "web", "sequence": 4})
    conversations.save(connection, [Conversation(ELS, "nl", at=NOW)], NOW)
    people.link(connection, ELS, els(connection), micros(NOW), ELS)
    return connection


def els(connection: Connection) -> int:
    """The number of Els."""
    found = people.with_email(connection, PEOPLE[ELS])
    assert found
    return found.id


def tell(connection: Connection, at: datetime.datetime, key: str = "k") -> None:
    """Something for Els."""
    news.tell(connection, [els(connection)], "Seen", about=RMA, key=key, title="News", now=micros(at))


def said(connection: Connection) -> list[object]:
    """What waits to be said in her chat."""
    return [message.output for message in outbox.waiting(connection, [ELS])]


def test_it_is_told_once_by_mail_and_where_they_talked_last(talked: Connection) -> None:
    """Twice the same key is once; her language is that on file."""
    tell(talked, NOW)
    tell(talked, NOW)
    assert said(talked) == [Say(("Seen",))]
    assert [message.locale for message in outbox.waiting(talked, [ELS])] == ["nl"]
    letters = [mail for mail in mails.latest(talked, 3) if mail.recipient == PEOPLE[ELS]]
    assert [mail.subject for mail in letters] == ["News"]


@pytest.mark.parametrize(
    ("hour", "waits"), [(5, 1), (6, 0), (18, 0), (19, 11), (23, 7)]
)  # UTC; an hour later in Brussels
def test_at_night_it_waits_for_the_morning(talked: Connection, hour: int, waits: int) -> None:
    """Seven o'clock, whatever the day of the month; the mail does not wait."""
    at = (NOW + datetime.timedelta(days=1)).replace(hour=hour)
    tell(talked, at)
    assert bool(said(talked)) is (waits == 0)
    assert mails.latest(talked, 1)[0].subject == "News"
    if waits:
        morning = at + datetime.timedelta(hours=waits)
        assert not news.hand_on(talked, morning - datetime.timedelta(seconds=1))
        assert news.hand_on(talked, morning)
        assert not news.hand_on(talked, morning)
    assert said(talked) == [Say(("Seen",))]


def test_who_is_talking_at_night_hears_it_at_once(talked: Connection) -> None:
    """They are there."""
    conversations.save(talked, [Conversation(ELS, "nl", at=NIGHT)], NIGHT)
    tell(talked, NIGHT)
    assert said(talked) == [Say(("Seen",))]


def test_who_left_the_company_hears_nothing(talked: Connection) -> None:
    """Neither what is new, nor what waited for the morning."""
    tell(talked, NIGHT)
    gone = els(talked)
    talked.execute(installers.update().where(installers.c.id == gone).values(active=False))
    news.tell(talked, [gone], "More", about=RMA, key="2", title="More", now=micros(NIGHT))
    assert not news.hand_on(talked, NIGHT + datetime.timedelta(days=1))
    assert said(talked) == []
    assert mails.latest(talked, 1)[0].subject == "News"


def test_who_has_no_chat_gets_the_mail_alone(counter: Counter) -> None:
    """And nothing waits for ever."""
    tell(counter.connection, NOW)
    assert mails.latest(counter.connection, 1)[0].subject == "News"
    assert not news.hand_on(counter.connection, NOW)
