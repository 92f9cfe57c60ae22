"""What an agent does in a form: checked, done once, and explained when it cannot be done."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from hashlib import sha256
from typing import Final

from bot.desk import words
from bot.ports import Clock
from bot.services import office
from bot.services.items import KINDS, name_of
from bot.services.money import amount_text
from flows.engine.phrases import Copy, Text
from storage.agents import Agent
from storage.moments import micros
from storage.unit_of_work import UnitOfWork

FIELDS: Final = ("seen", "words", "status")
_KEY: Final = re.compile(r"[0-9a-f]{32}\Z")


class Problem(Exception):
    """It was not done; `says` why."""

    def __init__(self, says: Text, status: int = 409) -> None:
        super().__init__(status)
        self.says = says
        self.status = status


class Deeds:
    """Does what forms ask for."""

    def __init__(self, uow: UnitOfWork, clock: Clock) -> None:
        self._uow = uow
        self._clock = clock

    async def do(self, agent: Agent, about: str, what: str, form: Mapping[str, str]) -> int:
        """One deed; returns how many people are told of it. Raises Problem."""
        if not _KEY.match(form.get("key", "")):
            raise Problem(words.NOT_POSSIBLE)
        # Sent twice it is one deed; filled in otherwise, from a page gone back to, it is another one.
        filled = repr([form.get(name, "") for name in FIELDS])
        key = f"desk {form['key']} {what} {sha256(filled.encode()).hexdigest()[:16]}"
        deed = office.Deed(agent, about, key, micros(self._clock.now()))
        seen, wanted = form.get("seen", ""), form.get("words", "").strip()
        match what:
            case "status":
                work = partial(office.pass_to, deed=deed, seen=seen, status=form.get("status", ""))
            case "number" | "address" | "amount":
                value = _short(wanted, 300 if what == "address" else 40)
                work = partial(office.keep, deed=deed, what=what, seen=seen, value=value)
            case "note":
                work = partial(office.note, deed=deed, words=_checked(wanted))
            case "message":
                work = partial(office.message, deed=deed, words=_checked(wanted))
            case _:
                work = partial(office.ask, deed=deed, words=_checked(wanted))
        try:
            await self._uow.write(work)
            return await self._uow.read(partial(office.reached, deed=deed))
        except office.Changed as changed:
            raise Problem(words.CHANGED(now=_named(about, what, changed.now))) from changed
        except office.Taken as taken:
            raise Problem(words.TAKEN(request=name_of(taken.about))) from taken
        except office.Wrong as wrong:
            raise Problem(wrong.says, 422) from wrong
        except office.Unknown as unknown:
            raise Problem(words.NOT_POSSIBLE) from unknown


def _named(about: str, what: str, now: str) -> Text:
    if what == "amount":
        return amount_text(now) or Copy("-")
    kind = KINDS.get(about.partition(" ")[0])
    return kind.statuses[now] if kind and now in kind.statuses else Copy(now or "-")


def _checked(wanted: str) -> str:
    if not wanted:
        raise Problem(words.EMPTY, 422)
    if len(wanted) > office.LONGEST:
        raise Problem(words.TOO_LONG(length=len(wanted), most=office.LONGEST), 422)
    return wanted


def _short(line: str, most: int) -> str:
    if len(line) > most:
        raise Problem(words.TOO_LONG(length=len(line), most=most), 422)
    return " ".join(line.split())
