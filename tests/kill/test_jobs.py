"""kill -9 while a report is made and an Excel file is checked: each comes once (I1, I2, I4, I6)."""

from __future__ import annotations

import datetime
import signal
import subprocess
import sys
from collections import Counter
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from bot.services import seed
from flows.engine.enclosures import Kept
from flows.engine.outputs import Prompt, Say
from storage import attachments, people, reports
from storage.attachments import Folder
from storage.codec import decode_message
from storage.moments import micros
from storage.tables import conversations
from storage.unit_of_work import open_engine
from tests.kill.jobs import POINTS, WHO
from tests.kill.platform import Platform


def prepare(url: str) -> None:
    """The sample desk; one person, linked, has just ordered a report."""
    now = datetime.datetime.now(datetime.UTC)
    engine = open_engine(url)
    with engine.begin() as connection:
        seed.fill(connection, now)
        installer = people.with_email(connection, seed.one_per_language(connection)[0][3])
        assert installer
        people.link(connection, WHO, installer.id, micros(now), WHO)
        connection.execute(conversations.insert(), {"key": WHO, "channel": "test", "sequence": 1})
        order = {"key": "once", "company": installer.company, "installer": installer.id, "sender": WHO}
        order |= {
            "conversation": WHO,
            "language": "nl",
            "kind": "rma",
            "systems": "",
            "address": "a@b.example",
        }
        order |= {"since": "2000-01-01", "until": now.date().isoformat(), "created_at": micros(now)}
        reports.add(connection, order)
    engine.dispose()


def live(url: str, folder: Path, *fate: str) -> int:
    """One life of the process; how it ended."""
    command = [sys.executable, "-m", "tests.kill.jobs", url, str(folder), *fate]
    ended = subprocess.run(command, check=False, capture_output=True, timeout=280)
    print(ended.stderr.decode())
    assert ended.returncode in (0, -signal.SIGKILL)
    return ended.returncode


def check(url: str, folder: Path, kills_while_sending: int) -> None:
    """One report in the chat and one by mail, one answer to the Excel file, nothing left lying about."""
    with ExitStack() as at_the_end:
        engine = open_engine(url)
        at_the_end.callback(engine.dispose)
        connection = at_the_end.enter_context(engine.begin())
        platform = at_the_end.enter_context(closing(Platform(folder / "platform.jsonl")))
        messages = {line.id: decode_message(line.what) for line in platform.lines if line.kind == "shown"}
        said = [each for each in messages.values() if isinstance(each, Say) and each.enclosed]
        names = [each.enclosed.name for each in said if isinstance(each.enclosed, Kept)]
        report, remarks = sorted(names)
        assert report.startswith("rma-")
        assert remarks.endswith(" devices.xlsx")
        assert len([each for each in messages.values() if isinstance(each, Prompt)]) == 1
        shown = Counter(platform.shown(WHO))
        assert sum(shown.values()) - len(shown) <= kills_while_sending
        assert columns(connection, "SELECT outcome FROM reports") == ["made"]
        assert columns(connection, "SELECT recipient FROM mails WHERE enclosed IS NOT NULL") == [
            "a@b.example"
        ]
        assert columns(connection, "SELECT outcome FROM inbox WHERE channel = 'test'") == ["done"]
        assert Folder(folder / "attachments").names() == attachments.ids(connection)
        if connection.dialect.name == "sqlite":
            assert connection.scalar(text("PRAGMA integrity_check")) == "ok"
    assert list(folder.glob("attachments.making/*")) == []


def columns(connection: Connection, query: str) -> list[object]:
    """The one column of a query."""
    return list(connection.scalars(text(query)))


@pytest.mark.row("ESM-42")
@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_report_that_was_begun_when_we_were_killed_comes_once(database: str, tmp_path: Path) -> None:
    """Made again from the beginning at the next start; the Excel file of that moment is checked again too."""
    prepare(database)
    assert live(database, tmp_path, "report begun", "1") == -signal.SIGKILL
    assert live(database, tmp_path) == 0
    check(database, tmp_path, 0)


@pytest.mark.soak
@pytest.mark.row("ESM-42", "SMA-05")
@pytest.mark.timeout(600)
@pytest.mark.parametrize(("point", "nth"), POINTS)
def test_each_comes_once_wherever_we_are_killed(database: str, tmp_path: Path, point: str, nth: int) -> None:
    """Twice in a row at the same point, on both databases; one begun more than three times is given up."""
    prepare(database)
    kills = 0
    while kills < 2 and live(database, tmp_path, point, str(nth)):
        kills += 1
    assert kills
    assert live(database, tmp_path) == 0
    check(database, tmp_path, kills if point == "sent but not marked" else 0)
