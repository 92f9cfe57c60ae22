"""The label of a return goes to who packs it: a colleague, in their chat and by mail, or another mailbox."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

from bot.services import letters, news
from bot.services.asking import NOT_FOUND, Ask, nothing, part, start_of
from bot.services.return_parcels import ENDED, label_of, own
from flows.engine.parsers import Invalid, email
from flows.engine.phrases import Copy, Text, _
from flows.engine.work import Done, Page, Refused, Reply, Row
from flows.requests import LabelReceivers, OtherMailbox, SendLabel
from storage import colleagues, mails
from storage.people import Installer
from storage.returns import Return

_SHAPE: Final = email()


def label_receivers(connection: Connection, ask: Ask[LabelReceivers]) -> Reply:
    """Everybody who works there, colleagues first; or the mailbox that was typed."""
    everybody = _everybody(connection, ask.by)
    words, start = ask.request.text.strip(), start_of(ask.request.cursor)
    if not words:
        shown, turns = part(everybody[start:], start)
        return Page(tuple(_row(one, ask.by) for one in shown), turns=turns)
    like = colleagues.named(everybody, words)
    if like:
        return Page(tuple(_row(one, ask.by) for one in like[:10]), exact=len(like) == 1)
    if "@" not in words:
        return nothing(_("Nobody of that name works here. You can also type an e-mail address."))
    try:
        address, label = _SHAPE.parse(words)
    except Invalid as problem:
        return nothing(problem.phrase)
    return Page((Row(str(address), label),), exact=True)


def other_mailbox(_connection: Connection, ask: Ask[OtherMailbox]) -> Reply:
    """A mailbox that is of nobody in the company is looked at once more, as with a report."""
    if ask.request.receiver.isdecimal():
        return Page()
    line = _("{address} is nobody of your company. The label shows your company and two addresses.")
    return Page(lines=(line(address=Copy(ask.request.receiver)),))


def send_label(connection: Connection, ask: Ask[SendLabel]) -> Reply:
    """Hand it on, once."""
    parcel = own(connection, ask.by, ask.request.parcel)
    if parcel is None or ask.request.format not in ("a6", "a4", "qr"):
        return NOT_FOUND
    if parcel.status in ENDED:
        return Refused("closed")
    receiver = ask.request.receiver
    if not receiver.isdecimal():
        return _by_mail(connection, ask, parcel, receiver)
    to = next((one for one in _everybody(connection, ask.by) if str(one.id) == receiver), None)
    if to is None:
        return Refused("receiver")
    if to.id == ask.by.id:
        return _by_mail(connection, ask, parcel, to.email)
    news.tell(
        connection,
        [to.id],
        _line(ask.by, parcel, ask.request.format),
        about=f"return {parcel.number}",
        key=ask.asked.key,
        title=_title(parcel),
        now=ask.now,
        enclosed=label_of(connection, parcel, ask.request.format),
    )
    return Done({"name": to.name})


def _by_mail(connection: Connection, ask: Ask[SendLabel], parcel: Return, mailbox: str) -> Reply:
    """By mail alone; who practises writes to nobody."""
    try:
        address, label = _SHAPE.parse(mailbox)
    except Invalid:
        return Refused("receiver")
    if not ask.by.practises:
        enclosed = label_of(connection, parcel, ask.request.format)
        line, key = _line(ask.by, parcel, ask.request.format), ask.asked.key
        letter = letters.told(str(address), ask.by.language, key, _title(parcel), line, ask.now, enclosed)
        mails.post(connection, [letter])
    return Done({"name": label})


def _everybody(connection: Connection, by: Installer) -> list[Installer]:
    """Oneself last: a label on the phone may be printed in the office."""
    return sorted(colleagues.of_company(connection, by.company), key=lambda one: one.id == by.id)


def _row(one: Installer, by: Installer) -> Row:
    return Row(str(one.id), _("Myself, by e-mail") if one.id == by.id else one.name)


def _line(by: Installer, parcel: Return, format: str) -> Text:
    line = _("{name} sends you the label of return {number}, RMA {rma}. Stick it outside, one on each box.")
    if format == "qr":
        line = _(
            "{name} sends you the code of return {number}, RMA {rma}. Show it when the boxes are handed over."
        )
    return line(name=by.name, number=Copy(parcel.number), rma=Copy(parcel.rma))


def _title(parcel: Return) -> Text:
    return _("Label of return {number}")(number=parcel.number)
