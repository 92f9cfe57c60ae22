"""The one idea: the next step is the first one that applies and has no answer."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import structs

from flows.engine.cards import IDLE, lost, stopped
from flows.engine.data import File, Request, Started
from flows.engine.language import Act, Ask, Choose, Lookup, Review, Show, Step, Upload, hides_words
from flows.engine.outputs import Call, Finished, Prompt, Say
from flows.engine.parsers import Invalid
from flows.engine.phrases import Phrase, Size, Text, _, n_
from flows.engine.runs import answer, digest, next_step, nothing, prune
from flows.engine.screens import ask_step, filled
from flows.engine.talk import Talk
from flows.engine.work import Answer, Run, Waiting

LONGEST_HINT = 4000


def walk(talk: Talk) -> None:
    """Bring the top run to what waits for the person or the desk; finish it when all is said."""
    while (run := talk.top) is not None and run.waiting is None:
        flow = talk.flow_of(run)
        pruned = prune(flow, run)
        if pruned is not run:
            run = talk.keep(pruned)
        if run.stopped:
            stopped(talk, run)
            return
        step = next_step(flow, run)
        if step is None:
            finish(talk, run)
        elif not reach(talk, run, step):
            return


def finish(talk: Talk, run: Run) -> None:
    """The run is done; the walk asks again what was interrupted. Nobody is left without a way on."""
    told = talk.outputs[-1] if talk.outputs else None
    last = told if isinstance(told, Say) and told.enclosed is None else None
    talk.drop(run)
    below = talk.top
    if below and below.stopped == "unlinked":
        below = talk.keep(structs.replace(below, stopped=""))
    if below:
        look_again(talk, below)
    if not talk.runs and not any(isinstance(output, Prompt) for output in talk.outputs):
        if last:
            talk.outputs.remove(last)
        lost(talk, *(last.lines if last else (IDLE,)))
    talk.outputs.append(Finished(run.flow))


def look_again(talk: Talk, run: Run) -> None:
    """A card or a list that was left for other work may show something else now; what was found or picked in
    it stays.
    """
    step = next_step(talk.flow_of(run), run)
    plain = isinstance(step, Choose) and not (step.default or run.search or run.picked)
    if step and run.page_of == step.name and (isinstance(step, Show) or plain):
        talk.keep(structs.replace(run, page=None, page_of=""))


def reach(talk: Talk, run: Run, step: Step) -> bool:
    """Do what the step asks for; True when it has its answer and the walk goes on."""
    match step:
        case Show():
            return reach_show(talk, run, step)
        case Ask():
            return reach_ask(talk, run, step)
        case Choose():
            return reach_choose(talk, run, step)
        case Upload():
            return reach_upload(talk, run, step)
        case Act():
            call(talk, run, step)
        case Review():
            ask_step(talk, run, step)
    return False


def reach_show(talk: Talk, run: Run, step: Show) -> bool:
    """Tell it; stay when there is something to press."""
    if step.rows and run.page_of != step.name:
        block = run.hints.get(step.name)
        if isinstance(block, str):  # the part of the card that was asked for
            look_up(talk, drop_hint(talk, run, step.name), step.name, step.rows, "", block)
        else:
            look_up(talk, run, step.name, step.rows, "", run.cursor)
        return False
    page = run.page if step.rows else None
    empty = page is not None and not (page.rows or page.lines)
    if not empty and (step.actions or step.done or (page and page.turns)):
        ask_step(talk, run, step)
        if step.rows and step.rows.request.fleeting:
            talk.keep(structs.replace(run, page=None, page_of="", cursor=""))
        return False
    if not empty:
        talk.say(filled(step.text, run), *(page.lines if page else ()))
    seen(talk, run, step)
    return True


def seen(talk: Talk, run: Run, step: Show, given: int = 0) -> None:
    """The card was read: its answer is the rows it showed."""
    ids = tuple(row.id for row in run.page.rows) if run.page and run.page_of == step.name else ()
    talk.keep(answer(talk.flow_of(run), run, step.name, Answer(ids, "", given)))


def reach_ask(talk: Talk, run: Run, step: Ask) -> bool:
    """Take words known beforehand, or ask."""
    hint = run.hints.get(step.name)
    if hint and run.redoing != step.name:
        try:
            value, label = step.parser.parse(hint if isinstance(hint, str) else " ".join(hint))
        except Invalid:
            run = drop_hint(talk, run, step.name)
        else:
            talk.keep(answer(talk.flow_of(run), run, step.name, Answer(value, label)))
            return True
    if step.volunteered and run.redoing != step.name:
        talk.keep(answer(talk.flow_of(run), run, step.name, nothing(step)))
        return True
    ask_step(talk, run, step)
    return False


def reach_choose(talk: Talk, run: Run, step: Choose) -> bool:
    """Take what is known beforehand, look up the rows, or ask."""
    hint = run.hints.get(step.name)
    if isinstance(hint, str) and hint in step.options:
        value = (hint,) if step.many else hint
        talk.keep(answer(talk.flow_of(run), run, step.name, Answer(value, step.options[hint])))
        return True
    if step.rows and run.page_of != step.name:
        known = hint if isinstance(hint, str) else " ".join(hint or ())
        look_up(talk, run, step.name, step.rows, known or run.search, run.cursor)
        return False
    if hint:
        run = drop_hint(talk, run, step.name)
    ask_step(talk, run, step)
    return False


def drop_hint(talk: Talk, run: Run, name: str) -> Run:
    """What was known beforehand did not fit."""
    return talk.keep(structs.replace(run, hints={k: v for k, v in run.hints.items() if k != name}))


def reach_upload(talk: Talk, run: Run, step: Upload) -> bool:
    """Take the pictures that came before the question, or ask."""
    if not any(pictured(file.kind) for file in run.files):
        ask_step(talk, run, step)
        return False
    run = structs.replace(run, files=fitting(talk, (), run.files, step.at_most))
    sent = files_answer(run)
    talk.keep(structs.replace(answer(talk.flow_of(run), run, step.name, sent), files=()))
    return True


def fitting(talk: Talk, kept: tuple[File, ...], sent: Iterable[File], at_most: int) -> tuple[File, ...]:
    """Those kept and what fits of those sent, each once; the person hears what does not fit."""
    for file in sent:
        if file.id in {other.id for other in kept}:
            continue
        if problem := too_much(kept, file, at_most):
            talk.say(problem)
        else:
            kept = (*kept, file)
    return kept


def too_much(kept: tuple[File, ...], file: File, at_most: int) -> Phrase | None:
    """Why a file does not fit with those kept, if it does not."""
    used = sum(other.size for other in kept)
    if used + file.size <= at_most:
        return None
    line = _("{name} does not fit any more: {used} of {most} is used. The others are kept.")
    if not kept:
        line = _("{name} is too large: {most} fit.")
    return line(name=file.name, used=Size(used), most=Size(at_most))


def pictured(kind: str) -> bool:
    """Whether such a file answers a question for photos; spoken words alone do not."""
    return kind in ("image", "document", "video")


def files_answer(run: Run, given: int = 0) -> Answer:
    """The files that came before they were asked for, as an answer."""
    return Answer(tuple(file.id for file in run.files), photos_label(run.files), given, run.files)


def photos_label(files: tuple[File, ...]) -> Text:
    """How many files, and how large together."""
    size = sum(file.size for file in files)
    return n_("{n} file, {size}", "{n} files, {size}")(n=len(files), size=Size(size))


def request_of(kind: type[Request], run: Run, **more: str) -> Request:
    """The request, its fields filled from the answers of the same name."""
    values: dict[str, object] = dict(more)
    for name in kind.__struct_fields__:
        if name not in more and name in run.answers:
            values[name] = run.answers[name].value
    return kind(**values)


def look_up(talk: Talk, run: Run, step: str, rows: Lookup, text: str = "", cursor: str = "") -> Run:
    """Ask the desk for a page; the run as it waits for it."""
    asked = {"text": text, "cursor": cursor}
    more = {name: value for name, value in asked.items() if name in rows.request.__struct_fields__}
    number = run.calls + 1
    key = f"{run.id}.{step}?{number}"
    waiting = Waiting(step, key)
    if run.page_of == step:
        waiting = Waiting(step, key, run.search, run.cursor)
    run = structs.replace(run, waiting=waiting, calls=number, page_of="", missed="", stopped="")
    talk.outputs.append(Call(key, request_of(rows.request, run, **more)))
    return talk.keep(structs.replace(run, search=text, cursor=cursor))


def call(talk: Talk, run: Run, step: Act) -> None:
    """Ask the desk to act. A timeout never changes the key; a refusal does, and so does other content."""
    request = request_of(step.request, run)
    key = f"{run.id}.{step.name}.{run.refusals}.{digest(request)}"
    talk.keep(structs.replace(run, waiting=Waiting(step.name, key)))
    talk.outputs.append(Call(key, request, run.id))


def is_hint(start: Started, step: Step) -> bool:
    """Whether something is known beforehand for this step, and short enough to be remembered."""
    known = start.answers.get(step.name, "")
    asked = isinstance(step, Ask | Choose | Show)
    fits = 0 < len(known if isinstance(known, str) else "".join(known)) <= LONGEST_HINT
    return asked and fits and not hides_words(step)


def begin(talk: Talk, start: Started) -> None:
    """A new run on top of the stack."""
    steps = talk.flows[start.flow].steps
    run = Run(
        # The engine needs no randomness: an event starts a flow at most once.
        id=f"{talk.event.id}/{start.flow}",
        flow=start.flow,
        at=talk.event.at,
        hints={step.name: start.answers[step.name] for step in steps if is_hint(start, step)},
        files=start.files,
    )
    talk.runs.append(run)
    if any(isinstance(step, Act) for step in steps):
        talk.cancelled = None
        talk.remind_of(run)
