"""Returns that were announced: filing one, its card, its label, and how it goes on."""

from __future__ import annotations

import datetime
from typing import Any

from sqlalchemy import Connection

from bot.services import news, return_rules
from bot.services.asking import NOT_FOUND, Ask
from bot.services.days import today_of
from bot.services.device_types import TYPES, BatteryRules
from bot.services.devices import device_label
from bot.services.places import address_text, contact_text
from bot.services.rma_card import mine
from bot.services.rma_rules import permits
from bot.understanding.coming import coming_day
from flows.engine.enclosures import ReturnLabel
from flows.engine.phrases import Copy, Day, Lines, Listed, Moment, Phrase, Text, _, n_
from flows.engine.work import Done, Page, Refused, Reply, Turn
from flows.requests import HandLabel, InitiateReturn, ReturnCard
from storage import people, returns
from storage.moments import moment
from storage.people import Installer
from storage.returns import Line, Return
from storage.rmas import Rma, take_numbers

STICK = _("Stick it outside, on the largest side, one on each box.")
PARTS: dict[str, Phrase] = {
    "morning": _("8:00 to 12:00"),
    "afternoon": _("12:00 to 17:00"),
    "day": _("All day"),
}


ENDED = ("received", "cancelled")
"""Then there is no label any more."""


class NotAllowed(Exception):
    """A return cannot pass from the one status to the other."""


def initiate_return(rules: BatteryRules, connection: Connection, ask: Ask[InitiateReturn]) -> Reply:
    """Announce it, once; a key that was used gives the return made under it."""
    people.lock_companies(connection, {ask.by.company})
    known = returns.filed_under(connection, ask.asked.key)
    rma = mine(connection, ask.by, ask.request.rma)
    if rma is None:
        return NOT_FOUND
    if known:
        return _announced(known, rma)
    lines = return_rules.left(connection, rma)
    chosen = return_rules.chosen(connection, lines, ask.request.devices)
    battery = rules.are_for(connection, chosen)
    refusal = _refusal(ask, rma, {str(line.position) for line in lines}, chosen, battery=battery)
    if refusal:
        return refusal
    row = _row(connection, ask, rma)
    if row is None:
        return NOT_FOUND
    returns.add(connection, row, chosen)
    returns.happened(
        connection,
        {
            "key": ask.asked.key,
            "return_number": row["number"],
            "at": ask.now,
            "status": "announced",
            "installer": ask.by.id,
        },
    )
    return _announced(str(row["number"]), rma)


def pass_to(connection: Connection, parcel: Return, status: str, *, key: str, now: int) -> None:
    """Give a return its next status and tell who announced it, and who follows its RMA. Raises NotAllowed."""
    if status not in return_rules.NEXT[parcel.status]:
        raise NotAllowed(f"{parcel.status} to {status}")
    returns.change(connection, parcel.number, {"status": status, "updated_at": now})
    returns.happened(
        connection,
        {"key": key, "return_number": parcel.number, "at": now, "status": status, "installer": None},
    )
    line = _("Return {number} of RMA {rma}: {status}.")
    news.tell(
        connection,
        [parcel.installer],
        line(number=Copy(parcel.number), rma=Copy(parcel.rma), status=return_rules.STATUS[status]),
        about=f"rma {parcel.rma}",
        key=key,
        title=_("Return {number}")(number=parcel.number),
        now=now,
    )


def redirect(connection: Connection, rma: str, address: str, now: int) -> list[Return]:
    """What was announced and is still with the company goes to this address; returns those returns."""
    waiting = [parcel for parcel in returns.of_rma(connection, rma) if parcel.status == "announced"]
    for parcel in waiting:
        returns.change(connection, parcel.number, {"goes_to": address, "updated_at": now})
    return waiting


def return_card(connection: Connection, ask: Ask[ReturnCard]) -> Reply:
    """One return: where it is, from where to where, with what in it."""
    parcel = own(connection, ask.by, ask.request.parcel)
    if parcel is None:
        return NOT_FOUND
    allowed = () if parcel.status in ENDED else ("return_label", "send_label")
    if ask.request.cursor == "history":
        steps = returns.history_of(connection, parcel.number)
        lines = tuple(
            _("{moment}: {what} ({who})")(
                moment=Moment(moment(step.at)),
                what=return_rules.STATUS[step.status],
                who=step.who or _("the desk"),
            )
            for step in reversed(steps)
        )
        return Page(lines=lines, turns=(Turn(_("Summary"), ""),), allowed=(*allowed, "talk_to_person"))
    return Page(
        lines=tuple(_summary(connection, parcel)),
        turns=(Turn(_("History"), "history"),),
        allowed=(*allowed, "talk_to_person"),
    )


