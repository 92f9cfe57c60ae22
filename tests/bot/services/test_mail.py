"""Letters through a real mail server on this machine."""

from __future__ import annotations

import asyncio
import datetime
import email.errors
import email.policy
import socket
import threading
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from msgspec.structs import replace
from sqlalchemy import Connection

from bot.enclosures.maker import Maker
from bot.services import letters
from bot.services.linking import MINUTES
from bot.services.mail import TRIES, Postman, Server, message
from flows.engine.enclosures import Kept
from storage import mails
from storage.attachments import Folder
from storage.mails import Mail
from storage.moments import micros
from storage.people import Installer
from storage.reports import Order
from storage.unit_of_work import UnitOfWork

NOW = datetime.datetime(2026, 11, 20, 12, tzinfo=datetime.UTC)
ELS = Installer(1, 1, "Zonnebouw", "Els Wouters", "els@zonnebouw.example", "", "office", "nl", "", "", "")


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> datetime.datetime:
        """The time it was set to."""
        return self.at


class PostOffice:
    """A mail server that keeps what it takes; `says` is what it answers instead, one by one."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.says: list[str] = []
        self.arrived = threading.Event()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Take a letter, or answer as told."""
        if self.says:
            return self.says.pop(0)
        content = envelope.content
        assert isinstance(content, bytes)
        made: Any = email.message_from_bytes(content, policy=email.policy.default)
        self.taken.append(made)
        self.arrived.set()
        return "250 taken"


