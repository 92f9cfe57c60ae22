"""An Excel file with devices begins their registration, whatever else is open."""

from __future__ import annotations

from flows.engine.data import Started
from flows.engine.drafts import start, worth_keeping
from flows.engine.events import Sent
from flows.engine.files import usable_of
from flows.engine.phrases import _
from flows.engine.runs import acting
from flows.engine.talk import Talk

REGISTER_SHEET = "register_sheet"
"""The flow that asks for an Excel file."""


ONE_AT_A_TIME = _("I take one Excel file at a time: {name}. Please send the next one after it.")


def starts_with_sheet(talk: Talk, sent: Sent) -> bool:
    """Begin with the first such file, in the place of work in which nothing was answered yet.

    What was said before, also in an earlier file, waits under it.
    """
    sheets = [file for file in usable_of(sent.files) if file.kind == "sheet"]
    if not sheets or REGISTER_SHEET not in talk.flows:
        return False
    run = talk.top
    if run and not acting(talk.flow_of(run), run) and not worth_keeping(talk, run) and not run.waiting:
        talk.runs.pop()
    if len(sheets) > 1:
        talk.say(ONE_AT_A_TIME(name=sheets[0].name))
    start(talk, Started(REGISTER_SHEET, {"sheet": sheets[0].id}))
    return True
