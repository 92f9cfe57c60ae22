"""Requests that are no RMA: other questions, access to a system, a person to talk to (ESM-20, 46)."""

from __future__ import annotations

import re
from typing import Any, TypeVar

import msgspec
from msgspec import Struct
from sqlalchemy import Connection

from bot.services import cashback_status, letters
from bot.services.asking import NOT_FOUND, Ask, nothing
from bot.services.devices import NO_SYSTEM
from bot.services.rma_paper import ASSIGNED_TO
from bot.services.subjects import SUBJECTS
from flows.engine.phrases import Copy, Lines, Phrase, Text, _
from flows.engine.work import Done, Page, Reply, Row
from flows.requests import AskForPerson, OpenCase, RequestAccess, WaysToReach
from flows.requests.cashback import AskAboutDevice
from storage import attachments, cases, mails, systems
from storage.transcripts import transcript

CASHBACK = "SMA cashback"
ACCESS = "System access"
CONTACT = "Please contact me"
WITH_US = _("with our desk")
LINES_KEPT = 12

C = TypeVar("C", OpenCase, RequestAccess, AskForPerson, AskAboutDevice)
_encode = msgspec.json.Encoder().encode


class Support(Struct, frozen=True):
    """How the desk itself is reached; the values are invented, to be set by who runs it."""

    phone: str = "+32 2 555 01 00"
    mail: str = "support@solardesk.example"
    opens: str = "8:00"
    closes: str = "17:00"

    @property
    def hours(self) -> Phrase:
        """When somebody answers."""
        return _("Monday to Friday, {opens} to {closes}")(opens=self.opens, closes=self.closes)


def open_case(connection: Connection, ask: Ask[OpenCase]) -> Reply:
    """File another request, on a system of this company or on none."""
    request, system = ask.request, None
    if request.system != NO_SYSTEM:
        system = systems.with_ids(connection, [request.system]).get(request.system)
        if system is None or system.company != ask.by.company:
            return NOT_FOUND
    if request.subject not in SUBJECTS:
        return NOT_FOUND
    mine = [file.id for file in attachments.of_chat(connection, request.photos, ask.asked.conversation)]
    words = {"subject": request.subject, "description": request.description.strip()}
    number = _filed(connection, ask, words, system.id if system else None, mine)
    return Done({"case": number, "number": Copy(number), "holder": WITH_US, "mail": letters.promised(ask.by)})


def request_access(connection: Connection, ask: Ask[RequestAccess]) -> Reply:
    """Ask the desk to look at a system; whether it exists is not said."""
    number = _filed(connection, ask, {"subject": ACCESS, "description": ask.request.wanted.strip()})
    return Done({"number": Copy(number), "holder": WITH_US})


def ask_about_device(connection: Connection, ask: Ask[AskAboutDevice]) -> Reply:
    """Ask the desk to take up with SMA a device that could not be registered; which one is said first."""
    device = cashback_status.mine(connection, ask.by, ask.request.item)
    if device is None or device.status != "not_registrable":
        return NOT_FOUND
    about = f"{device.subject} {device.serial} ({device.number}), {device.installed_on}"
    words = {"subject": CASHBACK, "description": f"{about}\n{ask.request.question.strip()}"}
    number = _filed(connection, ask, words)
    return Done({"case": number, "number": Copy(number), "holder": WITH_US})


def ask_for_person(support: Support, connection: Connection, ask: Ask[AskForPerson]) -> Reply:
    """Ask the desk to make contact, with the last words of this chat; open to everybody."""
    words = {
        "subject": CONTACT,
        "description": ask.request.question.strip(),
        "reach": ask.request.reach.strip(),
        "summary": _encode(_last_words(connection, ask.asked.conversation)).decode(),
    }
    number = _filed(connection, ask, words)
    promise = _("The desk will call you at {reach}.")
    if "@" in ask.request.reach:
        promise = _("The desk will write to you at {reach}.")
    return Done(
        {
            "promise": promise(reach=ask.request.reach),
            "number": Copy(number),
            "hours": support.hours,
            "phone": Copy(support.phone),
            "mail": Copy(support.mail),
        }
    )


def ways_to_reach(_connection: Connection, ask: Ask[WaysToReach]) -> Reply:
    """A typed number or address, or what we have on file; nothing for somebody we do not know."""
    text = " ".join(ask.request.text.split())[:200]
    if text:
        reachable = "@" in text or len(re.findall(r"\d", text)) >= 8
        if reachable:
            return Page((Row(text, text),), exact=True)
        return nothing(_("I see no phone number or e-mail address in that."))
    if ask.caller is None:
        return Page()
    known = [way for way in (ask.caller.phone, ask.caller.email) if way]
    return Page(tuple(Row(way, Copy(way)) for way in known), default=known[0])


def _filed(
    connection: Connection,
    ask: Ask[C],
    words: dict[str, Any],
    system: str | None = None,
    files: list[str] | None = None,
) -> str:
    """The number of the new case, or of the one filed under this key already."""
    known = cases.filed_under(connection, ask.asked.key)
    if known:
        return known
    row = {
        "key": ask.asked.key,
        "company": ask.caller.company if ask.caller else None,
        "installer": ask.caller.id if ask.caller else None,
        "system": system,
        "conversation": ask.asked.conversation,
        "sender": ask.asked.sender,
        "status": "new",
        "assigned_to": ASSIGNED_TO,
        "created_at": ask.now,
        "updated_at": ask.now,
        "summary": "",
        "reach": "",
        **words,
    }
    number = cases.file(connection, row, files or ())
    if ask.caller:
        title: Text = {CONTACT: _("Please contact me"), ACCESS: _("Access to a system")}.get(
            words["subject"], words["subject"]
        )
        mails.post(connection, [letters.case_filed(ask.caller, ask.asked.key, number, title, ask.now)])
    return number


def _last_words(connection: Connection, conversation: str) -> Text:
    said = transcript(connection, conversation)[-LINES_KEPT:]
    who: dict[str, Phrase] = {"person": _("Customer"), "bot": _("Chat")}
    return Lines(tuple(_("{who}: {words}")(who=who[line.who], words=line.text) for line in said))
