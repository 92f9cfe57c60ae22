"""Finding an RMA, its card, and what can be changed on it."""

from __future__ import annotations

import pytest

from bot.services.items import RMA_NEXT
from bot.services.rma_changes import NotAllowed, pass_to
from flows.engine.phrases import Copy, Lines, Phrase, Text, _
from flows.engine.work import Done, Page, Refused
from flows.requests import (
    AddNote,
    AddToRma,
    CorrectAddress,
    FindRmas,
    FollowRma,
    RmaCard,
    RmasToAddTo,
    RmasToRedirect,
    RmasToWithdraw,
    WithdrawRma,
)
from storage import mails, outbox, rma_parts, rmas
from storage.moments import micros
from storage.rmas import Rma
from storage.tables import conversations
from tests.bot.services.conftest import ELS, JAN, NOW, PEETERS, TINE, Counter

OPEN = "00517624"
"""In progress, filed by Jan for Peeters."""
AT = micros(NOW)


def rma_of(counter: Counter, number: str = OPEN) -> Rma:
    """The RMA as stored."""
    return rmas.with_numbers(counter.connection, [number])[number]


def with_status(counter: Counter, status: str) -> str:
    """The number of an RMA of the company with this status."""
    return next(rma.number for rma in rmas.latest(counter.connection, 1, 0, 50) if rma.status == status)


def msgids(texts: tuple[Text, ...]) -> list[str]:
    """The sentences, without their gaps."""
    return [text.msgid for text in texts if isinstance(text, Phrase)]


@pytest.mark.parametrize(
    "typed", [OPEN, "517624", "rma 517624", "RMA nr. 00517624", "#517624", "122145001234", "1221 4500 1234"]
)
@pytest.mark.row("ESM-09", "ESM-48")
def test_a_number_finds_the_rma(counter: Counter, typed: str) -> None:
    """With or without zeros, or by the serial of the device."""
    page = counter.page(FindRmas(typed))
    assert [row.id for row in page.rows] == [OPEN]
    assert page.exact


def test_a_system_finds_its_rmas(counter: Counter) -> None:
    """By id or by name."""
    assert [row.id for row in counter.page(FindRmas(PEETERS)).rows] == [OPEN]
    assert OPEN in [row.id for row in counter.page(FindRmas("peeters")).rows]


def test_nothing_typed_gives_the_latest(counter: Counter) -> None:
    """Latest first, five at a time."""
    page = counter.page(FindRmas())
    numbers = [row.id for row in page.rows]
    assert len(numbers) == 5
    assert numbers[0] == OPEN
    rest = counter.page(FindRmas(cursor=page.turns[0].cursor))
    assert not set(numbers) & {row.id for row in rest.rows}


@pytest.mark.parametrize(
    ("kind", "statuses"),
    [
        (RmasToAddTo, {"in_progress", "pending_approval", "approved"}),
        (RmasToRedirect, {"in_progress", "pending_approval", "approved"}),
        (RmasToWithdraw, {"in_progress"}),
    ],
)
def test_only_what_can_be_changed_is_listed(
    counter: Counter, kind: type[FindRmas], statuses: set[str]
) -> None:
    """The list and the buttons of the card follow one rule."""
    rows = counter.page(kind(), TINE).rows
    assert {rma_of(counter, row.id).status for row in rows} == statuses
    for row in rows:
        assert kind.permits in counter.permitted(RmaCard(row.id), TINE)


def test_a_technician_is_offered_only_their_own_to_withdraw(counter: Counter) -> None:
    """Els did not file the one of Jan."""
    assert OPEN in [row.id for row in counter.page(RmasToWithdraw(), JAN).rows]
    assert OPEN not in [row.id for row in counter.page(RmasToWithdraw(), ELS).rows]


def test_where_it_goes_now_stands_beside_the_number(counter: Counter) -> None:
    """So that the review of another address shows both."""
    label = counter.page(RmasToRedirect(OPEN)).rows[0].label
    assert isinstance(label, Phrase)
    assert label.gaps["address"] == Copy(rma_of(counter).shipping_address)


def test_what_is_not_there_is_not_found(counter: Counter) -> None:
    """A number nobody gave out."""
    assert counter.page(FindRmas("00999999")) == Page(problems=(_("Not found in your RMAs."),))


