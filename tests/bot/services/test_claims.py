"""Labour reimbursement: the conditions, the deadlines, one claim for each RMA, where it is paid to."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, Row, select

from bot.services import claim_deadlines, claim_rules, office
from bot.services.bank import iban_in, vat_in
from bot.services.claim_rules import STATUS
from bot.services.claims import NotAllowed, pass_to
from bot.services.hire import hire
from bot.services.office import Changed, Deed, Wrong
from bot.services.office_sheet import sheet
from flows.engine.phrases import Copy, Day, Euros, Lines, Listed, Phrase, Text, _
from flows.engine.work import Page, Refused
from flows.requests import AddToRma, ForgetMe, RmaCard
from flows.requests.claims import (
    AccountNumbers,
    BankAccounts,
    BankCard,
    BankMissing,
    ClaimCard,
    ClaimCheck,
    ClaimDeadline,
    ClaimLabour,
    FindClaims,
    MayEnterBank,
    ReplacementDays,
    RmasToClaim,
    SetBankDetails,
    SetReplaced,
    VatNumbers,
    WhyNoClaim,
)
from storage import agents, claims, desk_tables, effects, followers, request_tables, rmas, typed_numbers
from storage.claim_tables import bank_details
from storage.claim_tables import claims as claim_rows
from storage.moments import micros, moment
from storage.office_tables import news
from storage.return_tables import returns
from storage.schema import metadata
from storage.tables import attachments
from tests.bot.services.conftest import AMELIE, ELS, JAN, KOEN, NOW, TINE, Counter

APPROVED, LAST_DAYS, SHIPPED, CLAIMED = "00517622", "00517617", "00517621", "00517616"
IN_PROGRESS = "00517624"
PAID = "00039992"
IBAN, VAT = "BE68539007547034", "BE0417497106"
AT = micros(NOW)
YES, NO, UNKNOWN = "✓ Yes: {what}", "✗ No: {what}", "… Not known yet: {what}"


def a_claim(counter: Counter, rma: str = APPROVED, sender: str = ELS, **other: object) -> ClaimLabour:
    """A claim as the flow fills it in."""
    (account,) = counter.page(BankAccounts(), sender).rows
    given = {
        "replaced_on": "2026-11-10",
        "claimant": "me",
        "address": "Kerkstraat 1, 3000 Leuven",
        "account": account.id,
        "documents": (counter.attach(f"invoice {rma} {sender}", sender),) if "documents" not in other else (),
    }
    return ClaimLabour(rma, **{**given, **other})  # type: ignore[arg-type]


def conditions(counter: Counter, rma: str, replaced_on: str = "2026-11-10") -> list[tuple[str, str]]:
    """The five of an RMA: how each stands, and in which words."""
    five = counter.page(ClaimCheck(rma, replaced_on)).lines[0]
    assert isinstance(five, Lines)
    said = [list(_words(each)) for each in five.items]
    return [(each[0], each[-1]) for each in said]


def holds(counter: Counter, rma: str, place: int, replaced_on: str = "2026-11-10") -> str:
    """How one of the five stands."""
    return conditions(counter, rma, replaced_on)[place][0]


def device_change(counter: Counter, rma: str, **values: object) -> None:
    """Let the devices of an RMA be otherwise."""
    lines, devices = request_tables.rma_lines.c, desk_tables.devices
    serials = select(lines.serial).where(lines.rma == rma)
    counter.connection.execute(devices.update().where(devices.c.serial.in_(serials)).values(**values))


# --- the five conditions --------------------------------------------------------------------------


@pytest.mark.row("PORTAL-27")
def test_only_microinverters_are_known_to_be_eligible(counter: Counter) -> None:
    """For any other product the manufacturer says it, so we do not know."""
    device_change(counter, APPROVED, kind="microinverter")
    assert holds(counter, APPROVED, 0) == YES
    device_change(counter, APPROVED, kind="gateway")
    assert holds(counter, APPROVED, 0) == UNKNOWN


@pytest.mark.row("PORTAL-27")
def test_a_fault_that_the_monitoring_shows_was_monitored(counter: Counter) -> None:
    """A silent device was seen; a damaged one that reports, perhaps."""
    device_change(counter, APPROVED, status="not_reporting")
    assert holds(counter, APPROVED, 1) == YES
    device_change(counter, APPROVED, status="normal")
    assert holds(counter, APPROVED, 1) == UNKNOWN


@pytest.mark.row("PORTAL-27")
@pytest.mark.parametrize(
    ("installed", "stands"),
    [("2024-11-21", YES), ("2024-11-20", YES), ("2024-11-19", NO), ("2022-01-01", NO), (None, UNKNOWN)],
)
def test_two_years_count_from_the_installation(counter: Counter, installed: str | None, stands: str) -> None:
    """Today, 20 November 2026, is the last day of what was installed on 20 November 2024."""
    device_change(counter, APPROVED, installed_on=installed)
    assert holds(counter, APPROVED, 2) == stands


@pytest.mark.row("PORTAL-27")
def test_what_must_go_back_is_received_first(counter: Counter) -> None:
    """No until announced, not known until received, then yes; when nothing is wanted back: not known."""
    assert conditions(counter, APPROVED)[3] == (NO, "the device must go back first")
    connection = counter.connection
    moved = returns.update().where(returns.c.rma == SHIPPED)
    connection.execute(moved.values(status="in_transit"))
    assert conditions(counter, SHIPPED)[3] == (UNKNOWN, "the device is on its way back, not received yet")
    connection.execute(moved.values(status="received"))
    assert conditions(counter, SHIPPED)[3] == (YES, "the device was received")
    rmas.change(connection, APPROVED, {"return_address": ""})
    assert conditions(counter, APPROVED)[3] == (UNKNOWN, "whether the device must go back")


@pytest.mark.row("PORTAL-27")
@pytest.mark.parametrize(
    ("replaced", "stands"), [("2026-11-20", YES), ("2026-08-22", YES), ("2026-08-21", NO), ("2026-05-01", NO)]
)
def test_three_months_are_never_more_than_ninety_days(counter: Counter, replaced: str, stands: str) -> None:
    """The stricter reading: from 22 August to 20 November is 90 days."""
    assert holds(counter, APPROVED, 4, replaced) == stands


@pytest.mark.row("PORTAL-27")
@pytest.mark.parametrize(("installed", "last"), [("2023-06-01", "2025-05-31"), ("2024-06-01", "2026-06-01")])
def test_two_years_are_never_more_than_730_days(counter: Counter, installed: str, last: str) -> None:
    """The stricter reading: with a 29 February in between, two years are a day too long."""
    device_change(counter, APPROVED, installed_on=installed)
    rma = rmas.with_numbers(counter.connection, [APPROVED])[APPROVED]
    devices = claim_rules.known_devices(counter.connection, rma)
    assert claim_rules.limits(rma, devices, "").years == datetime.date.fromisoformat(last)


@pytest.mark.row("PORTAL-27")
def test_the_stricter_of_both_days_is_the_last_one_and_nothing_is_promised(counter: Counter) -> None:
    """Replaced three days ago, installed almost two years ago: nine days are left."""
    page = counter.page(ClaimCheck(LAST_DAYS, "2026-11-17"))
    left, who_decides = page.lines[1:]
    assert isinstance(left, Phrase)
    assert left.gaps["n"] == 9
    assert isinstance(who_decides, Phrase)
    assert who_decides.msgid == "You can send it in any case: the desk decides."
    late = counter.page(ClaimCheck(LAST_DAYS, "2026-01-05")).lines[1]
    assert isinstance(late, Phrase)
    assert late.msgid.startswith("The last day was {day}.")


# --- until when -----------------------------------------------------------------------------------


@pytest.mark.row("ESM-28", "PORTAL-27")
def test_what_can_be_claimed_now_comes_by_its_last_day(counter: Counter) -> None:
    """Approved or shipped, without a claim, the nearest first."""
    page = counter.page(RmasToClaim())
    assert [row.id for row in page.rows] == [LAST_DAYS, SHIPPED, APPROVED]
    nearest = page.rows[0].detail
    assert isinstance(nearest, Phrase)
    assert nearest.gaps["n"] == 9
    counter.done(a_claim(counter, LAST_DAYS))
    assert [row.id for row in counter.page(RmasToClaim()).rows] == [SHIPPED, APPROVED]


@pytest.mark.row("PORTAL-27")
def test_the_day_of_the_replacement_moves_the_last_day(counter: Counter) -> None:
    """The window begins when it is approved, and counts from the day that is told."""
    connection = counter.connection
    counter.done(SetReplaced(APPROVED, "2026-11-19"))
    window = claims.window(connection, APPROVED)
    assert window
    assert (window.replaced_on, window.last_day) == ("2026-11-19", "2027-02-17")
    for day in ("2026-11-21", "1999-01-01", "soon"):
        assert counter.ask(SetReplaced(APPROVED, day)) == Refused("day")
    assert counter.ask(SetReplaced(IN_PROGRESS, "2026-11-19")) == Refused("not_yet")
    assert counter.ask(SetReplaced(CLAIMED, "2026-11-19")) == Refused("claimed")


@pytest.mark.row("PORTAL-27")
def test_nothing_is_replaced_before_it_was_installed(counter: Counter) -> None:
    """The day of the installation is said, and nothing goes around it; that very day is good."""
    device_change(counter, APPROVED, installed_on="2024-12-01")
    page = counter.page(ReplacementDays(APPROVED, "1/1/2020"))
    assert page.problems == (
        _("That is before the installation on {day}.")(day=Day(datetime.date(2024, 12, 1))),
    )
    assert not page.exact
    assert counter.page(ReplacementDays(APPROVED, "1/12/2024")).exact
    assert counter.ask(SetReplaced(APPROVED, "2024-11-30")) == Refused("day")
    assert counter.ask(a_claim(counter, replaced_on="2020-01-01")) == Refused("day")


@pytest.mark.row("PORTAL-27")
def test_a_device_that_is_added_moves_the_last_day(counter: Counter) -> None:
    """The earliest of all devices counts, also in the list; the day of the replacement stays."""
    connection = counter.connection
    counter.done(SetReplaced(APPROVED, "2026-11-19"))
    rma = rmas.with_numbers(connection, [APPROVED])[APPROVED]
    serial, devices = counter.serials_of(str(rma.system))[0], desk_tables.devices
    connection.execute(devices.update().where(devices.c.serial == serial).values(installed_on="2024-12-01"))
    counter.done(AddToRma(APPROVED, (), (serial,)))
    window = claims.window(connection, APPROVED)
    assert window
    assert (window.replaced_on, window.last_day) == ("2026-11-19", "2026-12-01")


@pytest.mark.row("PORTAL-27")
def test_reminders_come_30_14_and_3_days_before_each_once(counter: Counter) -> None:
    """Looked at every few hours for months, in two processes at a time, with nobody there for days."""
    connection = counter.connection
    counter.done(SetReplaced(APPROVED, "2026-11-20"))  # 18 February
    for hours in range(0, 120 * 24, 7):
        if not 60 * 24 < hours < 64 * 24:  # the process is down when the first one is due
            for _process in range(2):
                claim_deadlines.remind(connection, NOW + datetime.timedelta(hours=hours))
    days = [
        datetime.date(2027, 2, 18) - moment(row.created_at).date()
        for row in told(connection, f"rma {APPROVED}")
    ]
    assert [left.days for left in days] == [26, 14, 3]


def told(connection: Connection, about: str = "") -> list[Row[Any]]:
    """What was told, in order."""
    rows = connection.execute(select(news).order_by(news.c.created_at, news.c.id))
    return [row for row in rows if about in ("", row.about)]


@pytest.mark.row("PORTAL-27")
def test_nobody_is_reminded_of_what_is_claimed_or_cancelled(counter: Counter) -> None:
    """The timers of both stop; a card from before says what happened."""
    connection = counter.connection
    counter.done(a_claim(counter, LAST_DAYS))
    rmas.change(connection, APPROVED, {"status": "cancelled"})
    before = len(told(connection))
    for days in range(120):
        claim_deadlines.remind(connection, NOW + datetime.timedelta(days=days))
    new = told(connection)[before:]
    ours = {row.about for row in new} & {f"rma {number}" for number in (LAST_DAYS, APPROVED, SHIPPED)}
    assert ours == {f"rma {SHIPPED}"}
    assert counter.permitted(ClaimDeadline(LAST_DAYS)) == ("track_rma",)
    assert counter.permitted(ClaimDeadline(APPROVED)) == ("track_rma",)


# --- where it is paid to --------------------------------------------------------------------------


@pytest.mark.row("ESM-30")
@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("BE 0417 497 106", VAT), ("be0417497106", VAT), ("0417.497.106", VAT), ("BTW BE 0417.497.106", VAT),
        ("NL004495445B01", "NL004495445B01"), ("FR40303265045", "FR40303265045"),
        ("LU15027442", "LU15027442"),
        ("BE 0417 497 107", ""), ("BE 417", ""), ("12", ""), ("", ""), ("🙂", ""), ("XX0417497106", ""),
    ],
)  # fmt: skip
def test_a_vat_number_has_right_check_digits(typed: str, kept: str) -> None:
    """However it is written; ten digits alone are a Belgian one."""
    assert vat_in(typed) == kept


@pytest.mark.row("ESM-30")
@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("BE68 5390 0754 7034", IBAN), ("be68539007547034", IBAN), ("IBAN: BE68-5390-0754-7034", IBAN),
        ("NL91 ABNA 0417 1643 00", "NL91ABNA0417164300"),
        ("FR14 2004 1010 0505 0001 3M02 606", "FR1420041010050500013M02606"),
        ("BE68 5390 0754 7034 KREDBEBB", IBAN), ("rekening BE 68 5390 0754 7034, BIC KREDBEBB.", IBAN),
        ("BE12 " * 800 + "BE68 5390 0754 7034", IBAN),
        ("BE68 5390 0754 7034 1", ""), ("BE69 5390 0754 7034", ""), ("BE68 5390 0754", ""),
        ("539-0075470-34", ""), ("", ""), ("🙂", ""),
    ],
)  # fmt: skip
def test_an_iban_has_right_check_digits(typed: str, kept: str) -> None:
    """However it is written."""
    assert iban_in(typed) == kept


def numbers(counter: Counter, vat: str = VAT, iban: str = IBAN) -> SetBankDetails:
    """Both numbers, as the office has just typed them in its chat."""
    pages = counter.page(VatNumbers(vat), TINE), counter.page(AccountNumbers(iban), TINE)
    return SetBankDetails(*(page.rows[0].id for page in pages))


@pytest.mark.row("ESM-30")
def test_what_was_typed_is_of_one_chat_and_company_for_a_day(counter: Counter) -> None:
    """A token from elsewhere, one of yesterday, or the plain number itself names nothing."""
    typed = numbers(counter)
    assert counter.ask(typed, KOEN) == Refused("vat")
    assert counter.ask(SetBankDetails(VAT, IBAN), TINE) == Refused("vat")
    assert counter.ask(SetBankDetails(typed.vat, IBAN), TINE) == Refused("iban")
    assert counter.ask(typed, TINE, at=NOW + datetime.timedelta(days=1)) == Refused("vat")
    typed_numbers.forget_old(counter.connection, NOW + datetime.timedelta(days=1))
    assert counter.ask(typed, TINE) == Refused("vat")


@pytest.mark.row("ESM-30")
def test_only_the_office_enters_and_reads_where_it_is_paid_to(counter: Counter) -> None:
    """A technician is refused at every step, sees the last four signs, and never gets them in full."""
    assert counter.ask(SetBankDetails("", ""), ELS) == Refused("role")
    assert counter.page(MayEnterBank(), ELS).lines
    assert not counter.page(VatNumbers(VAT), ELS).rows
    assert not counter.page(MayEnterBank(), TINE).lines
    (row,) = counter.page(VatNumbers(VAT), TINE).rows
    assert row.label == "••••7106"
    assert VAT not in row.id
    counter.done(numbers(counter), TINE)
    assert IBAN in words(counter.page(BankCard("full"), TINE))
    for sender, cursor in ((ELS, "full"), (ELS, ""), (TINE, "")):
        page = counter.page(BankCard(cursor), sender)
        assert {"••••7106", "••••7034"} <= set(words(page)), sender
        assert not {IBAN, VAT} & set(words(page))
    assert counter.page(BankCard("full"), ELS).turns == ()


def words(page: Page) -> list[str]:
    """The sentences of a card and all that is filled in."""
    return [word for line in page.lines for word in _words(line)]


def _words(text: Text) -> Iterator[str]:
    match text:
        case Phrase(msgid, gaps):
            yield msgid
            for gap in gaps.values():
                yield from _words(gap)
        case Lines(items) | Listed(items):
            for item in items:
                yield from _words(item)
        case Copy(word) | (str() as word):
            yield word


@pytest.mark.row("ESM-30")
def test_the_numbers_are_kept_once_and_remembered_nowhere_else(counter: Counter) -> None:
    """In no effect, letter or news; a new number does not change what a claim was sent with."""
    connection = counter.connection
    request = numbers(counter)
    effects.answer_once(connection, [counter.asked(request, TINE, "k")], counter.desk.answer, NOW)
    effects.answer_once(connection, [counter.asked(request, TINE, "k")], counter.desk.answer, NOW)
    first = counter.done(a_claim(counter, APPROVED)).values["claim"]
    counter.done(numbers(counter, "NL004495445B01", "NL91ABNA0417164300"), TINE)
    found = claims.with_number(connection, str(first))
    assert found
    assert found.bank
    kept = claims.bank(connection, found.bank)
    assert kept
    assert (kept.vat, kept.iban) == (VAT, IBAN)
    for table in metadata.sorted_tables:
        if table.name not in ("bank_details", "typed_numbers"):
            rows = [tuple(row) for row in connection.execute(select(table))]
            assert IBAN not in str(rows), table.name
            assert VAT not in str(rows), table.name


@pytest.mark.row("ESM-30")
def test_every_change_is_told_to_the_rest_of_the_office(counter: Counter) -> None:
    """Nobody moves the money in silence; the same numbers again are no change."""
    connection = counter.connection
    counter.done(numbers(counter), TINE)
    counter.done(numbers(counter), TINE)
    (row,) = told(connection, "bank")
    assert "7034" in row.line
    heard = connection.scalar(
        select(desk_tables.installers.c.name).where(desk_tables.installers.c.id == row.installer)
    )
    assert heard == "Koen Baeten"


@pytest.mark.row("ESM-30")
def test_the_account_is_that_of_the_own_company(counter: Counter) -> None:
    """What another company entered is not seen, and its claim is paid elsewhere."""
    counter.done(numbers(counter), TINE)
    assert "••••7034" not in words(counter.page(BankCard(), AMELIE))
    (ours,) = counter.page(BankAccounts(), TINE).rows
    theirs = a_claim(counter, "00517610", AMELIE, account=ours.id)
    assert counter.ask(theirs, AMELIE) == Refused("account")


@pytest.mark.row("ESM-30")
def test_a_claim_without_an_account_asks_the_office_for_it(counter: Counter) -> None:
    """It is filed all the same, and paid to what is entered after it."""
    connection = counter.connection
    connection.execute(claim_rows.update().values(bank=None))
    connection.execute(bank_details.delete())
    assert counter.permitted(BankMissing(), ELS) == ()
    assert counter.permitted(BankMissing(), TINE) == ("enter_bank_details",)
    number = str(counter.done(a_claim(counter)).values["claim"])
    asked = told(connection, f"claim {number}")
    assert len(asked) == 2
    assert "bank_details" in asked[0].asks
    assert "{n} claim waits for them." in words(counter.page(BankCard(), TINE))
    counter.done(numbers(counter), TINE)
    found = claims.with_number(connection, number)
    assert found
    assert found.bank
    assert not counter.page(BankMissing(), ELS).lines


# --- the claim itself -----------------------------------------------------------------------------


@pytest.mark.row("ESM-28", "ESM-31")
def test_an_rma_is_claimed_once_and_then_followed(counter: Counter) -> None:
    """The same key gives the same claim, a colleague's is refused; the card offers to follow it."""
    assert "claim_labour" in counter.permitted(RmaCard(APPROVED))
    assert "track_claim" not in counter.permitted(RmaCard(APPROVED))
    request = a_claim(counter)
    number = counter.done(request, key="once").values["claim"]
    assert counter.done(request, key="once").values["claim"] == number
    assert counter.ask(a_claim(counter, sender=JAN), JAN) == Refused("claimed")
    allowed = counter.permitted(RmaCard(APPROVED))
    assert "track_claim" in allowed
    assert "claim_labour" not in allowed
    assert counter.permitted(WhyNoClaim(APPROVED)) == ("track_claim",)
    assert [row.id for row in counter.page(FindClaims(APPROVED)).rows] == [number]


