"""The letters of the desk: what is written to whom, in phrases; the language comes when they are sent."""

from __future__ import annotations

import hashlib
from typing import Any

from bot.services.words import RMA_STATUS, holder
from flows.engine.enclosures import Enclosure, Kept
from flows.engine.phrases import Copy, Lines, Listed, Phrase, Text, _, n_
from storage.mails import letter
from storage.people import Installer
from storage.reports import Order

NONE_IN_PRACTICE = _("In practice no e-mail is sent.")
_FOOTER = _("You get this mail because of a request at the solar support desk.")


def message_id(kind: str, key: str, recipient: str = "") -> str:
    """The same effect gives the same id, so that a letter sent twice can be known as one."""
    return hashlib.sha256(f"{kind}\n{key}\n{recipient}".encode()).hexdigest()[:40]


def promised(by: Installer) -> Text:
    """What is said of the letter when something is filed."""
    if by.practises:
        return NONE_IN_PRACTICE
    return _("You also get an e-mail with the details.")


def rma_filed(
    by: Installer,
    key: str,
    number: str,
    system: str,
    serials: list[str],
    subject: str,
    address: str,
    now: int,
) -> dict[str, Any]:
    """The confirmation of a new RMA, with its details (ESM-27)."""
    devices: Text = Listed(tuple(map(Copy, serials))) if serials else _("see the photo of the label")
    body = Lines(
        (
            _("RMA {number} is {holder}.")(number=number, holder=holder("in_progress", "")),
            "",
            _("System: {system}")(system=system or _("none given")),
            _("Devices: {devices}")(devices=devices),
            _("Subject: {subject}")(subject=subject),
            _("Delivery address: {address}")(address=address),
            "",
            _("Next: the desk looks at it, then approval, then shipping. Handling can take some time."),
            "",
            _FOOTER,
        )
    )
    return _to(
        by.email, by.language, message_id("rma", key), _("RMA {number} received")(number=number), body, now
    )


def case_filed(by: Installer, key: str, number: str, subject: Text, now: int) -> dict[str, Any]:
    """The confirmation of another request."""
    body = Lines(
        (
            _("Case {number} is with our desk.")(number=number),
            _("Subject: {subject}")(subject=subject),
            "",
            _FOOTER,
        )
    )
    title = _("Case {number} received")(number=number)
    return _to(by.email, by.language, message_id("case", key), title, body, now)


def status_line(number: str, status: str, manufacturer_number: str) -> Text:
    """The status of an RMA in one sentence, with who holds it."""
    return _("RMA {number}: {status}. It is {holder}.")(
        number=Copy(number), status=RMA_STATUS[status], holder=holder(status, manufacturer_number)
    )


def told(
    email: str,
    language: str,
    key: str,
    title: Text,
    line: Text,
    now: int,
    enclosed: Enclosure | None = None,
) -> dict[str, Any]:
    """What the desk tells somebody, whatever it is about."""
    stable, body = message_id("status", key, email), Lines((line, "", _FOOTER))
    return letter(stable, email, language, title, body, now, enclosed=enclosed)


def status_title(number: str, status: str) -> Text:
    """The subject of a letter about a new status."""
    return _("RMA {number}: {status}")(number=number, status=RMA_STATUS[status])


def about_title(request: Text) -> Text:
    """The subject of a letter about a request."""
    return _("News about {request}")(request=request)


def report(order: Order, line: Text, enclosed: Kept, now: int) -> dict[str, Any]:
    """A report that was ordered, as an attachment (ESM-42)."""
    stable = message_id("report", order.key)
    body = Lines((line, "", _("It is attached as a spreadsheet."), "", _FOOTER))
    return letter(stable, order.address, order.language, _("Your report"), body, now, enclosed=enclosed)


def code_asked(to: Installer, hashed: str, code: str, minutes: int, now: int) -> dict[str, Any]:
    """A one-time code for linking a chat."""
    body = Lines(
        (
            _("Your code to link this chat is {code}")(code=code),
            n_("It works once, for {n} minute.", "It works once, for {n} minutes.")(n=minutes),
            _("Did you not ask for it? Then you need to do nothing."),
        )
    )
    title: Phrase = _("Your code")
    return letter(message_id("code", hashed), to.email, to.language, title, body, now, secret=True)


def invited(to: Installer, by: Installer, hashed: str, code: str, days: int, now: int) -> dict[str, Any]:
    """A colleague asks somebody to work with them in the chat."""
    body = Lines(
        (
            _("{name} invites you to the support chat of {company}.")(name=by.name, company=by.company_name),
            _("Open the chat and type this code: {code}")(code=code),
            n_("It works once, for {n} day.", "It works once, for {n} days.")(n=days),
            _("Do you not know {name}? Then you need to do nothing.")(name=by.name),
        )
    )
    title = _("Your invitation of {company}")(company=by.company_name)
    return letter(message_id("code", hashed), to.email, to.language, title, body, now, secret=True)


def not_reached(to: Installer, chat: str, since: str, lines: list[Text], now: int) -> dict[str, Any]:
    """What could not be said in a chat where nobody can be reached."""
    body = Lines(
        (
            _("Our messages no longer arrive in your chat, so this comes by mail."),
            "",
            *lines,
            "",
            _("Open the chat to go on where you stopped. What we had to say there is kept for 30 days."),
            "",
            _FOOTER,
        )
    )
    title = _("A message that did not arrive in your chat")
    return _to(to.email, to.language, message_id("instead", chat, since), title, body, now)


def _to(email: str, language: str, stable: str, title: Text, body: Text, now: int) -> dict[str, Any]:
    return letter(stable, email, language, title, body, now)
