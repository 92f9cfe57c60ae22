"""An Excel file with devices begins their registration, whatever else is open."""

from __future__ import annotations

from flows.engine.data import Started
from flows.engine.drafts import filled_in, start
from flows.engine.events import Sent
from flows.engine.files import usable_of
from flows.engine.runs import acting
from flows.engine.talk import Talk

REGISTER_SHEET = "register_sheet"
"""The flow that asks for an Excel file."""


def starts_with_sheet(talk: Talk, sent: Sent) -> bool:
    """Begin with the first such file, in the place of work in which nothing was answered yet."""
    sheets = [file for file in usable_of(sent.files) if file.kind == "sheet"]
    if not sheets or REGISTER_SHEET not in talk.flows:
        return False
    run = talk.top
    if run and not acting(talk.flow_of(run), run) and not filled_in(run) and not run.waiting:
        talk.runs.pop()
    start(talk, Started(REGISTER_SHEET, {"sheet": sheets[0].id}))
    return True
