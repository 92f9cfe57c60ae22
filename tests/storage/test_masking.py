"""Accounts and VAT numbers are hidden in what is kept; serials, RMAs and dates are not."""

from __future__ import annotations

import pytest

from flows.engine.data import Started
from flows.engine.events import Content, Filled, Pressed, Said, Sent
from flows.engine.phrases import Copy, Lines, Listed, _
from storage.masking import masked, masked_content, masked_text


@pytest.mark.row("ESM-30")
@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("BE68 5390 0754 7034", "••••7034"),
        ("be68539007547034", "••••7034"),
        ("ons nummer is BE68-5390-0754-7034, dank u", "ons nummer is ••••7034, dank u"),
        ("be 68 5390 0754 7034", "••••7034"),
        ("BE69 5390 0754 7034", "••••7034"),
        ("FR14 2004 1010 0505 0001 3M02 606", "••••2606"),
        ("NL91 ABNA 0417 1643 00 en klaar", "••••4300 en klaar"),
        ("BE 0417.497.106", "••••7106"),
        ("BE0417497106", "••••7106"),
        ("NL004495445B01", "••••5B01"),
    ],
)
def test_an_account_shows_its_last_four_signs(said: str, kept: str) -> None:
    """However it is written, also with a slip of the finger."""
    assert masked(said) == kept


@pytest.mark.parametrize(
    "said",
    [
        "status de 00517624", "note pour de 122145001234 122145001235", "in 122145001234, 122145001235",
        "AT 00517624", "rma00517622", "de 12/11 à 14h", "+32 470 55 01 02", "es 700457343 tu",
        "0417497106", "IQ8+ 122218852549", "be 3000 Leuven", "",
    ],
)  # fmt: skip
def test_other_numbers_stay_as_they_are(said: str) -> None:
    """A short word before a number makes no country of it."""
    assert masked(said) == said


@pytest.mark.row("ESM-30")
@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (Said("0417 497 106"), Said("•••• 106")),
        (Said("annuleren"), Said("annuleren")),
        (Sent((), "BE12 3"), Sent((), "BE12 3")),
        (Sent((), "1234 5678"), Sent((), "••••5678")),
        (Filled("1", {"iban": "12345"}), Filled("1", {"iban": "••••2345"})),
        (Filled("1", {"iban": ("12345", "x")}), Filled("1", {"iban": ("••••2345", "x")})),
        (Pressed("1", 2), Pressed("1", 2)),
    ],
)
def test_after_a_question_for_a_secret_no_number_is_kept(said: Content, kept: Content) -> None:
    """Whatever it looks like; words are."""
    assert masked_content(said, secret=True) == kept


def test_a_link_with_an_account_in_it_is_masked() -> None:
    """Nobody was asked yet, so only what is clearly an account."""
    link = Started("enter_bank_details", {"iban": "BE68539007547034", "rma": "00517624"})
    kept = Started("enter_bank_details", {"iban": "••••7034", "rma": "00517624"})
    assert masked_content(link, secret=False) == kept


def test_an_account_is_found_in_every_kind_of_text() -> None:
    """In gaps and lists too."""
    iban = "BE68539007547034"
    line = _("Paid to: {account}.")
    whole = Lines((iban, Listed((Copy(iban),)), line(account=Copy(iban)), line(account=3)))
    hidden = Lines(("••••7034", Listed((Copy("••••7034"),)), line(account=Copy("••••7034")), line(account=3)))
    assert masked_text(whole) == hidden
