"""Claims for labour that were sent: filing one, its card, and how it goes on (ESM-28 to 31)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from bot.services import bank, claim_deadlines, claim_rules, letters, news
from bot.services.asking import NOT_FOUND, Ask, nothing, part, start_of
from bot.services.claim_offers import claimant_text
from bot.services.days import today_of
from bot.services.devices import device_label
from bot.services.find_rmas import is_at, rma_number, rmas_at
from bot.services.money import amount_text
from bot.services.places import address_text
from bot.services.rma_card import mine
from bot.services.rma_rules import permits
from bot.services.serials import serials_in
from bot.services.words import day, day_of
from flows.engine.data import Started
from flows.engine.phrases import Copy, Day, Listed, Moment, Text, _, n_
from flows.engine.work import Done, Page, Refused, Reply, Row, Turn
from flows.requests.claims import ClaimCard, ClaimLabour, FindClaims
from storage import attachments, claims, people, rma_parts, rmas
from storage.claims import Claim
from storage.moments import moment
from storage.people import Installer
from storage.rmas import Rma, take_numbers

SHOWN = ("", "details", "history")


class NotAllowed(Exception):
    """A claim cannot pass from the one status to the other."""


def claim_labour(connection: Connection, ask: Ask[ClaimLabour]) -> Reply:
    """File it, once; a key that was used gives the claim made under it."""
    people.lock_companies(connection, {ask.by.company})
    known = claims.filed_under(connection, ask.asked.key)
    rma = mine(connection, ask.by, ask.request.rma)
    if rma is None:
        return NOT_FOUND
    if known:
        return _filed(known)
    files = _files(connection, ask)
    refusal = _refusal(connection, ask, rma, files)
    if refusal:
        return refusal
    row = _row(connection, ask, rma)
    if isinstance(row, Refused):
        return row
    claims.add(connection, row, files)
    _happened(connection, str(row["number"]), "submitted", ask.asked.key, ask.by.id, ask.now)
    replaced = claim_deadlines.replaced_day(connection, rma, ask.request.replaced_on, today_of(ask.now))
    assert replaced
    claim_deadlines.keep_replaced(connection, rma, replaced, ask.now)
    if row["bank"] is None:
        _ask_office(connection, ask, str(row["number"]))
    return _filed(str(row["number"]))


def pass_to(connection: Connection, claim: Claim, status: str, *, key: str, now: int) -> None:
    """Give a claim its next status and tell who sent it, and who follows its RMA. Raises NotAllowed."""
    if status not in claim_rules.NEXT[claim.status]:
        raise NotAllowed(f"{claim.status} to {status}")
    claims.change(connection, claim.number, {"status": status, "updated_at": now})
    _happened(connection, claim.number, status, key, None, now)
    line = _("Claim {number} for RMA {rma}: {status}.")(
        number=Copy(claim.number), rma=Copy(claim.rma), status=claim_rules.STATUS[status]
    )
    news.tell(
        connection,
        [claim.installer],
        line,
        about=f"rma {claim.rma}",
        key=key,
        title=_("Claim {number}")(number=claim.number),
        now=now,
    )


def find_claims(connection: Connection, ask: Ask[FindClaims]) -> Reply:
    """The claims of the company that the words may mean, latest first."""
    text, start = ask.request.text.strip(), start_of(ask.request.cursor)
    if not text:
        found = claims.of_company(connection, ask.by.company, start, 11)
        if not found:
            return Page(problems=(_("Your company has claimed no labour yet."),), over=True)
        shown, turns = part(found, start)
        return Page(tuple(map(_claim_row, shown)), turns=turns)
    number = rma_number("".join(sign for sign in text if sign.isdigit()) or "0")
    named = claims.with_number(connection, number) or claims.of_rma(connection, number)
    if named and named.company == ask.by.company:
        return Page((_claim_row(named),), exact=True)
    serials = serials_in(text).found
    meant = claims.for_serials(connection, ask.by.company, serials) if serials else []
    if meant:
        return Page(tuple(map(_claim_row, meant[:10])), exact=len(meant) == 1)
    at = rmas_at(connection, ask.by.company, text)
    sent = [claim for rma in at if (claim := claims.of_rma(connection, rma.number))]
    if not sent:
        return nothing(_("Not found in your claims."))
    only = len(sent) == 1 and all(is_at(rma, text) for rma in at if rma.number == sent[0].rma)
    return Page(tuple(map(_claim_row, sent[:10])), exact=only)


def claim_card(connection: Connection, ask: Ask[ClaimCard]) -> Reply:
    """One claim: where it is, what was claimed, what happened to it."""
    claim = own(connection, ask.by, ask.request.claim)
    if claim is None:
        return NOT_FOUND
    cursor = ask.request.cursor if ask.request.cursor in SHOWN else ""
    lines = {"details": _details, "history": _history}.get(cursor, _summary)(connection, claim)
    titles = {"": _("Summary"), "details": _("Details"), "history": _("History")}
    turns = tuple(Turn(titles[other], other) for other in SHOWN if other != cursor)
    return Page(lines=tuple(lines), turns=turns)


def own(connection: Connection, by: Installer, number: str) -> Claim | None:
    """The claim of that number, if it is one of this person's company."""
    found = claims.with_number(connection, rma_number(number))
    return found if found and found.company == by.company else None


