"""One case as a card: what it is about, who holds it, its RMAs with their status (ESM-17, 18)."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

from bot.services.asking import NOT_FOUND, Ask
from bot.services.words import CASE_STATUS, RMA_STATUS, UNKNOWN, day_of
from flows.engine.model import Page, Reply, Row, Turn
from flows.engine.phrases import Copy, Lines, Moment, Text, _
from flows.requests import FoundCard
from storage import cases, rmas
from storage.cases import Case
from storage.moments import moment
from storage.rmas import Rma

OPENS = "track_rma"
"""The flow that shows an RMA of the case."""
TITLES: dict[str, Text] = {
    "": _("Summary"),
    "description": _("Description"),
    "contact": _("Contact"),
    "history": _("History"),
}


def case_card(connection: Connection, ask: Ask[FoundCard]) -> Reply:
    """One block of the card, the ways to the others and to its RMAs."""
    number = ask.request.found.strip().zfill(8)
    case = cases.with_number(connection, number)
    if case is None or case.company != ask.by.company:
        return NOT_FOUND
    found = rmas.of_case(connection, ask.by.company, number)
    name = ask.request.cursor if ask.request.cursor in TITLES else ""
    turns = tuple(Turn(title, other) for other, title in TITLES.items() if other != name)
    rows = tuple(Row(rma.number, Copy(rma.number)) for rma in found)
    return Page(rows, lines=BLOCKS[name](case, found), turns=turns, allowed=(OPENS,))


def _summary(case: Case, found: list[Rma]) -> tuple[Text, ...]:
    about: Text = _("No system given")
    if case.system:
        about = _("{name} ({id})")(name=case.system_name or "", id=Copy(case.system))
    linked = (
        _("RMA {number}: {status}")(number=Copy(rma.number), status=RMA_STATUS[rma.status]) for rma in found
    )
    return (
        _("{status}: {subject}, {system}.")(
            status=CASE_STATUS[case.status], subject=case.subject, system=about
        ),
        _("Created {created}, last updated {updated}. Assigned to {name}.")(
            created=day_of(case.created_at), updated=Moment(moment(case.updated_at)), name=case.assigned_to
        ),
        Lines(tuple(linked)) if found else _("No RMA belongs to this case."),
    )


def _description(case: Case, _found: list[Rma]) -> tuple[Text, ...]:
    return (_("Subject: {subject}")(subject=case.subject), case.description or UNKNOWN)


def _contact(case: Case, _found: list[Rma]) -> tuple[Text, ...]:
    origin = "Solardesk chat"
    return (
        _("{company}, filed by {name}")(company=case.company_name or "", name=case.installer_name or ""),
        Lines((Copy(case.installer_email or ""), Copy(case.installer_phone or ""))),
        _("Assigned to {name}, from {origin}.")(name=case.assigned_to, origin=origin),
    )


def _history(case: Case, found: list[Rma]) -> tuple[Text, ...]:
    """What is known of it: when it was filed, its RMAs, its last change."""
    at = [(case.created_at, _("Filed")), (case.updated_at, CASE_STATUS[case.status])]
    at += [
        (rma.updated_at, _("RMA {number}: {status}")(number=Copy(rma.number), status=RMA_STATUS[rma.status]))
        for rma in found
    ]
    return tuple(
        _("{moment}: {what}")(moment=Moment(moment(when)), what=what)
        for when, what in sorted(at, key=lambda line: line[0], reverse=True)
    )


BLOCKS: dict[str, Callable[[Case, list[Rma]], tuple[Text, ...]]] = {
    "": _summary,
    "description": _description,
    "contact": _contact,
    "history": _history,
}