@pytest.mark.row("ESM-13")
def test_the_card_begins_with_status_and_holder(counter: Counter) -> None:
    """Three lines: number, status and who holds it; what it is about; when and by whom."""
    page = counter.page(RmaCard(OPEN))
    assert len(page.lines) == 3
    first = page.lines[0]
    assert isinstance(first, Phrase)
    assert first.gaps["holder"] == _("with our desk, not yet with Enphase")
    assert {turn.cursor for turn in page.turns} == {
        "contact", "description", "addresses", "notes", "lines", "history"
    }  # fmt: skip


def test_what_is_entered_at_the_manufacturer_says_under_which_number(counter: Counter) -> None:
    """Only then does the card say so."""
    first = counter.page(RmaCard(with_status(counter, "approved"))).lines[0]
    assert isinstance(first, Phrase)
    holder = first.gaps["holder"]
    assert isinstance(holder, Phrase)
    assert holder.msgid == "entered at Enphase under {number}"


@pytest.mark.row("ESM-14")
@pytest.mark.parametrize("block", ["contact", "description", "addresses", "notes", "lines", "history"])
def test_every_block_has_lines_and_a_way_back(counter: Counter, block: str) -> None:
    """One block at a time, the summary always one press away."""
    page = counter.page(RmaCard(OPEN, block))
    assert page.lines
    assert "" in {turn.cursor for turn in page.turns}
    assert block not in {turn.cursor for turn in page.turns}


@pytest.mark.row("ESM-33")
def test_both_addresses_are_shown_with_their_labels(counter: Counter) -> None:
    """Where it is delivered and where the old one goes back to are two things."""
    lines = counter.page(RmaCard(with_status(counter, "approved"), "addresses")).lines
    assert msgids(lines) == ["Delivery address: {address}", "Return address: {address}"]
    assert all(isinstance(line, Phrase) and isinstance(line.gaps["address"], Copy) for line in lines)


@pytest.mark.parametrize(
    ("status", "allowed"),
    [
        ("in_progress", {"add_note", "add_to_rma", "correct_address", "withdraw_rma", "follow_rma"}),
        ("pending_approval", {"add_note", "add_to_rma", "correct_address", "follow_rma"}),
        ("approved", {"add_note", "add_to_rma", "correct_address", "claim_labour", "follow_rma"}),
        ("shipped", {"add_note", "claim_labour", "follow_rma"}),
        ("cancelled", {"add_note", "follow_rma"}),
    ],
)
def test_the_state_permits_what_it_permits(counter: Counter, status: str, allowed: set[str]) -> None:
    """For Tine at the office, who follows none of them yet."""
    rmas.change(counter.connection, OPEN, {"status": status})
    assert set(counter.permitted(RmaCard(OPEN), TINE)) == allowed


@pytest.mark.row("ESM-15")
def test_a_note_is_kept_once(counter: Counter) -> None:
    """The same key twice is one note, with who wrote it."""
    for _time in range(2):
        counter.done(AddNote(OPEN, "klant thuis na 17u"), key="note")
    notes = [
        note for note in rma_parts.notes_of(counter.connection, OPEN) if note.text == "klant thuis na 17u"
    ]
    assert [note.who for note in notes] == ["Els Wouters"]


def test_photos_and_serials_are_added_to_an_open_rma(counter: Counter) -> None:
    """What is there already is not there twice."""
    photo = counter.attach("extra")
    before = [line.serial for line in rma_parts.lines_of(counter.connection, OPEN)]
    counter.done(AddToRma(OPEN, photos=(photo,)))
    counter.done(AddToRma(OPEN, photos=(photo,), serials=(before[0], "122145007777")))
    after = [line.serial for line in rma_parts.lines_of(counter.connection, OPEN)]
    assert after == [*before, "122145007777"]
    assert rma_parts.files_on(counter.connection, OPEN) == {photo}


@pytest.mark.row("ESM-15")
def test_a_note_comes_along_with_photos(counter: Counter) -> None:
    """Once, however often it is asked for."""
    adding = AddToRma(OPEN, photos=(counter.attach("extra"),), note="mind the dog")
    for _time in range(2):
        counter.done(adding, key="noted")
    notes = rma_parts.notes_of(counter.connection, OPEN)
    assert [(note.who, note.text) for note in notes if "dog" in note.text] == [
        ("Els Wouters", "mind the dog")
    ]