def hand_label(connection: Connection, ask: Ask[HandLabel]) -> Reply:
    """The label, to print or to show."""
    parcel = own(connection, ask.by, ask.request.parcel)
    if parcel is None or ask.request.format not in ("a6", "a4", "qr"):
        return NOT_FOUND
    if parcel.status in ENDED:
        return Refused("closed")
    label = label_of(connection, parcel, ask.request.format)
    how = _("Show it when the boxes are handed over.") if label.format == "qr" else STICK
    return Done({"name": Copy(parcel.number), "how": how}, enclosed=(label,))


def label_of(connection: Connection, parcel: Return, format: str) -> ReturnLabel:
    """What the label says, in one of its three formats."""
    count = len(returns.lines_of(connection, parcel.number))
    return ReturnLabel(
        code=code_of(parcel),
        format=format,  # type: ignore[arg-type]  # checked by who asks
        sender=(parcel.company_name, *parcel.address.split(", ")),
        receiver=tuple(parcel.goes_to.split(", ")),
        contents=n_("{n} device", "{n} devices")(n=count),
        boxes=max(parcel.boxes, 1),
        alt=_("Label of return {number}")(number=Copy(parcel.number)),
    )


def own(connection: Connection, by: Installer, number: str) -> Return | None:
    """The return of that number, if it is one of this person's company."""
    found = returns.with_number(connection, number.strip().zfill(8))
    return found if found and found.company == by.company else None


def code_of(parcel: Return) -> str:
    """What the carrier scans: the return and its RMA."""
    return f"R{parcel.number}-{parcel.rma}"


def _refusal(
    ask: Ask[InitiateReturn], rma: Rma, places: set[str], chosen: list[Line], *, battery: bool
) -> Refused | None:
    if not permits(rma, ask.by, "initiate_return"):
        return Refused("not_yet")
    if not chosen or not set(ask.request.devices) <= {return_rules.ALL, *TYPES, *places}:
        return Refused("returned")
    if ask.request.way != "pickup":
        return Refused("battery") if battery else None
    today = today_of(ask.now)
    day = coming_day(ask.request.day, today)
    return Refused("day") if return_rules.day_problem(day, today) else None


def _row(connection: Connection, ask: Ask[InitiateReturn], rma: Rma) -> dict[str, Any] | None:
    """The new return; None when an address or a contact is of somebody else."""
    collected = ask.request.way == "pickup"
    address = address_text(ask.request.address, ask.by, people.addresses_of(connection, [ask.by.company]))
    contact = contact_text(ask.request.contact, ask.by, people.contacts_of(connection, [ask.by.company]))
    if address is None or ask.request.way not in return_rules.WAYS or (collected and contact is None):
        return None
    return {
        "number": take_numbers(connection, "return", 1)[0],
        "key": ask.asked.key,
        "company": ask.by.company,
        "installer": ask.by.id,
        "rma": rma.number,
        "status": "announced",
        "way": ask.request.way,
        "address": address,
        "goes_to": rma.return_address,
        "day": ask.request.day if collected else "",
        "part": ask.request.part if collected else "",
        "boxes": int(ask.request.boxes or 1),
        "contact": contact if collected else "",
        "created_at": ask.now,
        "updated_at": ask.now,
    }


def _announced(number: str, rma: Rma) -> Done:
    return Done({"parcel": number, "number": Copy(number), "rma": Copy(rma.number)})


def _summary(connection: Connection, parcel: Return) -> list[Text]:
    lines = returns.lines_of(connection, parcel.number)
    devices = [
        device_label(line.product, line.serial) if line.serial else _("label not readable") for line in lines
    ]
    found: list[Text] = [
        _("{status}, RMA {rma}.")(status=return_rules.STATUS[parcel.status], rma=Copy(parcel.rma)),
        Listed(tuple(devices)),
        Lines(
            (
                _("From: {address}")(address=Copy(parcel.address)),
                _("To: {address}")(address=Copy(parcel.goes_to)),
            )
        ),
    ]
    if parcel.way == "pickup":
        when = datetime.date.fromisoformat(parcel.day) if parcel.day else None
        found.append(
            _("Pick-up: {day}, {part}, {boxes}. {contact}")(
                day=Day(when) if when else "",
                part=PARTS.get(parcel.part, parcel.part),
                boxes=n_("{n} box", "{n} boxes")(n=parcel.boxes),
                contact=parcel.contact,
            )
        )
    else:
        found.append(_("Drop-off at the carrier."))
    return found
