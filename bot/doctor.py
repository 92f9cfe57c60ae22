"""The command `doctor`: what is configured, what answers, what is missing, and what to do about it."""

from __future__ import annotations

import asyncio
import datetime
import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal

from msgspec import Struct
from sqlalchemy import Connection, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.telegram.wanted import Wanted, wanted
from bot.lease import NAME
from bot.settings import Settings
from storage import leases
from storage.migrate import newest, revision
from storage.unit_of_work import open_engine

SIGNS: Final = {"fine": "ok     ", "off": "off    ", "problem": "PROBLEM"}


class Finding(Struct, frozen=True):
    """One line of the report."""

    about: str
    state: Literal["fine", "off", "problem"]
    says: str


def doctor() -> int:
    """Print the report; 1 when there is a problem."""
    settings = Settings()
    findings = [
        *database(settings),
        *web(settings),
        *mail(settings),
        *asyncio.run(telegram(wanted(settings))),
    ]
    for found in findings:
        print(f"{SIGNS[found.state]}  {found.about:<9} {found.says}")
    return int(any(found.state == "problem" for found in findings))


def database(settings: Settings) -> Iterator[Finding]:
    """Whether it is there, up to date, and whether a process answers from it."""
    url = make_url(settings.database)
    name = url.render_as_string(hide_password=True)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        yield Finding("database", "fine", f"{name} is made at the first start")
        return
    try:
        engine = open_engine(settings.database, read_only=True)
        try:
            with engine.begin() as connection:
                yield from _inside(connection, name)
        finally:
            engine.dispose()
    except (SQLAlchemyError, OSError) as error:
        yield Finding("database", "problem", f"{name} does not answer ({type(error).__name__})")


def _inside(connection: Connection, name: str) -> Iterator[Finding]:
    if revision(connection) != newest():
        yield Finding("database", "fine", f"{name} is brought up to date at the next start")
        return
    undone = connection.scalar(text("SELECT count(*) FROM inbox WHERE done_at IS NULL"))
    unsent = connection.scalar(text("SELECT count(*) FROM outbox WHERE sent_at IS NULL"))
    yield Finding("database", "fine", f"{name}: {undone} inputs and {unsent} messages under way")
    holder = leases.alive(connection, NAME, datetime.datetime.now(datetime.UTC))
    yield Finding("process", "fine" if holder else "off", f"{holder or 'nobody'} answers now")


def web(settings: Settings) -> Iterator[Finding]:
    """Where the web chat is."""
    yield Finding("web", "fine", settings.url)


def mail(settings: Settings) -> Iterator[Finding]:
    """Whether mail leaves."""
    if settings.smtp_host:
        yield Finding("mail", "fine", f"goes to {settings.smtp_host}:{settings.smtp_port}")
    else:
        yield Finding("mail", "off", "is kept and not sent; SOLARDESK_SMTP_HOST names a mail server")


async def telegram(wanted: Wanted) -> list[Finding]:
    """Whether the bot is known to Telegram, and whether updates come the way that is configured."""
    if not wanted.token:
        return [Finding("telegram", "off", "SOLARDESK_TELEGRAM_TOKEN is not set; BotFather gives one")]
    if problem := wanted.problem():
        return [Finding("telegram", "problem", problem)]
    if importlib.util.find_spec("telegram") is None:
        return [Finding("telegram", "problem", "python-telegram-bot is missing: pip install '.[telegram]'")]
    from bot.channels.telegram.service import look

    return [Finding("telegram", "problem" if wrong else "fine", says) for wrong, says in await look(wanted)]
