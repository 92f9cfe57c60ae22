"""Who a chat belongs to: one-time codes, tried a few times, used once (ESM-02)."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import Connection

from bot.services import drafts, letters
from bot.services.asking import UNLINKED, Ask, nothing
from flows.engine.phrases import Hour, Text, _, n_
from flows.engine.work import Done, Page, Refused, Reply, Row
from flows.requests import LinkChat, LinkOffers, SendLinkCode, SetLanguage, UnlinkChat, WhoIsThis
from storage import colleagues, erasing, mails, people, questions
from storage.moments import moment

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Letters and digits that cannot be confused: 5 bits each."""
LENGTH = 10
MINUTES = 15
TRIES = 5
MAILS_PER_HOUR = 3

FOR_ANYBODY = ("link", "talk_to_person", "change_language", "help")
FOR_INSTALLERS = (
    "list_rmas",
    "create_rma",
    "track_rma",
    "search_systems",
    "create_case",
    "claim_labour",
    "order_report",
    "cashback",
    "add_note",
    "talk_to_person",
    "change_language",
    "unlink",
    "profile",
    "practice",
)

_MICROS = timedelta(microseconds=1)
_VALID = timedelta(minutes=MINUTES) // _MICROS
_HOUR = timedelta(hours=1) // _MICROS
_LOOK_ALIKE = str.maketrans("OIL", "011")
_WRONG = nothing(_("This code is not right, or no longer valid. Please check it, or ask for a new one."))
_NO_CODE_IN_IT = nothing(_("A code has 10 characters, such as {example}.")(example="ABCDE-12345"))
_NO_CODE = Refused("code")


def new_code(connection: Connection, installer: int, now: int, days: int = 0) -> tuple[str, str]:
    """A one-time code of 50 random bits for this installer, and the hash that is kept of it.

    Who did not ask for it gets some days to use it.
    """
    plain = "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))
    valid = timedelta(days=days) // _MICROS or _VALID
    people.add_code(connection, hashed(plain), installer, now, now + valid)
    return f"{plain[:5]}-{plain[5:]}", hashed(plain)


def hashed(typed: str) -> str:
    """What is kept of a code; capitals, spaces and hyphens do not matter."""
    return hashlib.sha256(_plain(typed).encode()).hexdigest()


def who_is_this(connection: Connection, ask: Ask[WhoIsThis]) -> Reply:
    """The person and company a chat belongs to, and whether the desk waits for an answer of theirs.

    Somebody unknown is offered to link, and sees no data.
    """
    if ask.caller is None:
        return Page(lines=(_("This chat is not linked to a company yet."),), allowed=FOR_ANYBODY)
    lines: list[Text] = [f"{ask.caller.name}, {ask.caller.company_name}"]
    allowed: tuple[str, ...] = FOR_INSTALLERS
    waiting = len(questions.still_open(connection, ask.caller.company))
    if waiting:
        line = n_("The desk waits for {n} answer.", "The desk waits for {n} answers.")
        lines.append(line(n=waiting))
        allowed = ("answer_desk", *allowed)
    if drafts.elsewhere(connection, ask):
        allowed = ("drafts", *allowed)
    return Page(lines=tuple(lines), allowed=allowed)


def link_offers(connection: Connection, ask: Ask[LinkOffers]) -> Reply:
    """The installer a code belongs to. Wrong, used and expired codes are answered alike.

    Words without the shape of a code are no try.
    """
    if not ask.request.text.strip():
        return Page()
    if _blocked(connection, ask.asked.sender, ask.now):
        until = people.first_try_since(connection, ask.asked.sender, "code", ask.now - _VALID) + _VALID
        line = _("Those were too many tries. You can try again from {hour}, or talk to a person.")
        return nothing(line(hour=Hour(moment(until))))
    if len(_plain(ask.request.text)) != LENGTH:
        return _NO_CODE_IN_IT
    owner = people.with_code(connection, hashed(ask.request.text), ask.now)
    if owner is None:
        people.count_try(connection, ask.asked.sender, "code", ask.now)
        return _WRONG
    label = f"{owner.name}, {owner.company_name}"
    return Page((Row(ask.request.text.strip(), label),), exact=True)


def link_chat(connection: Connection, ask: Ask[LinkChat]) -> Reply:
    """Use the code up: from now on this chat identity is its installer, who finds nothing of another one."""
    code, sender = hashed(ask.request.code), ask.asked.sender
    if _blocked(connection, sender, ask.now):
        return _NO_CODE
    owner = people.with_code(connection, code, ask.now)
    if owner is None or not people.use_code(connection, code, ask.now):
        people.count_try(connection, sender, "code", ask.now)
        return _NO_CODE
    another = ask.caller is not None and ask.caller.id != owner.id
    if another:
        erasing.what_was_said(connection, [ask.asked.conversation])
    people.link(connection, sender, owner.id, ask.now, ask.asked.conversation)
    colleagues.change(connection, owner.id, {"active": True})  # who was invited comes in
    return Done({"name": owner.name, "company": owner.company_name}, forget=another)


def send_link_code(connection: Connection, ask: Ask[SendLinkCode]) -> Reply:
    """Mail a code to an address on file; who asks cannot tell whether it is."""
    since = ask.now - _HOUR
    if people.tries_since(connection, ask.asked.sender, "mail", since) >= MAILS_PER_HOUR:
        return Refused("too_many")
    people.count_try(connection, ask.asked.sender, "mail", ask.now)
    owner = people.with_email(connection, ask.request.email)
    practises = ask.caller is not None and ask.caller.practises
    if owner and not practises and people.codes_since(connection, owner.id, since) < 2 * MAILS_PER_HOUR:
        code, kept = new_code(connection, owner.id, ask.now)
        mails.post(connection, [letters.code_asked(owner, kept, code, MINUTES, ask.now)])
    return Done({"email": ask.request.email})


def unlink_chat(connection: Connection, ask: Ask[UnlinkChat]) -> Reply:
    """Forget who this chat identity is and what was said here: nothing of the company is told any more."""
    if ask.caller is None:
        return UNLINKED
    erasing.what_was_said(connection, [ask.asked.conversation])
    people.unlink(connection, ask.asked.sender)
    return Done(forget=True)


def set_language(connection: Connection, ask: Ask[SetLanguage]) -> Reply:
    """Remember the language of somebody we know; the chat itself changes at once anyway."""
    if ask.caller and ask.request.language in ("nl", "fr", "en"):
        people.speak(connection, ask.caller.id, ask.request.language)
    return Done()


def _plain(typed: str) -> str:
    return "".join(sign for sign in typed.upper() if sign.isalnum()).translate(_LOOK_ALIKE)


def _blocked(connection: Connection, sender: str, now: int) -> bool:
    return people.tries_since(connection, sender, "code", now - _VALID) >= TRIES
