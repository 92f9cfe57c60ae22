"""A desk of plain rules behind the real flows: what it finds depends on the words typed."""

from __future__ import annotations

from msgspec import structs

from flows.engine.data import Request
from flows.engine.phrases import Copy, Phrase, Text
from flows.engine.work import Done, Page, Refused, Reply, Row, Turn
from flows.requests import (
    WRITES,
    BatteryRules,
    DeliveryAddresses,
    FindSystems,
    ForgetMe,
    FoundCard,
    KeptAboutMe,
    LinkChat,
    ListRequests,
    MayChangeStaff,
    Notifications,
    OpenRmas,
    OtherAddress,
    OtherMailbox,
    Profile,
    ReportAddresses,
    ReportDays,
    ReportSystems,
    ReturnAddress,
    ReturnCard,
    RmaCard,
    SiteContacts,
    Staff,
    Subjects,
    SystemCard,
    UnlinkChat,
    WaysToReach,
    WhoIsThis,
    WhyNoReturn,
)
from flows.requests.cashback import CashbackCard, CashbackGuide, MayRegister
from flows.requests.claims import (
    BankAccounts,
    BankCard,
    BankMissing,
    Claimants,
    ClaimCard,
    ClaimCheck,
    ClaimDeadline,
    MayEnterBank,
    RegisteredAddresses,
    WhyNoClaim,
)

SUGGESTED = (
    BankAccounts,
    Claimants,
    RegisteredAddresses,
    ReportDays,
    ReportSystems,
    ReportAddresses,
    Subjects,
    DeliveryAddresses,
    SiteContacts,
    WaysToReach,
    ReturnAddress,
)
NOTES = (
    WhyNoReturn,
    BatteryRules,
    OtherAddress,
    OtherMailbox,
    MayRegister,
    WhyNoClaim,
    ClaimCheck,
    BankMissing,
    MayEnterBank,
    MayChangeStaff,
)
"""Cards that are there only when there is something to say."""
CARDS = (
    SystemCard,
    RmaCard,
    ReturnCard,
    FoundCard,
    CashbackCard,
    CashbackGuide,
    WhoIsThis,
    Profile,
    KeptAboutMe,
    Staff,
    Notifications,
    ClaimCard,
    ClaimDeadline,
    BankCard,
)


def reply_to(request: Request, mood: str) -> Reply:
    """The reply in this mood: good, unlinked, refusing, empty."""
    if mood == "unlinked":
        return Refused("unlinked")
    if isinstance(request, WRITES):
        return done_or_refused(request, mood)
    if mood == "refusing" and isinstance(request, CARDS):
        return Refused("not_found")
    if isinstance(request, OpenRmas):
        return Page((Row("00517624", Copy("00517624")),) if mood == "empty" else ())
    if isinstance(request, NOTES):
        return Page(lines=("Not like this.",) if mood == "empty" else ())
    if isinstance(request, CARDS):
        return Page(lines=("One line.",), turns=(Turn("More", "details"),))
    page = page_of(request, getattr(request, "text", ""), mood)
    if isinstance(request, ListRequests):
        return structs.replace(page, view=f"{request.cursor[-20:]}{request.text[-20:]}")
    return page


def page_of(request: Request, text: str, mood: str) -> Page:
    """Rows: one that was named, several that resemble, or none with a problem."""
    if mood == "empty" or "nothing" in text:
        return Page(problems=(Phrase("Not found: {text}")(text=text[:20]),) if text else ())
    if not text:
        rows = tuple(Row(f"row {n}", f"Row {n}", "a detail") for n in range(4))
        default = rows[0].id if isinstance(request, SUGGESTED) and mood != "refusing" else ""
        return Page(rows, turns=(Turn("More", "4"),), default=default)
    named = tuple(Row(word, Copy(word)) for word in dict.fromkeys(text[:200].split()))[:10]
    problems: tuple[Text, ...] = ("One of them is odd.",) if "odd" in text else ()
    besides = {"devices": text} if isinstance(request, FindSystems) and text.isdigit() else {}
    return Page(named, exact="several" not in text and bool(named), problems=problems, besides=besides)


def done_or_refused(request: Request, mood: str) -> Reply:
    """A write: done with all its gaps, or refused for one of its reasons."""
    reasons = [reason for reason in type(request).refusals if reason != "unlinked"]
    if mood == "refusing" and reasons:
        return Refused(reasons[len(reasons) // 2])
    forget = isinstance(request, UnlinkChat | ForgetMe) or (
        isinstance(request, LinkChat) and "odd" in request.code
    )
    return Done(dict.fromkeys(type(request).gaps, "00517625"), forget=forget)