@pytest.mark.row("ESM-28")
def test_before_approval_it_is_said_what_comes_first(counter: Counter) -> None:
    """And nothing can be sent around it."""
    assert counter.permitted(WhyNoClaim(IN_PROGRESS)) == ("track_rma", "follow_rma")
    assert counter.ask(a_claim(counter, IN_PROGRESS)) == Refused("not_yet")
    assert not counter.page(WhyNoClaim(APPROVED)).lines


@pytest.mark.row("ESM-29", "ESM-30")
def test_only_photos_and_pdfs_of_this_chat_come_with_it(counter: Counter) -> None:
    """Nothing at all, somebody else's and a table are refused."""
    theirs = counter.attach("theirs", AMELIE)
    table = counter.attach("table")
    wrong = attachments.update().where(attachments.c.id == table)
    counter.connection.execute(wrong.values(media_type="application/vnd.ms-excel"))
    for documents in ((), (theirs,), (table,), ("no such file",)):
        assert counter.ask(a_claim(counter, documents=documents)) == Refused("documents")


@pytest.mark.row("ESM-29")
def test_the_amount_is_shown_as_the_desk_gave_it(counter: Counter) -> None:
    """Nothing is computed: before the desk gives it there is none. What is no amount is not kept."""
    number = str(counter.done(a_claim(counter)).values["claim"])
    assert "The amount comes from the desk." in words(counter.page(ClaimCard(number)))
    for typed in ("12O,5", "-5", "0", "0,00", "1.200,50", "120,505", "10000,01", "CAD 200.0"):
        with pytest.raises(Wrong):
            office.keep(counter.connection, deed(counter, typed, number), "amount", "", typed)
    for key in ("once", "once"):
        office.keep(counter.connection, deed(counter, key, number), "amount", "", "120,5")
    told_then = [row for row in told(counter.connection, f"claim {number}") if "12050" in row.line]
    amount = counter.page(ClaimCard(number)).lines[1]
    assert isinstance(amount, Phrase)
    assert Euros(12050) in amount.gaps.values()
    with pytest.raises(Changed):
        office.keep(counter.connection, deed(counter, "late", number), "amount", "", "1 EUR")
    assert len(told_then) == 1


