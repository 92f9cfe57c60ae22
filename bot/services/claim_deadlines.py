"""Until when labour of each RMA can be claimed, and reminders 30, 14 and 3 days before (PORTAL-27)."""

from __future__ import annotations

import datetime
from typing import Final

from sqlalchemy import Connection

from bot.services import claim_rules, letters, news
from bot.services.asking import NOT_FOUND, Ask
from bot.services.days import next_reminder, reminder_at, today_of
from bot.services.rma_card import mine
from bot.services.rma_rules import permits
from flows.engine.data import Started
from flows.engine.phrases import Copy, Lines, Text, _
from flows.engine.work import Done, Page, Refused, Reply
from flows.requests.claims import ClaimDeadline, SetReplaced
from storage import claims, people, rmas
from storage.claims import Window
from storage.moments import micros
from storage.rmas import Rma

REMINDED_AT: Final = (30, 14, 3)
"""Days left."""
AT_ONCE: Final = 100


def remind(connection: Connection, now: datetime.datetime) -> bool:
    """Work out what is new, and remind of what is due, each once; says whether there was any."""
    at = micros(now)
    due = claims.due(connection, at, AT_ONCE)
    known = rmas.with_numbers(connection, [window.rma for window in due]) if due else {}
    for window in due:
        rma = known[window.rma]
        if rma.status not in ("approved", "shipped") or claims.of_rma(connection, rma.number):
            claims.change_window(connection, window.rma, {"remind_at": None})
        elif not window.last_day:
            _set(connection, rma, window.replaced_on, at)
        else:
            _remind(connection, rma, window, at)
    return bool(due)


def set_replaced(connection: Connection, ask: Ask[SetReplaced]) -> Reply:
    """Keep the day of the replacement; the last day and the reminders follow from it."""
    people.lock_companies(connection, [ask.by.company])
    rma = mine(connection, ask.by, ask.request.rma)
    if rma is None:
        return NOT_FOUND
    if not permits(rma, ask.by, "claim_labour"):
        return Refused("not_yet")
    if claims.of_rma(connection, rma.number):
        return Refused("claimed")
    day = replaced_day(connection, rma, ask.request.replaced_on, today_of(ask.now))
    if day is None:
        return Refused("day")
    last = keep_replaced(connection, rma, day, ask.now)
    until = claim_rules.days_left(last, today_of(ask.now))
    return Done({"rma": rma.number, "number": Copy(rma.number), "until": until})


def open_window(connection: Connection, rma: Rma, now: int) -> None:
    """From now on labour for this RMA can be claimed."""
    claims.open_window(connection, rma.number, rma.company)
    known = claims.window(connection, rma.number)
    _set(connection, rma, known.replaced_on if known else "", now)


def keep_replaced(connection: Connection, rma: Rma, day: datetime.date, now: int) -> datetime.date:
    """From now on the window of this RMA counts from that day; returns its last day."""
    claims.open_window(connection, rma.number, rma.company)
    return _set(connection, rma, day.isoformat(), now)


def replaced_day(connection: Connection, rma: Rma, stored: str, today: datetime.date) -> datetime.date | None:
    """The day that a row of the list means; None for one that nobody could have been offered."""
    try:
        day = datetime.date.fromisoformat(stored)
    except ValueError:
        return None
    return None if claim_rules.day_problem(connection, rma, day, today) else day


def claim_deadline(connection: Connection, ask: Ask[ClaimDeadline]) -> Reply:
    """The last day, while there is one."""
    rma = mine(connection, ask.by, ask.request.rma)
    if rma is None:
        return NOT_FOUND
    claim = claims.of_rma(connection, rma.number)
    if claim:
        line: Text = _("Labour for this RMA is claimed already: {number}.")(number=Copy(claim.number))
        return Page(lines=(line,), allowed=("track_rma",))
    if not permits(rma, ask.by, "claim_labour"):
        return Page(lines=(_("Labour can be claimed after approval."),), allowed=("track_rma",))
    window = claims.window(connection, rma.number)
    last = claim_rules.last_day(connection, rma, window)
    return Page(
        lines=_lines(rma, bool(window and window.replaced_on), last, today_of(ask.now)),
        allowed=("claim_labour", "tell_replaced"),
    )


def _lines(rma: Rma, replaced: bool, last: datetime.date, today: datetime.date) -> tuple[Text, ...]:
    where: Text = rma.system_name or _("no system")
    lines: tuple[Text, ...] = (
        _("No labour claimed yet for {system}.")(system=where),
        claim_rules.days_left(last, today),
    )
    return lines if replaced else (*lines, COUNTED)


COUNTED: Final = _("Counted from the day the RMA was filed. Tell me when it was replaced for the exact day.")


def _set(connection: Connection, rma: Rma, replaced_on: str, now: int) -> datetime.date:
    last = claim_rules.limits(rma, claim_rules.known_devices(connection, rma), replaced_on).last
    values = {
        "replaced_on": replaced_on,
        "last_day": last.isoformat(),
        "remind_at": next_reminder(last, REMINDED_AT, now),
    }
    claims.change_window(connection, rma.number, values)
    return last


def _remind(connection: Connection, rma: Rma, window: Window, now: int) -> None:
    last, today = datetime.date.fromisoformat(window.last_day), today_of(now)
    reached = min(left for left in REMINDED_AT if reminder_at(last, left) <= now)
    claims.change_window(connection, rma.number, {"remind_at": next_reminder(last, REMINDED_AT, now)})
    lines = (_("RMA {rma}")(rma=Copy(rma.number)), *_lines(rma, bool(window.replaced_on), last, today))
    news.tell(
        connection,
        [rma.installer],
        Lines(lines),
        about=f"rma {rma.number}",
        # Whoever looks late tells how late it is; each of the three is told once.
        key=f"claim by {last} {rma.number} {reached}",
        title=letters.about_title(_("Labour reimbursement")),
        now=now,
        asks=Started("claim_reminder", {"rma": rma.number}),
    )
