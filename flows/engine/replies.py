"""What the desk answered: rows and cards, what was done, what was refused, no answer at all."""

from __future__ import annotations

from msgspec import structs

from flows.engine.language import Act, Choose, Review, Show, Step
from flows.engine.model import (
    Answer,
    Done,
    Page,
    Press,
    Refused,
    Reply,
    Row,
    Run,
    Started,
)
from flows.engine.phrases import Phrase, Text, _
from flows.engine.runs import (
    answer,
    off_screen,
    turn_of,
    without,
)
from flows.engine.screens import (
    Buttons,
    answers_for,
    filled,
    known_values,
    row_label,
)
from flows.engine.talk import Talk
from flows.engine.walk import (
    begin,
    walk,
)

NOT_FOUND: Phrase = _("Not found in your company's systems and requests.")


def returned(talk: Talk, key: str, reply: Reply) -> None:
    """A reply came; one that nobody waits for is ignored."""
    run = next((run for run in talk.runs if run.waiting and run.waiting.key == key), None)
    if run is None or run.waiting is None:
        return
    step = talk.step_of(run, run.waiting.step)
    run = talk.keep(structs.replace(run, waiting=None))
    match step, reply:
        case Show() | Choose(), Page():
            paged(talk, run, step, reply)
        case Act(), Done():
            acted(talk, run, step, reply)
        case _, Refused():
            refused(talk, run, step, reply)
    if (talk.top and talk.top.id == run.id) or not any(other.id == run.id for other in talk.runs):
        walk(talk)


def paged(talk: Talk, run: Run, step: Show | Choose, page: Page) -> None:
    """Rows came: put them on screen, or take the one that was meant."""
    run = talk.keep(structs.replace(run, page=page, page_of=step.name))
    if page.problems:
        talk.say(*page.problems)
    if isinstance(step, Show):
        return
    by_hint = step.name in run.hints
    given = 0 if by_hint else turn_of(run)
    if page.exact and page.rows and (step.many or len(page.rows) == 1):
        if step.many and page.problems:
            talk.keep(structs.replace(run, picked=(*run.picked, *page.rows)))
            return
        take_rows(talk, run, step, (*run.picked, *page.rows), given)
    elif step.default and page.default and not run.search and run.redoing != step.name:
        chosen = tuple(row for row in page.rows if row.id == page.default)
        if chosen:
            take_rows(talk, run, step, chosen, 0)


def take_rows(talk: Talk, run: Run, step: Choose, rows: tuple[Row, ...], given: int) -> None:
    """These rows are the answer."""
    rows = tuple({row.id: row for row in rows}.values())
    value = tuple(row.id for row in rows) if step.many else rows[0].id
    label = row_label(rows)
    if given and run.search:
        talk.close(label)
    talk.keep(answer(talk.flow_of(run), run, step.name, Answer(value, label, given)))


def acted(talk: Talk, run: Run, step: Act, done: Done) -> None:
    """The desk did it: say so, with what can be done next."""
    run = talk.keep(answer(talk.flow_of(run), run, step.name, Answer("done", "")))
    known = {**known_values(run), **{k: v for k, v in done.values.items() if isinstance(v, str)}}
    buttons = Buttons()
    then = tuple(buttons.actions((action, answers_for(action, known), action.label) for action in step.then))
    lines = (
        filled(step.done, run, {k: v for k, v in done.values.items() if "{" + k + "}" in step.done.msgid}),
    )
    if then:
        talk.prompt(run=None, lines=lines, buttons=then)
    else:
        talk.say(*lines)


def refused(talk: Talk, run: Run, step: Step | None, reply: Refused) -> None:
    """The desk says no, and nothing was changed: say why, and ask again what can be mended."""
    flow = talk.flow_of(run)
    run = talk.keep(structs.replace(off_screen(run), refusals=run.refusals + 1))
    if reply.reason == "unlinked" and "link" in talk.flows and run.flow != "link":
        talk.say(_("To show or send anything, I must know which company you work for."))
        begin(talk, Started("link"))
        return
    refusal = step.refused.get(reply.reason) if isinstance(step, Act) else None
    text: Text = filled(refusal.text, run, reply.values) if refusal else NOT_FOUND
    talk.say(text)
    if refusal and refusal.again:
        again = [refusal.again]
    elif isinstance(step, Show | Choose) and step.rows:
        again = [name for name in step.rows.depends_on if name in run.answers]
    else:
        again = []
    for name in again:
        run = without(flow, run, name)
    # Whatever was confirmed must be confirmed again before the desk is asked a second time.
    reviews = {other.name for other in flow.steps if isinstance(other, Review)}
    left = {name: known for name, known in run.answers.items() if name not in reviews}
    if not again and len(left) == len(run.answers):
        talk.runs = [other for other in talk.runs if other.id != run.id]
        return
    talk.keep(structs.replace(run, answers=left))


def stuck(talk: Talk, key: str) -> None:
    """The desk did not answer: nothing is lost, and trying again uses the same key."""
    run = next((run for run in talk.runs if run.waiting and run.waiting.key == key), None)
    if run is None:
        return
    run = talk.keep(structs.replace(run, waiting=None))
    buttons = Buttons()
    rest = [
        buttons.add(_("Try again"), "answer", Press("again"), style="primary"),
        buttons.add(_("Later"), "nav", Press("command", "later")),
        buttons.add(_("Talk to a person"), "nav", Press("start", "", Started("talk_to_person"))),
    ]
    line = _("The desk does not answer at the moment. Everything you told me is kept.")
    talk.prompt(run=run, lines=(line,), buttons=tuple(rest))
