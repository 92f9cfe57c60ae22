"""The desk from a terminal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ONE_AFTER_ANOTHER = """
import json, sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from bot.__main__ import main
ends = []
for arguments in json.load(sys.stdin):
    with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
        code = main(arguments)
    ends.append((code, out.getvalue(), err.getvalue()))
print(json.dumps(ends))
"""


class Ended(NamedTuple):
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str


def python(folder: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """A process on the data in this folder."""
    return subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, "SOLARDESK_DATA_DIR": str(folder)},
        input=typed,
        capture_output=True,
        text=True,
        check=False,
    )


def commands(folder: Path, *wanted: tuple[str, ...]) -> list[Ended]:
    """Run these, one after another, in one process: to start one takes longer than to run them all."""
    done = python(folder, "-c", ONE_AFTER_ANOTHER, typed=json.dumps(wanted))
    assert done.returncode == 0, done.stderr
    return [Ended(*end) for end in json.loads(done.stdout)]


def test_an_agent_works_from_a_terminal(tmp_path: Path) -> None:
    """Finds a request, asks, notes, moves it along; what cannot be done is said and fails."""
    rma = ("--as", "mia", "rma", "00517624")
    _seeded, hired, found, *deeds, listed, shown, refused, nobody, empty, long = commands(
        tmp_path,
        ("seed",),
        ("desk", "add-agent", "mia", "Mia"),
        ("desk", "search", "517624"),
        ("desk", "ask", *rma, "Which roof?"),
        ("desk", "note", *rma, "Careful"),
        ("desk", "message", *rma, "Soon"),
        ("desk", "number", *rma, "E-1"),
        ("desk", "address", *rma, "Dock 7"),
        ("desk", "list", "--waiting", "installer"),
        ("desk", "--lang", "nl", "show", "rma", "00517624"),
        ("desk", "status", *rma, "shipped"),
        ("desk", "note", "--as", "nobody", "rma", "00517624", "x"),
        ("desk", "message", *rma, " "),
        ("desk", "note", *rma, "x" * 5_000),
    )
    assert "It is shown only now." in hired.out
    assert "00517624" in found.out
    assert [deed.code for deed in deeds] == [0] * 5
    assert "00517624" in listed.out
    assert all(words in shown.out for words in ("In uitvoering", "Which roof?", "Careful", "E-1", "Dock 7"))
    assert "status cancelled: Geannuleerd" in shown.out
    assert (refused.code, refused.err) == (1, "This is not possible now. Nothing was changed.\n")
    assert (empty.code, empty.err) == (1, "Please type something first.\n")
    assert (long.code, "5,000 characters" in long.err) == (1, True)
    assert (nobody.code, nobody.err) == (1, "There is no such agent.\n")
    alone = python(tmp_path, "-m", "bot", "desk", "show", "rma", "00517624")
    assert (alone.returncode, "Which roof?" in alone.stdout) == (0, True)
