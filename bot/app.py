"""The only place where the parts are put together."""

from __future__ import annotations

import asyncio
import datetime
import logging
import traceback
from collections.abc import Sequence
from functools import partial

from bot.drain import Mind
from bot.enclosures.maker import Maker
from bot.faults import trace
from bot.ports import Channel, Clock
from bot.runner import Runner
from bot.services import device_types
from bot.services.cases import Support
from bot.services.cashback_campaign import SAMPLE, Campaign, read
from bot.services.desk import EmbeddedDesk
from bot.services.mail import Postman, Server
from bot.services.portal import PortalFile
from bot.settings import Settings
from bot.understanding import Understanding
from flows.catalog import ALL
from flows.engine.check import usable
from flows.engine.engine import advance
from storage.attachments import Folder
from storage.migrate import upgrade
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

MAIL_FAULT_SECONDS = 5.0
LOUD = (
    "aiohttp",
    "asyncio",
    "httpcore",
    "httpx",
    "python_multipart",
    "slack_bolt",
    "slack_sdk",
    "sqlalchemy",
    "telegram",
    "PIL",
)
"""Libraries that log addresses with tokens in them, or what people said, at lower levels."""


class SystemClock:
    """The real time."""

    def now(self) -> datetime.datetime:
        """Now, in UTC."""
        return datetime.datetime.now(datetime.UTC)


class App:
    """The running product: storage, the loops, and whatever channels were put in before `start`."""

    def __init__(self, settings: Settings, clock: Clock | None = None) -> None:
        self.settings = settings
        self.clock: Clock = clock or SystemClock()
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        upgrade(settings.database)
        self.uow = UnitOfWork(settings.database)
        self.folder = Folder(settings.data_dir / "attachments")
        self.channels: dict[str, Channel] = {}
        self.mind = mind(settings)
        self.runner = Runner(
            self.uow,
            self.clock,
            self.channels,
            self.mind,
            self.folder,
            time_zone=settings.time_zone,
            campaign=campaign_of(settings),
            portal=PortalFile(settings.portal_file) if settings.portal_file else None,
        )
        self._mail: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Sweep up after the last run and start the loops."""
        await self.runner.start()
        if self.settings.smtp_host:
            self._mail = asyncio.create_task(self._deliver_mail())

    async def stop(self) -> None:
        """Finish what is under way; everything else is in the database for the next start."""
        await self.finish()
        await self.close()

    async def finish(self) -> None:
        """Take nothing more up."""
        if self._mail:
            self._mail.cancel()
            await asyncio.gather(self._mail, return_exceptions=True)
        await self.runner.stop()

    async def close(self) -> None:
        """Let go of the database."""
        await asyncio.to_thread(self.uow.close)

    async def _deliver_mail(self) -> None:
        postman = Postman(self.uow, mail_server(self.settings), self.clock, Maker(self.folder).made)
        while True:
            try:
                await postman.run()
            except Exception as error:  # this loop never ends; the letters wait in the database
                log.error("mail: %s", trace(error))
                await asyncio.sleep(MAIL_FAULT_SECONDS)


def mail_server(settings: Settings) -> Server:
    """The mail server of these settings."""
    return Server(
        settings.smtp_host,
        settings.smtp_port,
        settings.smtp_user,
        settings.smtp_password,
        settings.smtp_tls,
        settings.mail_from,
        settings.time_zone,
    )


def campaign_of(settings: Settings) -> Campaign:
    """The cashback campaign of these settings. Raises ValueError."""
    return read(settings.cashback_file or SAMPLE)


def mind(settings: Settings) -> Mind:
    """What decides a turn. Raises DefinitionError, and ValueError for a configured file."""
    flows = usable(ALL)
    support = Support(settings.desk_phone, settings.desk_mail, settings.desk_opens, settings.desk_closes)
    batteries = device_types.read(settings.batteries_file)
    desk = EmbeddedDesk(support, campaign_of(settings), batteries, overview=settings.portal_file is not None)
    return Mind(partial(advance, flows), Understanding(flows).understand, desk)


def quiet_logging(settings: Settings) -> None:
    """Logs without what people say and without secrets; libraries only when something is wrong."""
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for library in LOUD:
        logging.getLogger(library).setLevel(logging.WARNING)
    # It logs an answer that it cannot read, with the words of people in it, and then raises it to us anyway.
    logging.getLogger("telegram").setLevel(logging.CRITICAL)
    secrets = (
        settings.telegram_token,
        settings.telegram_webhook_secret,
        settings.slack_bot_token,
        settings.slack_app_token,
        settings.slack_signing_secret,
        settings.slack_client_secret,
        settings.smtp_password,
    )
    for handler in logging.getLogger().handlers:
        handler.addFilter(Unnamed([secret for secret in secrets if secret]))


class Unnamed(logging.Filter):
    """Takes secrets out of what is logged, whoever put them there."""

    def __init__(self, secrets: Sequence[str]) -> None:
        super().__init__()
        self._secrets = secrets

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true: the record is changed, not dropped."""
        message = record.getMessage()
        if record.exc_info:
            message += "\n" + "".join(traceback.format_exception(*record.exc_info))
        for secret in self._secrets:
            message = message.replace(secret, "[secret]")
        record.msg, record.args, record.exc_info, record.exc_text = message, None, None, None
        return True
