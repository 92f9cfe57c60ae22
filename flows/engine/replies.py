"""What the desk answered: rows and cards, what was done, what was refused, no answer at all."""

from __future__ import annotations

from msgspec import structs

from flows.engine.buttons import Buttons, answers_for, known_values
from flows.engine.cards import UNLINKED, USE_BUTTONS, tell
from flows.engine.data import Started
from flows.engine.elsewhere import bring, enter
from flows.engine.language import Act, Choose, Show, Step, hides_words
from flows.engine.phrases import Listed, Phrase, Text, _
from flows.engine.runs import Question, answer, next_step, off_screen, turn_of, unconfirmed, without
from flows.engine.screens import filled
from flows.engine.talk import DEEPEST, Talk
from flows.engine.walk import begin, look_up, walk
from flows.engine.work import Answer, Done, Page, Refused, Reply, Row, Run, Waiting

MOVED: Phrase = _("“{draft}” goes on elsewhere. Nothing was sent from here.")
NOT_FOUND: Phrase = _("Not found in your company's systems and requests.")


def returned(talk: Talk, key: str, reply: Reply) -> None:
    """A reply came; one that nobody waits for is ignored."""
    run = next((run for run in talk.runs if run.waiting and run.waiting.key == key), None)
    if run is None or run.waiting is None:
        return
    front = talk.runs[-1].id
    step = talk.step_of(run, run.waiting.step)
    asked = run.waiting
    run = talk.keep(structs.replace(run, waiting=None))
    match step, reply:
        case Choose(), Page(over=True):
            talk.drop(run)
            tell(talk, *reply.problems)
        case Choose(), Page() if run.search not in ("", asked.search) and adds_nothing(run.page, reply):
            stays(talk, run, step, asked, reply)
        case Choose(), Page() if step.name in run.hints and run.search and not (reply.rows or reply.lines):
            starts_over(talk, run, step, reply)
        case Show() | Choose(), Page():
            paged(talk, run, step, reply)
        case Act(), Done():
            acted(talk, run, step, reply)
        case _, Refused():
            refused(talk, run, step, reply)
    if run.id == front or talk.runs[-1].id != front:
        walk(talk)


def adds_nothing(shown: Page | None, page: Page) -> bool:
    """Whether words found nothing, or only what was on screen without them."""
    if shown is None or not shown.rows or page.enclosed or page.exact or page.view:
        return False
    return page.lines in ((), shown.lines) and page.rows in ((), shown.rows)


def starts_over(talk: Talk, run: Run, step: Choose, page: Page) -> None:
    """Words known beforehand found nothing: say so, and show the list as it is without them."""
    talk.say(*(page.problems or (NOT_FOUND,)))
    words = "" if hides_words(step) else run.search
    run = structs.replace(run, hints={name: hint for name, hint in run.hints.items() if name != step.name})
    if step.rows:
        talk.keep(structs.replace(look_up(talk, run, step.name, step.rows), missed=words))


def stays(talk: Talk, run: Run, step: Choose, asked: Waiting, page: Page) -> None:
    """Words that were not understood: say so, and keep the list as it was shown."""
    told = page.problems or ((USE_BUTTONS,) if page.rows else (NOT_FOUND,))
    talk.say(*told)
    missed = "" if hides_words(step) or page.rows else run.search
    before = structs.replace(run, page_of=step.name, search=asked.search, cursor=asked.cursor)
    talk.keep(structs.replace(before, missed=missed))


def paged(talk: Talk, run: Run, step: Show | Choose, page: Page) -> None:
    """Rows came: put them on screen, or take the one that was meant."""
    talk.enclose(page.enclosed)
    # Once is enough: the page stays on screen, and is not to be looked up with all that was handed out.
    searched = run.search
    page, search = structs.replace(page, enclosed=()), "" if hides_words(step) else searched
    run = talk.keep(structs.replace(run, page=page, page_of=step.name, search=search))
    if page.view:  # the words are part of the view now
        run = talk.keep(structs.replace(run, cursor=page.view, search=""))
    if page.problems and not run.missed:  # what is missing was said when the words were looked for
        talk.say(*page.problems)
    elif searched and not page.rows and not page.lines and isinstance(step, Choose):
        talk.say(NOT_FOUND)
    if isinstance(step, Show):
        return
    if searched and page.exact and page.rows and (step.many or len(page.rows) == 1):
        if step.many and (page.problems or searched == run.read):
            talk.keep(structs.replace(run, picked=distinct((*run.picked, *page.rows))))
        else:
            given = 0 if step.name in run.hints else turn_of(run)
            known = step.name in run.hints
            run = talk.keep(structs.replace(run, hints={**page.besides, **run.hints}))
            take_rows(talk, run, step, (*run.picked, *page.rows), given)
            if known and not step.many:
                echo(talk, run, step, page.rows[0], searched)
    elif step.default and not (searched or run.missed) and not being_asked(talk, run, step):
        chosen = tuple(row for row in page.rows if row.id == page.default)
        if chosen:
            take_rows(talk, run, step, chosen, 0)


def echo(talk: Talk, run: Run, step: Choose, row: Row, words: str) -> None:
    """Say what words known beforehand were taken for, where the next question would not show it."""
    then = next_step(talk.flow_of(run), talk.top or run)
    shown = not isinstance(then, Question) or f"{{{step.name}}}" in then.text.msgid
    if row.detail and not shown and words != row.id and not words.isdecimal():
        talk.say(_("{found} ({about})")(found=row.label, about=row.detail))


