"""On Slack nobody can take away what a person wrote: they are asked to, and a form keeps it from the chat."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conversations.journeys import BANK
from tests.conversations.sample import OFFICE_OF
from tests.conversations.test_account_drafts import IBAN, TYPED, VAT, tables_with
from tests.slack.carried import SlackWorld
from tests.slack.filled import FormWorld
from tests.telegram.journeys import LANGUAGES

PLEA = "Please delete your message with the number"


@pytest.mark.row("ESM-30")
def test_who_types_a_number_is_asked_to_delete_the_message(filled: Path) -> None:
    """And told why, in each language; also a mistyped one. Other words need not go."""
    world = SlackWorld(filled)
    try:
        for locale in LANGUAGES:
            chat = world.chat(locale, email=OFFICE_OF[locale])
            chat.says(BANK[locale]).presses("Enter VAT and IBAN").says("???").sees_not(PLEA)
            chat.says(IBAN).sees(PLEA, "••••7034").presses("Change").presses("VAT number")
            chat.says("BE 0417 497 107").sees(PLEA, "This VAT number is not right.")
            chat.says(VAT).sees(PLEA, "••••7106").presses("Keep").sees_not(PLEA)
    finally:
        world.close()
    assert world.slack.violations == []


@pytest.mark.row("ESM-30")
def test_a_number_in_a_form_is_in_no_message_and_in_one_table(filled: Path) -> None:
    """There is nothing to delete; until it is confirmed it stands where it belongs."""
    world = FormWorld(filled)
    try:
        chat = world.linked("nl", OFFICE_OF["nl"])
        chat.says(BANK["nl"]).presses("Enter VAT and IBAN")
        chat.types("iban", IBAN).submits().taps("VAT number")
        chat.types("vat", "BE 0417 497 107").submits().types("vat", VAT).submits()
        assert tables_with(world, VAT, "BE0417497107", IBAN) == {TYPED}
        chat.submits()
        chat.sees_not(PLEA)
        assert tables_with(world, VAT, IBAN) == {"bank_details"}
    finally:
        world.close()
