"""A flow in progress: which step is next, and what an answer changes. There is no stored position."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import msgspec
from msgspec import structs

from flows.engine.language import Ask, Choose, Flow, Review, Show, Step, Upload
from flows.engine.model import (
    Answer,
    Run,
)
from flows.engine.screens import (
    NOTHING,
    applies,
)


def next_step(flow: Flow, run: Run) -> Step | None:
    """The step being answered again, or the first one that applies and has no answer."""
    if run.redoing:
        return next(step for step in flow.steps if step.name == run.redoing)
    return next((step for step in flow.steps if step.name not in run.answers and applies(step, run)), None)


def asks(flows: Mapping[str, Flow], run: Run) -> bool:
    """Whether the run still has something to ask or to do; a card that is only shown does not count."""
    return any(
        not isinstance(step, Show) and step.name not in run.answers and applies(step, run)
        for step in flows[run.flow].steps
    )


def fingerprint(flow: Flow, run: Run) -> str:
    """Of the answers a review confirms: it lapses when one of them changes."""
    names = [step.name for step in flow.steps if isinstance(step, Ask | Choose | Upload)]
    values = [(name, run.answers[name].value) for name in names if name in run.answers]
    return hashlib.blake2s(msgspec.json.encode(values), digest_size=8).hexdigest()


def prune(flow: Flow, run: Run) -> Run:
    """Drop answers of steps that no longer apply or no longer exist, and reviews of other answers."""
    names = {step.name: step for step in flow.steps}
    while True:
        kept = {
            name: answer
            for name, answer in run.answers.items()
            if name in names
            and applies(names[name], run)
            and not (isinstance(names[name], Review) and answer.value != fingerprint(flow, run))
        }
        if len(kept) == len(run.answers):
            break
        run = structs.replace(run, answers=kept)
    if run.redoing and not (run.redoing in names and applies(names[run.redoing], run)):
        run = structs.replace(run, redoing="")
    return run


def dependents(flow: Flow, name: str) -> set[str]:
    """The step and all that is computed from its answer, however far."""
    found = {name}
    for step in flow.steps:
        sources = {when.step for when in step.when}
        if isinstance(step, Show | Choose) and step.rows:
            sources |= set(step.rows.depends_on)
        if sources & found:
            found.add(step.name)
    return found


def without(flow: Flow, run: Run, name: str) -> Run:
    """The run as if this question had not been answered; what depends on it goes too."""
    gone = dependents(flow, name)
    answers = {key: answer for key, answer in run.answers.items() if key not in gone}
    return structs.replace(
        off_screen(run), answers=prune(flow, structs.replace(run, answers=answers)).answers
    )


def off_screen(run: Run) -> Run:
    """The run with no rows on screen."""
    return structs.replace(run, page=None, page_of="", search="", cursor="", picked=(), changing=False)


def answer(flow: Flow, run: Run, name: str, answered: Answer) -> Run:
    """The run with this answer; when it replaces another one, what depended on that is dropped."""
    if name in run.answers and run.answers[name].value != answered.value:
        run = without(flow, run, name)
    hints = {key: value for key, value in run.hints.items() if key != name}
    redoing = "" if run.redoing == name else run.redoing
    return structs.replace(
        off_screen(run), answers={**run.answers, name: answered}, hints=hints, redoing=redoing
    )


def turn_of(run: Run) -> int:
    """The number of the next answer the person gives; *back* takes the highest."""
    return 1 + max((known.given for known in run.answers.values()), default=0)


def nothing(step: Step) -> Answer:
    """The answer of a question that was skipped."""
    several = isinstance(step, Upload) or (isinstance(step, Choose) and step.many)
    return Answer(() if several else "", NOTHING)
