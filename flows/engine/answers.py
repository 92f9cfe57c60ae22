"""Taking an answer: words, a press, files, or a whole form, for the step that is open."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import structs

from flows.engine.language import Ask, Choose, Review, Show, Upload
from flows.engine.model import Answer, File, Press, Row, Run, Screen, Value
from flows.engine.parsers import Invalid
from flows.engine.phrases import Phrase, Size, Text, _
from flows.engine.replies import take_rows
from flows.engine.runs import answer, fingerprint, next_step, nothing, turn_of
from flows.engine.screens import REMOVE_ALL, applies, photos_label, plain_option, question, row_label
from flows.engine.talk import Talk
from flows.engine.walk import look_up, walk

USE_BUTTONS = _("Please use one of the buttons.")


def words(talk: Talk, run: Run, text: str) -> None:
    """Typed words as the answer to the open question."""
    step = next_step(talk.flow_of(run), run)
    match step:
        case Ask():
            try:
                value, label = step.parser.parse(text)
            except Invalid as invalid:
                talk.say(invalid.phrase)
            else:
                talk.close(label)
                given(talk, run, step.name, Answer(value, label, turn_of(run)))
        case Choose() if step.rows:
            look_up(talk, run, step.name, step.rows, text.strip())
            return
        case Upload():
            talk.say(_("Please send a photo or a document here."))
        case _:
            talk.say(USE_BUTTONS)
    walk(talk)


def given(talk: Talk, run: Run, name: str, answered: Answer) -> Run:
    """Keep an answer."""
    return talk.keep(answer(talk.flow_of(run), run, name, answered))


def option(talk: Talk, run: Run, screen: Screen, press: Press, label: Text) -> None:
    """An option of the open question was pressed."""
    step = talk.step_of(run, screen.step)
    if isinstance(step, Upload) and press.of == REMOVE_ALL:
        talk.replaces = screen.token
        answers = {name: known for name, known in run.answers.items() if name != step.name}
        talk.keep(structs.replace(run, answers=answers))
    elif isinstance(step, Choose):
        row = plain_option(step, press.of)
        if row is None and step.many:
            toggle(talk, run, step, press.of)
            talk.replaces = screen.token
        else:
            chosen = row or Row(press.of, label)
            talk.close(label, pressed=True)
            value = (chosen.id,) if step.many else chosen.id
            given(talk, run, step.name, Answer(value, chosen.label, turn_of(run)))
    walk(talk)


def toggle(talk: Talk, run: Run, step: Choose, name: str) -> None:
    """Pick a row, or put it back."""
    rows = {row.id: row for row in (*run.picked, *(run.page.rows if run.page else ()))}
    if name in {row.id for row in run.picked}:
        picked = tuple(row for row in run.picked if row.id != name)
    else:
        picked = (*run.picked, rows[name]) if name in rows else run.picked
    talk.keep(structs.replace(run, picked=picked))


def done(talk: Talk, run: Run, screen: Screen, label: Text) -> None:
    """The person is done with the open step: several were chosen, a card was read, a review confirmed."""
    step = talk.step_of(run, screen.step)
    talk.close(row_label(run.picked) if run.picked else label, pressed=True)
    match step:
        case Choose() if run.picked:
            take_rows(talk, run, step, run.picked, turn_of(run))
        case Show():
            ids = tuple(row.id for row in run.page.rows) if run.page else ()
            given(talk, run, step.name, Answer(ids, ""))
        case Review():
            given(talk, run, step.name, Answer(fingerprint(talk.flow_of(run), run), ""))
        case Upload():
            talk.keep(structs.replace(run, redoing=""))
    walk(talk)


def form(talk: Talk, run: Run, screen: Screen, values: dict[str, Value]) -> None:
    """A form was sent in: all of it is taken, or nothing and the fields say why."""
    steps = [step for step in talk.flow_of(run).steps if isinstance(step, Ask | Choose | Upload)]
    taken: dict[str, Answer] = {}
    problems: dict[str, Text] = {}
    number = turn_of(run)
    for step in steps:
        if step.name not in values:
            continue
        try:
            taken[step.name] = field_value(run, step, values[step.name], number)
        except Invalid as invalid:
            problems[step.name] = invalid.phrase
        number += 1
    if problems:
        talk.replaces = screen.token
        asked = [step for step in steps if step.name in values]
        question(talk, run, asked, problems)
        return
    talk.close(pressed=True)
    for name, answered in taken.items():
        step = next(step for step in steps if step.name == name)
        if applies(step, run):
            run = given(talk, run, name, answered)
    walk(talk)


def field_value(run: Run, step: Ask | Choose | Upload, value: Value, number: int) -> Answer:
    """The answer in one field of a form. Raises Invalid."""
    if not value:
        if not step.optional:
            raise Invalid(_("This one is needed."))
        return structs.replace(nothing(step), given=number)
    match step:
        case Ask():
            parsed, label = step.parser.parse(value if isinstance(value, str) else "\n".join(value))
            return Answer(parsed, label, number)
        case Choose():
            rows = {row.id: row for row in (*run.picked, *(run.page.rows if run.page else ()))}
            rows |= {name: Row(name, label) for name, label in step.options.items()}
            wanted = (value,) if isinstance(value, str) else value
            if not all(name in rows for name in wanted) or (len(wanted) > 1 and not step.many):
                raise Invalid(USE_BUTTONS)
            chosen = tuple(rows[name] for name in wanted)
            label = chosen[0].label if len(chosen) == 1 else _("{n} chosen")(n=len(chosen))
            return Answer(tuple(wanted) if step.many else wanted[0], label, number)
        case Upload():
            raise Invalid(_("Please send a photo or a document here."))


def files(talk: Talk, run: Run, sent: tuple[File, ...]) -> None:
    """Files are welcome at any moment: they go to the open upload, or to the first one of the flow."""
    flow = talk.flow_of(run)
    step = next_step(flow, run)
    uploads = [other for other in flow.steps if isinstance(other, Upload) and applies(other, run)]
    if isinstance(step, Upload):
        target: Upload | None = step
    else:
        # An upload that was answered already takes what comes later too.
        target = next(iter(uploads), None) or next((s for s in flow.steps if isinstance(s, Upload)), None)
    explain(talk, sent)
    usable = [file for file in sent if not file.problem and file.kind != "sticker"]
    if target is None:
        if usable:
            talk.say(_("No photo is needed here, so I did not keep it."))
    elif usable:
        run = add_files(talk, run, target, usable, asked=target is step)
    walk(talk)


def add_files(talk: Talk, run: Run, target: Upload, sent: Iterable[File], *, asked: bool) -> Run:
    """Keep what fits, say the running total."""
    known = run.answers.get(target.name)
    early = run.files if known is None else ()
    kept = list(known.files if known else early)
    total = sum(file.size for file in kept)
    for file in sent:
        if file.id in {other.id for other in kept}:
            continue
        if total + file.size > target.at_most:
            talk.say(
                _("{name} does not fit any more: {used} of {most} is used. The others are kept.")(
                    name=file.name, used=Size(total), most=Size(target.at_most)
                )
            )
            continue
        kept.append(file)
        total += file.size
    if not kept:
        return run
    label = photos_label(len(kept), total)
    if not asked:
        talk.say(_("Added: {files}.")(files=label))
    elif not known:
        talk.close(label)
    number = known.given if known else (turn_of(run) if asked else 0)
    if not applies(target, run):
        # Kept for when the question comes; the review shows them then.
        return talk.keep(structs.replace(run, files=tuple(kept)))
    answered = Answer(tuple(file.id for file in kept), label, number, tuple(kept))
    answers = {**run.answers, target.name: answered}
    return talk.keep(structs.replace(run, answers=answers, files=(), redoing="" if asked else run.redoing))


PROBLEMS: dict[str, Phrase] = {
    "too_big": _("{name} is too large: 30 MB is the most. Please send a smaller one."),
    "not_readable": _("{name} cannot be opened: it looks damaged. Please send it again."),
    "kind": _("{name} is no photo or PDF, so I did not keep it. Please send a JPEG, PNG or PDF."),
    "slow": _("{name} took too long to read. Please send it again, or a smaller one."),
}


def explain(talk: Talk, sent: tuple[File, ...]) -> None:
    """Say what could not be used, and ask to type what was spoken or pictured."""
    for file in sent:
        if file.problem:
            talk.say(PROBLEMS[file.problem](name=file.name))
    kinds = {file.kind for file in sent if not file.problem}
    if "voice" in kinds or "video" in kinds:
        talk.say(_("I cannot listen to this, but the desk can. Please type it in a few words too."))
    elif "sticker" in kinds or "other" in kinds:
        talk.say(_("I can only read text, photos and PDFs. Please type it."))
