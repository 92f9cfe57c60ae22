"""A form sent in: all of it is taken, or nothing and its fields say why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import structs

from flows.engine.answers import NEEDED, SEND_FILE, given, words
from flows.engine.cards import USE_BUTTONS
from flows.engine.conversation import Screen
from flows.engine.data import File, Value
from flows.engine.events import Filled
from flows.engine.files import problem_of
from flows.engine.labels import in_a_form, takes_serials
from flows.engine.language import Ask, Choose, Upload
from flows.engine.outputs import Output, Prompt, Say
from flows.engine.parsers import Invalid
from flows.engine.phrases import Text
from flows.engine.replies import distinct, row_label
from flows.engine.runs import Question, next_step, nothing, turn_of
from flows.engine.screens import form_of, question
from flows.engine.talk import Talk
from flows.engine.walk import photos_label, pictured, too_much, walk
from flows.engine.work import Answer, Row, Run


def form(talk: Talk, run: Run, screen: Screen, sent: Filled) -> None:
    """Take every field, or say what is wrong with which; words that name no row are searched for last."""
    first = next_step(talk.flow_of(run), run)
    if not isinstance(first, Question):
        walk(talk)
        return
    values = {**sent.values, **picked_values(screen, sent)}
    search = words_to_search(run, first, sent)
    steps = form_of(talk, run, first)
    if not isinstance(first, Upload) and photographs(first, steps, sent):
        labelled(talk, run, first, sent, values)
        return
    asked = [step for step in steps if not (step is first and search)]
    taken, problems = checked(talk, run, asked, values, sent.files)
    if problems:
        talk.replaces = talk.open
        question(talk, run, steps, problems, {**values, first.name: search or values.get(first.name, "")})
        return
    ticked: tuple[Row, ...] = ()
    if isinstance(first, Choose) and search:
        ticked = chosen_rows(run, first, values.get(first.name, ""))
    else:
        talk.close(pressed=True)
    shown = run
    for name, answered in taken.items():
        run = given(talk, run, name, answered)
    if search:
        run = structs.replace(run, page=shown.page, page_of=shown.page_of, search=shown.search)
        words(talk, talk.keep(structs.replace(run, cursor=shown.cursor, picked=ticked)), search)
    else:
        walk(talk)


def photographs(first: Ask | Choose, steps: Iterable[Question], sent: Filled) -> bool:
    """Whether the files are photos of labels, because no other question asks for files."""
    others = any(isinstance(step, Upload) for step in steps)
    return bool(sent.files) and takes_serials(first) and not others


def labelled(talk: Talk, run: Run, first: Ask | Choose, sent: Filled, values: Mapping[str, Value]) -> None:
    """What is read on photos of labels is shown beside what was picked and typed, as in a chat."""
    typed = sent.values.get(first.name, "")
    if isinstance(first, Choose):
        run = talk.keep(structs.replace(run, picked=chosen_rows(run, first, values.get(first.name, ""))))
    in_a_form(talk, run, first, sent.files, typed if isinstance(typed, str) else "\n".join(typed))


def checked(
    talk: Talk, run: Run, steps: Iterable[Question], values: Mapping[str, Value], files: tuple[File, ...]
) -> tuple[dict[str, Answer], dict[str, Text]]:
    """The answers in these fields, and what is wrong with others."""
    taken: dict[str, Answer] = {}
    problems: dict[str, Text] = {}
    number = turn_of(run)
    for step in steps:
        try:
            if isinstance(step, Upload):
                taken[step.name] = file_value(talk, run, step, files, number)
            else:
                taken[step.name] = field_value(run, step, values.get(step.name, ""), number)
        except Invalid as invalid:
            problems[step.name] = invalid.phrase
    return taken, problems


def as_pages(outputs: Iterable[Output]) -> tuple[Output, ...]:
    """What a turn says in a form stands above what it asks there: one page, not one after the other."""
    pages: list[Output] = []
    for output in outputs:
        if isinstance(output, Prompt | Say) and output.form:
            said = [page for page in pages if isinstance(page, Say) and page.form == output.form]
            pages = [page for page in pages if page not in said]
            above = tuple(line for page in said for line in page.lines)
            output = structs.replace(output, lines=(*above, *output.lines))
        pages.append(output)
    return tuple(pages)


def picked_values(screen: Screen, sent: Filled) -> dict[str, Value]:
    """The ids of the options that were picked; what is no option of this prompt is no answer."""
    found: dict[str, Value] = {}
    for name, places in sent.picked.items():
        ids = chosen_ids(screen, places)
        found[name] = ids[0] if len(ids) == 1 else ids
    return found


def chosen_ids(screen: Screen, places: Iterable[int]) -> tuple[str, ...]:
    """The ids of these options; "" for what is none."""
    buttons = [screen.buttons[place] if 0 <= place < len(screen.buttons) else None for place in places]
    return tuple(
        button.press.of if button and button.press.kind in ("option", "pick") else "" for button in buttons
    )


def words_to_search(run: Run, first: Question, sent: Filled) -> str:
    """Typed words that name nothing on screen."""
    typed = sent.values.get(first.name, "")
    if not (isinstance(first, Choose) and first.rows and isinstance(typed, str)):
        return ""
    return "" if typed in rows_of(run, first) else typed.strip()


def chosen_rows(run: Run, step: Choose, value: Value) -> tuple[Row, ...]:
    """Rows picked beside the words typed: where several may be chosen they are kept."""
    rows = rows_of(run, step)
    ids = picked_first(run, value)
    return tuple(rows[name] for name in ids if name in rows and name not in step.options) * step.many


def picked_first(run: Run, value: Value) -> tuple[str, ...]:
    """The ids, those picked before in front, as in a chat."""
    ids = (value,) if isinstance(value, str) else value
    picked = tuple(row.id for row in run.picked if row.id in ids)
    return (*picked, *(name for name in ids if name not in picked))


def field_value(run: Run, step: Ask | Choose, value: Value, number: int) -> Answer:
    """The answer in one field, the same as if it had been typed or pressed. Raises Invalid."""
    if not value:
        if not step.optional:
            raise Invalid(NEEDED)
        return structs.replace(nothing(step), given=number)
    if isinstance(step, Ask):
        parsed, label = step.parser.parse(value if isinstance(value, str) else "\n".join(value))
        return Answer(parsed, label, number)
    rows = rows_of(run, step)
    wanted = picked_first(run, value)
    if not all(name in rows for name in wanted) or (len(wanted) > 1 and not step.many):
        raise Invalid(USE_BUTTONS)
    chosen = distinct(tuple(rows[name] for name in wanted))
    kept = tuple(row.id for row in chosen)
    return Answer(kept if step.many else kept[0], row_label(chosen), number)


def file_value(talk: Talk, run: Run, step: Upload, sent: tuple[File, ...], number: int) -> Answer:
    """The files in their field, with those kept before. Raises Invalid."""
    known = run.answers.get(step.name)
    kept = known.files if known else ()
    for file in sent:
        if file.problem:
            raise Invalid(problem_of(talk, file))
        if not pictured(file.kind):
            raise Invalid(SEND_FILE)
        if file.id in {other.id for other in kept}:
            continue
        if problem := too_much(kept, file, step.at_most):
            raise Invalid(problem)
        kept = (*kept, file)
    if kept:
        return Answer(tuple(file.id for file in kept), photos_label(kept), number, kept)
    if not step.optional:
        raise Invalid(NEEDED)
    return structs.replace(nothing(step), given=number)


def rows_of(run: Run, step: Choose) -> dict[str, Row]:
    """What can be chosen now, by id: rows picked or on screen, and the fixed options."""
    rows = (*(run.page.rows if run.page else ()), *run.picked)
    return {row.id: row for row in rows} | {name: Row(name, label) for name, label in step.options.items()}
