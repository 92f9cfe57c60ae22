"""One case as a card: what it is about, who holds it, its RMAs with their status (ESM-17, 18)."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

from bot.services.asking import NOT_FOUND, Ask, part, start_of
from bot.services.words import CASE_STATUS, RMA_STATUS, UNKNOWN, day_of
from flows.engine.phrases import Copy, Lines, Moment, Phrase, Text, _
from flows.engine.work import Done, Page, Reply, Row, Turn
from flows.requests import AddCaseNote, FoundCard
from storage import agents, cases, rma_parts, rmas
from storage.cases import Case
from storage.moments import moment
from storage.people import Installer
from storage.rmas import Rma

ALLOWED = ("track_rma", "add_case_note")
"""The flows that can be begun about a case, whatever its state."""
ORIGIN = "Solardesk chat"
Block = tuple[tuple[Text, ...], tuple[Turn, ...]]
TITLES: dict[str, Text] = {
    "": _("Summary"),
    "description": _("Description"),
    "contact": _("Contact"),
    "notes": _("Notes"),
    "history": _("History"),
}


def case_card(connection: Connection, ask: Ask[FoundCard]) -> Reply:
    """One block of the card, the ways to the others and to its RMAs."""
    case = _mine(connection, ask.by, ask.request.found)
    if case is None:
        return NOT_FOUND
    found = rmas.of_case(connection, ask.by.company, case.number)
    name, _colon, start = ask.request.cursor.partition(":")
    name = name if name in TITLES else ""
    lines, ways = BLOCKS[name](connection, case, start_of(start))
    turns = tuple(Turn(title, other) for other, title in TITLES.items() if other != name)
    rows = tuple(Row(rma.number, Copy(rma.number)) for rma in found)
    return Page(rows, lines=lines, turns=ways + turns, allowed=ALLOWED)


def add_case_note(connection: Connection, ask: Ask[AddCaseNote]) -> Reply:
    """Keep the note, once (ESM-15)."""
    case = _mine(connection, ask.by, ask.request.found)
    if case is None:
        return NOT_FOUND
    note = ask.request.note.strip()
    cases.add_note(connection, ask.asked.key, case.number, ask.by.id, ask.now, note)
    for rma in rmas.of_case(connection, ask.by.company, case.number):
        rmas.change(connection, rma.number, {"updated_at": ask.now})
    return Done({"found": case.number, "number": Copy(case.number)})


def _mine(connection: Connection, by: Installer, number: str) -> Case | None:
    """The case of that number, if it is one of this person's company."""
    case = cases.with_number(connection, number.strip().zfill(8))
    return case if case and case.company == by.company else None


def _summary(connection: Connection, case: Case, _start: int) -> Block:
    about: Text = _("No system given")
    if case.system:
        about = _("{name} ({id})")(name=case.system_name or "", id=Copy(case.system))
    linked = tuple(_status_of(rma) for rma in rmas.of_case(connection, case.company or 0, case.number))
    return (
        _("{status}: {subject}, {system}.")(
            status=CASE_STATUS[case.status], subject=case.subject, system=about
        ),
        _("Created {created}, last updated {updated}. Assigned to {name}.")(
            created=day_of(case.created_at), updated=Moment(moment(case.updated_at)), name=case.assigned_to
        ),
        Lines(linked) if linked else _("No RMA belongs to this case."),
    ), ()


def _status_of(rma: Rma) -> Phrase:
    return _("RMA {number}: {status}")(number=Copy(rma.number), status=RMA_STATUS[rma.status])


def _description(_connection: Connection, case: Case, _start: int) -> Block:
    return (_("Subject: {subject}")(subject=case.subject), case.description or UNKNOWN), ()


def _contact(_connection: Connection, case: Case, _start: int) -> Block:
    return (
        _("{company}, filed by {name}")(company=case.company_name or "", name=case.installer_name or ""),
        Lines((Copy(case.installer_email or ""), Copy(case.installer_phone or ""))),
        _("Assigned to {name}, from {origin}.")(name=case.assigned_to, origin=ORIGIN),
    ), ()


def _notes(connection: Connection, case: Case, start: int) -> Block:
    found = cases.notes_of(connection, case.number)
    if not found:
        return (_("No notes yet."),), ()
    shown, ways = part(found[start:], start, "notes")
    line = _("{moment}, {name}: {note}")
    return tuple(line(moment=Moment(moment(n.at)), name=n.who, note=n.text) for n in shown), ways


def _history(connection: Connection, case: Case, start: int) -> Block:
    """When it was filed and what became of it and its RMAs; what the desk notes for itself is not told."""
    passed = [deed for deed in agents.log_of(connection, f"case {case.number}") if deed.what == "status"]
    known: list[tuple[int, Text]] = [
        (deed.at, CASE_STATUS[deed.after]) for deed in passed if deed.after in CASE_STATUS
    ]
    for rma in rmas.of_case(connection, case.company or 0, case.number):
        line = _("RMA {number}: {status}")(number=Copy(rma.number))
        steps = (step for step in rma_parts.history_of(connection, rma.number) if step.event == "status")
        known += [(step.at, line(status=RMA_STATUS[step.status])) for step in steps]
    told = [*sorted(known, key=lambda step: -step[0]), (case.created_at, _("Filed"))]
    shown, ways = part(told[start:], start, "history")
    line = _("{moment}: {what}")
    return tuple(line(moment=Moment(moment(at)), what=what) for at, what in shown), ways


BLOCKS: dict[str, Callable[[Connection, Case, int], Block]] = {
    "": _summary,
    "description": _description,
    "contact": _contact,
    "notes": _notes,
    "history": _history,
}
