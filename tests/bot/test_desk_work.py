"""The desk from a terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def desk(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one command of the desk on the data in this folder."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        env={**os.environ, "SOLARDESK_DATA_DIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_agent_works_from_a_terminal(tmp_path: Path) -> None:
    """Finds a request, asks, notes, moves it along; what cannot be done is said and fails."""
    desk(tmp_path, "seed")
    assert "It is shown only now." in desk(tmp_path, "desk", "add-agent", "mia", "Mia").stdout
    assert "00517624" in desk(tmp_path, "desk", "search", "517624").stdout
    rma = ("--as", "mia", "rma", "00517624")
    for deed, words in (
        ("ask", "Which roof?"),
        ("note", "Careful"),
        ("message", "Soon"),
        ("number", "E-1"),
        ("address", "Dock 7"),
    ):
        assert desk(tmp_path, "desk", deed, *rma, words).returncode == 0
    assert "00517624" in desk(tmp_path, "desk", "list", "--waiting", "installer").stdout
    shown = desk(tmp_path, "desk", "--lang", "nl", "show", "rma", "00517624").stdout
    assert all(words in shown for words in ("In uitvoering", "Which roof?", "Careful", "E-1", "Dock 7"))
    refused = desk(tmp_path, "desk", "status", *rma, "shipped")
    assert (refused.returncode, refused.stderr) == (1, "That cannot be done with this request now.\n")
    nobody = desk(tmp_path, "desk", "note", "--as", "nobody", "rma", "00517624", "x")
    assert (nobody.returncode, nobody.stderr) == (1, "There is no such agent.\n")