def _refusal(connection: Connection, ask: Ask[ClaimLabour], rma: Rma, files: list[str]) -> Refused | None:
    if not permits(rma, ask.by, "claim_labour"):
        return Refused("not_yet")
    if claims.of_rma(connection, rma.number):
        return Refused("claimed")
    if claim_deadlines.replaced_day(connection, rma, ask.request.replaced_on, today_of(ask.now)) is None:
        return Refused("day")
    now_paid_to = claims.bank_of(connection, ask.by.company)
    if ask.request.account != (str(now_paid_to.id) if now_paid_to else bank.NONE):
        return Refused("account")
    return None if files else Refused("documents")


def _files(connection: Connection, ask: Ask[ClaimLabour]) -> list[str]:
    """The documents, sent in this chat; none when one of them is neither a photo nor a PDF."""
    files = attachments.of_chat(connection, ask.request.documents, ask.asked.conversation)
    return [file.id for file in files] if all(file.photo_or_pdf for file in files) else []


def _row(connection: Connection, ask: Ask[ClaimLabour], rma: Rma) -> dict[str, Any] | Refused:
    """The new claim, unless the address is of somebody else, or nobody can be called like that."""
    address = address_text(ask.request.address, ask.by, people.addresses_of(connection, [ask.by.company]))
    claimant = claimant_text(ask.request.claimant, ask.by)
    if address is None:
        return Refused("address")
    if claimant is None:
        return Refused("claimant")
    paid_to = claims.bank_of(connection, ask.by.company)
    return {
        "number": take_numbers(connection, "claim", 1)[0],
        "key": ask.asked.key,
        "company": ask.by.company,
        "installer": ask.by.id,
        "rma": rma.number,
        "status": "submitted",
        "replaced_on": ask.request.replaced_on,
        "claimant": claimant,
        "address": address,
        "bank": paid_to.id if paid_to else None,
        "created_at": ask.now,
        "updated_at": ask.now,
    }


def _ask_office(connection: Connection, ask: Ask[ClaimLabour], number: str) -> None:
    """Who may enter VAT number and IBAN is asked to."""
    office = people.with_roles(connection, ask.by.company, news.OFFICE)
    line = _("{name} claimed labour ({number}). VAT number and IBAN of {company} are still missing.")
    news.tell(
        connection,
        [each.id for each in office],
        line(name=ask.by.name, number=Copy(number), company=ask.by.company_name),
        about=f"claim {number}",
        key=ask.asked.key,
        title=letters.about_title(_("Labour reimbursement")),
        now=ask.now,
        asks=Started("bank_details"),
    )


def _happened(connection: Connection, number: str, status: str, key: str, by: int | None, now: int) -> None:
    row = {"key": key, "claim": number, "at": now, "status": status, "installer": by}
    claims.happened(connection, row)


def _filed(number: str) -> Done:
    return Done({"claim": number, "number": Copy(number)})


def _claim_row(claim: Claim) -> Row:
    about = _("{status}, RMA {rma}, {day}")(
        status=claim_rules.STATUS[claim.status], rma=claim.rma, day=Day(moment(claim.created_at).date())
    )
    return Row(claim.number, Copy(claim.number), about)


def _summary(connection: Connection, claim: Claim) -> list[Text]:
    paid_to = claims.bank(connection, claim.bank) if claim.bank else None
    amount: Text = _("The amount comes from the desk.")
    if claim.amount:
        amount = _("Amount, as the desk gave it: {amount}.")(amount=amount_text(claim.amount))
    return [
        _("{status}, RMA {rma}.")(status=claim_rules.STATUS[claim.status], rma=Copy(claim.rma)),
        amount,
        _("Paid to: {account}.")(account=bank.masked_bank(paid_to)),
    ]


def _details(connection: Connection, claim: Claim) -> list[Text]:
    """What the form of the manufacturer shows (ESM-29)."""
    rma = rmas.with_numbers(connection, [claim.rma])[claim.rma]
    lines = rma_parts.lines_of(connection, claim.rma)
    devices: list[Text] = [
        device_label(line.product, line.serial) if line.serial else _("label not readable") for line in lines
    ]
    count = claims.files_on(connection, claim.number)
    return [
        _("{system}: {devices}")(system=rma.system_name or _("no system"), devices=Listed(tuple(devices))),
        _("Replaced on {day}. Sent by {name} on {sent}.")(
            day=day(claim.replaced_on), name=claim.installer_name, sent=day_of(claim.created_at)
        ),
        _("Installer: {claimant}")(claimant=claim.claimant),
        _("Registered address: {address}")(address=Copy(claim.address)),
        n_("{n} document", "{n} documents")(n=count),
    ]


def _history(connection: Connection, claim: Claim) -> list[Text]:
    return [
        _("{moment}: {what} ({who})")(
            moment=Moment(moment(step.at)),
            what=claim_rules.STATUS[step.status],
            who=step.who or _("the desk"),
        )
        for step in reversed(claims.history_of(connection, claim.number))
    ]