@pytest.mark.row("ESM-29")
def test_an_amount_of_before_they_were_checked_stays_readable(counter: Counter) -> None:
    """As the desk wrote it then."""
    counter.connection.execute(claim_rows.update().values(amount="200.00 EUR"))
    assert "200.00 EUR" in words(counter.page(ClaimCard(PAID)))


@pytest.mark.row("ESM-29", "ESM-31")
def test_the_card_shows_what_was_sent_and_what_happened(counter: Counter) -> None:
    """Where it is, the form of the manufacturer, and each step with who made it."""
    request = a_claim(counter)
    number = str(counter.done(request).values["claim"])
    for seen, status in (("submitted", "in_review"), ("in_review", "approved"), ("approved", "paid")):
        office.pass_to(counter.connection, deed(counter, f"to {status}", number), seen, status)
    details = counter.page(ClaimCard(number, "details"))
    assert "Kerkstraat 1, 3000 Leuven" in words(details)
    assert "{n} document" in words(details)
    history = words(counter.page(ClaimCard(number, "history")))
    statuses = [word for word in history if word in {str(each.msgid) for each in STATUS.values()}]
    assert statuses == ["Paid", "Claim approved", "Being looked at", "With our desk"]
    assert history[-1] == "Els Wouters"


@pytest.mark.row("ESM-31")
def test_who_sent_it_and_who_follows_the_rma_hear_of_each_step_once(counter: Counter) -> None:
    """A step that is not offered is refused."""
    connection = counter.connection
    number = str(counter.done(a_claim(counter)).values["claim"])
    before = len(told(connection))
    for _time in range(2):
        office.pass_to(connection, deed(counter, "once", number), "submitted", "in_review")
    heard = [row.installer for row in told(connection)[before:]]
    following = {each.installer for each in followers.followers_of(connection, APPROVED)}
    claim = claims.with_number(connection, number)
    assert claim
    assert sorted(heard) == sorted({claim.installer, *following})
    with pytest.raises(NotAllowed):
        pass_to(connection, claim._replace(status="paid"), "submitted", key="x", now=AT)


