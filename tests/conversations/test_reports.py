"""Reports as spreadsheets: ordered in a few taps or a sentence, handed out once (ESM-39 to 42)."""

from __future__ import annotations

import asyncio
import datetime
import io
from typing import Any

import pytest
from openpyxl import load_workbook

from flows.engine.enclosures import Kept
from flows.engine.outputs import Say
from storage import mails, people, reports
from storage.cashback_tables import cashback_items
from storage.mails import Mail
from storage.moments import micros, moment
from storage.unit_of_work import Connection
from tests.conversations.chats import Chat, World
from tests.conversations.sample import ELS, Sample

LOCALES = pytest.mark.parametrize("locale", ["nl", "fr", "en"])
SENTENCE = {
    "nl": "rapport rma's van 1 augustus tot 10 november {}",
    "fr": "rapport des rma du 1er août au 10 novembre {}",
    "en": "report of RMAs from 1 August to 10 November {}",
}
AMOUNT = {"nl": "Bedrag", "fr": "Montant", "en": "Amount"}
LABOUR = {
    "nl": "rapport vergoedingen dit jaar",
    "fr": "rapport des remboursements de cette année",
    "en": "labour reimbursement report this year",
}
DATES = {
    "nl": "za 1 aug tot di 10 nov",
    "fr": "du sam. 1er août au mar. 10 nov.",
    "en": "Sat 1 Aug to Tue 10 Nov",
}
LATER = 2**62
ELSEWHERE = "boekhouder@elders.example"


def files(chat: Chat) -> list[Kept]:
    """The files handed out in the last answer."""
    said = [out.output for out in chat.answer if isinstance(out.output, Say)]
    return [say.enclosed for say in said if isinstance(say.enclosed, Kept)]


def sheet(world: World, kept: Kept) -> list[list[Any]]:
    """The rows of a spreadsheet, its head first."""
    content = world.app.folder.path(kept.id).read_bytes()
    page = load_workbook(io.BytesIO(content)).worksheets[0]
    return [[cell.value for cell in row] for row in page.iter_rows()]


def letters(world: World) -> list[Mail]:
    """Reports that go out by mail."""
    latest = world.run(world.app.uow.read(lambda connection: mails.latest(connection, 50)))
    return [mail for mail in latest if mail.enclosed]


def register(connection: Connection, now: datetime.datetime) -> None:
    """A device of the company of Els that was paid for."""
    els = people.with_email(connection, ELS)
    assert els
    device = {
        "number": "00000001", "key": "one", "company": els.company, "installer": els.id,
        "serial": "3012345678", "product": "STP 10.0-3SE-40", "subject": "inverter",
        "installed_on": "2026-10-01", "euros": 250, "status": "paid",
        "created_at": micros(now), "updated_at": micros(now),
    }  # fmt: skip
    connection.execute(cashback_items.insert(), device)


def recent(world: World, locale: str, days: int) -> set[str]:
    """The RMAs of the company that are this young."""
    return {
        rma.number
        for rma in Sample(world, locale).rmas()
        if (world.clock.now() - moment(rma.created_at)).days < days
    }


@pytest.mark.row("ESM-39", "ESM-40", "ESM-42")
@LOCALES
def test_a_report_of_the_last_thirty_days_takes_two_taps(world: World, locale: str) -> None:
    """Its days are said as dates; it comes here and by mail, with every RMA of the company in them."""
    chat, mine = world.chat(locale), world.people[locale]
    chat.starts("order_report").presses("RMAs")
    assert chat.facts()["By e-mail to"] == mine
    assert "21" in chat.facts()["Submitted"]
    chat.presses("Make it").sees("Your report is being made", mine)
    chat.hears().sees("Your report: {kind}, {days}")
    [kept] = files(chat)
    head, *rows = sheet(world, kept)
    assert {row[0] for row in rows} == recent(world, locale, 30)
    assert len(head) == len(set(head)) == len(rows[0])
    [letter] = letters(world)
    assert (letter.recipient, letter.locale, letter.enclosed) == (mine, locale, kept)


@pytest.mark.row("ESM-08", "ESM-39", "ESM-40", "ESM-41")
@LOCALES
def test_one_sentence_says_which_report_between_which_days_of_which_systems(
    readings: World, locale: str
) -> None:
    """What was understood is shown as dates and names before anything is made."""
    chat, system = readings.chat(locale), Sample(readings, locale).with_status("normal")
    chat.says(SENTENCE[locale].format(system.id)).sees("Make this report?")
    facts = chat.facts()
    assert facts["Submitted"] == DATES[locale]
    assert system.name in facts["Systems"]


@pytest.mark.row("ESM-40")
def test_a_year_alone_is_that_year(readings: World) -> None:
    """In the sentence and where days are asked for."""
    chat = readings.chat("en", name="years").says("report cashback 2025")
    assert chat.facts()["Submitted"] == "1 Jan 2025 to 31 Dec 2025"
    chat.presses("Change").presses("Submitted").says("2024")
    assert chat.facts()["Submitted"] == "1 Jan 2024 to 31 Dec 2024"


