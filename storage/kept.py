"""Everything that is kept about one person, to be handed to them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, func, literal, select, union_all

from storage.cashback_tables import cashback_numbers
from storage.desk_tables import chat_identities
from storage.office_tables import answers, news, questions
from storage.report_tables import reports
from storage.request_tables import case_notes, mails, notes, rma_followers
from storage.tables import attachments


class Chat(NamedTuple):
    """A chat that belongs to somebody."""

    sender: str
    conversation: str
    linked_at: int


class Written(NamedTuple):
    """Something they wrote on a request (`about`: its kind and number)."""

    about: str
    at: int
    text: str


class File(NamedTuple):
    """A file they sent."""

    name: str
    size: int
    at: int


class Report(NamedTuple):
    """A report that somebody ordered, and the mailbox that it went to."""

    kind: str
    address: str
    at: int


def chats_of(connection: Connection, installers: Iterable[int]) -> list[Chat]:
    """The chats linked to these installers, oldest first."""
    known = chat_identities.c
    wanted = (
        select(known.sender, known.conversation, known.linked_at)
        .where(known.installer.in_(list(installers)))
        .order_by(known.linked_at, known.sender)
    )
    return [Chat._make(row) for row in connection.execute(wanted)]


def written_by(connection: Connection, installers: Iterable[int]) -> list[Written]:
    """Their notes and answers, oldest first."""
    who = list(installers)
    parts = (
        select((literal("rma ") + notes.c.rma).label("about"), notes.c.at, notes.c.text.label("words")).where(
            notes.c.installer.in_(who)
        ),
        select(literal("case ") + case_notes.c.case_number, case_notes.c.at, case_notes.c.text).where(
            case_notes.c.installer.in_(who)
        ),
        select(questions.c.about, answers.c.at, answers.c.words)
        .join_from(answers, questions, answers.c.question == questions.c.id)
        .where(answers.c.installer.in_(who)),
    )
    every = union_all(*parts).subquery()
    return [Written._make(row) for row in connection.execute(select(every).order_by(every.c.at))]


def followed_by(connection: Connection, installers: Iterable[int]) -> list[str]:
    """The RMAs of which they hear every change."""
    followed = rma_followers.c
    wanted = select(followed.rma).where(followed.installer.in_(list(installers))).distinct()
    return list(connection.execute(wanted.order_by(followed.rma)).scalars())


def files_in(connection: Connection, chat: Chat) -> list[File]:
    """The files that were sent in this chat since it is theirs, oldest first."""
    sent = attachments.c
    wanted = select(sent.name, sent.size, sent.created_at).where(sent.conversation == chat.conversation)
    wanted = wanted.where(sent.conversation != "", sent.created_at >= chat.linked_at)
    return [File._make(row) for row in connection.execute(wanted.order_by(sent.created_at, sent.id))]


def customer_numbers_of(connection: Connection, installers: Iterable[int]) -> list[str]:
    """The numbers that they found in their own profile at SMA."""
    known = cashback_numbers.c
    wanted = select(known.customer_number).where(known.installer.in_(list(installers)))
    return list(connection.execute(wanted.distinct()).scalars())


def reports_for(connection: Connection, installers: Iterable[int]) -> list[Report]:
    """The reports that they ordered, oldest first."""
    known = reports.c
    wanted = select(known.kind, known.address, known.created_at).where(known.installer.in_(list(installers)))
    return [Report._make(row) for row in connection.execute(wanted.order_by(known.created_at, known.id))]


def letters_to(connection: Connection, email: str) -> int:
    """How many letters to this mailbox are remembered."""
    return _count(connection, mails.c.recipient == email)


def news_for(connection: Connection, installers: Iterable[int]) -> int:
    """How much they were told, as far as it is remembered."""
    return _count(connection, news.c.installer.in_(list(installers)))


def _count(connection: Connection, condition: ColumnElement[bool]) -> int:
    return connection.execute(select(func.count()).where(condition)).scalar_one()