def deed(counter: Counter, key: str, number: str) -> Deed:
    """Something that somebody at the desk does now."""
    if agents.with_login(counter.connection, "mia") is None:
        hire(counter.connection, "mia", "Mia", "agent", "nl")
    lock = agents.with_login(counter.connection, "mia")
    assert lock
    return Deed(lock.agent, f"claim {number}", key, AT)


@pytest.mark.row("ESM-29", "ESM-30")
def test_the_desk_copies_it_for_the_portal_in_the_order_of_the_form(counter: Counter) -> None:
    """With the account in full: somebody must type it there. Nowhere else on the sheet."""
    counter.done(numbers(counter), TINE)
    number = str(counter.done(a_claim(counter)).values["claim"])
    page = sheet(counter.connection, f"claim {number}")
    assert page
    titles = [title.msgid for title, _value in page.portal]
    assert titles == [
        "RMA", "Serial numbers", "Replaced on", "Installer", "Registered address", "VAT number", "IBAN",
        "Documents",
    ]  # fmt: skip
    assert (dict(zip(titles, page.portal, strict=True))["IBAN"])[1] == IBAN
    assert IBAN not in str(page.facts)


@pytest.mark.row("PORTAL-27")
def test_the_desk_sees_the_conditions_as_they_were_read_to_the_installer(counter: Counter) -> None:
    """With the system of the RMA and the last day, also when the desk looks later."""
    request = a_claim(counter)
    read = counter.page(ClaimCheck(request.rma, request.replaced_on)).lines[0]
    number = str(counter.done(request).values["claim"])
    page = sheet(counter.connection, f"claim {number}")
    assert page
    facts = {title.msgid: value for title, value in page.facts}
    assert facts["Five conditions"] == read
    rma = rmas.with_numbers(counter.connection, [request.rma])[request.rma]
    assert facts["System"] == Copy(rma.system or "")
    assert isinstance(facts["Last day to claim"], Day)


def test_who_is_forgotten_leaves_a_claim_without_a_name(counter: Counter) -> None:
    """The claim stays with the company."""
    number = str(counter.done(a_claim(counter)).values["claim"])
    counter.done(ForgetMe())
    found = claims.with_number(counter.connection, number)
    assert found
    assert (found.claimant, found.installer_name, found.status) == ("", "—", "submitted")


@pytest.mark.row("ESM-30")
def test_what_is_wrong_in_a_claim_is_what_is_asked_again(counter: Counter) -> None:
    """An address of somebody else, or a name without a number: not the RMA."""
    file = counter.attach("invoice")
    for refused, wrong in (("address", "a:987654"), ("address", "x"), ("claimant", "Els")):
        assert counter.ask(a_claim(counter, documents=(file,), **{refused: wrong})) == Refused(refused)
