"""`python -m bot desk …`: the work of the desk from a terminal, under the name of an agent."""

from __future__ import annotations

import argparse
import asyncio
import secrets
import sys
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any, TypeVar

from bot.app import SystemClock
from bot.desk.deeds import Deeds, Problem
from bot.services import office as work
from bot.services.hire import hire
from bot.services.items import KINDS, name_of
from bot.services.money import amount_text
from bot.services.office_sheet import Sheet, sheet
from bot.settings import Settings
from flows.engine.phrases import Text
from locales.speaker import Speaker
from storage import agents, office
from storage.migrate import upgrade
from storage.unit_of_work import Connection, UnitOfWork

T = TypeVar("T")
CLOSED = {name: kind.closed for name, kind in KINDS.items()}


def add_commands(parser: argparse.ArgumentParser) -> None:
    """What can be done at the desk."""
    parser.add_argument("--lang", choices=("nl", "fr", "en"), default="en")
    does = parser.add_subparsers(dest="deed", required=True, metavar="what")
    listed = does.add_parser("list", help="what is open, oldest first")
    listed.add_argument("--waiting", choices=("us", "installer"), default="us")
    listed.add_argument("--kind", choices=tuple(KINDS), default="")
    found = does.add_parser("search", help="find by number, serial or company")
    found.add_argument("words")
    shown = does.add_parser("show", help="one request with everything about it")
    shown.add_argument("kind", choices=tuple(KINDS), help="for instance rma 00517624")
    shown.add_argument("number")
    for name, help, value in (
        ("status", "give it its next status, one of those that show prints", "STATUS"),
        ("number", "keep the number of the manufacturer, and tell the installer", "NUMBER"),
        ("address", "keep the return address, and tell the installer", "ADDRESS"),
        ("amount", "keep what is paid for a claim, and tell the installer", "AMOUNT"),
        ("note", "write an internal note, which no installer sees", "WORDS"),
        ("message", "tell the installer something", "WORDS"),
        ("ask", "ask the installer for words or a photo", "WORDS"),
    ):
        deed = does.add_parser(name, help=help)
        deed.add_argument("--as", dest="login", required=True, metavar="LOGIN", help="the agent who does it")
        deed.add_argument("kind", choices=tuple(KINDS), help="for instance rma 00517624")
        deed.add_argument("number")
        deed.add_argument("words", metavar=value)
    agent = does.add_parser("add-agent", help="an account for the pages; prints its password once")
    agent.add_argument("login")
    agent.add_argument("name")
    agent.add_argument("--role", choices=("agent", "lead"), default="agent")
    agent.add_argument("--language", choices=("nl", "fr", "en"), default="nl")


def run(asked: argparse.Namespace) -> int:
    """Do one of them; returns the exit code."""
    speaker = Speaker(asked.lang, Settings().time_zone, SystemClock().now().date())
    match asked.deed:
        case "list":
            items = _with(partial(office.queue, closed=CLOSED, waiting_for=asked.waiting, kind=asked.kind))
            return _print_items(items, speaker.say)
        case "search":
            return _print_items(_with(partial(office.search, words=asked.words)), speaker.say)
        case "show":
            found = _with(partial(sheet, about=f"{asked.kind} {asked.number}"))
            return _print_sheet(found, speaker.say) if found else _failed("There is no such request.")
        case "add-agent":
            password = _with(
                lambda connection: hire(connection, asked.login, asked.name, asked.role, asked.language)
            )
            print(f"{asked.login}: {password}\nIt is shown only now.")
            return 0
        case _:
            return _do(asked, speaker)


def _do(asked: argparse.Namespace, speaker: Speaker) -> int:
    """One deed, checked as on the pages."""
    about = f"{asked.kind} {asked.number}"

    def look(connection: Connection) -> tuple[agents.Agent | None, str | None]:
        lock, item = agents.with_login(connection, asked.login), office.find(connection, about)
        seen = item and item.status
        if item and asked.deed in work.FIELDS:
            seen = str(office.details(connection, item).get(work.FIELDS[asked.deed].column, ""))
        return lock.agent if lock and lock.active else None, seen

    async def do(uow: UnitOfWork) -> str:
        agent, seen = await uow.read(look)
        if agent is None:
            return "There is no such agent."
        if seen is None:
            return "There is no such request."
        form = {"key": secrets.token_hex(16), "seen": seen, "words": asked.words, "status": asked.words}
        try:
            await Deeds(uow, SystemClock()).do(agent, about, asked.deed, form)
        except Problem as problem:
            return speaker.say(problem.says)
        return ""

    problem = _on_the_data(do)
    return _failed(problem) if problem else 0


def _with(work_to_do: Callable[[Connection], T]) -> T:
    return _on_the_data(lambda uow: uow.write(work_to_do))


def _on_the_data(work_to_do: Callable[[UnitOfWork], Coroutine[Any, Any, T]]) -> T:
    settings = Settings()
    upgrade(settings.database)
    uow = UnitOfWork(settings.database)
    try:
        return asyncio.run(work_to_do(uow))
    finally:
        uow.close()


def _print_items(items: list[office.Item], say: Callable[[Text], str]) -> int:
    for item in items:
        status = say(KINDS[item.kind].statuses[item.status])
        print(f"{item.kind:<8} {item.number}  {status:<20} {item.company_name or '-'}: {item.subject}")
    return 0


def _print_sheet(found: Sheet, say: Callable[[Text], str]) -> int:
    print(f"{say(name_of(found.item.about))}: {say(found.status)}")
    for title, value in found.facts:
        print(f"{say(title)}: {say(value)}")
    for status, words in found.next.items():
        print(f"status {status}: {say(words)}")
    for asked in found.asked:
        print(f"? {asked.question.words}")
        for answer in asked.answers:
            print(f"  {answer.who}: {answer.words}")
    for deed in found.log:
        was, became = (
            say(amount_text(each)) if deed.what == "amount" else each for each in (deed.before, deed.after)
        )
        print(f"- {deed.who}: {deed.what} {was} > {became}")
    return 0


def _failed(problem: str) -> int:
    print(problem, file=sys.stderr)
    return 1
