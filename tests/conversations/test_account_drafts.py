"""Where an account number is before it is confirmed: in one table, for a day at most (ESM-30)."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, select

from storage.schema import metadata
from tests.conversations.chats import Chat, World
from tests.conversations.journeys import BANK
from tests.conversations.sample import OFFICE_OF, TINE, Sample, without_accounts

LOCALES = pytest.mark.parametrize("locale", ["nl", "fr", "en"])
IBAN, VAT = "BE68539007547034", "BE0417497106"
WRONG = "BE69539007547034"
CONFIRMED, TYPED = "bank_details", "typed_numbers"


def tables_with(world: World, *numbers: str) -> set[str]:
    """The tables in which one of these numbers stands, however it is written."""

    def find(connection: Connection) -> set[str]:
        found = set()
        for table in metadata.sorted_tables:
            words = str([tuple(row) for row in connection.execute(select(table))])
            plain = words.replace(" ", "").replace(".", "").replace("-", "")
            found |= {table.name for number in numbers if number in plain}
        return found

    return world.run(world.app.uow.read(find))


def entering(world: World, locale: str = "nl", name: str = "") -> Chat:
    """Somebody of the office is about to enter the numbers, of which none is known yet."""
    chat = without_accounts(world).chat(locale, email=OFFICE_OF[locale], name=name)
    return chat.says(BANK[locale]).presses("Enter VAT and IBAN")


@pytest.mark.row("ESM-30")
@LOCALES
def test_a_number_that_is_not_confirmed_stands_in_one_table_only(world: World, locale: str) -> None:
    """Mistyped, in the middle of it, at the review, changed and after a restart; confirmed it moves."""
    chat = entering(world, locale).says("BE69 5390 0754 7034")
    assert tables_with(world, WRONG, VAT, IBAN) == set()
    chat.says("BE 0417.497.106").says("BE69 5390 0754 7034")
    assert tables_with(world, WRONG, VAT, IBAN) == {TYPED}
    assert tables_with(world, WRONG) == set()
    chat.says("BE68 5390 0754 7034").presses("Change").presses("IBAN").says("NL91 ABNA 0417 1643 00")
    assert tables_with(world, IBAN) == set()
    assert tables_with(world, VAT, "NL91ABNA0417164300") == {TYPED}
    world.restart()
    chat.presses("Keep").sees("Kept: {masked}.", "••••7106", "••••4300")
    assert tables_with(world, VAT, "NL91ABNA0417164300") == {CONFIRMED}


@pytest.mark.row("ESM-30")
def test_a_draft_that_is_left_takes_its_numbers_with_it(world: World) -> None:
    """As soon as it cannot be taken up again; put aside it keeps them for a day."""
    chat = entering(world).says(VAT).says(IBAN).says("annuleren")
    chat.says("nieuwe rma").says("annuleren")
    assert tables_with(world, VAT, IBAN) == set()
    chat.says(BANK["nl"]).presses("Enter VAT and IBAN").says(VAT).says(IBAN).presses("Later")
    assert tables_with(world, VAT, IBAN) == {TYPED}


@pytest.mark.row("ESM-30")
@LOCALES
def test_after_a_day_they_are_typed_again(world: World, locale: str) -> None:
    """Each is asked for again, with the reason; then it is kept."""
    chat = entering(world, locale).says(VAT).says(IBAN)
    world.clock.pass_(hours=25)
    chat.presses("Keep").sees("Numbers that are not confirmed are kept for a day.").says(VAT)
    chat.presses("Keep").sees("Numbers that are not confirmed are kept for a day.").says(IBAN)
    chat.presses("Keep").sees("Kept: {masked}.", "••••7034")
    assert tables_with(world, VAT, IBAN) == {CONFIRMED}


def test_what_is_shown_in_full_is_not_kept_in_full(world: World) -> None:
    """Neither while it is on screen, nor when something else came over it."""
    number = Sample(world, "nl").rmas("approved")[0].number
    entering(world).says(VAT).says(IBAN).presses("Keep")
    chat = world.chat("nl", email=TINE, name="other").says(BANK["nl"]).presses("Show in full")
    chat.sees(IBAN, VAT)
    assert tables_with(world, VAT, IBAN) == {CONFIRMED}
    chat.says("wat").says(f"status {number}").says("terug")
    assert tables_with(world, VAT, IBAN) == {CONFIRMED}


def test_numbers_that_came_with_a_link_are_not_remembered(world: World) -> None:
    """Whoever wrote them into it: they are asked for."""
    chat = without_accounts(world).chat("nl", email=TINE).starts("enter_bank_details", vat=VAT, iban=IBAN)
    chat.sees("What is the VAT number of your company?")
    assert tables_with(world, VAT, IBAN) == set()
