"""Taking an answer: words, a press, or a whole form, for the step that is open."""

from __future__ import annotations

from msgspec import structs

from flows.engine.cards import USE_BUTTONS
from flows.engine.conversation import Button, Screen
from flows.engine.language import Ask, Choose, Review, Show, Upload
from flows.engine.parsers import Invalid
from flows.engine.phrases import Copy, Text, _
from flows.engine.replies import row_label, take_rows
from flows.engine.runs import Question, answer, fingerprint, next_step, nothing, off_screen, turn_of
from flows.engine.talk import Talk
from flows.engine.walk import files_answer, look_up, seen, walk
from flows.engine.work import Answer, Row, Run

SEND_FILE = _("Please send a photo or a document here.")
NEEDED = _("This one is needed.")
LONGEST_SEARCH = 4000


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
        case Choose() if step.rows and len(text) > LONGEST_SEARCH:
            talk.say(
                _("That is {length} characters; at most {most} fit. Please make it shorter.")(
                    length=len(text), most=LONGEST_SEARCH
                )
            )
        case Choose() if step.rows:
            view = run.page.view if run.page and run.page_of == step.name else ""
            look_up(talk, run, step.name, step.rows, text.strip(), view)
        case Choose(words_for=other) if other and other not in run.answers:
            keep_for(talk, run, other, text.strip())
        case Upload(words_for=other) if other:
            instead_of_files(talk, run, step, text.strip())
        case Upload():
            talk.say(SEND_FILE)
        case _:
            talk.say(USE_BUTTONS)
    walk(talk)


def keep_for(talk: Talk, run: Run, name: str, text: str) -> None:
    """Words that are no answer here: kept for the later question that they answer."""
    before = run.hints.get(name)
    said = f"{before}\n{text}" if isinstance(before, str) else text
    if fits(talk, run, name, said):
        talk.keep(structs.replace(run, hints={**run.hints, name: said}))
        talk.say(_("I keep these words. Please use one of the buttons too."))


def instead_of_files(talk: Talk, run: Run, step: Upload, text: str) -> None:
    """Words where files were asked for, when they may be the answer: the files are left out."""
    if fits(talk, run, step.words_for, text):
        talk.close(text)
        run = structs.replace(run, hints={**run.hints, step.words_for: text})
        given(talk, run, step.name, structs.replace(nothing(step), given=turn_of(run)))


def fits(talk: Talk, run: Run, name: str, text: str) -> bool:
    """Whether these words can answer that question; the person hears why they cannot."""
    step = talk.step_of(run, name)
    try:
        if isinstance(step, Ask):
            step.parser.parse(text)
    except Invalid as invalid:
        talk.say(invalid.phrase)
        return False
    return True


def given(talk: Talk, run: Run, name: str, answered: Answer) -> Run:
    """Keep an answer."""
    return talk.keep(answer(talk.flow_of(run), run, name, answered))


def option(talk: Talk, run: Run, screen: Screen, button: Button) -> None:
    """An option of the open question was pressed."""
    step = talk.step_of(run, screen.step)
    name = button.press.of
    if isinstance(step, Upload):
        talk.replaces = talk.open
        answers = {other: known for other, known in run.answers.items() if other != step.name}
        talk.keep(structs.replace(run, answers=answers))
    elif isinstance(step, Choose) and step.many and name not in step.options:
        talk.replaces = talk.open
        toggle(talk, run, button)
    elif isinstance(step, Choose) and (step.rows or name in step.options):
        picked = (*run.picked, Row(name, button.label))
        talk.close(row_label(picked), pressed=True)
        take_rows(talk, run, step, picked, turn_of(run))
    walk(talk)


def toggle(talk: Talk, run: Run, button: Button) -> None:
    """Pick a row, or put it back: what the person saw on the button says which."""
    others = tuple(row for row in run.picked if row.id != button.press.of)
    picked = others if button.picked else (*others, Row(button.press.of, button.label, button.detail))
    talk.keep(structs.replace(run, picked=picked))


def done(talk: Talk, run: Run, screen: Screen, label: Text) -> None:
    """The person is done with the open step: several were chosen, a card was read, a review confirmed."""
    step = talk.step_of(run, screen.step)
    talk.close(row_label(run.picked) if run.picked else label, pressed=True)
    match step:
        case Choose() if run.picked:
            take_rows(talk, run, step, run.picked, turn_of(run))
        case Show():
            seen(talk, run, step, turn_of(run))
        case Review():
            given(talk, run, step.name, Answer(fingerprint(talk.flow_of(run), run), ""))
        case Upload():
            talk.keep(structs.replace(run, redoing=""))
    walk(talk)


def redo(talk: Talk, run: Run, name: str) -> None:
    """Ask one answered question again; the others stay, and *back* brings its answer back too."""
    step = talk.step_of(run, name)
    if isinstance(step, Question) and name in run.answers:
        picked = chosen_rows(step, run.answers[name]) if isinstance(step, Choose) and step.many else ()
        talk.keep(structs.replace(off_screen(run), redoing=name, picked=picked))
    walk(talk)


def chosen_rows(step: Choose, known: Answer) -> tuple[Row, ...]:
    """The rows of an answer, so that some can be taken away and others added."""
    return tuple(Row(name, Copy(name)) for name in known.value if name not in step.options)


def skip(talk: Talk, run: Run) -> None:
    """Leave out a question that may be left out."""
    step = next_step(talk.flow_of(run), run)
    if not (isinstance(step, Question) and step.optional):
        talk.say(NEEDED)
        return
    if isinstance(step, Upload) and step.name in run.answers and run.answers[step.name].files:
        # Photos that were sent are never skipped away: only "Remove all" does that.
        talk.keep(structs.replace(run, redoing=""))
        return
    if isinstance(step, Upload) and run.files:
        # Only what was spoken is left here: it is no photo, but the desk gets it.
        left, run = files_answer(run), structs.replace(run, files=())
    else:
        left = nothing(step)
    given(talk, run, step.name, structs.replace(left, given=turn_of(run)))
