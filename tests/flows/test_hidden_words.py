"""What is typed to a question for a number is remembered by the desk only; the conversation has a token."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from flows.engine.phrases import Phrase
from flows.engine.work import Page, Reply, Row
from flows.requests.claims import AccountNumbers, BankCard, MayEnterBank, VatNumbers
from flows.service_manager import bank_details
from tests.flows.talking import Chat, Desk

_ = Phrase
NUMBER, TOKEN = "BE68539007547034", "typed:1"
FULL = _("VAT {vat}, IBAN {iban}")(vat="BE0417497106", iban=NUMBER)


def found(request: VatNumbers | AccountNumbers) -> Page:
    """What the desk makes of the words: a token, or that they are none."""
    if not request.text:
        return Page()
    if request.text != NUMBER:
        return Page(problems=("No number.",))
    return Page((Row(TOKEN, "••••7034"),), exact=True)


@pytest.fixture
def chat() -> Chat:
    """Somebody of the office."""
    answers: dict[type[Any], Callable[[Any], Reply]] = {
        MayEnterBank: lambda _request: Page(),
        VatNumbers: found,
        AccountNumbers: found,
        BankCard: lambda request: Page(lines=(FULL if request.cursor else "••••7034",)),
    }
    return Chat([bank_details.card, bank_details.enter], Desk(answers))


def remembered(chat: Chat) -> str:
    """The conversation as it is stored."""
    return msgspec.json.encode(chat.conversation).decode()


def test_neither_a_number_nor_a_slip_is_remembered(chat: Chat) -> None:
    """The answer is the token."""
    chat.started("enter_bank_details")
    for words in ("BE68539007547035", NUMBER, "BE68539007547035", NUMBER):
        chat.said(words)
        assert "BE685390" not in remembered(chat)
    assert TOKEN in remembered(chat)


def test_words_that_came_with_the_start_are_not_taken(chat: Chat) -> None:
    """The question is asked."""
    chat.started("enter_bank_details", vat=NUMBER, iban=NUMBER)
    assert NUMBER not in remembered(chat)
    assert chat.question == _("What is the VAT number of your company? For example BE 0123 456 789.")


def test_when_the_desk_was_away_it_is_typed_again(chat: Chat) -> None:
    """Trying again with the same words would need them to be remembered."""
    chat.started("enter_bank_details")
    chat.desk.away = True
    chat.said(NUMBER)
    assert NUMBER not in remembered(chat)
    chat.desk.away = False
    chat.press("Try again")
    assert chat.question == _("What is the VAT number of your company? For example BE 0123 456 789.")


def test_a_fleeting_card_is_not_remembered_and_comes_back_in_its_first_view(chat: Chat) -> None:
    """As in another language."""
    chat.started("bank_details", card="full")
    assert FULL in chat.prompt.lines
    assert NUMBER not in remembered(chat)
    chat.spoke("nl")
    assert FULL not in chat.prompt.lines
    assert "••••7034" in chat.prompt.lines