def being_asked(talk: Talk, run: Run, step: Choose) -> bool:
    """Whether the person is choosing here already, so that nothing is taken without asking."""
    screen = talk.on_screen
    return run.redoing == step.name or (screen is not None and screen.step == step.name)


def distinct(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Each row once."""
    return tuple({row.id: row for row in rows}.values())


def take_rows(talk: Talk, run: Run, step: Choose, rows: tuple[Row, ...], given: int) -> None:
    """These rows are the answer."""
    rows = distinct(rows)
    value = tuple(row.id for row in rows) if step.many else rows[0].id
    label = row_label(rows)
    screen = talk.on_screen
    if given and screen and screen.run == run.id:  # another question may have come over it
        talk.close(label)
    talk.keep(
        answer(
            talk.flow_of(run),
            run,
            step.name,
            Answer(value, label, given, view=run.page.view if run.page else ""),
        )
    )


def row_label(rows: tuple[Row, ...]) -> Text:
    """The chosen rows in one line."""
    return rows[0].label if len(rows) == 1 else Listed(tuple(row.label for row in rows))


def acted(talk: Talk, run: Run, step: Act, done: Done) -> None:
    """The desk did it: say so, with what can be done next."""
    run = talk.keep(answer(talk.flow_of(run), run, step.name, Answer("done", "")))
    if done.forget:
        talk.forget_all_but(run)
    elif done.enters:
        enter(talk, run, done.enters)
    known = {**known_values(run), **{k: v for k, v in done.values.items() if isinstance(v, str)}}
    buttons = Buttons()
    # What would begin with something that there is not, is not offered.
    begun = [action for action in step.then if all(known.get(of) for of in action.answers.values())]
    then = tuple(buttons.actions((action, answers_for(action, known), action.label) for action in begun))
    gaps = {k: v for k, v in done.values.items() if "{" + k + "}" in step.done.msgid}
    line = filled(step.done, run, gaps)
    talk.enclose(done.enclosed)
    if then:
        talk.prompt(run=None, lines=(line,), buttons=then)
    else:
        talk.say(line)
    if done.brings and done.brings.flow in talk.flows:
        bring(talk, done.brings)


def refused(talk: Talk, run: Run, step: Step | None, reply: Refused) -> None:
    """The desk says no, and nothing was changed: say why, and ask again what can be mended.

    Whatever was confirmed must be confirmed again before the desk is asked a second time.
    """
    flow = talk.flow_of(run)
    confirmed = run
    run = talk.keep(unconfirmed(flow, structs.replace(run, refusals=run.refusals + 1)))
    if reply.reason == "unlinked" and "link" in talk.flows and run.flow != "link":
        talk.keep(structs.replace(run, stopped="unlinked"))
        if talk.top and talk.top.id == run.id:
            link_first(talk)
        return
    if reply.reason == "moved":
        talk.drop(run)
        tell(talk, MOVED(draft=flow.title))
        return
    again = mended_by(run, step, reply)
    text = refusal_text(run, step, reply)
    if again or len(run.answers) < len(confirmed.answers):
        talk.say(text)
        for name in again:
            run = without(flow, run, name)
        taken = next((name for name in again if is_taken(talk.step_of(run, name))), "")
        talk.keep(structs.replace(off_screen(run), redoing=taken))
    else:
        talk.drop(run)
        tell(talk, text)


def is_taken(step: Step | None) -> bool:
    """Whether this is answered without asking; what was refused must not be taken a second time."""
    return isinstance(step, Choose) and step.default


def link_first(talk: Talk) -> None:
    """Linking comes before what waits for it; once is enough, also for what waited longer."""
    for other in [other for other in talk.runs if other.flow == "link"]:
        talk.drop(other)
    if len(talk.runs) < DEEPEST:
        talk.say(UNLINKED)
        begin(talk, Started("link"))


def refusal_text(run: Run, step: Step | None, reply: Refused) -> Text:
    """What the desk's reason means for the person."""
    refusal = step.refused.get(reply.reason) if isinstance(step, Act) else None
    if refusal is None:
        return NOT_FOUND
    gaps = {k: v for k, v in reply.values.items() if "{" + k + "}" in refusal.text.msgid}
    return filled(refusal.text, run, gaps)


def mended_by(run: Run, step: Step | None, reply: Refused) -> list[str]:
    """The answers that another answer may mend."""
    if isinstance(step, Act):
        refusal = step.refused.get(reply.reason)
        return [refusal.again] if refusal and refusal.again else []
    if isinstance(step, Show | Choose) and step.rows:
        return [name for name in step.rows.depends_on if name in run.answers]
    return []


def failed(talk: Talk, key: str) -> None:
    """The desk did not answer: nothing is lost, and trying again uses the same key."""
    run = next((run for run in talk.runs if run.waiting and run.waiting.key == key), None)
    if run is None or run.waiting is None:
        return
    in_front = run is talk.top
    step = talk.step_of(run, run.waiting.step)
    search = "" if hides_words(step) else run.search
    talk.keep(structs.replace(run, waiting=None, stopped="failed", search=search))
    if in_front:
        walk(talk)
