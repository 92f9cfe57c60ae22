"""The command `doctor`: what is configured, what answers, what is missing, and what to do about it."""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import Iterator
from typing import Final, Literal

from msgspec import Struct

from bot.channels.slack.wanted import Wanted as WantedOfSlack
from bot.channels.slack.wanted import wanted as wanted_of_slack
from bot.channels.telegram.wanted import Wanted, wanted
from bot.lease import NAME
from bot.settings import Settings
from storage.health import look as look_at_database
from storage.listening import LONG

SIGNS: Final = {"fine": "ok     ", "off": "off    ", "warning": "warning", "problem": "PROBLEM"}
QUIET: Final = datetime.timedelta(minutes=5)
REMEMBERED: Final = datetime.timedelta(days=7)


class Finding(Struct, frozen=True):
    """One line of the report."""

    about: str
    state: Literal["fine", "off", "warning", "problem"]
    says: str


def doctor() -> int:
    """Print the report; 1 when there is a problem."""
    settings = Settings()
    findings = [
        *database(settings),
        *web(settings),
        *mail(settings),
        *asyncio.run(telegram(wanted(settings))),
        *silence(settings, datetime.datetime.now(datetime.UTC)),
        *asyncio.run(slack(wanted_of_slack(settings), settings)),
    ]
    for found in findings:
        print(f"{SIGNS[found.state]}  {found.about:<9} {found.says}")
    return int(any(found.state == "problem" for found in findings))


def database(settings: Settings) -> Iterator[Finding]:
    """Whether it is there, up to date, and whether a process answers from it."""
    health = look_at_database(settings.database, NAME, datetime.datetime.now(datetime.UTC))
    if health.fault:
        yield Finding("database", "problem", f"{health.name} does not answer ({health.fault})")
    elif not health.current:
        yield Finding("database", "fine", f"{health.name} is made or brought up to date at the next start")
    else:
        under_way = f"{health.undone} inputs and {health.unsent} messages under way"
        away = f"; {health.away} chats cannot be reached, their messages wait" if health.away else ""
        yield Finding("database", "fine", f"{health.name}: {under_way}{away}")
        holder = health.holder
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
    from bot.channels.telegram.service import look

    return [Finding("telegram", state, says) for state, says in await look(wanted)]


def silence(settings: Settings, now: datetime.datetime) -> Iterator[Finding]:
    """Whether Telegram was asked often enough: it forgets what nobody asked for within 24 hours."""
    heard = look_at_database(settings.database, NAME, now).telegram
    if not settings.telegram_token or heard is None:
        return
    quiet = now - heard.heard_at
    since = f"no updates since {heard.heard_at:%d %b %H:%M} UTC"
    if heard.trouble:
        yield Finding("telegram", "problem", heard.trouble)
    if quiet >= LONG:
        yield Finding("telegram", "problem", f"{since}; start it now, what is older than 24 hours is lost")
    elif quiet >= QUIET:
        yield Finding("telegram", "warning", f"{since}; Telegram keeps them for 24 hours")
    if heard.gap and now - heard.gap[1] < REMEMBERED:
        began, ended = (f"{moment:%d %b %H:%M}" for moment in heard.gap)
        lost = f"no updates from {began} to {ended} UTC: what was sent in its first hours may be lost"
        yield Finding("telegram", "warning", lost)


async def slack(wanted: WantedOfSlack, settings: Settings) -> list[Finding]:
    """Whether the app is known to Slack, in each workspace that installed it."""
    if not wanted.anything:
        return [Finding("slack", "off", "SOLARDESK_SLACK_BOT_TOKEN is not set; the page of the app shows it")]
    if problem := wanted.problem():
        return [Finding("slack", "problem", problem)]
    from bot.channels.slack.service import look

    now = datetime.datetime.now(datetime.UTC)
    installed = look_at_database(settings.database, NAME, now).slack if wanted.client_id else ()
    found = await look(wanted, installed)
    return [Finding("slack", "problem" if wrong else "fine", says) for wrong, says in found]
