"""VAT number and IBAN of a company: checked, shown masked; only its office has them in full (ESM-30)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import Connection

from bot.services import letters, news
from bot.services.asking import Ask, nothing
from bot.services.words import day_of
from flows.engine.phrases import Copy, Phrase, Text, _, n_
from flows.engine.work import Done, Page, Refused, Reply, Row, Turn
from flows.requests.claims import (
    AccountNumbers,
    BankAccounts,
    BankCard,
    BankMissing,
    MayEnterBank,
    SetBankDetails,
    VatNumbers,
)
from storage import claims, people, typed_numbers
from storage.claims import Bank
from storage.masking import last_four
from storage.people import Installer

NONE: Final = "none"
_NOT_YOU: Final = _("Only the office or an admin of your company enters these.")
_NOT_KNOWN: Final = _("VAT number and IBAN of your company are not known yet.")


def may_enter(by: Installer) -> bool:
    """Whether this person may see and change the numbers."""
    return by.role in news.OFFICE


def masked_bank(bank: Bank | None) -> Text:
    """Where it is paid to, as everybody may see it."""
    if bank is None:
        return _("not known yet, the office is asked")
    return _("VAT {vat}, IBAN {iban}")(vat=last_four(bank.vat), iban=last_four(bank.iban))


def bank_missing(connection: Connection, ask: Ask[BankMissing]) -> Reply:
    """Nothing, when the numbers are known."""
    if claims.bank_of(connection, ask.by.company):
        return Page()
    if may_enter(ask.by):
        return Page(lines=(_NOT_KNOWN,), allowed=("enter_bank_details",))
    asked = _("The office of your company is asked for them once this is sent.")
    return Page(lines=(_NOT_KNOWN, asked), allowed=())


def bank_accounts(connection: Connection, ask: Ask[BankAccounts]) -> Reply:
    """The account of the company; nobody chooses it."""
    bank = claims.bank_of(connection, ask.by.company)
    id = str(bank.id) if bank else NONE
    return Page((Row(id, masked_bank(bank)),), default=id)


def bank_card(connection: Connection, ask: Ask[BankCard]) -> Reply:
    """The numbers, masked; in full only for who may have them."""
    may = may_enter(ask.by)
    allowed = ("enter_bank_details",) if may else ()
    bank = claims.bank_of(connection, ask.by.company)
    if bank is None:
        waiting = claims.count_without_bank(connection, ask.by.company)
        wait = n_("{n} claim waits for them.", "{n} claims wait for them.")(n=waiting)
        lines = (_NOT_KNOWN, *((wait,) if waiting else ()), *(() if may else (_NOT_YOU,)))
        return Page(lines=lines, allowed=allowed)
    kept = _("Entered by {name} on {day}.")(name=bank.who, day=day_of(bank.at))
    if ask.request.cursor == "full" and may:
        full = _("VAT {vat}, IBAN {iban}")(vat=Copy(bank.vat), iban=Copy(bank.iban))
        return Page(lines=(full, kept), turns=(Turn(_("Hide"), ""),), allowed=allowed)
    turns = (Turn(_("Show in full"), "full"),) if may else ()
    return Page(lines=(masked_bank(bank), kept), turns=turns, allowed=allowed)


def may_enter_bank(_connection: Connection, ask: Ask[MayEnterBank]) -> Reply:
    """Nothing, when they may."""
    return Page() if may_enter(ask.by) else Page(lines=(_NOT_YOU,))


def vat_numbers(connection: Connection, ask: Ask[VatNumbers]) -> Reply:
    """The number that was typed, if its check digits are right; else the one that is known already."""
    known = claims.bank_of(connection, ask.by.company) if may_enter(ask.by) else None
    if known and not ask.request.text.strip():
        row = _kept(connection, ask, known.vat)
        return Page((row,), default=row.id)
    wrong = _("This VAT number is not right. It begins with the country, like BE 0123 456 789.")
    return _typed(connection, ask, vat_in, wrong)


def account_numbers(connection: Connection, ask: Ask[AccountNumbers]) -> Reply:
    """The number that was typed, if its check digits are right."""
    wrong = _("This IBAN is not right. Please type it again, as on your bank card or statement.")
    return _typed(connection, ask, iban_in, wrong)


_IBAN_BEGINS: Final = re.compile(r"\b[A-Z]{2}[ .-]?\d{2}")
_IBAN_ENDS: Final = re.compile(r"(?<=\w)(?!\w)(?![ .-]*\d)")
"""What may stand behind it: the code of the bank or a name, but no more digits."""
_IBAN_WRITTEN: Final = 70
"""Characters at most: 34, and a blank or a dot after each."""


def vat_in(words: str) -> str:
    """The VAT number as it is kept; "" when it is none. Ten digits alone are a Belgian one."""
    from stdnum.eu import vat  # deferred: it knows every country

    plain = words.strip().upper().removeprefix("BTW").removeprefix("TVA").removeprefix("VAT").strip(" :")
    for number in (plain, f"BE{plain}"):
        if vat.is_valid(number):
            return str(vat.compact(number))
    return ""


def iban_in(words: str) -> str:
    """The IBAN as it is kept; "" when it is none."""
    from stdnum import iban

    said = words.upper()
    ends = [end.start() for end in _IBAN_ENDS.finditer(said)]
    for begin in _IBAN_BEGINS.finditer(said):
        start = begin.start()
        near = ends[bisect_left(ends, begin.end()) : bisect_right(ends, start + _IBAN_WRITTEN)]
        for end in reversed(near):
            number = said[start:end]
            # Which banks a country has changes; the library's list of them may be older than the bank.
            if iban.is_valid(number, check_country=False):
                return str(iban.compact(number))
    return ""


def set_bank_details(connection: Connection, ask: Ask[SetBankDetails]) -> Reply:
    """Keep them, once, and tell the office of the company: nobody moves the money in silence."""
    if not may_enter(ask.by):
        return Refused("role")
    vat, iban = _number(connection, ask, ask.request.vat), _number(connection, ask, ask.request.iban)
    if not vat or not iban:
        return Refused("iban" if vat else "vat")
    people.lock_companies(connection, [ask.by.company])
    known = claims.bank_of(connection, ask.by.company)
    same = known is not None and (known.vat, known.iban) == (vat, iban)
    if not same and not claims.bank_kept_under(connection, ask.asked.key):
        row = {"key": ask.asked.key, "company": ask.by.company, "installer": ask.by.id, "at": ask.now}
        claims.keep_bank(connection, row | {"vat": vat, "iban": iban})
        _tell(connection, ask, iban)
    return Done({"masked": masked_bank(claims.bank_of(connection, ask.by.company))})


def _tell(connection: Connection, ask: Ask[SetBankDetails], iban: str) -> None:
    line = _("{name} changed where reimbursements of {company} are paid to: IBAN {iban}.\n"
             "Is that not right? Call our desk at once.")  # fmt: skip
    others = [
        each.id for each in people.with_roles(connection, ask.by.company, news.OFFICE) if each.id != ask.by.id
    ]
    news.tell(
        connection,
        others,
        line(name=ask.by.name, company=ask.by.company_name, iban=last_four(iban)),
        about="bank",
        key=ask.asked.key,
        title=letters.about_title(_("VAT and IBAN")),
        now=ask.now,
    )


def _typed(connection: Connection, ask: Ask[Any], read: Callable[[str], str], wrong: Phrase) -> Page:
    if not may_enter(ask.by):
        return nothing(_NOT_YOU)
    if not ask.request.text.strip():
        return Page()
    number = read(ask.request.text)
    if not number:
        return nothing(wrong)
    return Page((_kept(connection, ask, number),), exact=True)


def _kept(connection: Connection, ask: Ask[Any], number: str) -> Row:
    """The number, masked, under a token that names it."""
    token = typed_numbers.keep(connection, number, ask.asked.conversation, ask.by.company, ask.now)
    return Row(token, last_four(number))


def _number(connection: Connection, ask: Ask[SetBankDetails], token: str) -> str:
    """What was typed, as long as it is kept."""
    return typed_numbers.number_of(connection, token, ask.asked.conversation, ask.by.company, ask.now)
