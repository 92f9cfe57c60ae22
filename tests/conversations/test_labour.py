"""Labour is claimed for an RMA: in time, once, followed; where it is paid to stays hidden."""

from __future__ import annotations

import logging

import pytest
from sqlalchemy import Connection, select

from bot.services import office
from storage import claims
from storage import office as desk_items
from storage.schema import metadata
from storage.transcripts import transcript
from tests.conversations.chats import Chat, World
from tests.conversations.desk import ask, deed, moves
from tests.conversations.journeys import BANK, LABOUR, MONEY
from tests.conversations.sample import TINE, Sample, photo, without_accounts
from tests.conversations.test_files import pdf

IBAN, VAT = "BE68539007547034", "BE0417497106"


def begun(world: World, locale: str = "nl", name: str = "", status: str = "approved") -> tuple[Chat, str]:
    """Somebody wants to claim labour for an RMA."""
    rma = Sample(world, locale).rmas(status)[0].number
    return world.chat(locale, name=name).says(LABOUR[locale].format(rma)), rma


def claimed(world: World, rma: str) -> claims.Claim | None:
    """The claim for an RMA."""
    return world.run(world.app.uow.read(lambda connection: claims.of_rma(connection, rma)))


@pytest.mark.row("ESM-28", "PORTAL-27")
def test_the_five_conditions_come_before_anything_is_sent(world: World) -> None:
    """From the card of the RMA: each yes, no or not known, the days left, and who decides."""
    rma = Sample(world, "nl").rmas("approved")[0]
    chat = world.chat("nl").says(f"status {rma.number}").presses("Claim labour").presses("do 19 nov")
    chat.sees("Five conditions must hold.", "nog 260 dagen", "You can send it in any case: the desk decides.")
    marks = [word for word in chat.text().splitlines() if word.startswith(("✓", "✗", "…"))]
    assert len(marks) == 5
    chat.presses("Go on").sees("Send the invoice of the work")
    assert claimed(world, rma.number) is None


@pytest.mark.row("ESM-30")
def test_everything_known_is_filled_in_and_can_be_changed(world: World) -> None:
    """Installer and address come from the profile, the account from the office; the review shows all."""
    chat, rma = begun(world)
    chat.says("gisteren").presses("Go on").sends(("factuur.pdf", pdf(0.1))).sees("Send this claim?")
    assert list(chat.facts()) == [
        "RMA", "Replaced on", "Installer", "Registered address", "Paid to", "Documents",
    ]  # fmt: skip
    assert chat.facts()["Installer"].startswith("Els Wouters, Zonnebouw Hageland, +32")
    assert chat.facts()["Paid to"] == "Btw ••••9130, IBAN ••••0123"
    chat.presses("Change").presses("Registered address").says("Postbus 12, 3000 Leuven")
    chat.sees_not("Send this claim?").says("Kerkstraat 1, 3000 Leuven").sees("Send this claim?")
    chat.presses("Send")
    found = claimed(world, rma)
    assert found
    assert (found.address, found.status) == ("Kerkstraat 1, 3000 Leuven", "submitted")


@pytest.mark.row("ESM-28", "ESM-31")
def test_it_is_sent_once_whoever_presses_and_however_often(world: World) -> None:
    """The button again, a colleague halfway: one claim, and the card offers to follow it."""
    chat, rma = begun(world)
    colleague, _rma = begun(world, name="colleague")
    for each in (chat, colleague):
        each.says("12/11").presses("Go on").sends(("factuur.jpg", photo())).sees("Send this claim?")
    token = chat.prompt.token
    number = chat.presses("Send").number()
    chat.press_at(token, chat.prompt.buttons[0].index)
    colleague.presses("Send").sees("A colleague claimed labour for this RMA a moment ago.")
    chat.says(f"status {rma}").sees_not("Claim labour")
    chat.presses("Track reimbursement").sees(number, "With our desk")
    chat.says(LABOUR["nl"].format(rma)).sees("Labour for RMA {rma} cannot be claimed now.", number)
    chat.says(LABOUR["nl"].format(number.lstrip("0"))).sees("It is claimed already: {number}", rma)


@pytest.mark.row("ESM-28")
def test_before_approval_it_says_what_comes_first(world: World) -> None:
    """And offers to follow the RMA until then."""
    chat, rma = begun(world, status="in_progress")
    chat.sees("Labour for RMA {rma} cannot be claimed now.", "Labour can be claimed after approval.")
    assert "When was it replaced?" not in chat.msgids()
    assert "Follow" in chat.labels()
    assert claimed(world, rma) is None


