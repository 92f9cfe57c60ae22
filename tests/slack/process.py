"""The real process beside Slack, started, killed and started again on the same data."""

from __future__ import annotations

import asyncio
import datetime
import itertools
import json
import shutil
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Self

from bot.services.invite import invite
from storage import people
from storage.moments import micros
from storage.unit_of_work import open_engine
from tests.bot.channels.slack.workspace import APP, BOT
from tests.ports import free_port
from tests.slack.discretion import leaks
from tests.slack.modals import FormFiller
from tests.slack.post import SECRET
from tests.slack.service import Slack
from tests.telegram.process import ended_as_told, environment, free_site

WAYS = ("sockets", "http")
OPEN = (
    "SELECT (SELECT count(*) FROM inbox WHERE outcome IS NULL)"
    " + (SELECT count(*) FROM outbox WHERE outcome IS NULL)"
)


class World:
    """Slack, the process beside it, and its data. Slack listens inside `async with`."""

    program: Sequence[str] = ("bot", "run")

    def __init__(
        self, folder: Path, sample: Path, way: str = "sockets", locale: str = "en-GB", database: str = ""
    ) -> None:
        """`database`: the URL of one that has the sample in it; else it is the file of the sample."""
        self.slack = Slack(locale)
        self.way = way
        self.data = folder / "data"
        shutil.copytree(sample, self.data)
        self.database = database or f"sqlite:///{self.data / 'solardesk.db'}"
        self._reader = open_engine(self.database, read_only=True)
        self.log = folder / "log.txt"
        self.sample = json.loads((sample / "sample.json").read_text())
        self.port = free_port()
        self.codes: list[str] = []
        self._people = itertools.count(1)
        self._linked = itertools.count()
        self._taken: set[str] = set()
        self._process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> Self:
        await self.slack.__aenter__()
        if self.way == "http":
            self.slack.door = f"http://127.0.0.1:{self.port}/slack/events"
        return self

    async def __aexit__(self, *error: object) -> None:
        """End everything; nothing of people may be in its log."""
        if self._process:
            await self.end(signal.SIGTERM)
        await self.slack.__aexit__(*error)
        found = leaks(self)
        self._reader.dispose()
        assert not found, found

    # --- the process ---

    async def start(self, *arguments: str, ready: bool = True) -> World:
        """Start it, and wait until it listens."""
        env = {
            "SOLARDESK_SLACK_BASE_URL": self.slack.api,
            "SOLARDESK_DATA_DIR": str(self.data),
            "SOLARDESK_DATABASE_URL": self.database,
            "SOLARDESK_PORT": str(self.port),
            "SOLARDESK_LOG_LEVEL": "DEBUG",
            **self.environment(),
        }
        opened = self.slack.opened
        with self.log.open("ab") as log:
            command = (sys.executable, "-m", *self.program, *arguments)
            self._process = await asyncio.create_subprocess_exec(
                *command, env=environment(env), stdout=log, stderr=log
            )
        if ready:
            await self._listens(opened)
        return self

    def environment(self) -> dict[str, str]:
        """How it is let in."""
        way = {"SOLARDESK_SLACK_APP_TOKEN": APP}
        if self.way == "http":
            way = {"SOLARDESK_SLACK_SIGNING_SECRET": SECRET}
        return {"SOLARDESK_SLACK_BOT_TOKEN": BOT, **way}

    async def _listens(self, opened: int) -> None:
        while not (self.slack.opened > opened if self.way == "sockets" else await self._answers()):
            assert self.running, self.log.read_text()[-3000:]
            await asyncio.sleep(0.05)

    async def _answers(self) -> bool:
        try:
            _reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            return False
        writer.close()
        return True

    @property
    def running(self) -> bool:
        """Whether it is alive."""
        return self._process is not None and self._process.returncode is None

    async def end(self, how: signal.Signals = signal.SIGKILL) -> int:
        """End it, and wait until its connections are gone."""
        assert self._process
        if self.running:
            self._process.send_signal(how)
        code = await self._process.wait()
        ended_as_told(code, self.log)
        await self.slack.until(lambda: not self.slack.sockets)
        return code

    def killer(self) -> Callable[[], None]:
        """kill -9 for the process that runs now, and for none that comes after it."""
        process = self._process
        assert process
        return process.kill

    # --- the people ---

    def person(self, language: str = "en", name: str = "") -> FormFiller:
        """Somebody whom the desk does not know."""
        return FormFiller(self.slack, f"U{1000 + next(self._people)}", language, name)

    def linked(self, language: str = "en") -> FormFiller:
        """Somebody who was linked before, of the company of that language."""
        found = self.firm(language)["people"]
        person, email = self.person(language), found[next(self._linked) % len(found)]["email"]
        engine = open_engine(self.database)
        with engine.begin() as connection:
            installer = people.with_email(connection, email)
            assert installer
            now = micros(datetime.datetime.now(datetime.UTC))
            people.link(connection, f"slack:-:T1:{person.user}", installer.id, now)
        engine.dispose()
        return person

    def code(self, email: str) -> str:
        """A fresh code for somebody of the sample."""
        engine = open_engine(self.database)
        with engine.begin() as connection:
            code = invite(connection, email, datetime.datetime.now(datetime.UTC))
        engine.dispose()
        assert code
        self.codes.append(code)
        return code

    def firm(self, language: str) -> dict[str, Any]:
        """The company that speaks this language."""
        return next(f for f in self.sample["companies"] if f["people"][0]["language"] == language)

    def site(self, language: str) -> tuple[str, str]:
        """The name of a system nobody has asked anything about, and the serial of a faulty device of it."""
        return free_site(self.firm(language), self._taken)

    # --- what is kept ---

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """What the database says; a value stands where a question mark is."""
        if self.database.startswith("postgresql"):
            query = query.replace("?", "%s")
        with self._reader.begin() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(query, values)]

    async def settled(self, seconds: float = 120.0) -> World:
        """Wait until nothing is on its way, undone or unsent."""
        quiet = lambda: not self._on_its_way() and self.rows(OPEN) == [(0,)]  # noqa: E731
        await self.slack.until(quiet, seconds)
        return self

    def _on_its_way(self) -> bool:
        return any(parcel.on_its_way for parcel in self.slack.parcels.values())