def test_a_note_with_photos_that_are_there_already_is_kept(counter: Counter) -> None:
    """Somebody sends the same photo again, with what they forgot to say."""
    photo = counter.attach("extra")
    counter.done(AddToRma(OPEN, photos=(photo,)))
    counter.done(AddToRma(OPEN, photos=(photo,), note="mind the dog"))
    latest = next(iter(rma_parts.notes_of(counter.connection, OPEN)))
    assert latest.text == "mind the dog"


def test_adding_nothing_is_refused(counter: Counter) -> None:
    """A photo of somebody else's chat is nothing."""
    theirs = counter.attach("theirs", "web:amelie")
    assert counter.ask(AddToRma(OPEN, photos=(theirs,))) == Refused("nothing")


def test_the_address_can_be_corrected_until_it_is_shipped(counter: Counter) -> None:
    """Before: changed, with a line in the history. After: closed."""
    counter.done(CorrectAddress(OPEN, "Kerkstraat 1, 3000 Leuven"))
    assert rma_of(counter).shipping_address == "Kerkstraat 1, 3000 Leuven"
    assert rma_parts.history_of(counter.connection, OPEN)[-1].event == "address"
    shipped = with_status(counter, "shipped")
    assert counter.ask(CorrectAddress(shipped, "Kerkstraat 1, 3000 Leuven")) == Refused("closed")


def test_an_rma_is_withdrawn_while_it_is_in_progress(counter: Counter) -> None:
    """It is cancelled, once; later it is too late."""
    assert isinstance(counter.ask(WithdrawRma(OPEN), JAN, "withdraw"), Done)
    assert rma_of(counter).status == "cancelled"
    assert isinstance(counter.ask(WithdrawRma(OPEN), JAN, "withdraw"), Done)
    assert counter.ask(WithdrawRma(OPEN), JAN, "again") == Refused("closed")
    assert counter.ask(WithdrawRma(with_status(counter, "approved")), TINE) == Refused("closed")


def test_a_technician_withdraws_only_what_they_filed(counter: Counter) -> None:
    """Els cannot withdraw what Jan filed; Tine at the office can."""
    assert counter.ask(WithdrawRma(OPEN), ELS) == Refused("role")
    assert "withdraw_rma" not in counter.permitted(RmaCard(OPEN), ELS)
    assert isinstance(counter.ask(WithdrawRma(OPEN), TINE), Done)


def test_a_follower_hears_of_every_change_here_and_by_mail(counter: Counter) -> None:
    """Els follows; Jan withdraws; Els is told in her chat and in a letter, Jan is not told what he did."""
    counter.connection.execute(
        conversations.insert(), [{"key": chat, "channel": "web", "sequence": 7} for chat in (ELS, JAN)]
    )
    counter.done(FollowRma(OPEN))
    counter.done(FollowRma(OPEN))
    counter.done(WithdrawRma(OPEN), JAN)
    (letter,) = mails.latest(counter.connection, 10)
    assert letter.recipient == "els.wouters@zonnebouw.example"
    assert isinstance(letter.body, Lines)
    (message,) = outbox.waiting(counter.connection, [ELS, JAN])
    assert (message.conversation, message.sequence, message.locale) == (ELS, 7, "nl")


def test_statuses_pass_only_as_they_may(counter: Counter) -> None:
    """Every step that is not in the table is refused and changes nothing."""
    for before, permitted in RMA_NEXT.items():
        for after in set(RMA_NEXT) - permitted:
            rmas.change(counter.connection, OPEN, {"status": before})
            with pytest.raises(NotAllowed):
                pass_to(counter.connection, rma_of(counter), after, key="no", by=None, now=AT)
    assert len(rma_parts.history_of(counter.connection, OPEN)) == 1


def test_an_rma_passes_through_all_its_statuses(counter: Counter) -> None:
    """From filed to shipped, each step in the history and in a letter to who filed it."""
    for step in ("pending_approval", "approved", "shipped"):
        pass_to(counter.connection, rma_of(counter), step, key=f"to {step}", by=None, now=AT)
    assert [line.status for line in rma_parts.history_of(counter.connection, OPEN)] == [
        "in_progress", "pending_approval", "approved", "shipped"
    ]  # fmt: skip
    letters = mails.latest(counter.connection, 9)
    assert [letter.recipient for letter in letters] == ["jan.mertens@zonnebouw.example"] * 3
