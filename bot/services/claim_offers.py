"""What is asked before a claim for labour is sent: which RMA, why not yet, when, who, from where."""

from __future__ import annotations

import datetime

from msgspec import structs
from sqlalchemy import Connection

from bot.services import claim_rules
from bot.services.asking import AT_MOST, NOT_FOUND, Ask, nothing, part, start_of
from bot.services.days import today_of
from bot.services.find_rmas import find_rmas, rma_number
from bot.services.places import LONGEST, contact_problem
from bot.services.rma_card import mine
from bot.services.rma_rules import permits
from bot.understanding.dates import one_day
from flows.engine.phrases import Copy, Day, Lines, Text, _, n_
from flows.engine.work import Page, Reply, Row
from flows.requests import FindRmas
from flows.requests.claims import (
    Claimants,
    ClaimCheck,
    ReplacementDays,
    RmasToClaim,
    WhyNoClaim,
)
from storage import claims, followers, returns
from storage.claims import Claimable
from storage.people import Installer

ME = "me"


def rmas_to_claim(connection: Connection, ask: Ask[RmasToClaim]) -> Reply:
    """Those without a claim, the nearest last day first; typed words find any RMA of the company."""
    text, start = ask.request.text, start_of(ask.request.cursor)
    if text.strip():
        return _meant(connection, ask)
    today = today_of(ask.now)
    count = claims.count_claimable(connection, ask.by.company, today.isoformat())
    if not count:
        return nothing(_("There is no RMA now for which labour can still be claimed."))
    found = claims.claimable(connection, ask.by.company, today.isoformat(), start, AT_MOST + 1)
    shown, turns = part(found, start)
    line = n_("{n} RMA without a claim:", "{n} RMAs without a claim, the nearest last day first:")(n=count)
    return Page(tuple(_row(one, today) for one in shown), lines=(line,), turns=turns)


def _meant(connection: Connection, ask: Ask[RmasToClaim]) -> Reply:
    """Any RMA of the company; the number of a claim is as good as that of its RMA."""
    text = ask.request.text
    found = find_rmas(connection, Ask(ask.asked, FindRmas(text, ask.request.cursor), ask.caller))
    digits = "".join(sign for sign in text if sign.isdigit())
    claim = claims.with_number(connection, rma_number(digits)) if digits else None
    if (isinstance(found, Page) and found.rows) or claim is None or claim.company != ask.by.company:
        return found
    return find_rmas(connection, Ask(ask.asked, FindRmas(claim.rma), ask.caller))


def why_no_claim(connection: Connection, ask: Ask[WhyNoClaim]) -> Reply:
    """What must happen first; nothing when it can be claimed."""
    rma = mine(connection, ask.by, ask.request.rma)
    if rma is None:
        return NOT_FOUND
    claim = claims.of_rma(connection, rma.number)
    if claim:
        line = _("It is claimed already: {number}, by {name}.")(
            number=Copy(claim.number), name=claim.installer_name
        )
        return Page(lines=(line,), allowed=("track_claim",))
    if permits(rma, ask.by, "claim_labour"):
        return Page()
    follows = any(each.installer == ask.by.id for each in followers.followers_of(connection, rma.number))
    cancelled = rma.status == "cancelled"
    line = _("It was cancelled.") if cancelled else _("Labour can be claimed after approval.")
    return Page(lines=(line,), allowed=("track_rma", *(() if follows else ("follow_rma",))))


def replacement_days(connection: Connection, ask: Ask[ReplacementDays]) -> Reply:
    """What was said before, today and yesterday, or the day that is typed."""
    rma = mine(connection, ask.by, ask.request.rma)
    if rma is None:
        return NOT_FOUND
    today = today_of(ask.now)
    window = claims.window(connection, rma.number)
    known = window.replaced_on if window else ""
    days = [today, today - datetime.timedelta(days=1)]
    rows = tuple(_day(day) for day in dict.fromkeys([*_days(known), *days]))
    if not ask.request.text.strip():
        return Page(rows, default=known)
    day = one_day(ask.request.text, today)
    if day is None:
        return Page(rows, problems=(claim_rules.NO_DATE,))
    problem = claim_rules.day_problem(connection, rma, day, today)
    return Page(rows, problems=(problem,)) if problem else Page((_day(day),), exact=True)


def claim_check(connection: Connection, ask: Ask[ClaimCheck]) -> Reply:
    """The five conditions one by one, and the days left; who decides is said, and nothing is promised."""
    rma = mine(connection, ask.by, ask.request.rma)
    if rma is None:
        return NOT_FOUND
    today, replaced_on = today_of(ask.now), ask.request.replaced_on
    five = claim_rules.conditions(connection, rma, replaced_on, today)
    last = claim_rules.limits(rma, claim_rules.known_devices(connection, rma), replaced_on).last
    lines: tuple[Text, ...] = (
        Lines(tuple(each.said() for each in five)),
        claim_rules.days_left(last, today),
        _("You can send it in any case: the desk decides."),
    )
    left = returns.left_of(connection, rma.number)
    sent = returns.of_rma(connection, rma.number)
    can = ("initiate_return",) if left and permits(rma, ask.by, "initiate_return") else ()
    return Page(lines=lines, allowed=(*can, *(("track_return",) if sent else ())))


def claimants(_connection: Connection, ask: Ask[Claimants]) -> Reply:
    """This person as their profile has them, or somebody else who is typed."""
    me = Row(ME, claimant_text(ME, ask.by) or "")
    text = " ".join(ask.request.text.split())
    if not text:
        return Page((me,), default=ME)
    if text == ME:
        return Page((me,), exact=True)
    problem = contact_problem(text)
    return (
        structs.replace(Page((me,)), problems=(problem,)) if problem else Page((Row(text, text),), exact=True)
    )


def claimant_text(chosen: str, by: Installer) -> str | None:
    """The words of who claims; None when nobody can be called like that."""
    if chosen == ME:
        return ", ".join(filter(None, (by.name, by.company_name, by.phone, by.email)))
    return None if contact_problem(chosen) or len(chosen) > LONGEST else chosen.strip()


def _row(one: Claimable, today: datetime.date) -> Row:
    last = datetime.date.fromisoformat(one.last_day)
    about = n_("{n} day left, by {day}, {system}", "{n} days left, by {day}, {system}")
    where: Text = one.system_name or _("no system")
    return Row(one.rma, Copy(one.rma), about(n=(last - today).days, day=Day(last), system=where))


def _days(stored: str) -> list[datetime.date]:
    return [datetime.date.fromisoformat(stored)] if stored else []


def _day(day: datetime.date) -> Row:
    return Row(day.isoformat(), Day(day))
