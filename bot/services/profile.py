"""Who a person is to the desk, and everything that is kept about them (ESM-43, 49)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

from bot.services import drafts, hearing
from bot.services.asking import Ask
from bot.services.items import KINDS, name_of
from bot.services.report_kinds import KINDS as REPORTS
from bot.services.words import channel_of, day_of
from bot.services.zones import whereabouts
from flows.engine.enclosures import Writing
from flows.engine.phrases import Copy, Listed, Moment, Phrase, Size, Text, _, n_
from flows.engine.work import Page, Reply
from flows.requests import KeptAboutMe, Profile
from storage import colleagues, kept, office, people, practice, transcripts, wishes
from storage.moments import micros, moment
from storage.people import Installer

ROLES: dict[str, Phrase] = {
    "technician": _("technician"),
    "office": _("office"),
    "admin": _("admin"),
}
FILE = "solardesk.txt"
FOR_EVERYBODY = ("people", "notifications", "time_zone", "change_language", "my_data", "unlink", "menu")


def profile(connection: Connection, ask: Ask[Profile]) -> Reply:
    """Name, company and role, mailbox, phone, account at the manufacturer, time zone."""
    several = len(colleagues.at_every_company(connection, ask.by)) > 1
    more = ("choose_company",) * several
    return Page(lines=tuple(_profile(ask.by, ask)), allowed=(*more, *FOR_EVERYBODY))


def kept_about_me(connection: Connection, ask: Ask[KeptAboutMe]) -> Reply:
    """All of it as a text, at every company that this mailbox belongs to."""
    every = colleagues.at_every_company(connection, ask.by)
    title = _("What the solar support desk keeps about you, {moment}")(moment=Moment(ask.asked.at))
    lines = (title, *_lines(connection, every, ask))
    written = Writing(FILE, lines, _("What is kept about you, as a text."))
    count = n_("{n} line, in the file above.", "{n} lines, in the file above.")(n=len(lines))
    return Page(lines=(count,), enclosed=(written,))


def _profile(who: Installer, ask: Ask[Any]) -> Iterator[Text]:
    yield who.name
    yield _("{company}, {role}")(company=who.company_name, role=ROLES[who.role])
    yield _("E-mail: {email}")(email=who.email)
    if who.phone:
        yield _("Phone: {phone}")(phone=Copy(who.phone))
    if who.enlighten_id:
        yield _("Enlighten ID: {id}")(id=Copy(who.enlighten_id))
    yield _("Time zone: {zone}")(zone=whereabouts(who.time_zone, ask.asked.locale, ask.asked.at))


def _lines(connection: Connection, every: list[Installer], ask: Ask[Any]) -> Iterator[Text]:
    ids = [each.id for each in every]
    chats = kept.chats_of(connection, ids)
    numbers = kept.customer_numbers_of(connection, ids)
    for each in every:
        yield ""
        yield from _profile(each, ask)
        yield from _chosen(each)
        yield from hearing.wished_by(connection, each)
    yield from (_("SMA customer number: {number}")(number=Copy(number)) for number in numbers)
    yield from _part(_("Chats linked to you"), (
        _("{channel}, since {day}")(channel=channel_of(chat.sender), day=day_of(chat.linked_at))
        for chat in chats
    ))  # fmt: skip
    yield from _part(_("Where you are invited, or work no longer"), (
        _("{company}, {role}")(company=each.company_name, role=ROLES[each.role])
        for each in colleagues.elsewhere(connection, every[0])
    ))  # fmt: skip
    yield from _requests(connection, ids)
    yield from _work(connection, ids, [chat.conversation for chat in chats])
    yield from _part(_("Files of your chats"), (
        _("{day}: {name}, {size}")(day=day_of(file.at), name=file.name, size=Size(file.size))
        for chat in chats
        for file in kept.files_in(connection, chat)
    ))  # fmt: skip
    yield from _part(_("Reports that you ordered"), (
        _("{day}: {name}, {address}")(
            day=day_of(report.at), name=REPORTS[report.kind].title, address=report.address
        )
        for report in kept.reports_for(connection, ids)
    ))  # fmt: skip
    yield from _counts(connection, every, ids)
    yield from _part(_("What was said in your chats"), (
        _("{moment}: {words}")(moment=Moment(line.at), words=line.text)
        for chat in chats
        for line in transcripts.transcript(connection, chat.conversation, limit=200)
        if micros(line.at) >= chat.linked_at
    ))  # fmt: skip


def _chosen(who: Installer) -> Iterator[Text]:
    for known in (who.last_systems, who.last_address, who.last_contact):
        if known:
            yield _("Offered again next time: {chosen}")(chosen=known)


def _requests(connection: Connection, ids: list[int]) -> Iterator[Text]:
    yield from _part(_("Requests that you filed"), (
        _("{request}, {status}, {day}: {subject}")(
            request=name_of(item.about),
            status=KINDS[item.kind].statuses[item.status],
            day=day_of(item.created_at),
            subject=item.subject,
        )
        for item in office.filed_by(connection, ids)
    ))  # fmt: skip
    yield from _part(_("What you wrote on requests"), (
        _("{moment}, {request}: {words}")(
            moment=Moment(moment(each.at)), request=name_of(each.about), words=each.text
        )
        for each in kept.written_by(connection, ids)
    ))  # fmt: skip
    followed = tuple(map(Copy, kept.followed_by(connection, ids)))
    yield from _part(_("RMAs that you follow"), (Listed(followed),) if followed else ())


def _work(connection: Connection, ids: list[int], chats: list[str]) -> Iterator[Text]:
    muted = tuple(map(name_of, wishes.muted_by(connection, ids)))
    yield from _part(_("Of this you wish to hear nothing"), (Listed(muted),) if muted else ())
    yield from _part(_("Unfinished work"), (
        drafts.name_of(draft.run) for draft in drafts.unfinished(connection, ids, chats)
    ))  # fmt: skip
    practised = people.with_ids(
        connection, filter(None, (practice.persona_of(connection, one) for one in ids))
    )
    yield from _part(_("Companies that were invented for you to practise with"), (
        persona.company_name for persona in practised
    ))  # fmt: skip


def _counts(connection: Connection, every: list[Installer], ids: list[int]) -> Iterator[Text]:
    letters = kept.letters_to(connection, every[0].email)
    news = kept.news_for(connection, ids)
    yield from _part(
        _("What the desk told you"),
        (
            n_("{n} letter", "{n} letters")(n=letters),
            n_("{n} message about a request", "{n} messages about requests")(n=news),
        ),
    )


def _part(title: Phrase, lines: Iterator[Text] | tuple[Text, ...]) -> Iterator[Text]:
    found = tuple(lines)
    if found:
        yield from ("", title, *found)
