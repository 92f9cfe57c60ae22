"""Reports as spreadsheets: ordered in a few taps or one sentence, made aside, handed out once (ESM-39 to 42)."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import load_workbook

from flows.engine.model import Kept, Say
from storage import mails
from storage.mails import Mail
from tests.conversations.chats import Chat, World
from tests.conversations.sample import Sample

LOCALES = pytest.mark.parametrize("locale", ["nl", "fr", "en"])
SENTENCE = {
    "nl": "rapport rma's van 1 augustus tot 10 november {}",
    "fr": "rapport des rma du 1er août au 10 novembre {}",
    "en": "report of RMAs from 1 August to 10 November {}",
}


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


@pytest.mark.row("ESM-39", "ESM-40", "ESM-42")
@LOCALES
def test_a_report_of_the_last_thirty_days_takes_two_taps(world: World, locale: str) -> None:
    """Its days are said as dates; it comes here and by mail, with every RMA of the company in them."""
    chat = world.chat(locale)
    chat.starts("order_report").presses("RMAs")
    facts, mine = chat.facts(), world.people[locale]
    assert facts["By e-mail to"] == mine
    assert "20" in facts["Filed"] and "21" in facts["Filed"]
    chat.presses("Make it").sees("Your report is being made", mine).hears().sees(
        "Your report: {kind}, {days}."
    )
    [kept] = files(chat)
    head, *rows = sheet(world, kept)
    assert {row[0] for row in rows} == {
        rma.number for rma in Sample(world, locale).rmas() if (world.clock.now() - _at(rma)).days <= 30
    }
    assert len(head) == len(rows[0])
    assert [(mail.recipient, mail.enclosed) for mail in letters(world)] == [(mine, kept)]
