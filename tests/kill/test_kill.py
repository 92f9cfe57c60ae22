"""kill -9 at every named point of a turn: nothing lost, nothing twice, replies in order (I1 to I4, I6)."""

from __future__ import annotations

import datetime
import json
import random
import signal
import subprocess
import sys
from collections import Counter
from contextlib import ExitStack, closing
from itertools import groupby
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from bot.services import seed
from storage import attachments, people
from storage.attachments import Folder
from storage.moments import micros
from storage.unit_of_work import open_engine
from tests.kill.child import POINTS
from tests.kill.platform import Platform

PEOPLE = 4


class Counts(Counter[str]):
    """What was found, for the table in docs/reliability.md."""


def prepare(url: str) -> None:
    """The sample desk, with a linked chat for everybody."""
    now = datetime.datetime.now(datetime.UTC)
    engine = open_engine(url)
    with engine.begin() as connection:
        seed.fill(connection, now)
        emails = [email for _language, _name, _company, email in seed.one_per_language(connection)]
        for n in range(PEOPLE):
            installer = people.with_email(connection, emails[n % len(emails)])
            assert installer
            people.link(connection, f"p{n}", installer.id, micros(now))
    engine.dispose()


def live(url: str, folder: Path, rmas: int, *fate: str) -> int:
    """One life of the process; how it ended."""
    command = [sys.executable, "-m", "tests.kill.child", url, str(folder), str(PEOPLE), str(rmas), *fate]
    ended = subprocess.run(command, check=False, capture_output=True, timeout=280)
    print(ended.stderr.decode())
    assert ended.returncode in (0, -signal.SIGKILL)
    return ended.returncode


def check(url: str, folder: Path, rmas: int, kills: int) -> Counts:
    """All invariants, after everybody is done."""
    with ExitStack() as at_the_end:
        engine = open_engine(url)
        at_the_end.callback(engine.dispose)
        connection = at_the_end.enter_context(engine.begin())
        platform = at_the_end.enter_context(closing(Platform(folder / "platform.jsonl")))
        counts = Counts(kills=kills)
        for who in (f"p{n}" for n in range(PEOPLE)):
            counts += check_person(connection, platform, who, rmas, kills)
        whole(connection)
        assert Folder(folder / "attachments").names() == attachments.ids(connection)
        counts["files"] = len(attachments.ids(connection))
    return counts


def check_person(connection: Connection, platform: Platform, who: str, rmas: int, kills: int) -> Counts:
    """One conversation: every deed taken once, every reply shown in order, every RMA filed once."""
    deeds = [id for id, _ in platform.deeds(who)]
    taken = connection.execute(
        text(
            "SELECT key, outcome FROM inbox WHERE conversation = :who AND channel = 'test' ORDER BY sequence"
        ),
        {"who": who},
    ).all()
    assert [tuple(row) for row in taken] == [(f"test/{who}/{id}", "done") for id in deeds]
    shown = platform.shown(who)
    once = [id for id, _repeats in groupby(shown)]
    assert once == sorted(set(shown))
    assert len(shown) - len(once) <= kills  # whatever was between "sent" and "marked" at that moment
    ended = text("SELECT id, outcome FROM outbox WHERE conversation = :who ORDER BY id")
    outcomes = {row.id: row.outcome for row in connection.execute(ended, {"who": who})}
    # Shown but killed before it was marked, and by then already followed by its own edit: not sent again.
    assert {outcomes[id] for id in once} <= {"sent", "replaced"}
    assert [id for id, outcome in outcomes.items() if outcome == "sent" and id not in once] == []
    assert None not in outcomes.values()
    filed = text("SELECT count(*) FROM rmas WHERE key LIKE :start")
    assert connection.scalar(filed, {"start": f"{who}/%"}) == rmas
    return Counts({"inputs": len(deeds), "RMAs": rmas, "shown twice": len(shown) - len(once)})


def whole(connection: Connection) -> None:
    """The database is consistent."""
    if connection.dialect.name == "sqlite":
        assert connection.scalar(text("PRAGMA integrity_check")) == "ok"
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
    assert connection.scalar(text("SELECT count(*) FROM mails")) == connection.scalar(
        text("SELECT count(*) FROM rmas WHERE key LIKE 'p%/%'")
    )


def test_a_kill_at_each_point_loses_nothing_and_doubles_nothing(database: str, tmp_path: Path) -> None:
    """While several conversations run; each next start goes on where everybody was."""
    prepare(database)
    for point in POINTS:
        nth = 2 if point == "file written without its row" else 5
        assert live(database, tmp_path, 2, point, str(nth)) == -signal.SIGKILL, point
    assert live(database, tmp_path, 2) == 0
    check(database, tmp_path, rmas=2, kills=len(POINTS))


@pytest.mark.soak
@pytest.mark.timeout(600)
@pytest.mark.parametrize("point", POINTS)
def test_twenty_kills_lose_nothing_and_double_nothing(
    database: str, kind: str, tmp_path: Path, point: str
) -> None:
    """In the same database, one after the other, at different moments."""
    prepare(database)
    dice = random.Random(f"{point} {kind}")
    rmas = 20
    # Not so early that the first input of a start is hit three times in a row: that is what parks it.
    between = {"file written without its row": (1, 2), "taken by the drain": (9, 20)}.get(point, (1, 10))
    kills = 0
    while kills < 20 and live(database, tmp_path, rmas, point, str(dice.randint(*between))):
        kills += 1
    assert live(database, tmp_path, rmas) == 0
    counts = check(database, tmp_path, rmas, kills)
    assert kills == 20
    print("kill", json.dumps({"point": point, "database": kind, **counts}))