@pytest.mark.row("ESM-28", "ESM-31")
def test_another_company_finds_neither_the_rma_nor_the_claim(world: World) -> None:
    """As if they did not exist."""
    chat, rma = begun(world)
    chat.says("12/11").presses("Go on").sends(("factuur.jpg", photo()))
    number = chat.presses("Send").number()
    stranger = world.chat("fr")
    for known in (rma, number.lstrip("0")):
        stranger.says(LABOUR["fr"].format(known)).sees("Not found in your RMAs.").says("annuler")
    stranger.starts("track_claim", claim=number).sees("Not found in your claims.")
    stranger.starts("tell_replaced", rma=rma).sees_not("When was it replaced?")
    stranger.starts("claim_reminder", rma=rma).sees_not("Claim labour")


@pytest.mark.parametrize("typed", ["1/1/2030", "ooit", "31/2", "🙂", "12345"])
def test_a_day_that_cannot_be_is_asked_again(readings: World, typed: str) -> None:
    """Tomorrow has not come, and what is no date is said to be none."""
    chat, _rma = begun(readings, name=f"day {typed}")
    chat.says(typed).sees_not("Five conditions must hold.")
    chat.says("12 november").sees("Five conditions must hold.")


@pytest.mark.row("ESM-29", "ESM-30")
def test_documents_are_photos_and_pdfs_that_fit(readings: World) -> None:
    """A table or a voice message is refused, and what is too much is said; the rest stays."""
    chat, _rma = begun(readings, name="documents")
    chat.says("12/11").presses("Go on")
    chat.sends(("voice.ogg", b"OggS voice"), kind="voice").sees_not("Send this claim?")
    chat.sends(("prijs.zip", b"PK\x03\x04 no table")).sees_not("Send this claim?")
    chat.sends(("a.pdf", pdf(18)), ("factuur.jpg", photo())).sees("Send this claim?")
    chat.presses("Change").presses("Documents").sends(("b.pdf", pdf(18)))
    chat.sees("{name} does not fit any more: {used} of {most} is used. The others are kept.")


@pytest.mark.row("PORTAL-27")
def test_a_reminder_reaches_the_chat_once_over_a_restart_and_leads_to_the_claim(world: World) -> None:
    """Nine days are left: the one of three days comes, in the morning, though the process was down."""
    rma = Sample(world, "nl").rmas("approved")[1].number
    chat = world.chat("nl").says("volg rma").says(rma)
    world.clock.pass_(days=7)
    world.restart()
    chat.hears().sees(rma, "nog 2 dagen")
    assert {"Claim labour", "It was replaced"} <= set(chat.labels())
    world.restart()
    chat.presses("It was replaced").presses("vr 27 nov")
    chat.sees("RMA {number}: {until}")
    chat.presses("Claim labour").sees("Five conditions must hold.")


@pytest.mark.row("ESM-29", "ESM-31")
def test_the_desk_moves_it_along_and_gives_the_amount(world: World) -> None:
    """Each is told once, in the language of who sent it; the amount is as the desk gave it."""
    chat, _rma = begun(world, "fr")
    chat.says("12/11").presses("Go on").sends(("facture.jpg", photo()))
    number = chat.presses("Send").number()
    moves(world, f"claim {number}", "submitted", "approved")
    chat.hears().sees("Claim {number} for RMA {rma}: {status}.", "Demande approuvée")

    def give(connection: Connection) -> None:
        office.keep(connection, deed(world, connection, f"claim {number}"), "amount", "", "120,50")

    world.run(world.app.uow.write(give))
    chat.hears().sees("le montant est 120,50\xa0€")
    chat.says(MONEY["fr"]).presses(number).sees("Amount, as the desk gave it: {amount}.", "120,50\xa0€")
    chat.presses("History").sees("Demande approuvée")


@pytest.mark.row("ESM-29")
def test_what_the_desk_misses_lands_on_the_claim(world: World) -> None:
    """It asks, the answer under the question is a document of the claim."""
    chat, _rma = begun(world, "fr")
    chat.says("12/11").presses("Go on").sends(("photo.jpg", photo()))
    about = f"claim {chat.presses('Send').number()}"
    ask(world, about, "Il manque la facture.")
    chat.hears().sees("Il manque la facture.").sends(("facture.pdf", pdf(0.1)))

    def files(connection: Connection) -> list[str]:
        item = desk_items.find(connection, about)
        assert item
        return [file.name for file in desk_items.files_of(connection, item)]

    assert world.run(world.app.uow.read(files)) == ["photo.jpg", "facture.pdf"]


