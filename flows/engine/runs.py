"""A flow in progress: which step is next, and what an answer changes. There is no stored position."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import msgspec
from msgspec import structs

from flows.engine.data import Request
from flows.engine.language import Act, Ask, Choose, Flow, Review, Show, Step, Upload
from flows.engine.phrases import _
from flows.engine.work import Answer, Run

NOTHING = _("none")
Question = Ask | Choose | Upload
"""A step whose answer the person gives; the review shows it."""


def applies(step: Step, run: Run) -> bool:
    """Whether all conditions of the step hold for the answers so far."""
    for when in step.when:
        answer = run.answers.get(when.step)
        if answer is None:
            return False
        values = answer.value if isinstance(answer.value, tuple) else (answer.value,)
        if when.values and not set(values) & set(when.values):
            return False
    return True


def next_step(flow: Flow, run: Run) -> Step | None:
    """The step being answered again, or the first one that applies and has no answer."""
    if run.redoing:
        for step in flow.steps:
            if step.name == run.redoing and applies(step, run):
                return step
    for step in flow.steps:
        if step.name not in run.answers and applies(step, run):
            return step
    return None


def asks(flows: Mapping[str, Flow], run: Run) -> bool:
    """Whether the run still has something to ask or to do; a card that is only shown does not count."""
    return any(
        step.name not in run.answers and not isinstance(step, Show) and applies(step, run)
        for step in flows[run.flow].steps
    )


def acting(flow: Flow, run: Run) -> bool:
    """Whether the desk is doing what was confirmed, so that it cannot be stopped any more."""
    return run.waiting is not None and any(
        step.name == run.waiting.step and isinstance(step, Act) for step in flow.steps
    )


def digest(data: Request | list[tuple[str, object]]) -> str:
    """A short name for contents: equal for equal ones."""
    return hashlib.blake2s(msgspec.json.encode(data), digest_size=8).hexdigest()


def fingerprint(flow: Flow, run: Run) -> str:
    """Of the answers a review confirms: it lapses when one of them changes."""
    names = [step.name for step in flow.steps if isinstance(step, Question)]
    return digest([(name, run.answers[name].value) for name in names if name in run.answers])


def prune(flow: Flow, run: Run) -> Run:
    """Drop answers of steps that no longer apply or no longer exist, and reviews of other answers."""
    names = {step.name: step for step in flow.steps}
    while gone := [name for name in run.answers if lapsed(flow, run, names.get(name))]:
        answers = {name: known for name, known in run.answers.items() if name not in gone}
        run = structs.replace(run, answers=answers)
    redone = names.get(run.redoing)
    if run.redoing and not (redone and applies(redone, run)):
        run = structs.replace(run, redoing="")
    return run


def lapsed(flow: Flow, run: Run, step: Step | None) -> bool:
    """Whether the answer of this step no longer counts."""
    if step is None or (step.when and not applies(step, run)):
        return True
    return isinstance(step, Review) and run.answers[step.name].value != fingerprint(flow, run)


def dependents(flow: Flow, name: str) -> set[str]:
    """The step and all that is computed from its answer, however far."""
    found = {name}
    for step in flow.steps:
        sources = {when.step for when in step.when}
        if isinstance(step, Show | Choose) and step.rows:
            sources |= set(step.rows.depends_on)
        elif isinstance(step, Act):
            sources |= set(step.request.__struct_fields__)
        if sources & found:
            found.add(step.name)
    return found


def without(flow: Flow, run: Run, name: str) -> Run:
    """The run as if this question had not been answered; what depends on it goes too.

    What the desk did with the old answer counts like a refusal: doing it once more is another effect.
    """
    gone = dependents(flow, name)
    answers = {key: answer for key, answer in run.answers.items() if key not in gone}
    undone = sum(
        isinstance(step, Act) and step.name in gone and step.name in run.answers for step in flow.steps
    )
    run = structs.replace(off_screen(run), answers=answers, refusals=run.refusals + undone)
    return prune(flow, run)


def unconfirmed(flow: Flow, run: Run) -> Run:
    """The run with its reviews to be confirmed again."""
    reviews = {step.name for step in flow.steps if isinstance(step, Review)}
    answers = {name: answer for name, answer in run.answers.items() if name not in reviews}
    return structs.replace(run, answers=answers)


def off_screen(run: Run) -> Run:
    """The run with no rows on screen."""
    return structs.replace(
        run, page=None, page_of="", search="", missed="", cursor="", picked=(), changing=False, stopped=""
    )


def answer(flow: Flow, run: Run, name: str, answered: Answer) -> Run:
    """The run with this answer; when it replaces another one, what depended on that is dropped."""
    if name in run.answers and run.answers[name].value != answered.value:
        run = without(flow, run, name)
    hints = {key: value for key, value in run.hints.items() if key != name} if run.hints else run.hints
    redoing = "" if run.redoing == name else run.redoing
    answers = {**run.answers, name: answered}
    return structs.replace(off_screen(run), answers=answers, hints=hints, redoing=redoing)


def files_of(run: Run) -> tuple[str, ...]:
    """The files that belong to it, by id."""
    answered = [file.id for known in run.answers.values() for file in known.files]
    return (*answered, *(file.id for file in run.files))


def turn_of(run: Run) -> int:
    """The number of the next answer the person gives; *back* takes the highest."""
    return 1 + max((known.given for known in run.answers.values()), default=0)


def nothing(step: Step) -> Answer:
    """The answer of a question that was skipped."""
    several = isinstance(step, Upload) or (isinstance(step, Choose) and step.many)
    return Answer(() if several else "", NOTHING)
