"""What a prompt of a flow shows: questions with their buttons, forms, reviews, cards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import structs

from flows.engine.buttons import (
    BACK,
    CANCEL,
    CHANGE,
    DONE,
    LATER,
    REMOVE_ALL,
    SHOW_ALL,
    SKIP,
    Buttons,
    offered,
)
from flows.engine.cards import go_on
from flows.engine.conversation import Button, Press, Style
from flows.engine.data import Request, Value
from flows.engine.language import Ask, Choose, Flow, Review, Show, Step, Upload, hides_words
from flows.engine.outputs import Fact, Field
from flows.engine.phrases import Lines, Listed, Phrase, Text, _
from flows.engine.runs import Question, applies, asks
from flows.engine.talk import Talk
from flows.engine.work import Row, Run


def filled(phrase: Phrase, run: Run, extra: Mapping[str, Text] | None = None) -> Phrase:
    """The phrase with its gaps filled from the answers so far, or from a reply."""
    known = {name: answer.label for name, answer in run.answers.items() if "{" + name + "}" in phrase.msgid}
    gaps = {**known, **extra} if extra else known
    return phrase(**gaps) if gaps else phrase


def ask_step(talk: Talk, run: Run, step: Step) -> None:
    """Ask what is open: one question, or as many independent ones as a form of this channel holds."""
    if isinstance(step, Show):
        show_card(talk, run, step)
    elif isinstance(step, Review):
        review(talk, run, step)
    elif isinstance(step, Question):
        question(talk, run, form_of(talk, run, step), {})


def form_of(talk: Talk, run: Run, first: Question) -> list[Question]:
    """The questions that stand on one form, beginning with `first`: none depends on another of them.

    A form stops where it must: at a second question for files, a second look-up, a card, a review, words
    known beforehand, or a question that depends on one of the form. What the desk suggests, and files that
    came before, answer their question without its being asked.
    """
    form: list[Question] = [first]
    if talk.fields < 2 or run.redoing:
        return form
    steps = talk.flow_of(run).steps
    for step in steps[steps.index(first) + 1 :]:
        names = {asked.name for asked in form}
        if len(form) == talk.fields or any(_decided_by(other, names) for other in steps):
            break
        if step.name in run.answers or not applies(step, run) or _answers_itself(step, run):
            continue
        if not isinstance(step, Question) or not _fits(step, form) or step.name in run.hints:
            break
        form.append(step)
    return form


def _answers_itself(step: Step, run: Run) -> bool:
    if isinstance(step, Choose):
        return step.default and step.name not in run.hints
    return isinstance(step, Upload) and bool(run.files)


def _fits(step: Question, form: list[Question]) -> bool:
    """Rows are looked up for one question at a time, nobody can tell files apart, and no question names an
    answer that is not there yet.
    """
    if any(f"{{{asked.name}}}" in step.text.msgid for asked in form):
        return False
    if isinstance(step, Upload):
        return not any(isinstance(other, Upload) for other in form)
    return isinstance(step, Ask) or step.rows is None


def _decided_by(step: Step, names: set[str]) -> bool:
    return any(when.step in names for when in step.when)


def question(
    talk: Talk,
    run: Run,
    steps: list[Question],
    problems: Mapping[str, Text],
    values: Mapping[str, Value] | None = None,
) -> None:
    """A prompt with one field per step; with `values` sent in that had problems, the same one again."""
    buttons = Buttons()
    tried = values or {}
    fields = tuple(
        field(buttons, run, step, problems.get(step.name, ""), tried.get(step.name, "")) for step in steps
    )
    if run.page and run.page_of == steps[0].name and run.page.view and not talk.flow_of(run).is_form:
        # A list with its ways to narrow it is looked at; typing beside them is not the only way on.
        fields = (structs.replace(fields[0], searched=False), *fields[1:])
    rest: list[Button] = []
    first = steps[0]
    if isinstance(first, Choose):
        rest += turns(buttons, run, first)
        nothing_found = run.missed or (run.search and run.page and not run.page.rows)
        missed = nothing_found and not run.picked
        rest += buttons.actions(offered((a for a in first.actions if a.always or missed), run, None))
    sent = isinstance(first, Upload) and first.name in run.answers and run.answers[first.name].files
    if sent:
        rest.append(buttons.add(DONE, "answer", Press("done", first.name), style="primary"))
        rest.append(buttons.add(REMOVE_ALL, "answer", Press("option", first.name), style="danger"))
    if len(steps) == 1 and first.optional and not sent:
        rest.append(buttons.add(SKIP, "nav", Press("command", "skip")))
    if talk.flow_of(run).patient:
        rest.append(buttons.add(LATER, "nav", Press("command", "later")))
    rest += navigation(buttons, run)
    lines = run.page.lines if run.page and run.page_of == first.name else ()
    talk.prompt(
        run=run, step=first.name, lines=lines, fields=fields, buttons=tuple(rest), again=bool(problems)
    )


def field(buttons: Buttons, run: Run, step: Question, problem: Text, tried: Value) -> Field:
    """The question of one step with its options, and the answer that is changed."""
    text = filled(step.text, run)
    known = run.answers.get(step.name)
    value = tried or (known.value if known else "")
    if isinstance(step, Ask):
        hint, labels = step.parser.hint, step.parser.by_serial
        return Field(step.name, "text", text, (), hint, step.optional, True, problem, value, labels=labels)
    if isinstance(step, Upload):
        kept = known.label if known and known.files else ""
        words = bool(step.words_for)
        return Field(step.name, "files", text, (), kept, step.optional, words, problem)
    options = tuple(choices(buttons, run, step))
    rows = step.rows.request if step.rows else Request
    secret = hides_words(step)
    return Field(
        step.name,
        "many" if step.many else "one",
        text,
        options,
        "",
        step.optional,
        typed=step.rows is not None,
        problem=problem,
        value="" if secret else value,
        searched=rows.searched,
        wants=rows.wants,
        secret=secret,
        labels=step.many and rows.by_serial,
    )


def choices(buttons: Buttons, run: Run, step: Choose) -> Iterator[Button]:
    """Rows on screen, rows picked elsewhere, *done* where several may be chosen, fixed options."""
    rows = run.page.rows if run.page and run.page_of == step.name else ()
    picked = {row.id for row in run.picked}
    shown: dict[str, Row] = {row.id: row for row in (*rows, *run.picked)}
    for row in shown.values():
        press = Press("pick" if step.many else "option", row.id)
        yield buttons.add(row.label, "answer", press, detail=row.detail, picked=row.id in picked)
    if step.many and run.picked:
        yield buttons.add(DONE, "answer", Press("done", step.name), style="primary")
    for name, label in step.options.items():
        yield buttons.add(label, "answer", Press("option", name))


def turns(buttons: Buttons, run: Run, step: Choose | Show) -> Iterator[Button]:
    """Buttons to other pages or blocks of what is on screen."""
    if run.page is None or run.page_of != step.name:
        return
    for turn in run.page.turns:
        yield buttons.add(turn.label, "page", Press("turn", turn.cursor))
    # Without a cursor there is nothing to page through: the answer is one that is typed.
    pages = step.rows is not None and "cursor" in step.rows.request.__struct_fields__
    if isinstance(step, Choose) and pages and run.search and not run.page.turns:
        yield buttons.add(SHOW_ALL, "page", Press("turn", "~all"))


def navigation(buttons: Buttons, run: Run) -> Iterator[Button]:
    """Back and cancel, always last and in this order."""
    if run.changing or run.redoing or any(answer.given for answer in run.answers.values()):
        yield buttons.add(BACK, "nav", Press("command", "back"))
    yield buttons.add(CANCEL, "nav", Press("command", "cancel"))


def facts(flow: Flow, run: Run) -> Iterator[Fact]:
    """The answers as shown at review, in the order of the conversation."""
    for step in flow.steps:
        if isinstance(step, Question) and step.name in run.answers and applies(step, run):
            known = run.answers[step.name]
            lines = known.label.items if isinstance(known.label, Listed) else (known.label,)
            if known.by:
                lines += (_("filled in by {name}")(name=known.by),)
            yield Fact(step.name, step.title, Lines(lines) if len(lines) > 1 else lines[0])


def review(talk: Talk, run: Run, step: Review) -> None:
    """All answers, each changeable, and the button that sends them."""
    shown = tuple(facts(talk.flow_of(run), run))
    buttons = Buttons()
    redo = tuple(buttons.add(fact.title, "redo", Press("redo", fact.name)) for fact in shown)
    if run.changing:
        back = buttons.add(BACK, "nav", Press("command", "back"))
        talk.prompt(run=run, step=step.name, lines=(_("What do you want to change?"),), buttons=(*redo, back))
        return
    style: Style = "danger" if step.grave else "primary"
    rest = [buttons.add(step.send, "answer", Press("done", step.name), style=style)]
    if shown:
        rest.append(buttons.add(CHANGE, "change", Press("change")))
    rest.append(buttons.add(LATER, "nav", Press("command", "later")))
    rest += navigation(buttons, run)
    lines: tuple[Text, ...] = (filled(step.text, run), *(filled(line, run) for line in step.notice))
    if talk.before.company:
        lines += (_("You act for {company}.")(company=talk.before.company),)
    talk.prompt(run=run, step=step.name, lines=lines, facts=shown, buttons=(*redo, *rest))


def show_card(talk: Talk, run: Run, step: Show) -> None:
    """A card: what the desk says, with what can be done about it."""
    buttons = Buttons()
    page = run.page if run.page_of == step.name else None
    asking = asks(talk.flows, run)
    rest = [] if asking else list(go_on(buttons, talk, run.id, drafts=step.drafts))
    rest += buttons.actions(offered(step.actions, run, page))
    if step.done:
        rest.append(buttons.add(step.done, "answer", Press("done", step.name)))
    rest += turns(buttons, run, step)
    if asking:
        rest += navigation(buttons, run)
    elif any(known.view and known.given for known in run.answers.values()):
        rest.append(buttons.add(BACK, "nav", Press("command", "back")))
    lines: tuple[Text, ...] = (filled(step.text, run),)
    if page:
        several = len(page.rows) > 1 or not page.lines
        lines += page.lines + (tuple(row.label for row in page.rows) if several else ())
    talk.prompt(run=run, step=step.name, lines=lines, buttons=tuple(rest))
