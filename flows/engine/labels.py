"""Photos of labels: the serials on them answer a question for serials; what was read is shown and mended."""

from __future__ import annotations

from msgspec import structs

from flows.engine.answers import chosen_rows, keep_for, words
from flows.engine.data import File, Started
from flows.engine.events import Sent
from flows.engine.files import explain, files, uploads_of, usable_of
from flows.engine.language import Ask, Choose, Step, Upload
from flows.engine.parsers import says_serial
from flows.engine.phrases import Copy, Listed, Phrase, _, n_
from flows.engine.runs import applies, next_step, off_screen
from flows.engine.talk import Talk
from flows.engine.walk import look_up, walk
from flows.engine.work import Run

READ_LABEL = "read_label"
A_NAME = 2
"""Words, at most: "Peeters Aarschot" says which, "no light since the storm" says what is wrong."""
NOT_READ = n_(
    "On {n} photo I see no serial number. Type it, or take it again from closer.",
    "On {n} photos I see no serial number. Type them, or take them again from closer.",
)
KEPT_NOT_WORDS = _("I kept the files, not the words with them: “{text}”")


def serials_on(sent: tuple[File, ...]) -> tuple[str, ...]:
    """What was read from the labels on these photos, each serial once."""
    return tuple(dict.fromkeys(code for file in usable_of(sent) for code in file.codes))


def takes_serials(step: Step | None) -> bool:
    """Whether this question can be answered with a photo of a label."""
    match step:
        case Ask():
            return step.parser.by_serial
        case Choose():
            return step.rows is not None and step.rows.request.by_serial
        case _:
            return False


def read_out(codes: tuple[str, ...]) -> Phrase:
    """What was read, to be compared with the label and copied."""
    return _("Read on the photo: {serials}")(serials=Listed(tuple(map(Copy, codes))))


def unreadable(talk: Talk, run: Run, sent: tuple[File, ...]) -> bool:
    """Whether a photo should have given a serial and did not: where serials are asked for, or of a label."""
    step = next_step(talk.flow_of(run), run)
    wanted = isinstance(step, Ask | Choose) and takes_serials(step) and not is_one(step)
    images = [file for file in usable_of(sent) if file.kind == "image"]
    return not serials_on(sent) and (bool(images and wanted) or any(file.label for file in images))


def is_one(step: Step) -> bool:
    """Whether it asks for one thing, which a serial only points at."""
    return isinstance(step, Choose) and not step.many


def answers_here(talk: Talk, run: Run, sent: Sent) -> bool:
    """Take the serials on photos as the answer to the open question, if that is what it asks for."""
    step, codes = next_step(talk.flow_of(run), run), serials_on(sent.files)
    screen = talk.on_screen
    if not codes or run.waiting or screen is None or step is None or screen.step != step.name:
        return False
    if not takes_serials(step) or says_serial(sent.text):
        return False
    if uploads_of(talk, run):
        files(talk, sent.files)
    else:
        keep_aside(talk, run, sent.files)
    talk.add(read_out(codes))
    missed = sum(file.kind == "image" and not file.codes for file in usable_of(sent.files))
    if missed and not is_one(step) and not uploads_of(talk, run):  # there it may show something else
        talk.add(NOT_READ(n=missed))
    take(talk, talk.runs[-1], step, codes, sent.text.strip())
    return True


def in_a_form(talk: Talk, run: Run, step: Ask | Choose, sent: tuple[File, ...], typed: str) -> None:
    """Photos of labels in a form: what is read on them is shown beside what was picked and typed."""
    if uploads_of(talk, run):
        files(talk, sent)
    else:
        keep_aside(talk, run, sent)
    run, codes = talk.runs[-1], serials_on(sent)
    if codes:
        talk.add(read_out(codes))
    elif images := sum(file.kind == "image" for file in usable_of(sent)):
        talk.add(NOT_READ(n=images))
    read = "\n".join(filter(None, (typed, *codes)))
    if not read:
        walk(talk)
    elif isinstance(step, Choose) and step.rows:
        look_up(talk, structs.replace(run, read=read), step.name, step.rows, read)
        walk(talk)
    else:
        words(talk, run, read)


