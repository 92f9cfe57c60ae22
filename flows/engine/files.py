"""Files: welcome at any moment of a flow, with a running total; words that come with them."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import structs

from flows.engine.buttons import Buttons
from flows.engine.cards import lost, starts
from flows.engine.data import File, Started
from flows.engine.events import Sent
from flows.engine.language import Choose, Upload
from flows.engine.phrases import Phrase, Text, _
from flows.engine.runs import acting, applies, files_of, next_step, turn_of
from flows.engine.talk import Talk
from flows.engine.walk import files_answer, fitting, photos_label, pictured
from flows.engine.work import Run

ONLY_READ = _("I can only read text, photos and PDFs. Please type it.")
NOT_READ = _(
    "I cannot read a serial number on that photo. Close by, flat, in the light and wiped clean works best. "
    "Send another one, or type the number."
)
USED = _("What you sent is with “{draft}” already. Send it again to use it here too.")
NOT_EXCEL = _("{name} cannot be read as an Excel file. Save it as .xlsx without a password and send that.")
PROBLEMS: dict[str, Phrase] = {
    "too_big": _(
        "{name} is too large to read. Please send it as a photo, or a smaller file: {limit} MB at most."
    ),
    "not_readable": _("{name} cannot be opened: it looks damaged. Please send it again."),
    "out_of_reach": _("I cannot get at {name} where it stands. Please add it here yourself."),
    "kind": _("{name} is not a photo or PDF, so I did not keep it. Please send a JPEG, PNG or PDF."),
    "slow": _("{name} took too long to read. Please send it again, or a smaller one."),
}


def files(talk: Talk, sent: tuple[File, ...]) -> None:
    """They go to the open upload, or to the first one of the topmost draft that has one; else we ask."""
    explain(talk, sent)
    usable = usable_of(sent)
    run = next((run for run in reversed(talk.runs) if uploads_of(talk, run)), None)
    if usable and run:
        step = next_step(talk.flow_of(run), run)
        asked = isinstance(step, Upload) and run is talk.top
        target = step if isinstance(step, Upload) else takes(run, uploads_of(talk, run))
        add_files(talk, run, target, usable, asked=asked)
    elif usable:
        what_for(talk, usable, "")


def usable_of(sent: tuple[File, ...]) -> tuple[File, ...]:
    """Those that can be kept."""
    return tuple(file for file in sent if not file.problem and file.kind != "sticker")


def brought(talk: Talk, start: Started) -> Started:
    """A start with the files that can be kept of those that came with it; the person hears of the others."""
    if usable_of(start.files) == start.files:
        return start
    explain(talk, start.files)
    return structs.replace(start, files=usable_of(start.files))


def not_used_yet(talk: Talk, start: Started) -> Started:
    """A start from a card that can be pressed twice, with the files that are in no draft: passing that on
    takes its files along."""
    wanted = {file.id for file in start.files}
    holder = next((run for run in (*talk.runs, *talk.parked) if wanted & set(files_of(run))), None)
    if holder is None:
        return start
    talk.say(USED(draft=talk.flow_of(holder).title))
    return structs.replace(
        start, files=tuple(file for file in start.files if file.id not in files_of(holder))
    )


def uploads_of(talk: Talk, run: Run) -> list[Upload]:
    """The questions for files of a draft that is not being sent."""
    flow = talk.flow_of(run)
    return [] if acting(flow, run) else [step for step in flow.steps if isinstance(step, Upload)]


def takes(run: Run, uploads: list[Upload]) -> Upload:
    """Which upload takes files that come unasked: one without any, else the last that has some."""
    applying = [step for step in uploads if applies(step, run)]
    without = [step for step in applying if step.name not in run.answers]
    return (without or applying[-1:] or uploads)[0]


def add_files(talk: Talk, run: Run, target: Upload, sent: Iterable[File], *, asked: bool) -> None:
    """Keep what fits, say the running total."""
    known = run.answers.get(target.name)
    before = known.files if known else run.files
    kept = fitting(talk, before, sent, target.at_most)
    if len(kept) == len(before):
        return
    answered = any(pictured(file.kind) for file in kept) and applies(target, run)
    label = photos_label(kept)
    if asked and answered and not known:
        talk.close(label)
    elif run is talk.top:
        talk.say(_("Kept. Together now: {files}.")(files=label))
    else:
        talk.say(_("Added to “{draft}”: {files}.")(draft=talk.flow_of(run).title, files=label))
    run = structs.replace(run, files=kept)
    if not answered:
        # Kept until the question comes; the review shows them then.
        talk.keep(run)
        return
    number = known.given if known else turn_of(run) * asked
    answers = {**run.answers, target.name: files_answer(run, number)}
    talk.keep(structs.replace(run, answers=answers, files=(), redoing="" if asked else run.redoing))


def explain(talk: Talk, sent: tuple[File, ...]) -> None:
    """Say what could not be used, and ask to type what was spoken or pictured."""
    for file in sent:
        if file.problem:
            talk.say(problem_of(talk, file))
    kinds = {file.kind for file in sent if not file.problem}
    if kinds & {"voice", "video"}:
        talk.say(_("I cannot listen to this, but the desk can. Please type it in a few words too."))
    elif kinds & {"sticker", "other"}:
        talk.say(ONLY_READ)


def problem_of(talk: Talk, file: File) -> Phrase:
    """Why a file cannot be used, and what to do."""
    wanted = NOT_EXCEL if file.problem == "kind" and _sheet_asked(talk) else PROBLEMS[file.problem]
    said = wanted(name=file.name)
    return said(limit=talk.capabilities.largest_mb) if file.problem == "too_big" else said


def _sheet_asked(talk: Talk) -> bool:
    """Whether the open question is the one for an Excel file."""
    step = next_step(talk.flow_of(talk.top), talk.top) if talk.top else None
    return isinstance(step, Choose) and step.rows is not None and step.rows.request.wants == "sheet"


def unexpected(talk: Talk, sent: Sent) -> None:
    """Files while no question is open: what are they for? They are kept in the button that says so."""
    usable = tuple(file for file in sent.files if not file.problem and pictured(file.kind))
    problems = tuple(problem_of(talk, file) for file in sent.files if file.problem)
    if not usable or "create_rma" not in talk.flows:
        lost(talk, *(problems or (ONLY_READ,)))
        return
    if problems:
        talk.say(*problems)
    what_for(talk, usable, sent.text)


def what_for(talk: Talk, usable: tuple[File, ...], text: str) -> None:
    """Ask what files are for: the answers are buttons that hand them on."""
    if "create_rma" not in talk.flows:
        talk.say(ONLY_READ)
        return
    buttons = Buttons()
    rma = Started("create_rma", {"description": text} if text.strip() else {}, usable)
    rest = [buttons.start(talk.flows["create_rma"].title, rma)]
    if "add_to_rma" in talk.flows:
        more = Started("add_to_rma", {"what": "photos"}, usable)
        rest.append(buttons.start(talk.flows["add_to_rma"].title, more))
    rest += starts(buttons, talk, "talk_to_person")
    lines: tuple[Text, ...] = (_("I have your file. What is it for?"),)
    if any(file.label and not file.codes for file in usable):
        lines = (NOT_READ, *lines)
    talk.prompt(run=None, lines=lines, buttons=tuple(rest))
