"""The real process beside a workspace of paper, started, killed and started again on the same data."""

from __future__ import annotations

import asyncio
import signal
import sys
from contextlib import closing
from pathlib import Path
from sqlite3 import connect
from typing import Any

from tests.bot.channels.slack.workspace import APP, BOT, Workspace
from tests.telegram.process import environment


class Process:
    """The product beside a workspace of paper, on data that outlives it."""

    def __init__(self, folder: Path, workspace: Workspace) -> None:
        self.folder = folder
        self.workspace = workspace
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it, and wait until it listens."""
        env = {
            "SOLARDESK_SLACK_BOT_TOKEN": BOT,
            "SOLARDESK_SLACK_APP_TOKEN": APP,
            "SOLARDESK_SLACK_BASE_URL": self.workspace.api,
            "SOLARDESK_DATA_DIR": str(self.folder),
            "SOLARDESK_PORT": "0",
            "SOLARDESK_LOG_LEVEL": "DEBUG",
        }
        opened = self.workspace.opened
        with (self.folder / "log.txt").open("ab") as log:
            command = (sys.executable, "-m", "bot", "run")
            self._process = await asyncio.create_subprocess_exec(
                *command, env=environment(env), stdout=log, stderr=log
            )
        await self.workspace.until(lambda: self.workspace.opened > opened and self.workspace.sockets)

    async def end(self, how: signal.Signals) -> int:
        """End it, and wait until its connections are gone."""
        assert self._process
        self._process.send_signal(how)
        code = await self._process.wait()
        await self.workspace.until(lambda: not self.workspace.sockets)
        return code

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What the database says."""
        with closing(connect(self.folder / "solardesk.db")) as connection:
            return list(connection.execute(query))
