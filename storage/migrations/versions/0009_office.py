"""The back office: questions to installers and their answers, agents, and what they did."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009_office"
down_revision = "0008_slack_installations"


def upgrade() -> None:
    _questions()
    _agents()


def _number(name: str, **more: Any) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger(), **{"nullable": False, **more})


def _id(name: str = "id") -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False)


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"{table}_pkey")


def _once(table: str, column: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(column, name=f"{table}_{column}_key")


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [to], name=f"{table}_{column}_fkey")


def _questions() -> None:
    op.create_table(
        "questions",
        _id(),
        *_texts("key", "about"),
        _id("company"),
        *_texts("words"),
        _number("at"),
        _number("answered_at", nullable=True),
        _key("questions", "id"),
        _once("questions", "key"),
        _refers("questions", "company", "companies.id"),
    )
    op.create_index("questions_about", "questions", ["about"])
    op.create_index("questions_company_answered_at", "questions", ["company", "answered_at"])
    op.create_table(
        "answers",
        _id(),
        *_texts("key"),
        _id("question"),
        _id("installer"),
        _number("at"),
        *_texts("words"),
        _key("answers", "id"),
        _once("answers", "key"),
        _refers("answers", "question", "questions.id"),
        _refers("answers", "installer", "installers.id"),
    )
    op.create_index("answers_question", "answers", ["question"])
    op.create_table(
        "answer_files",
        _id("answer"),
        *_texts("attachment"),
        _key("answer_files", "answer", "attachment"),
        _refers("answer_files", "answer", "answers.id"),
        _refers("answer_files", "attachment", "attachments.id"),
    )


def _agents() -> None:
    op.create_table(
        "agents",
        _id(),
        *_texts("login", "name", "password", "role", "language"),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False, server_default="0"),
        _number("locked_until", server_default="0"),
        _key("agents", "id"),
        _once("agents", "login"),
        sa.CheckConstraint("role IN ('agent', 'lead')", name=op.f("agents_role_check")),
    )
    op.create_table(
        "agent_sessions",
        *_texts("hash"),
        _id("agent"),
        _number("until"),
        _key("agent_sessions", "hash"),
        _refers("agent_sessions", "agent", "agents.id"),
    )
    op.create_index("agent_sessions_agent", "agent_sessions", ["agent"])
    op.create_table(
        "office_log",
        _id(),
        *_texts("key", "about"),
        _id("agent"),
        _number("at"),
        *_texts("what"),
        sa.Column("before", sa.Text(), nullable=False, server_default=""),
        sa.Column("after", sa.Text(), nullable=False, server_default=""),
        _key("office_log", "id"),
        _once("office_log", "key"),
        _refers("office_log", "agent", "agents.id"),
    )
    op.create_index("office_log_about", "office_log", ["about", "id"])
