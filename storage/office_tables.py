"""The tables of the back office: what the desk asks and tells people, and who did what at the desk.

Moments are microseconds since 1970. `key` columns are the keys of the effects that made the rows.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    false,
)

from storage.tables import Id, metadata

# What the desk tells people, each once per key. `line`, `asks` (the flow in which they answer) and
# `enclosed` are JSON.
# `told_at` is null while it waits for a decent hour; `daily`: it is told with all else of that day.
news = Table(
    "news",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", Text, nullable=False),
    Column("installer", ForeignKey("installers.id"), nullable=False),
    Column("about", Text, nullable=False),
    Column("line", Text, nullable=False),
    Column("asks", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("due_at", BigInteger, nullable=False),
    Column("told_at", BigInteger),
    Column("daily", Boolean, nullable=False, server_default=false()),
    Column("enclosed", Text),
    Index("news_key_installer", "key", "installer", unique=True),
    Index("news_told_at_due_at", "told_at", "due_at"),
)

# What the desk asked about a request (`about`: its kind and number), and what came back: once answered it is
# no longer open, but a colleague's later answer is kept too.
questions = Table(
    "questions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("about", Text, nullable=False),
    Column("company", ForeignKey("companies.id"), nullable=False),
    Column("words", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("answered_at", BigInteger),
    Index("questions_about", "about"),
    Index("questions_company_answered_at", "company", "answered_at"),
)

answers = Table(
    "answers",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("question", ForeignKey("questions.id"), nullable=False),
    Column("installer", ForeignKey("installers.id"), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("words", Text, nullable=False),
    Index("answers_question", "question"),
)

answer_files = Table(
    "answer_files",
    metadata,
    Column("answer", ForeignKey("answers.id"), primary_key=True),
    Column("attachment", ForeignKey("attachments.id"), primary_key=True),
)

# Who works at the desk. `role`: agents do the work, leads also add and stop agents. `failures` counts wrong
# passwords in a row; `locked_until` follows from it.
agents = Table(
    "agents",
    metadata,
    Column("id", Id, primary_key=True),
    Column("login", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("password", Text, nullable=False),
    Column("role", Text, CheckConstraint("role IN ('agent', 'lead')", name="role"), nullable=False),
    Column("language", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("locked_until", BigInteger, nullable=False, server_default="0"),
)

# Only a hash of the cookie is kept.
agent_sessions = Table(
    "agent_sessions",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("agent", ForeignKey("agents.id"), nullable=False),
    Column("until", BigInteger, nullable=False),
    Index("agent_sessions_agent", "agent"),
)

# Everything the desk did to a request, in order: who, what, from which value to which. `what`: status,
# number, address, amount, note (internal: never told to an installer), message, question.
office_log = Table(
    "office_log",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("about", Text, nullable=False),
    Column("agent", ForeignKey("agents.id"), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("what", Text, nullable=False),
    Column("before", Text, nullable=False, server_default=""),
    Column("after", Text, nullable=False, server_default=""),
    Index("office_log_about", "about", "id"),
)
