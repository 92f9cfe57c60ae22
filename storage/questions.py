"""What the desk asked about requests, and what installers answered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, insert, select, update

from storage.desk_tables import installers
from storage.office_tables import answer_files, answers, questions
from storage.tables import attachments


class Question(NamedTuple):
    """Something the desk asked a company; `about` is the kind and number of a request."""

    id: int
    about: str
    company: int
    words: str
    at: int
    answered_at: int | None


class Answer(NamedTuple):
    """What somebody answered."""

    id: int
    question: int
    who: str
    at: int
    words: str


_QUESTION = select(
    questions.c.id,
    questions.c.about,
    questions.c.company,
    questions.c.words,
    questions.c.at,
    questions.c.answered_at,
)
_OPEN = (
    _QUESTION.where(questions.c.company == bindparam("company"))
    .where(questions.c.answered_at.is_(None))
    .order_by(questions.c.at, questions.c.id)
)
_ANSWERS = (
    select(answers.c.id, answers.c.question, installers.c.name, answers.c.at, answers.c.words)
    .join_from(answers, installers, answers.c.installer == installers.c.id)
    .where(answers.c.question.in_(bindparam("questions", expanding=True)))
    .order_by(answers.c.id)
)
_FILES = (
    select(answer_files.c.answer, attachments.c.id)
    .join_from(answer_files, attachments, answer_files.c.attachment == attachments.c.id)
    .where(answer_files.c.answer.in_(bindparam("answers", expanding=True)))
    .order_by(attachments.c.created_at, attachments.c.id)
)


def ask(connection: Connection, key: str, about: str, company: int, words: str, now: int) -> int:
    """Keep a question; returns its number."""
    row = {"key": key, "about": about, "company": company, "words": words, "at": now}
    (number,) = connection.execute(insert(questions).returning(questions.c.id), row).one()
    return int(number)


def get(connection: Connection, id: int) -> Question | None:
    """The question of that number, of whatever company: the caller checks."""
    row = connection.execute(_QUESTION.where(questions.c.id == id)).first()
    return Question._make(row) if row else None


def still_open(connection: Connection, company: int) -> list[Question]:
    """What a company has not answered yet, oldest first."""
    return [Question._make(row) for row in connection.execute(_OPEN, {"company": company})]


def about(connection: Connection, about: str) -> list[Question]:
    """Every question about one request, in order."""
    found = _QUESTION.where(questions.c.about == about).order_by(questions.c.id)
    return [Question._make(row) for row in connection.execute(found)]


def answered_under(connection: Connection, key: str) -> bool:
    """Whether this effect is there already."""
    return connection.execute(select(answers.c.id).where(answers.c.key == key)).first() is not None


def answer(
    connection: Connection,
    key: str,
    question: int,
    installer: int,
    words: str,
    files: Iterable[str],
    now: int,
) -> None:
    """Keep an answer with its files; the question is no longer open."""
    row = {"key": key, "question": question, "installer": installer, "at": now, "words": words}
    (number,) = connection.execute(insert(answers).returning(answers.c.id), row).one()
    rows = [{"answer": number, "attachment": file} for file in files]
    if rows:
        connection.execute(insert(answer_files), rows)
    connection.execute(update(questions).where(questions.c.id == question).values(answered_at=now))


def answers_to(connection: Connection, asked: Iterable[int]) -> list[Answer]:
    """What was answered to these questions, in order."""
    rows = connection.execute(_ANSWERS, {"questions": list(asked)})
    return [Answer._make(row) for row in rows]


def files_of(connection: Connection, given: Iterable[int]) -> dict[int, list[str]]:
    """By answer: its attachments."""
    found: dict[int, list[str]] = {}
    for number, attachment in connection.execute(_FILES, {"answers": list(given)}):
        found.setdefault(number, []).append(attachment)
    return found
