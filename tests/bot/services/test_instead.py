"""Who cannot be reached in the chat is written to, once, about what nobody wrote to them about."""

from __future__ import annotations

import datetime

import pytest
from sqlalchemy import Connection, func, insert, select

from bot.services.instead import write_instead
from bot.services.rma_changes import pass_to
from flows.engine.outputs import Prompt, Say
from flows.requests import FollowRma
from locales.speaker import Speaker
from storage import desk_tables, mails, outbox, request_tables, rmas, unreachable
from storage.moments import micros
from storage.tables import conversations
from tests.bot.services.conftest import ELS, NOW, PEOPLE, STRANGER, Counter

MINUTE = datetime.timedelta(minutes=1)
DESK = "The desk needs a clearer photo of the label."


@pytest.fixture
def gone(counter: Counter) -> Connection:
    """Els, and somebody nobody knows, left their chats."""
    for chat in (ELS, STRANGER):
        unreachable.hold(counter.connection, chat, chat, NOW)
        row = {"key": chat, "channel": "web", "sequence": 1}
        counter.connection.execute(insert(conversations), row)
    return counter.connection


def say(connection: Connection, *outputs: Say | Prompt, chat: str = ELS) -> None:
    """Something waits to be said."""
    new = [outbox.New(chat, "web", 1, output, "nl", "Europe/Brussels") for output in outputs]
    outbox.add(connection, new, NOW)


def letters(connection: Connection, at: datetime.datetime) -> list[mails.Mail]:
    """What is written when it is looked at now."""
    before = connection.execute(select(func.count()).select_from(request_tables.mails)).scalar_one()
    write_instead(connection, at)
    after = connection.execute(select(func.count()).select_from(request_tables.mails)).scalar_one()
    return mails.latest(connection, after - before) if after > before else []


def test_what_waits_is_mailed_once_until_they_are_back(gone: Connection) -> None:
    """To the mailbox on file, in the language on file, with the words; and again the next time they leave."""
    say(gone, Say((DESK,)), Prompt("1", ("Which system?",)))
    assert letters(gone, NOW) == []
    [letter] = letters(gone, NOW + MINUTE)
    assert (letter.recipient, letter.locale) == (PEOPLE[ELS], "nl")
    body = Speaker("en", "Europe/Brussels", NOW.date()).say(letter.body)
    assert DESK in body
    assert "Which system?" not in body
    say(gone, Say(("More",)))
    assert letters(gone, NOW + MINUTE) == []
    unreachable.back(gone, [ELS], NOW)
    unreachable.hold(gone, ELS, ELS, NOW + MINUTE)
    assert len(letters(gone, NOW + 2 * MINUTE)) == 1


def test_a_question_alone_is_no_reason_to_write(gone: Connection) -> None:
    """Nor is what waits for somebody we do not know, or what is old."""
    say(gone, Prompt("1", ("Which system?",)))
    say(gone, Say((DESK,)), chat=STRANGER)
    assert letters(gone, NOW + MINUTE) == []
    say(gone, Say((DESK,)))
    assert letters(gone, NOW + datetime.timedelta(days=2)) == []


def test_a_new_status_is_mailed_by_the_desk_and_not_twice(counter: Counter, gone: Connection) -> None:
    """The letter about the status says all that the chat would have."""
    rma = next(rma for rma in rmas.latest(gone, company(gone), 0, 50) if rma.status == "in_progress")
    counter.done(FollowRma(rma.number))
    pass_to(gone, rma, "pending_approval", key="k", by=None, now=micros(NOW))
    assert [type(m.output) for m in outbox.waiting(gone, [ELS])] == [Say]
    assert PEOPLE[ELS] in [mail.recipient for mail in mails.latest(gone, 3)]
    assert letters(gone, NOW + MINUTE) == []


def company(connection: Connection) -> int:
    """The company of Els."""
    found = select(desk_tables.installers.c.company).where(desk_tables.installers.c.email == PEOPLE[ELS])
    return int(connection.execute(found).scalar_one())
