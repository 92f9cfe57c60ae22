"""What is wrong with the flows, found before anybody talks to them: every problem is listed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec import structs

from flows.engine.data import Request
from flows.engine.language import (
    ROW,
    SEARCH,
    THESE,
    Act,
    Action,
    Ask,
    Choose,
    Flow,
    Review,
    Show,
    Step,
    Upload,
)
from flows.engine.phrases import Phrase

LONGEST = 15
GENERAL_REFUSALS = {"unlinked", "not_found"}
"""The engine knows what to say to these; a flow may say it better."""


class DefinitionError(Exception):
    """The flows cannot be used; `problems` lists everything that is wrong with them."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


def usable(flows: Sequence[Flow]) -> dict[str, Flow]:
    """These flows by name. Raises DefinitionError."""
    found = problems(flows)
    if found:
        raise DefinitionError(found)
    return {flow.name: flow for flow in flows}


def problems(flows: Sequence[Flow]) -> list[str]:
    """Everything wrong with these flows, one line each."""
    names = [flow.name for flow in flows]
    found = [f"{name}: two flows have this name" for name, n in Counter(names).items() if n > 1]
    for flow in flows:
        known = {flow.name: flow for flow in flows}
        found += [f"{flow.name}: {problem}" for problem in _flow_problems(flow, known)]
    return found


def _flow_problems(flow: Flow, flows: dict[str, Flow]) -> Iterator[str]:
    if len(flow.steps) > LONGEST:
        yield f"has {len(flow.steps)} steps; {LONGEST} is the most"
    for name, n in Counter(step.name for step in flow.steps).items():
        if n > 1:
            yield f"{name}: two steps have this name"
    for place, step in enumerate(flow.steps):
        earlier = flow.steps[:place]
        for problem in (
            *_condition_problems(flow, step, earlier),
            *_request_problems(step, earlier),
            *_act_problems(step, earlier),
            *_gap_problems(step, earlier),
            *_action_problems(step, earlier, flows),
            *_words_problems(step, flow.steps[place + 1 :]),
        ):
            yield f"{step.name}: {problem}"


def _condition_problems(flow: Flow, step: Step, earlier: Sequence[Step]) -> Iterator[str]:
    known = {other.name: other for other in earlier}
    for when in step.when:
        other = known.get(when.step)
        if other is None:
            later = any(when.step == one.name for one in flow.steps)
            yield f"depends on {when.step}, which {'comes later' if later else 'does not exist'}"
        elif isinstance(other, Choose) and other.rows is None:
            yield from (
                f"depends on {when.step} = {value}, which cannot be chosen"
                for value in when.values
                if value not in other.options
            )


def _request_of(step: Step) -> type[Request] | None:
    if isinstance(step, Act):
        return step.request
    return step.rows.request if isinstance(step, Show | Choose) and step.rows else None


@cache
def _fields_of(request: type[Request]) -> tuple[structs.FieldInfo, ...]:
    """Looked up once: to read annotations is most of what this check costs, and every start waits for it."""
    return structs.fields(request)


def _request_problems(step: Step, earlier: Sequence[Step]) -> Iterator[str]:
    request = _request_of(step)
    if request is None:
        return
    for field in _fields_of(request):
        if field.name in ("text", "cursor"):
            continue
        sources = [other for other in earlier if other.name == field.name]
        if field.required and not any(set(other.when) <= set(step.when) for other in sources):
            yield f"{request.__name__}.{field.name} can be missing"
        for other in sources:
            if _several(other) != (field.type is not str):
                yield f"{request.__name__}.{field.name} does not take the kind of answer {other.name} gives"


def _several(step: Step) -> bool:
    if isinstance(step, Ask):
        return step.parser.several
    return isinstance(step, Upload | Show) or (isinstance(step, Choose) and step.many)


def _act_problems(step: Step, earlier: Sequence[Step]) -> Iterator[str]:
    if not isinstance(step, Act):
        return
    reviews = [other for other in earlier if isinstance(other, Review) and set(other.when) <= set(step.when)]
    if not reviews and not step.request.harmless:
        yield "acts without a review"
    for reason in step.request.refusals:
        if reason not in step.refused and reason not in GENERAL_REFUSALS:
            yield f"has nothing to say when refused with {reason}"
    for reason, refusal in step.refused.items():
        if reason not in step.request.refusals:
            yield f"is never refused with {reason}"
        if refusal.again and refusal.again not in {other.name for other in earlier}:
            yield f"would ask {refusal.again} again, which is no earlier step"


def _gap_problems(step: Step, earlier: Sequence[Step]) -> Iterator[str]:
    answers = {
        other.name
        for other in earlier
        if not isinstance(other, Act | Review) and set(other.when) <= set(step.when)
    }
    spoken: list[tuple[Phrase, set[str]]] = []
    if isinstance(step, Act):
        gaps = answers | set(step.request.gaps)
        spoken = [(step.done, gaps), *((refusal.text, gaps) for refusal in step.refused.values())]
    elif isinstance(step, Review):
        spoken = [(step.text, answers), *((line, answers) for line in step.notice)]
    else:
        spoken = [(step.text, answers)]
    for phrase, filled in spoken:
        for gap in re.findall(r"\{(\w+)\}", phrase.msgid):
            if gap not in filled and gap not in phrase.gaps:
                yield f"nothing fills the gap {{{gap}}} of “{phrase.msgid}”"


def _action_problems(step: Step, earlier: Sequence[Step], flows: dict[str, Flow]) -> Iterator[str]:
    for action in _actions(step):
        target = flows.get(action.flow)
        if target is None:
            yield f"starts {action.flow}, which does not exist"
            continue
        steps = {other.name: other for other in target.steps}
        sources = {other.name for other in (*earlier, step)} | {SEARCH, ROW, THESE}
        looked_up = [other.rows for other in earlier if isinstance(other, Show | Choose) and other.rows]
        sources |= {name for rows in looked_up for name in rows.request.besides}
        if isinstance(step, Act):
            sources |= set(step.request.gaps)
        for to, of in action.answers.items():
            if to not in steps:
                yield f"answers {to} of {action.flow}, which does not exist"
            if of not in sources:
                yield f"takes the answer {of}, which does not exist"
        for to, value in action.known.items():
            asked = steps.get(to)
            if not (isinstance(asked, Choose) and (value in asked.options or asked.rows)):
                yield f"answers {to} of {action.flow} with {value}, which cannot be chosen"


def _words_problems(step: Step, later: Sequence[Step]) -> Iterator[str]:
    asked = {other.name for other in later if isinstance(other, Ask)}
    keeps = step.words_for if isinstance(step, Choose | Upload) else ""
    if keeps and (keeps not in asked or (isinstance(step, Choose) and step.rows)):
        yield f"keeps words for {keeps}, which does not ask for words later"


def _actions(step: Step) -> tuple[Action, ...]:
    if isinstance(step, Act):
        return step.then
    return step.actions if isinstance(step, Show | Choose) else ()


def button_labels(flows: Sequence[Flow]) -> Iterator[Phrase]:
    """Every phrase that stands on a button, to be checked for width in each language."""
    for flow in flows:
        yield flow.title
        for step in flow.steps:
            yield from (action.label for action in _actions(step))
            if isinstance(step, Choose):
                yield from step.options.values()
            if isinstance(step, Show) and step.done:
                yield step.done
            if isinstance(step, Review):
                yield step.send
            if isinstance(step, Ask | Choose | Upload):
                yield step.title