@pytest.fixture
def office() -> Iterator[tuple[PostOffice, Server]]:
    """A running mail server."""
    handler, listening = PostOffice(), socket.create_server(("127.0.0.1", 0))
    loop, closing = asyncio.new_event_loop(), asyncio.Event()

    async def serve() -> None:
        async with await loop.create_server(lambda: SMTP(handler), sock=listening):
            await closing.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    yield handler, Server("127.0.0.1", listening.getsockname()[1])
    loop.call_soon_threadsafe(closing.set)
    thread.join()
    loop.close()


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Where the files are that go with letters."""
    return Folder(tmp_path / "attachments")


def deliver(uow: UnitOfWork, server: Server, clock: Clock, folder: Folder) -> int:
    """One visit to the mail server."""
    return asyncio.run(Postman(uow, server, clock, Maker(folder).made).deliver())


def post(uow: UnitOfWork, *rows: dict[str, Any]) -> None:
    """Queue letters."""
    asyncio.run(uow.write(lambda connection: mails.post(connection, list(rows))))


def stored(uow: UnitOfWork) -> list[Mail]:
    """All letters, newest first."""
    return asyncio.run(uow.read(lambda connection: mails.latest(connection, 100)))


def confirmation(key: str = "key") -> dict[str, Any]:
    """The letter about a new RMA."""
    return letters.rma_filed(
        ELS, key, "00517625", "Peeters", ["122145001234"], "Installation", "Kerkstraat 1, Leuven", micros(NOW)
    )


@pytest.mark.row("ESM-27")
def test_a_letter_arrives_once_in_the_language_of_the_reader(
    uow: UnitOfWork, office: tuple[PostOffice, Server], folder: Folder
) -> None:
    """With the number, under a message id that stays the same; a second visit sends nothing."""
    handler, server = office
    post(uow, confirmation())
    assert deliver(uow, server, Clock(), folder) == 1
    assert deliver(uow, server, Clock(), folder) == 0
    (made,) = handler.taken
    assert made["To"] == "els@zonnebouw.example"
    assert made["Message-ID"] == f"<{letters.message_id('rma', 'key')}@solardesk.example>"
    assert made["Content-Language"] == "nl"
    assert "00517625" in made["Subject"]
    assert "122145001234" in made.get_content()
    assert [mail.outcome for mail in stored(uow)] == ["sent"]


@pytest.mark.parametrize("answer", ["451 try later", "550 no such mailbox"])
def test_a_letter_that_is_not_taken_is_tried_again(
    uow: UnitOfWork, office: tuple[PostOffice, Server], folder: Folder, answer: str
) -> None:
    """Not at once, but after a pause; the others of that visit arrive."""
    handler, server = office
    clock = Clock()
    handler.says = [answer]
    post(uow, confirmation("first"), confirmation("second"))
    deliver(uow, server, clock, folder)
    assert len(handler.taken) == 1
    assert deliver(uow, server, clock, folder) == 0
    clock.at += datetime.timedelta(minutes=1)
    assert deliver(uow, server, clock, folder) == 1
    assert len(handler.taken) == 2
    assert {mail.outcome for mail in stored(uow)} == {"sent"}


def test_a_server_that_is_away_loses_nothing(
    uow: UnitOfWork, office: tuple[PostOffice, Server], folder: Folder
) -> None:
    """Nobody answers at first; later all letters arrive."""
    handler, server = office
    clock = Clock()
    post(uow, confirmation())
    deliver(uow, Server("127.0.0.1", 1), clock, folder)
    clock.at += datetime.timedelta(minutes=1)
    deliver(uow, server, clock, folder)
    assert len(handler.taken) == 1


def test_a_letter_is_given_up_in_the_end(
    uow: UnitOfWork, office: tuple[PostOffice, Server], folder: Folder
) -> None:
    """After ten refusals it is parked, and no longer tried."""
    handler, server = office
    clock = Clock()
    handler.says = ["550 never"] * TRIES
    post(uow, confirmation())
    for _try in range(TRIES):
        assert deliver(uow, server, clock, folder) == 1
        clock.at += datetime.timedelta(hours=3)
    assert deliver(uow, server, clock, folder) == 0
    assert [mail.outcome for mail in stored(uow)] == ["parked"]


@pytest.mark.row("ESM-42")
def test_a_report_goes_with_its_letter(
    uow: UnitOfWork, office: tuple[PostOffice, Server], folder: Folder
) -> None:
    """As an attachment; when its file is gone the letter waits, and those behind it leave."""
    handler, server = office
    file, _sha256 = folder.keep(b"PK rows")
    kept, lost = Kept(file, "rma.xlsx", "document", 7), Kept("0" * 40, "rma.xlsx", "document", 7)
    order = Order(1, "key", 1, 1, "c", "s", "fr", "rma", "2026-10-01", "2026-10-31", "", ELS.email, 0, 1)
    gone = letters.report(replace(order, key="gone"), "a report", lost, micros(NOW))
    post(uow, gone, letters.report(order, "a report", kept, micros(NOW)), confirmation())
    deliver(uow, server, Clock(), folder)
    [report] = [letter for letter in handler.taken if letter.is_multipart()]
    [attached] = report.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == ("rma.xlsx", b"PK rows")
    assert len(handler.taken) == 2


def test_a_code_is_forgotten_once_it_is_sent(
    uow: UnitOfWork, office: tuple[PostOffice, Server], folder: Folder
) -> None:
    """It is in the letter, and no longer in the database."""
    handler, server = office
    post(uow, letters.code_asked(ELS, "hash", "ABCDE-FGHJK", MINUTES, micros(NOW)))
    assert "ABCDE-FGHJK" in str(stored(uow)[0].body)
    deliver(uow, server, Clock(), folder)
    assert "ABCDE-FGHJK" in handler.taken[0].get_content()
    assert stored(uow)[0].body == ""


def test_the_same_effect_makes_the_same_message_id() -> None:
    """Two letters with one id are known as one by every mail program."""
    assert confirmation()["message_id"] == confirmation()["message_id"]
    assert confirmation()["message_id"] != confirmation("other")["message_id"]


def test_a_name_with_a_line_break_cannot_add_a_header(folder: Folder) -> None:
    """Whatever is in a subject stays on its line."""
    mail = Mail(1, "id", ELS.email, "nl", "1\r\nBcc: x@y.example", "body", False, 0, 0, None)
    made = message(mail, Server("localhost"), Maker(folder).made)
    assert made["Bcc"] is None
    assert made["Subject"] == "1 Bcc: x@y.example"


@pytest.mark.parametrize("recipient", ["a@b.example\r\nBcc: x@y.example", "a@b.example, x@y.example", ""])
def test_a_recipient_is_one_mailbox(recipient: str, folder: Folder) -> None:
    """Anything else is no letter at all."""
    mail = Mail(1, "id", recipient, "nl", "subject", "body", False, 0, 0, None)
    with pytest.raises((ValueError, email.errors.MessageError)):
        message(mail, Server("localhost"), Maker(folder).made)


def test_a_password_is_not_shown_by_accident() -> None:
    """A server in a log or a traceback shows where it is, and no more."""
    assert "secret" not in repr(Server("mail.example", 587, "user", "secret"))


def test_the_postman_keeps_going(uow: UnitOfWork, office: tuple[PostOffice, Server], folder: Folder) -> None:
    """Running, it takes what waits without being asked."""
    handler, server = office
    post(uow, confirmation())

    async def run() -> None:
        postman = asyncio.create_task(Postman(uow, server, Clock(), Maker(folder).made).run())
        await asyncio.to_thread(handler.arrived.wait, 60)
        postman.cancel()

    asyncio.run(run())
    assert len(handler.taken) == 1


def test_letters_keep_the_order_in_which_they_were_written(connection: Connection) -> None:
    """Oldest first."""
    mails.post(connection, [confirmation("a"), confirmation("b")])
    waiting = mails.waiting(connection, micros(NOW), 10)
    assert [mail.message_id for mail in waiting] == [letters.message_id("rma", key) for key in "ab"]