@pytest.mark.row("ESM-41")
def test_many_ids_are_pasted_at_once_and_each_is_looked_at(readings: World) -> None:
    """Those of others are not found, like those that do not exist; the rest is taken."""
    own, other = Sample(readings, "nl"), Sample(readings, "fr").sites()[0].system.id
    ids = [site.system.id for site in own.sites()[:5]]
    chat = readings.chat("nl", name="pasting").says("rapport dossiers")
    chat.presses("Change").presses("Systems").says(
        f"{ids[0]}, {ids[1]};{ids[2]}\n{ids[3]} {ids[4]} {other} 799999999"
    )
    chat.sees("Not found in your systems: {ids}.", other, "799999999").sees_not(ids[0])
    assert "en nog 2 systemen" in chat.facts()["Systems"]
    chat.presses("Change").presses("Systems").says(other).sees("Not found in your systems: {ids}.")
    chat.says("alle")
    assert chat.facts()["Systems"] == "Alle systemen"


@pytest.mark.row("ESM-42")
def test_another_address_is_asked_about_once_more(world: World) -> None:
    """Only then is it reviewed; the report comes here all the same."""
    chat = world.chat("nl", Sample(world, "nl").email).says("rapport dossiers dit jaar")
    chat.presses("Change").presses("By e-mail to").says("boekhouder@").sees("That does not look like")
    chat.says(ELSEWHERE).sees("Please look at the address again:", ELSEWHERE, "klanten")
    assert "Make it" not in chat.labels()
    chat.presses("Send it there").presses("Make it").sees(ELSEWHERE).hears()
    assert [letter.recipient for letter in letters(world)] == [ELSEWHERE]
    assert len(files(chat)) == 1


@pytest.mark.row("ESM-39")
@LOCALES
def test_the_report_of_the_guide_is_one_sentence(world: World, locale: str) -> None:
    """Labour reimbursement, the one that installers know: each claim with its RMA, no account in it."""
    chat = world.chat(locale).says(LABOUR[locale]).presses("Make it").hears()
    [kept] = files(chat)
    head, *rows = sheet(world, kept)
    assert AMOUNT[locale] in head
    numbers = {rma.number for rma in Sample(world, locale).rmas()}
    assert rows
    assert {row[2] for row in rows} <= numbers
    assert not [cell for row in rows for cell in row if str(cell).startswith("BE")]


@pytest.mark.row("ESM-39", "SMA-06")
def test_devices_of_the_cashback_are_reported_without_asking_for_systems(world: World) -> None:
    """They stand in no system of ours."""
    chat = world.chat("nl").says("rapport cashback dit jaar").sees("Make this report?")
    assert set(chat.facts()) == {"Report", "Submitted", "By e-mail to"}
    world.run(world.app.uow.write(lambda connection: register(connection, world.clock.now())))
    chat.presses("Make it").hears()
    [kept] = files(chat)
    _head, row = sheet(world, kept)
    assert row[:4] == ["00000001", "Geregistreerd, betaald", "STP 10.0-3SE-40", "3012345678"]
    assert row[5] == 250


def test_days_without_anything_are_no_report(readings: World) -> None:
    """The days are asked again, and one tap makes it."""
    chat = readings.chat("en", name="nothing").says("report of RMAs on 3 March 2021").presses("Make it")
    chat.sees("There is nothing to report in these days.", "Submitted between which days?")


def test_a_report_that_was_under_way_is_made_once_after_a_restart(world: World) -> None:
    """Ordered, and the product stops: it comes when it is there again, here and by mail, once."""
    chat = world.chat("fr").says("rapport des rma cette année").presses("Make it")
    world.restart()
    chat.hears()
    world.restart()
    assert len(files(chat)) == 1
    assert len(letters(world)) == 1


def test_who_unlinked_meanwhile_gets_the_mail_alone(world: World) -> None:
    """Nothing is said in a chat that is theirs no longer."""
    world.app.runner._clerk._busy = world.loop.create_task(asyncio.sleep(3600))
    chat = world.chat("nl").says("rapport rma's dit jaar").presses("Make it")
    chat.says("ontkoppelen").presses("Unlink")
    world.restart()
    chat.says("bedankt")
    while world.run(world.app.uow.read(lambda connection: reports.due(connection, LATER))):
        world.run(asyncio.sleep(0.02))
    assert files(chat) == []
    assert [letter.recipient for letter in letters(world)] == [ELS]


def test_a_report_that_is_practised_comes_here_and_goes_nowhere(world: World) -> None:
    """Whatever address it was sent to; who changes nothing is asked for none."""
    chat = world.chat("nl").says("/practice").says("rapport rma's altijd")
    chat.sees("In practice no e-mail is sent.").presses("Make it")
    chat.sees("Your report is being made").sees_not("@").hears()
    assert len(files(chat)) == 1
    chat.says("rapport rma's altijd")
    chat.presses("Change").presses("By e-mail to").says(ELSEWHERE).presses("Send it there")
    chat.presses("Make it").hears()
    assert len(files(chat)) == 1
    assert letters(world) == []


@LOCALES
def test_a_report_is_asked_for_in_the_middle_of_a_search(readings: World, locale: str) -> None:
    """Where any words are looked up: these are no name."""
    search = {"nl": "zoek systeem", "fr": "chercher un système", "en": "search systems"}
    chat = readings.chat(locale, name=f"middle {locale}").says(search[locale]).says(LABOUR[locale])
    chat.sees("Make this report?")
