"""The real process, started, killed and started again on the same data."""

from __future__ import annotations

import datetime
import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.services.invite import invite
from storage import people
from storage.moments import micros
from storage.unit_of_work import open_engine
from tests.ports import free_port
from tests.telegram.discretion import leaks
from tests.telegram.phone import Phone
from tests.telegram.server import Server
from tests.telegram.service import Service

START_SECONDS = 60.0
SECRET = "a-secret_of-the-webhook-0123456789"


def free_site(firm: dict[str, Any], taken: set[str]) -> tuple[str, str]:
    """The name of a system nobody asked anything about, and the serial of a device of it; it is taken then.

    No other name begins with it, so that it is never asked which one is meant.
    """
    asked = {rma["system"] for rma in firm["rmas"]} | taken
    names = [system["name"] for system in firm["systems"]]
    for system in firm["systems"]:
        serials = [each["serial"] for each in firm["serials"] if each["system"] == system["id"]]
        alone = sum(name.startswith(system["name"]) for name in names) == 1
        if serials and alone and system["id"] not in asked:
            taken.add(system["id"])
            return system["name"], serials[0]
    raise AssertionError("all systems are used")


class World:
    """The service, the process beside it, and its data."""

    program: Sequence[str] = ("bot", "run")

    def __init__(self, folder: Path, sample: Path, *, webhook: bool = False, database: str = "") -> None:
        """`database`: the URL of one that has the sample in it; else it is the file of the sample."""
        self.folder = folder
        self.data = folder / "data"
        shutil.copytree(sample, self.data)
        self.service = Service()
        self.server = Server(self.service)
        self.log = folder / "log.txt"
        self.sample = json.loads((sample / "sample.json").read_text())
        self.database = database or f"sqlite:///{self.data / 'solardesk.db'}"
        self._reader = open_engine(self.database, read_only=True)
        self._people = itertools.count()
        self._phones = itertools.count(1001)
        self._lock = threading.Lock()
        self._taken: set[str] = set()
        self.codes: list[str] = []
        self._process: subprocess.Popen[bytes] | None = None
        self._standby: subprocess.Popen[bytes] | None = None
        self.port = free_port()
        self._env = {
            "SOLARDESK_TELEGRAM_TOKEN": self.service.token,
            "SOLARDESK_TELEGRAM_BASE_URL": self.server.url,
            "SOLARDESK_TELEGRAM_FILE_URL": self.server.file_url,
            "SOLARDESK_DATA_DIR": str(self.data),
            "SOLARDESK_DATABASE_URL": self.database,
            "SOLARDESK_PORT": str(self.port),
            "SOLARDESK_LOG_LEVEL": "DEBUG",
        }
        if webhook:
            self._env |= {
                "SOLARDESK_TELEGRAM_WEBHOOK_URL": f"http://127.0.0.1:{self.port}/telegram",
                "SOLARDESK_TELEGRAM_WEBHOOK_SECRET": SECRET,
            }

    # --- the process ---

    def start(self, *arguments: str, ready: bool = True) -> World:
        """Start it, and wait until it asks for updates or has set its webhook."""
        polls = self.service.polls
        self._process = self._spawn(arguments, self._env)
        if ready:
            self.service.until(
                lambda: self.service.polls > polls or self.service.webhook or not self.running,
                START_SECONDS,
                "the process asks for updates",
            )
            assert self.running, self.log.read_text()[-3000:]
        return self

    def stands_by(self) -> World:
        """Start another one on the same data, and wait until it waits."""
        self._standby = self._spawn((), {**self._env, "SOLARDESK_PORT": str(free_port())})
        while b"waits to take over" not in self.log.read_bytes():
            assert self._standby.poll() is None, self.log.read_text()[-3000:]
            time.sleep(0.05)
        return self

    def hands_over(self, how: signal.Signals) -> World:
        """End the one that answers; the other one is ours now."""
        assert self._process
        self._process.send_signal(how)
        self._process.wait(60)
        self._process, self._standby = self._standby, None
        return self

    def _spawn(self, arguments: Sequence[str], env: Mapping[str, str]) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", *self.program, *arguments]
        with self.log.open("ab") as log:
            return subprocess.Popen(command, env=environment(env), stdout=log, stderr=log)

    @property
    def running(self) -> bool:
        """Whether it is alive."""
        return self._process is not None and self._process.poll() is None

    def kill(self) -> World:
        """kill -9."""
        if self._process:
            self._process.send_signal(signal.SIGKILL)
            ended_as_told(self._process.wait(), self.log)
        return self

    def killer(self) -> Callable[[], None]:
        """kill -9 for the process that runs now, and for none that comes after it."""
        process = self._process
        assert process
        return process.kill

    def stop(self) -> World:
        """Ask it to stop; it must."""
        if self._process:
            self._process.send_signal(signal.SIGTERM)
            ended_as_told(self._process.wait(60), self.log)
        return self

    def close(self) -> None:
        """End everything; nothing of people may be in its log."""
        try:
            self.stop()
            found = leaks(self)
            assert not found, found
        finally:
            if self._standby:
                self._standby.kill()
                self._standby.wait()
            self.server.stop()
            self.kill()
            self._reader.dispose()

    # --- the people ---

    def phone(self, language: str = "en", name: str = "Els") -> Phone:
        """A new phone, which the desk does not know."""
        return Phone(self.service, next(self._phones), name, language)

    def linked(self, language: str = "en") -> Phone:
        """A phone linked, through the chat itself, to somebody of the company of that language."""
        people = self.firm(language)["people"]
        email = people[next(self._people) % len(people)]["email"]
        phone = self.phone(language, email.split("@")[0])
        phone.says(f"/start {self.code(email)}")
        phone.taps({"nl": "Koppelen", "fr": "Lier", "en": "Link"}[language])
        phone.sees({"nl": "hoort nu bij", "fr": "appartient maintenant", "en": "now belongs to"}[language])
        return phone

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
        with self._lock:
            return free_site(self.firm(language), self._taken)

    def acquainted(self, firm: dict[str, Any]) -> Phone:
        """A phone that was linked to somebody of this company before."""
        person = firm["people"][next(self._people) % len(firm["people"])]
        phone = self.phone(person["language"], person["email"].split("@")[0])
        now = datetime.datetime.now(datetime.UTC)
        engine = open_engine(self.database)
        with engine.begin() as connection:
            installer = people.with_email(connection, person["email"])
            assert installer
            people.link(connection, f"telegram:{phone.id}", installer.id, micros(now))
        engine.dispose()
        return phone

    def site_of(self, firm: dict[str, Any]) -> tuple[str, str]:
        """A site of this company, as in `site`."""
        with self._lock:
            return free_site(firm, self._taken)

    def place(self, language: str) -> tuple[str, float, float]:
        """A system with where it stands."""
        query = "SELECT name, latitude, longitude FROM systems WHERE id = ?"
        name, latitude, longitude = self.rows(query, self.firm(language)["systems"][5]["id"])[0]
        return name, latitude, longitude

    # --- what is kept ---

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """What the database says; a value stands where a question mark is."""
        if self.database.startswith("postgresql"):
            query = query.replace("?", "%s")
        with self._reader.begin() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(query, values)]

    def change(self, query: str) -> None:
        """Change what the database says, while nobody uses it."""
        engine = open_engine(self.database)
        with engine.begin() as connection:
            connection.exec_driver_sql(query)
        engine.dispose()

    def settled(self, seconds: float = 60.0) -> World:
        """Wait until nothing is unconfirmed, undone or unsent."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if not self.service.updates and self._nothing_open():
                return self
            time.sleep(0.05)
        raise AssertionError(f"not settled: {len(self.service.updates)} updates, {self._open()}")

    def until(self, truth: Callable[[], object], what: str, seconds: float = 60.0) -> World:
        """Wait until something is so."""
        limit = time.monotonic() + seconds
        while not truth():
            assert time.monotonic() < limit, f"not within {seconds} s: {what}"
            time.sleep(0.05)
        return self

    def _nothing_open(self) -> bool:
        return not any(self._open())

    def _open(self) -> tuple[int, int]:
        inbox = self.rows("SELECT count(*) FROM inbox WHERE outcome IS NULL")[0][0]
        outbox = self.rows("SELECT count(*) FROM outbox WHERE outcome IS NULL")[0][0]
        return inbox, outbox


def make_sample(folder: Path, database: str = "") -> Path:
    """Sample data with a code for everybody, made by the product's own command."""
    env = environment({"SOLARDESK_DATA_DIR": str(folder), "SOLARDESK_DATABASE_URL": database})
    folder.mkdir(parents=True, exist_ok=True)
    made = subprocess.run(
        [sys.executable, "-m", "bot", "seed", "--json"], env=env, check=True, capture_output=True
    )
    (folder / "sample.json").write_bytes(made.stdout)
    return folder


def ended_as_told(code: int, log: Path) -> None:
    """A process ends as it should or is killed; it never falls over."""
    assert code in (0, -signal.SIGTERM, -signal.SIGKILL), f"{code}: {log.read_text()[-3000:]}"


def environment(more: Mapping[str, str]) -> dict[str, str]:
    """Ours without anybody's settings."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("SOLARDESK_")}
    return {**inherited, **more}