@pytest.mark.row("ESM-30")
@pytest.mark.parametrize("words", ["iban wijzigen", "changer l'iban", "change iban"])
def test_a_known_vat_number_is_not_asked_for_again(world: World, words: str) -> None:
    """Who changes the account is asked for that; the review shows both, and both can be changed."""
    chat = world.chat("nl", email=TINE).says(words).sees("To which IBAN are reimbursements paid?")
    chat.says("BE68 5390 0754 7034")
    assert chat.facts() == {"VAT number": "••••9130", "IBAN": "••••7034"}
    chat.presses("Change").presses("VAT number").says("BE 0417.497.106")
    chat.presses("Keep").sees("Kept: {masked}.", "••••7106", "••••7034")


@pytest.mark.row("ESM-30")
def test_an_account_is_masked_wherever_it_was_said(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """In no table, letter or transcript, nor in the log at its most talkative."""
    caplog.set_level(logging.DEBUG)
    chat = without_accounts(world).chat("nl", email=TINE).says(BANK["nl"]).presses("Enter VAT and IBAN")
    chat.says("BE 0417.497.106").says("BE69 5390 0754 7034").says("BE68 5390 0754 7034")
    assert set(chat.facts().values()) == {"••••7106", "••••7034"}
    chat.presses("Keep").sees("••••7034")
    chat.says("ons nummer is BE68 5390 0754 7034").says(BANK["nl"]).presses("Show in full").sees(IBAN, VAT)
    chat.presses("Hide").sees("••••7034").sees_not(IBAN)

    def kept(connection: Connection) -> dict[str, str]:
        return {
            table.name: str([tuple(row) for row in connection.execute(select(table))])
            for table in metadata.sorted_tables
        }

    tables = world.run(world.app.uow.read(kept))
    said = str(world.run(world.app.uow.read(lambda connection: transcript(connection, chat.key))))
    for where, words in {**tables, "transcript": said, "log": caplog.text}.items():
        if where != "bank_details":
            plain = words.replace(" ", "").replace(".", "")
            assert not [number for number in (IBAN, "BE69539007547034", VAT) if number in plain], where


@pytest.mark.row("ESM-30")
def test_a_technician_cannot_enter_where_it_is_paid_to(world: World) -> None:
    """Neither from the card, nor by a link."""
    chat = world.chat("nl").says(BANK["nl"]).sees("••••0123")
    assert "Enter VAT and IBAN" not in chat.labels()
    assert "Show in full" not in chat.labels()
    chat.starts("enter_bank_details")
    chat.sees("Only the office or an admin of your company enters these.")
    chat.says(BANK["nl"]).sees_not("••••7034")


def test_replaced_is_told_without_a_claim(readings: World) -> None:
    """The last day follows from it at once."""
    rma = Sample(readings, "en").rmas("approved")[0].number
    chat = readings.chat("en", name="replaced").says(f"replaced on {rma}").presses("Fri 20 Nov")
    chat.sees("Claim by 18 Feb 2027 at the latest: 90 days left.")


@pytest.mark.row("ESM-30")
def test_the_office_enters_the_account_in_the_middle_of_a_claim(world: World) -> None:
    """And goes on where it was: nothing is missing any more, and the review shows it masked."""
    rma = Sample(without_accounts(world), "nl").rmas("approved")[0].number
    chat = world.chat("nl", email=TINE).says(LABOUR["nl"].format(rma)).says("12/11").presses("Go on")
    chat.presses("Enter VAT and IBAN").says(VAT).says(IBAN).presses("Keep")
    chat.sees("Kept: {masked}.", "Send the invoice of the work").sends(("factuur.jpg", photo()))
    assert chat.facts()["Paid to"] == "Btw ••••7106, IBAN ••••7034"
    chat.presses("Send").sees("Claim {number} is with our desk.")


@pytest.mark.row("ESM-30")
def test_the_office_hears_that_a_claim_waits_for_the_account(world: World) -> None:
    """A technician sends the claim without it; who may enter it is shown why, and does it with one tap."""
    rma = Sample(without_accounts(world), "nl").rmas("approved")[0].number
    office_of_it = world.chat("nl", email=TINE).says("menu")
    chat = world.chat("nl").says(LABOUR["nl"].format(rma)).says("12/11").presses("Go on")
    assert "Enter VAT and IBAN" not in chat.labels()
    chat.presses("Go on").sends(("factuur.jpg", photo()))
    assert chat.facts()["Paid to"] == "nog niet bekend, het kantoor krijgt de vraag"
    chat.presses("Send")
    office_of_it.hears().sees("{n} claim waits for them.").presses("Enter VAT and IBAN")
    office_of_it.says(VAT).says(IBAN).presses("Keep").sees("Kept: {masked}.")
    chat.says(MONEY["nl"]).presses("00040001").sees("••••7034")
