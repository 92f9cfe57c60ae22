"""The real thing: `python -m bot demo` as a newcomer starts it, and as somebody pulls its plug."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

from tests.ports import free_port


class RunningDemo:
    """A demo with data of its own. `links` are the addresses it printed; `agent` can sign in at the desk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = free_port()
        self.links: dict[str, str] = {}
        self.agent = ("", "")
        self.start()

    @property
    def home(self) -> str:
        """Its address, for somebody it does not know."""
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Start it, or start it again on the same data and the same port."""
        settings = {"SOLARDESK_DATA_DIR": str(self._folder), "SOLARDESK_PORT": str(self._port)}
        with self._log.open("a") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot", "demo"],
                env={**os.environ, **settings},
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self._process.stdout
        for line in self._process.stdout:
            if found := re.search(r"(http://\S+/demo/(\w+))", line):
                self.links[found[2]] = found[1]
            if found := re.search(r"(http://\S+/desk) .* sign in as (\w+), (\S+)", line):
                self.links["desk"], self.agent = found[1], (found[2], found[3])
            if "stranger" in self.links and line.startswith("Each is"):
                return
        raise AssertionError(f"the demo did not start: {self._log.read_text()}")

    def pull_the_plug(self) -> None:
        """kill -9."""
        self._process.kill()
        self._end()

    def stop(self) -> None:
        """Stop it politely."""
        self._process.terminate()
        self._end()

    def _end(self) -> None:
        self._process.wait(60)
        assert self._process.stdout
        self._process.stdout.close()

    @property
    def _log(self) -> Path:
        return self._folder / "log.txt"

    @property
    def log(self) -> str:
        """What it had to say to its operator."""
        return self._log.read_text()

    def rmas(self, words: str) -> list[tuple[str, int]]:
        """The RMAs described in these words: number, and how many photos are on it."""
        with sqlite3.connect(
            f"file:{self._folder}/demo/solardesk.db?mode=ro", uri=True, timeout=60
        ) as database:
            found = database.execute(
                "SELECT number, (SELECT count(*) FROM rma_files f WHERE f.rma = rmas.number)"
                " FROM rmas WHERE description = ?",
                (words,),
            ).fetchall()
        database.close()
        return found

    def filed_by(self, email: str) -> str:
        """An RMA of this installer that is in progress."""
        with sqlite3.connect(
            f"file:{self._folder}/demo/solardesk.db?mode=ro", uri=True, timeout=60
        ) as database:
            (number,) = database.execute(
                "SELECT number FROM rmas JOIN installers i ON i.id = rmas.installer"
                " WHERE i.email = ? AND rmas.status = 'in_progress' ORDER BY number LIMIT 1",
                (email,),
            ).fetchone()
        database.close()
        return str(number)
