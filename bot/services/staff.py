"""Who works at a company: invited, given another role and removed by its admins, at once (ESM-43)."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import wraps
from typing import Final, TypeVar

from sqlalchemy import Connection

from bot.services import letters, parting
from bot.services.asking import NOT_FOUND, Ask, part, start_of
from bot.services.by_name import by_name
from bot.services.linking import new_code
from bot.services.parting import LAST_ADMIN
from bot.services.profile import ROLES
from flows.engine.data import Request
from flows.engine.phrases import Listed, Text, _
from flows.engine.work import Done, Page, Refused, Reply, Row
from flows.requests import (
    ChangeRole,
    ChooseCompany,
    Colleagues,
    InviteColleague,
    MayChangeStaff,
    MyCompanies,
    RemoveColleague,
    Staff,
)
from storage import colleagues, erasing, mails, people
from storage.people import NO_MAILBOX, Installer

DAYS: Final = 7
DAY: Final = datetime.timedelta(days=1) // datetime.timedelta(microseconds=1)
PER_DAY: Final = 20
"""Invitations of a company."""
ENDED: Final = _("{admin} of {company} ended your access. Nothing of that company is shown here any more.")
R = TypeVar("R", bound=Request)


def for_admins(answer: Callable[[Connection, Ask[R]], Reply]) -> Callable[[Connection, Ask[R]], Reply]:
    """For who may not do this, there is nothing here."""

    @wraps(answer)
    def answer_admin(connection: Connection, ask: Ask[R]) -> Reply:
        return answer(connection, ask) if ask.by.role == "admin" else NOT_FOUND

    return answer_admin


def my_companies(connection: Connection, ask: Ask[MyCompanies]) -> Reply:
    """Each with the role there; the one of now is said too."""
    every = colleagues.at_every_company(connection, ask.by)
    typed = ask.request.text.strip().lower()
    if typed:
        named = [one for one in every if typed in (str(one.id), one.company_name.lower())]
        return Page(tuple(map(_company, named)), exact=bool(named))
    return Page(tuple(map(_company, every)))


def choose_company(connection: Connection, ask: Ask[ChooseCompany]) -> Reply:
    """This chat belongs to the same person at that company from now on."""
    every = colleagues.at_every_company(connection, ask.by)
    chosen = next((one for one in every if str(one.id) == ask.request.company), None)
    if chosen is None:
        return NOT_FOUND
    if chosen.id != ask.by.id:
        erasing.what_was_said(connection, [ask.asked.conversation])
        people.link(connection, ask.asked.sender, chosen.id, ask.now, ask.asked.conversation)
    return Done({"name": chosen.company_name}, forget=chosen.id != ask.by.id)


def staff(connection: Connection, ask: Ask[Staff]) -> Reply:
    """Everybody with their role; for an admin also who is invited, and who has a chat with us."""
    start = start_of(ask.request.cursor)
    if ask.by.role != "admin":
        some, turns = part(colleagues.of_company(connection, ask.by.company)[start:], start)
        line = _("{name}, {role}")
        names: tuple[Text, ...] = tuple(line(name=one.name, role=ROLES[one.role]) for one in some)
        ask_them = _("An admin changes who works here. Please ask: {names}.")
        lines = (*names, ask_them(names=_admins(connection, ask.by)))
        return Page(lines=lines, turns=turns, allowed=("menu",))
    known = colleagues.with_invited(connection, ask.by.company, ask.now)
    reached = colleagues.with_chats(connection, list(known))
    shown, turns = part(list(known.values())[start:], start)
    lines = tuple(_line(one, came=came, reached=one.id in reached) for one, came in shown)
    return Page(lines=lines, turns=turns)


def may_change_staff(connection: Connection, ask: Ask[MayChangeStaff]) -> Reply:
    """Nothing, when they may."""
    if ask.by.role == "admin":
        return Page()
    line = _("Only an admin of your company can do this: {names}.")
    return Page(lines=(line(names=_admins(connection, ask.by)),))


def _admins(connection: Connection, by: Installer) -> Text:
    """Whom to ask."""
    return Listed(tuple(one.name for one in people.with_roles(connection, by.company, ("admin",))))


@for_admins
def find_colleagues(connection: Connection, ask: Ask[Colleagues]) -> Reply:
    """Rows to choose from, or those that the words name; an invitation can be taken back."""
    known = colleagues.with_invited(connection, ask.by.company, ask.now).values()
    return by_name([one for one, _came in known], ask.request.text, ask.request.cursor, _colleague)


@for_admins
def invite_colleague(connection: Connection, ask: Ask[InviteColleague]) -> Reply:
    """A code goes to that mailbox, and nowhere else: who reads it is who was meant.

    They work there once they used it: nobody is made a member by somebody else.
    """
    email, name = ask.request.email.strip().lower(), ask.request.name.strip()
    if ask.request.role not in ROLES:
        return NOT_FOUND
    if ask.by.practises:  # a real mailbox is not written to for practice, nor made a member
        email += NO_MAILBOX
    people.lock_companies(connection, [ask.by.company])
    known = colleagues.ever_at(connection, ask.by.company, email)
    if known and known.active:
        return Refused("already")
    if colleagues.codes_since(connection, ask.by.company, ask.now - DAY, DAY) >= PER_DAY:
        return Refused("too_many")
    row = {"name": name, "role": ask.request.role, "active": False}
    if known:
        colleagues.change(connection, known.id, row)
        number = known.id
        people.end_codes(connection, number, ask.now)
    else:
        row |= {"company": ask.by.company, "email": email, "phone": "", "language": ask.asked.locale or "en"}
        number = colleagues.add(connection, row)
    code, kept = new_code(connection, number, ask.now, days=DAYS)
    invited, _came = colleagues.with_invited(connection, ask.by.company, ask.now)[number]
    mails.post(connection, [letters.invited(invited, ask.by, kept, code, DAYS, ask.now)])
    return Done({"days": DAYS})


@for_admins
def change_role(connection: Connection, ask: Ask[ChangeRole]) -> Reply:
    """The desk checks the role at every request, so it counts from the next tap."""
    people.lock_companies(connection, [ask.by.company])
    who = _of(connection, ask)
    if who is None or ask.request.role not in ROLES:
        return NOT_FOUND
    if ask.request.role != "admin" and colleagues.is_last_admin(connection, who):
        return LAST_ADMIN
    colleagues.change(connection, who.id, {"role": ask.request.role})
    return Done()


@for_admins
def remove_colleague(connection: Connection, ask: Ask[RemoveColleague]) -> Reply:
    """From now on they are nobody here: every button, draft, file and link of theirs opens nothing."""
    people.lock_companies(connection, [ask.by.company])
    who = _of(connection, ask)
    if who is None:
        return NOT_FOUND
    if colleagues.is_last_admin(connection, who):
        return LAST_ADMIN
    colleagues.change(connection, who.id, {"active": False})
    people.end_codes(connection, who.id, ask.now)
    line = ENDED(admin=ask.by.name, company=ask.by.company_name)
    parting.end_chats(connection, [who.id], line, key=ask.asked.key, now=ask.now, here=ask.asked.conversation)
    return Done(forget=who.id == ask.by.id)


def _of(connection: Connection, ask: Ask[ChangeRole] | Ask[RemoveColleague]) -> Installer | None:
    known = colleagues.with_invited(connection, ask.by.company, ask.now)
    return next((one for one, _came in known.values() if str(one.id) == ask.request.colleague), None)


def _company(one: Installer) -> Row:
    return Row(str(one.id), one.company_name, ROLES[one.role])


def _colleague(one: Installer) -> Row:
    return Row(str(one.id), one.name, ROLES[one.role])


def _line(one: Installer, *, came: bool, reached: bool) -> Text:
    chat = _("has a chat") if reached else _("has no chat yet") if came else _("is invited")
    return _("{name}, {role}, {chat}")(name=one.name, role=ROLES[one.role], chat=chat)
