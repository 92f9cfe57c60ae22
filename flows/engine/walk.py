"""The one idea: the next step is the first one that applies and has no answer."""

from __future__ import annotations

from msgspec import structs

from flows.engine.language import Act, Ask, Choose, Lookup, Review, Show, Step, Upload
from flows.engine.model import (
    Answer,
    Call,
    Finished,
    Request,
    Run,
    Started,
    Waiting,
)
from flows.engine.parsers import Invalid
from flows.engine.runs import (
    answer,
    next_step,
    prune,
)
from flows.engine.screens import (
    ask_step,
    filled,
    photos_label,
    plain_option,
)
from flows.engine.talk import Talk


def walk(talk: Talk) -> None:
    """Bring the top run to what waits for the person or the desk; finish it when all is said."""
    while (run := talk.top) is not None and run.waiting is None:
        flow = talk.flow_of(run)
        run = talk.keep(prune(flow, run))
        step = next_step(flow, run)
        if step is None:
            finish(talk, run)
            continue
        if not reach(talk, run, step):
            return


def finish(talk: Talk, run: Run) -> None:
    """The run is done; what was interrupted is asked again by the walk."""
    talk.runs.remove(run)
    talk.outputs.append(Finished(run.flow))


def reach(talk: Talk, run: Run, step: Step) -> bool:
    """Do what the step asks for; True when it has its answer and the walk goes on."""
    match step:
        case Show():
            return reach_show(talk, run, step)
        case Ask():
            return reach_ask(talk, run, step)
        case Choose():
            return reach_choose(talk, run, step)
        case Upload() if run.files:
            count, size = len(run.files), sum(file.size for file in run.files)
            ids = tuple(file.id for file in run.files)
            sent = Answer(ids, photos_label(count, size), 0, run.files)
            talk.keep(structs.replace(answer(talk.flow_of(run), run, step.name, sent), files=()))
            return True
        case Act():
            call(talk, run, step, request_of(step.request, run))
            return False
        case Upload() | Review():
            ask_step(talk, run, step)
            return False


def reach_show(talk: Talk, run: Run, step: Show) -> bool:
    """Tell it; stay when there is something to press."""
    if step.rows and run.page_of != step.name:
        look_up(talk, run, step.name, step.rows)
        return False
    empty = step.rows is not None and run.page is not None and not (run.page.rows or run.page.lines)
    if not empty and (step.actions or step.done or (run.page and run.page.turns)):
        ask_step(talk, run, step)
        return False
    if not empty:
        talk.say(filled(step.text, run), *(run.page.lines if step.rows and run.page else ()))
    ids = tuple(row.id for row in run.page.rows) if step.rows and run.page else ()
    talk.keep(answer(talk.flow_of(run), run, step.name, Answer(ids, "")))
    return True


def reach_ask(talk: Talk, run: Run, step: Ask) -> bool:
    """Take words known beforehand, or ask."""
    hint = run.hints.get(step.name)
    if hint:
        try:
            value, label = step.parser.parse(hint if isinstance(hint, str) else " ".join(hint))
        except Invalid:
            run = drop_hint(talk, run, step.name)
        else:
            talk.keep(answer(talk.flow_of(run), run, step.name, Answer(value, label)))
            return True
    ask_step(talk, run, step)
    return False


def reach_choose(talk: Talk, run: Run, step: Choose) -> bool:
    """Take what is known beforehand, look up the rows, or ask."""
    hint = run.hints.get(step.name)
    if isinstance(hint, str) and (row := plain_option(step, hint)):
        talk.keep(
            answer(talk.flow_of(run), run, step.name, Answer((row.id,) if step.many else row.id, row.label))
        )
        return True
    if step.rows and run.page_of != step.name:
        words = hint if isinstance(hint, str) else " ".join(hint or ())
        look_up(talk, run, step.name, step.rows, words)
        return False
    if hint:
        run = drop_hint(talk, run, step.name)
    ask_step(talk, run, step)
    return False


def drop_hint(talk: Talk, run: Run, name: str) -> Run:
    """What was known beforehand did not fit."""
    return talk.keep(structs.replace(run, hints={k: v for k, v in run.hints.items() if k != name}))


def request_of(kind: type[Request], run: Run, **more: str) -> Request:
    """The request, its fields filled from the answers of the same name."""
    values: dict[str, object] = dict(more)
    for name in kind.__struct_fields__:
        if name not in more and name in run.answers:
            values[name] = run.answers[name].value
    return kind(**values)


def look_up(talk: Talk, run: Run, step: str, rows: Lookup, text: str = "", cursor: str = "") -> None:
    """Ask the desk for a page."""
    asked = {"text": text, "cursor": cursor}
    more = {name: value for name, value in asked.items() if name in rows.request.__struct_fields__}
    number = run.calls + 1
    key = f"{run.id}.{step}?{number}"
    talk.keep(
        structs.replace(run, waiting=Waiting(step, key), calls=number, search=text, cursor=cursor, page_of="")
    )
    talk.outputs.append(Call(key, request_of(rows.request, run, **more)))


def call(talk: Talk, run: Run, step: Act, request: Request) -> None:
    """Ask the desk to act. A timeout never changes the key; a refusal does."""
    key = f"{run.id}.{step.name}.{run.refusals}"
    talk.keep(structs.replace(run, waiting=Waiting(step.name, key)))
    talk.outputs.append(Call(key, request))


def begin(talk: Talk, start: Started) -> Run:
    """A new run on top of the stack."""
    run = Run(
        # The engine needs no randomness: an event starts a flow at most once.
        id=f"{talk.event.id}/{start.flow}",
        flow=start.flow,
        at=talk.event.at,
        hints=dict(start.answers),
        files=start.files,
    )
    talk.runs.append(run)
    if any(isinstance(step, Act) for step in talk.flow_of(run).steps):
        talk.remind_of(run)
    return run
