"""What is asked before a return is announced: why not yet, which devices, which way, which day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec import structs
from sqlalchemy import Connection

from bot.services import return_rules
from bot.services.asking import NOT_FOUND, Ask, nothing, part, start_of
from bot.services.days import today_of
from bot.services.device_types import TYPES, types_called, types_of
from bot.services.device_types import BatteryRules as Rules
from bot.services.devices import device_label
from bot.services.find_rmas import find_rmas, is_at, rma_number, rmas_at
from bot.services.rma_card import mine
from bot.services.rma_rules import permits
from bot.services.serials import serials_in
from bot.understanding.coming import coming_day
from flows.engine.phrases import Copy, Day, Text, _
from flows.engine.work import Page, Reply, Row
from flows.requests import (
    BatteryRules,
    CollectionDays,
    DevicesToReturn,
    FindReturns,
    ReturnAddress,
    RmasToReturn,
    WaysBack,
    WhyNoReturn,
)
from storage import followers, returns
from storage.moments import moment
from storage.returns import Line, Return
from storage.rmas import Rma


def rmas_to_return(connection: Connection, ask: Ask[RmasToReturn]) -> Reply:
    """RMAs whose devices can go back; the number of a return is as good as that of its RMA."""
    found = find_rmas(connection, Ask(ask.asked, ask.request, ask.caller))
    digits = "".join(sign for sign in ask.request.text if sign.isdigit())
    parcel = returns.with_number(connection, rma_number(digits)) if digits else None
    if (isinstance(found, Page) and found.rows) or parcel is None or parcel.company != ask.by.company:
        return found
    return find_rmas(connection, Ask(ask.asked, RmasToReturn(parcel.rma), ask.caller))


def why_no_return(connection: Connection, ask: Ask[WhyNoReturn]) -> Reply:
    """What must happen first; nothing when devices can go back."""
    rma = mine(connection, ask.by, ask.request.rma)
    if rma is None:
        return NOT_FOUND
    if return_rules.can_go_back(connection, rma, ask.by):
        return Page()
    if permits(rma, ask.by, "initiate_return"):
        return Page(lines=(_("All its devices are on their way back already."),), allowed=("track_return",))
    follows = any(each.installer == ask.by.id for each in followers.followers_of(connection, rma.number))
    return Page(lines=(_first(rma),), allowed=("track_rma", *(() if follows else ("follow_rma",))))


def devices_to_return(connection: Connection, ask: Ask[DevicesToReturn]) -> Reply:
    """The devices that are still there."""
    rma = mine(connection, ask.by, ask.request.rma)
    if rma is None:
        return NOT_FOUND
    lines = return_rules.left(connection, rma)
    if ask.request.text.strip():
        return _typed(connection, lines, ask.request.text)
    start = start_of(ask.request.cursor)
    shown, turns = part(lines[start:], start)
    types = [] if start else _type_rows(connection, lines)
    return Page((*(types if len(types) > 1 else ()), *map(_row, shown)), turns=turns)


def battery_rules(rules: Rules, connection: Connection, ask: Ask[BatteryRules]) -> Reply:
    """How a battery is sent, when there is one."""
    rma = mine(connection, ask.by, ask.request.rma)
    if rma is None:
        return NOT_FOUND
    lines = return_rules.chosen(connection, return_rules.left(connection, rma), ask.request.devices)
    return Page(lines=(rules.said(ask.asked.locale),)) if rules.are_for(connection, lines) else Page()


def ways_back(rules: Rules, connection: Connection, ask: Ask[WaysBack]) -> Reply:
    """Where it goes (ESM-33), and the ways there."""
    rma = mine(connection, ask.by, ask.request.rma)
    if rma is None:
        return NOT_FOUND
    lines = return_rules.chosen(connection, return_rules.left(connection, rma), ask.request.devices)
    ways = ["pickup"] if rules.are_for(connection, lines) else list(return_rules.WAYS)
    goes_to = _("To: {address}")(address=Copy(rma.return_address))
    return Page(tuple(Row(way, return_rules.WAYS[way]) for way in ways), lines=(goes_to,))


def return_address(connection: Connection, ask: Ask[ReturnAddress]) -> Reply:
    """The address that came with the approval; it is shown, and nobody chooses it."""
    rma = mine(connection, ask.by, ask.request.rma)
    if rma is None:
        return NOT_FOUND
    return Page((Row(rma.number, Copy(rma.return_address)),), default=rma.number)


def collection_days(_connection: Connection, ask: Ask[CollectionDays]) -> Reply:
    """The next working days, or the one typed."""
    today = today_of(ask.now)
    offered = Page(tuple(Row(day.isoformat(), Day(day)) for day in return_rules.working_days(today)))
    if not ask.request.text.strip():
        return offered
    day = coming_day(ask.request.text, today)
    problem = return_rules.day_problem(day, today)
    if problem or day is None:
        return structs.replace(offered, problems=(problem,) if problem else ())
    return Page((Row(day.isoformat(), Day(day)),), exact=True)


def find_returns(connection: Connection, ask: Ask[FindReturns]) -> Reply:
    """The returns of the company that the words may mean, latest first."""
    text, start = ask.request.text.strip(), start_of(ask.request.cursor)
    if not text:
        found = returns.of_company(connection, ask.by.company, start, 11)
        shown, turns = part(found, start)
        if not found:
            return Page(problems=(_("Your company has sent nothing back yet."),), over=True)
        return Page(tuple(map(_return_row, shown)), turns=turns)
    number = rma_number("".join(sign for sign in text if sign.isdigit()) or "0")
    named = returns.with_number(connection, number)
    if named and named.company == ask.by.company:
        return Page((_return_row(named),), exact=True)
    meant = [each for each in returns.of_rma(connection, number) if each.company == ask.by.company]
    meant = meant or _with_serial(connection, ask.by.company, text)
    if meant:
        return Page(tuple(map(_return_row, meant[:10])), exact=len(meant) == 1)
    at = rmas_at(connection, ask.by.company, text)
    sent = [each for rma in at for each in returns.of_rma(connection, rma.number)]
    if not sent:
        return nothing(_("Not found in your returns."))
    only = len(sent) == 1 and all(is_at(rma, text) for rma in at if rma.number == sent[0].rma)
    return Page(tuple(map(_return_row, sent[:10])), exact=only)


def _first(rma: Rma) -> Text:
    """What must happen before this RMA can go back."""
    match rma.status:
        case "cancelled":
            return _("It was cancelled.")
        case "approved" | "shipped":
            return _("The return address is not known yet. I will tell you when it is.")
        case _:
            return _("A return opens after approval. I will tell you.")


def _type_rows(connection: Connection, lines: Sequence[Line]) -> list[Row]:
    """One tap for all of a type (PORTAL-35)."""
    counts = Counter(types_of(connection, lines).values())
    return [
        Row(type, _("{type} ({n})")(type=title, n=counts[type]))
        for type, title in TYPES.items()
        if counts[type]
    ]


def _typed(connection: Connection, lines: list[Line], text: str) -> Page:
    wanted = serials_in(text).found
    named = types_called(text)
    of_type = [row for row in _type_rows(connection, lines) if row.id in named]
    if of_type and not wanted:
        return Page(tuple(of_type), exact=True)
    found = [line for line in lines if line.serial in wanted]
    unknown = [serial for serial in wanted if serial not in {line.serial for line in found}]
    problems = tuple(
        _("{serial} is not on this RMA, or on its way already.")(serial=Copy(s)) for s in unknown
    )
    if not wanted:
        problems = (_("Tap the devices, or type their serial numbers."),)
    return Page(tuple(map(_row, found)), exact=bool(found), problems=problems)


def _row(line: Line) -> Row:
    if not line.serial:
        return Row(str(line.position), _("device {n}, label not readable")(n=line.position))
    label = device_label(line.product, line.serial) if line.product else Copy(line.serial)
    return Row(str(line.position), label)


def _return_row(found: Return) -> Row:
    about = _("{status}, RMA {rma}, {day}")(
        status=return_rules.STATUS[found.status], rma=found.rma, day=Day(moment(found.created_at).date())
    )
    return Row(found.number, Copy(found.number), about)


def _with_serial(connection: Connection, company: int, text: str) -> list[Return]:
    wanted = set(serials_in(text).found)
    if not wanted:
        return []
    recent = returns.of_company(connection, company, 0, 200)
    return [
        each
        for each in recent
        if wanted & {line.serial for line in returns.lines_of(connection, each.number)}
    ]
