"""A request as the desk sees it: every block, the files, the questions, the conversation and the log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection

from bot.services import claim_rules
from bot.services.days import today_of
from bot.services.for_portal import NOT_GIVEN, Fact, for_portal, transport
from bot.services.items import KINDS, name_of
from bot.services.money import amount_text
from bot.services.words import RMA_STATUS, day
from flows.engine.phrases import Copy, Day, Lines, Moment, Phrase, Text, _
from storage import agents, cases, office, questions, returns, rma_parts, rmas
from storage.agents import Deed
from storage.attachments import Attachment
from storage.moments import moment
from storage.office import Item
from storage.questions import Answer, Question
from storage.transcripts import Line, transcript

DAYS = ("day", "replaced_on", "installed_on", "deadline")
HAPPENED: Mapping[str, Phrase] = {
    "created": _("Filed"),
    "address": _("Delivery address changed"),
    "added": _("Photos or devices added"),
}


class Asked(NamedTuple):
    """A question of the desk with its answers."""

    question: Question
    answers: Sequence[Answer]


class Sheet(NamedTuple):
    """Everything about one request. `portal`: its fields in the order of the manufacturer's form, if any."""

    item: Item
    return_address: str
    amount: str
    name: Phrase
    status: Phrase
    facts: Sequence[Fact]
    portal: Sequence[Fact]
    next: Mapping[str, Phrase]
    files: Sequence[Attachment]
    asked: Sequence[Asked]
    happened: Sequence[Text]
    said: Sequence[Line]
    log: Sequence[Deed]


def sheet(connection: Connection, about: str) -> Sheet | None:
    """The request of that kind and number."""
    item = office.find(connection, about)
    if item is None:
        return None
    kind, kept = KINDS[item.kind], _kept(connection, item)
    serials = _serials(connection, item)
    files = office.files_of(connection, item)
    chat = office.conversation_of(connection, item)
    return Sheet(
        item,
        str(kept.get("return_address", "")),
        str(kept.get("amount", "")),
        name_of(item.about),
        kind.statuses[item.status],
        [*_facts(item, kept, serials), *_of_kind(connection, item, kept)],
        for_portal(connection, item, kept, serials, len(files)),
        {status: kind.statuses[status] for status in kind.statuses if status in kind.next[item.status]},
        files,
        _asked(connection, item),
        _happened(connection, item),
        transcript(connection, chat) if chat else (),
        agents.log_of(connection, item.about),
    )


def _kept(connection: Connection, item: Item) -> Mapping[str, Any]:
    """What is kept of it; a claim and a return are about the system of their RMA."""
    kept = office.details(connection, item)
    if item.kind not in ("claim", "return"):
        return kept
    return {**kept, "system": rmas.with_numbers(connection, [kept["rma"]])[kept["rma"]].system}


def _of_kind(connection: Connection, item: Item, kept: Mapping[str, Any]) -> Sequence[Fact]:
    """What only a request of this kind has."""
    match item.kind:
        case "claim":
            return _conditions(connection, item, kept)
        case "return":
            return transport(kept)
        case _:
            return ()


def _conditions(connection: Connection, item: Item, kept: Mapping[str, Any]) -> list[Fact]:
    """The five as the installer read them, with the days left when it was sent (PORTAL-27)."""
    rma = rmas.with_numbers(connection, [kept["rma"]])[kept["rma"]]
    five = claim_rules.conditions(connection, rma, kept["replaced_on"], today_of(item.created_at))
    last = claim_rules.limits(rma, claim_rules.known_devices(connection, rma), kept["replaced_on"]).last
    return [
        (_("Last day to claim"), Day(last)),
        (_("Five conditions"), Lines(tuple(each.said() for each in five))),
    ]


def _facts(item: Item, kept: Mapping[str, Any], serials: Sequence[str]) -> list[Fact]:
    filed = _("{name}, {company}")(name=item.installer_name or "", company=item.company_name or "")
    facts: list[Fact] = [
        (_("Filed by"), filed if item.installer else _("somebody we do not know yet")),
        (_("Created"), Moment(moment(item.created_at))),
        (_("Last updated"), Moment(moment(item.updated_at))),
        (_("System"), Copy(kept["system"]) if kept.get("system") else NOT_GIVEN),
    ]
    if serials:
        facts.append((_("Devices"), Lines(tuple(Copy(serial) for serial in serials if serial))))
    named = (
        ("description", _("Description")),
        ("shipping_address", _("Delivery address")),
        ("rma", _("RMA")),
        ("address", _("Registered address") if item.kind == "claim" else _("From")),
        ("goes_to", _("To")),
        ("day", _("Day")),
        ("contact", _("Contact")),
        ("reach", _("To be reached at")),
        ("replaced_on", _("Replaced on")),
        ("claimant", _("Installer")),
        ("installed_on", _("Installed on")),
        ("deadline", _("Documents by")),
        ("case_number", _("Case number")),
    )
    if kept.get("amount"):
        facts.append((_("Amount"), amount_text(kept["amount"])))
    return facts + [
        (title, day(kept[name]) if name in DAYS else str(kept[name]))
        for name, title in named
        if kept.get(name)
    ]


def _serials(connection: Connection, item: Item) -> list[str]:
    match item.kind:
        case "rma":
            return [line.serial for line in rma_parts.lines_of(connection, item.number)]
        case "return":
            return [line.serial for line in returns.lines_of(connection, item.number)]
        case "claim":
            rma = str(office.details(connection, item)["rma"])
            return [line.serial for line in rma_parts.lines_of(connection, rma)]
        case "cashback":
            return [str(office.details(connection, item)["serial"])]
        case _:
            return []


def _asked(connection: Connection, item: Item) -> list[Asked]:
    found = questions.about(connection, item.about)
    given = questions.answers_to(connection, [question.id for question in found])
    return [Asked(each, [answer for answer in given if answer.question == each.id]) for each in found]


def _happened(connection: Connection, item: Item) -> list[Text]:
    said = _("{moment}, {name}: {note}")
    if item.kind == "case":
        return [
            said(moment=Moment(moment(each.at)), name=each.who, note=each.text)
            for each in cases.notes_of(connection, item.number)
        ]
    if item.kind != "rma":
        return []
    line = _("{moment}: {what} ({who})")
    history = [
        (each.at, line(what=HAPPENED.get(each.event, RMA_STATUS[each.status]), who=each.who or _("the desk")))
        for each in rma_parts.history_of(connection, item.number)
    ]
    # What was noted on its case, which the desk has no page for, is about the RMA too.
    of_case = cases.notes_of(connection, str(office.details(connection, item)["case_number"]))
    notes = [
        (each.at, said(name=each.who, note=each.text))
        for each in (*rma_parts.notes_of(connection, item.number), *of_case)
    ]
    return [
        text(moment=Moment(moment(at))) for at, text in sorted(history + notes, key=lambda pair: -pair[0])
    ]