def take(talk: Talk, run: Run, step: Step, codes: tuple[str, ...], text: str) -> None:
    """The same way as typed serials; words beside them that say something else are kept for what they say."""
    read, names_it = "\n".join(codes), is_one(step) and len(text.split()) <= A_NAME
    if text and not names_it:
        set_words_apart(talk, run, text)
        run = talk.runs[-1]
    if not (isinstance(step, Choose) and step.rows):
        words(talk, run, read)
        return
    hints = run.hints
    if not step.many:
        hints = {**hints, **{name: read for name in step.rows.request.besides if talk.step_of(run, name)}}
    run = structs.replace(run, read=read, hints=hints)
    look_up(talk, run, step.name, step.rows, f"{text}\n{read}" if text and names_it else read)
    walk(talk)


def set_words_apart(talk: Talk, run: Run, text: str) -> None:
    """Words with a label: for the question that asks in words what is wrong, where the flow has one."""
    steps = talk.flow_of(run).steps
    wanted = [step.words_for for step in steps if isinstance(step, Choose) and step.words_for]
    if wanted and wanted[0] not in run.answers:
        keep_for(talk, run, wanted[0], text)
    else:
        talk.say(KEPT_NOT_WORDS(text=text))


def keep_aside(talk: Talk, run: Run, sent: tuple[File, ...]) -> None:
    """Keep photos with the run, for what comes of it, without asking what they are for."""
    explain(talk, sent)
    known = {file.id for file in run.files}
    more = tuple(file for file in usable_of(sent) if file.id not in known)
    talk.keep(structs.replace(run, files=run.files + more))


def adds_here(talk: Talk, run: Run, sent: Sent) -> bool:
    """Offer to add what a photo shows to the devices that were chosen before."""
    step = not_chosen_yet(talk, run, sent.files)
    if step is None or run.waiting or sent.text.strip() or talk.on_screen is None:
        return False
    add_to_chosen(talk, run, step, sent.files)
    return True


def not_chosen_yet(talk: Talk, run: Run, sent: tuple[File, ...]) -> Choose | None:
    """The answered question for several devices, when a photo shows one that is not among them."""
    for step in talk.flow_of(run).steps:
        if isinstance(step, Choose) and step.many and takes_serials(step) and step.name in run.answers:
            chosen = run.answers[step.name].value
            if applies(step, run) and any(code not in chosen for code in serials_on(sent)):
                return step
    return None


def add_to_chosen(talk: Talk, run: Run, step: Choose, sent: tuple[File, ...]) -> None:
    """Ask for the devices once more, those on the photo ticked too: *done* goes on, *back* undoes it."""
    asked = next_step(talk.flow_of(run), run)
    if isinstance(asked, Upload) and asked.when:
        keep_aside(talk, run, sent)  # that question may lapse, and the photo with it
    else:
        files(talk, sent)
    run, codes = talk.runs[-1], serials_on(sent)
    talk.add(read_out(codes))
    picked = chosen_rows(step, run.answers[step.name])
    run = structs.replace(off_screen(run), redoing=step.name, picked=picked, read="\n".join(codes))
    if step.rows:
        look_up(talk, run, step.name, step.rows, run.read)
    walk(talk)


def start_with(talk: Talk, sent: Sent) -> Started:
    """A photo of a label with nothing open: what it says and what can be done about it."""
    text = sent.text.strip()
    if text and not says_serial(text):
        talk.say(KEPT_NOT_WORDS(text=text))
    said = sent.text if says_serial(sent.text) else "\n".join(serials_on(sent.files))
    return Started(READ_LABEL, {"serials": said}, usable_of(sent.files))
