"""Sending the letters that wait, over SMTP: each until the server takes it, or it is given up."""

from __future__ import annotations

import asyncio
import datetime
import logging
import random
import smtplib
import ssl
from collections.abc import Callable, Sequence
from contextlib import suppress
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from functools import partial

from msgspec import Struct
from sqlalchemy import Connection

from bot.ports import Clock, Enclosed
from flows.engine.enclosures import Enclosure
from locales.speaker import Speaker
from storage import mails
from storage.mails import Mail
from storage.moments import micros, moment
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

BATCH = 20
TRIES = 10
TIMEOUT_SECONDS = 20.0
FIRST_WAIT = datetime.timedelta(seconds=30)
LONGEST_WAIT = datetime.timedelta(hours=2)
PAUSE_SECONDS = 5.0
ABOUT_ONE_LETTER = (
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPSenderRefused,
    smtplib.SMTPDataError,
    MessageError,
    ValueError,
)
"""What is wrong with one letter only; anything else ends the visit to the server."""


Make = Callable[[Enclosure, Speaker], Enclosed | None]
"""What draws or fetches what is enclosed, in the reader's language; None when that cannot be had."""


class Server(Struct, frozen=True):
    """The mail server, and from whom the letters come."""

    host: str
    port: int = 25
    user: str = ""
    password: str = ""
    tls: bool = False
    sender: str = "support@solardesk.example"
    time_zone: str = "Europe/Brussels"

    def __repr__(self) -> str:
        return f"Server({self.host!r}, {self.port})"


class Postman:
    """Takes waiting letters to the server; what it does not take is tried again, later and later."""

    def __init__(self, uow: UnitOfWork, server: Server, clock: Clock, make: Make) -> None:
        self._uow, self._server, self._clock, self._make = uow, server, clock, make

    async def run(self) -> None:
        """Deliver until cancelled."""
        while True:
            if not await self.deliver():
                await asyncio.sleep(PAUSE_SECONDS)

    async def deliver(self) -> int:
        """Try the letters that are due now; says how many there were."""
        now = micros(self._clock.now())
        waiting = await self._uow.read(partial(mails.waiting, now=now, count=BATCH))
        if waiting:
            taken = await asyncio.to_thread(_send, self._server, waiting, self._make)
            await self._uow.write(lambda connection: self._note(connection, waiting, taken))
        return len(waiting)

    def _note(self, connection: Connection, tried: Sequence[Mail], taken: set[int]) -> None:
        now = self._clock.now()
        for mail in tried:
            if mail.id in taken:
                mails.sent(connection, mail)
            elif mail.attempts + 1 >= TRIES:
                log.error("mail %s given up after %d tries", mail.message_id, TRIES)
                mails.park(connection, mail)
            else:
                mails.postpone(connection, mail, micros(now + _wait(mail.attempts)))


def message(mail: Mail, server: Server, make: Make) -> EmailMessage:
    """The letter in the reader's language. A line break in a header is impossible here.

    Raises ValueError or MessageError when the recipient is not one mailbox, or what is enclosed is gone.
    """
    if "@" not in mail.recipient:
        raise ValueError("no mailbox")
    speaker = Speaker(mail.locale, server.time_zone, moment(mail.created_at).date())
    made = EmailMessage()
    made["From"] = server.sender
    made["To"] = Address(addr_spec=mail.recipient)
    made["Subject"] = " ".join(speaker.say(mail.subject).split())
    made["Date"] = moment(mail.created_at)
    made["Message-ID"] = f"<{mail.message_id}@{server.sender.rpartition('@')[2]}>"
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(speaker.say(mail.body))
    made["Content-Language"] = speaker.language
    if mail.enclosed:
        _enclose(made, make(mail.enclosed, speaker))
    return made


def _enclose(made: EmailMessage, enclosed: Enclosed | None) -> None:
    if enclosed is None:
        raise ValueError("what is enclosed is gone")
    main, _slash, sub = enclosed.media_type.partition("/")
    made.add_attachment(enclosed.content, maintype=main, subtype=sub, filename=enclosed.name)


def _wait(attempts: int) -> datetime.timedelta:
    """Twice as long each time, and not all at once."""
    wait: datetime.timedelta = min(FIRST_WAIT * 2**attempts, LONGEST_WAIT)
    return wait * random.uniform(0.8, 1.2)  # noqa: S311  nothing secret


def _send(server: Server, waiting: Sequence[Mail], make: Make) -> set[int]:
    """The ids of the letters that the server took."""
    taken: set[int] = set()
    try:
        with _connected(server) as smtp:
            for mail in waiting:
                with suppress(*ABOUT_ONE_LETTER):
                    smtp.send_message(message(mail, server, make))
                    taken.add(mail.id)
    except (OSError, smtplib.SMTPException) as error:
        log.warning("mail server %s: %s", server.host, type(error).__name__)
    return taken


def _connected(server: Server) -> smtplib.SMTP:
    smtp = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_SECONDS)
    if server.tls:
        smtp.starttls(context=ssl.create_default_context())
    if server.user:
        smtp.login(server.user, server.password)
    return smtp
