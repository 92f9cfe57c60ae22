"""Who works at the desk, their sessions, and what they did."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from storage.office_tables import agent_sessions, agents, office_log


class Agent(NamedTuple):
    """Somebody who works at the desk."""

    id: int
    login: str
    name: str
    role: str
    language: str


class Lock(NamedTuple):
    """What a sign-in is checked against."""

    agent: Agent
    password: str
    active: bool
    failures: int
    locked_until: int


class Deed(NamedTuple):
    """One line of the log of a request."""

    at: int
    who: str
    what: str
    before: str
    after: str


_AGENT = (agents.c.id, agents.c.login, agents.c.name, agents.c.role, agents.c.language)
_LOCK = select(*_AGENT, agents.c.password, agents.c.active, agents.c.failures, agents.c.locked_until).where(
    agents.c.login == bindparam("login")
)
_SIGNED_IN = (
    select(*_AGENT)
    .join_from(agent_sessions, agents, agent_sessions.c.agent == agents.c.id)
    .where(agent_sessions.c.hash == bindparam("hash"))
    .where(agent_sessions.c.until > bindparam("now"))
    .where(agents.c.active)
)
_LOG = (
    select(office_log.c.at, agents.c.name, office_log.c.what, office_log.c.before, office_log.c.after)
    .join_from(office_log, agents, office_log.c.agent == agents.c.id)
    .where(office_log.c.about == bindparam("about"))
    .order_by(office_log.c.id.desc())
)


def add(connection: Connection, row: dict[str, Any]) -> None:
    """A new agent; a login that exists gets the new name, password, role and language."""
    known = connection.execute(_LOCK, {"login": row["login"]}).first()
    if known:
        fresh = {**row, "active": True, "failures": 0, "locked_until": 0}
        connection.execute(update(agents).where(agents.c.id == known.id).values(**fresh))
        connection.execute(delete(agent_sessions).where(agent_sessions.c.agent == known.id))
    else:
        connection.execute(insert(agents), {**row, "active": True})


def with_login(connection: Connection, login: str) -> Lock | None:
    """The agent of that login, with what a sign-in is checked against."""
    row = connection.execute(_LOCK, {"login": login.strip().lower()}).first()
    return Lock(Agent._make(row[:5]), *row[5:]) if row else None


def every(connection: Connection) -> list[tuple[Agent, bool]]:
    """All agents, and whether they may sign in."""
    rows = connection.execute(select(*_AGENT, agents.c.active).order_by(agents.c.login))
    return [(Agent._make(row[:5]), row[5]) for row in rows]


def change(connection: Connection, agent: int, **values: object) -> None:
    """Change columns of one agent; who may not sign in any more is signed out."""
    connection.execute(update(agents).where(agents.c.id == agent).values(**values))
    if values.get("active") is False:
        connection.execute(delete(agent_sessions).where(agent_sessions.c.agent == agent))


def sign_in(connection: Connection, hashed: str, agent: int, until: int) -> None:
    """A session begins."""
    connection.execute(insert(agent_sessions), {"hash": hashed, "agent": agent, "until": until})


def signed_in(connection: Connection, hashed: str, now: int) -> Agent | None:
    """The agent of a session that is not over."""
    row = connection.execute(_SIGNED_IN, {"hash": hashed, "now": now}).first()
    return Agent._make(row) if row else None


def sign_out(connection: Connection, hashed: str) -> None:
    """A session ends."""
    connection.execute(delete(agent_sessions).where(agent_sessions.c.hash == hashed))


def done_before(connection: Connection, key: str) -> bool:
    """Whether this was done already: a form sent twice counts once."""
    return connection.execute(select(office_log.c.id).where(office_log.c.key == key)).first() is not None


def log(
    connection: Connection,
    key: str,
    about: str,
    agent: int,
    now: int,
    what: str,
    before: str = "",
    after: str = "",
) -> None:
    """Write down what an agent did."""
    row = {
        "key": key,
        "about": about,
        "agent": agent,
        "at": now,
        "what": what,
        "before": before,
        "after": after,
    }
    connection.execute(insert(office_log), row)


def log_of(connection: Connection, about: str) -> list[Deed]:
    """What the desk did to a request, latest first."""
    return [Deed._make(row) for row in connection.execute(_LOG, {"about": about})]
