"""What the process logs, with every library at its most talkative: nothing of people, no secret (I8)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conversations.journeys import SILENT
from tests.telegram.journeys import files_rma, photo
from tests.telegram.process import World

pytestmark = pytest.mark.xdist_group("telegram faults")

FAULTS = (
    ("getUpdates", "html", "truncated"),
    ("sendMessage", "truncated"),
    ("editMessageText", "truncated"),
    ("answerCallbackQuery", "500", "html", "truncated", "drop before"),
    ("getFile", "truncated"),
    ("file", "500"),
)


def test_logs_hold_no_token_no_code_and_nothing_that_people_said(sample: Path, tmp_path: Path) -> None:
    """At DEBUG, with everything that can go wrong going wrong once."""
    world = World(tmp_path, sample, debug=True)
    try:
        world.start()
        email = world.firm("en")["people"][0]["email"]
        code = world.code(email)
        phone = world.phone("en", "Grietje Vandersmissen")
        phone.says(f"/start {code}").taps("Link").sees("now belongs to")
        phone.patience = 40
        for method, *kinds in FAULTS:
            for kind in kinds:
                world.service.faults.order(kind, method)  # type: ignore[arg-type]
        number = files_rma(world, phone, "en")
        world.service.faults.clear()
        phone.sends_photo(photo(), "zinc gutter on the left").hears()
        phone.shares_place(50.987654, 4.836321).hears()
        phone.shares_contact("+32470987654").hears()
        world.service.put({"message": {"message_id": "x", "text": "malformed secret words"}})
        phone.says("/help").sees("Menu")
        world.settled(40).stop()
        log = world.log.read_text(errors="replace")
    finally:
        world.close()
    secret = [
        world.service.token,
        world.service.token.partition(":")[2],
        code,
        code.replace("-", ""),
        SILENT["en"],
        "Vandersmissen",
        "zinc gutter",
        "50.98765",
        "470987654",
        "malformed secret",
        email,
        number,
        *(each for each in phone_data(world)),
    ]
    found = [f"{words!r}: {_line(log, words)}" for words in secret if words.lower() in log.lower()]
    assert found == []
    assert " INFO " in log


def phone_data(world: World) -> list[str]:
    """Names, addresses and serials of the company that are on its screens."""
    known = world.rows(
        "SELECT owner, street FROM systems WHERE company = (SELECT id FROM companies WHERE name = ?)",
        world.firm("en")["name"],
    )
    serials = [each["serial"] for each in world.firm("en")["serials"]]
    return [*(words for row in known for words in row if words and len(words) > 5), *serials]


def _line(log: str, words: str) -> str:
    line = next(line for line in log.splitlines() if words.lower() in line.lower())
    return re.sub(r"\d{9,10}:AA\w+", "<token>", line)[:200]
