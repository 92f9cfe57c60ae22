"""What a prompt shows: questions with their buttons, reviews, cards, drafts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from flows.engine.language import ROW, SEARCH, Action, Ask, Choose, Flow, Review, Show, Step, Upload
from flows.engine.model import (
    Button,
    Fact,
    Field,
    Page,
    Press,
    Row,
    Run,
    Started,
    Value,
)
from flows.engine.phrases import Listed, Phrase, Size, Text, _, n_
from flows.engine.talk import Talk

BACK, CANCEL, LATER, SKIP = _("Back"), _("Cancel"), _("Later"), _("Skip")
CHANGE, DONE, SHOW_ALL = _("Change"), _("Done"), _("Show all")
GO_ON = _("Go on: {draft}")
NOTHING = _("nothing")
REMOVE_ALL = "~remove_all"


def filled(phrase: Phrase, run: Run, extra: Mapping[str, Text] | None = None) -> Phrase:
    """The phrase with its gaps filled from the answers so far, or from a reply."""
    known = {name: answer.label for name, answer in run.answers.items() if "{" + name + "}" in phrase.msgid}
    return phrase(**known, **(extra or {})) if known or extra else phrase


class Buttons:
    """Numbers buttons as they are added, in the order of the screen."""

    def __init__(self) -> None:
        self.count = 0

    def add(
        self,
        label: Text,
        group: str,
        press: Press,
        *,
        style: str = "plain",
        detail: Text = "",
        picked: bool = False,
    ) -> Button:
        """The next button."""
        button = Button(self.count, label, group, press, style, detail, picked)  # type: ignore[arg-type]
        self.count += 1
        return button

    def actions(self, actions: Iterable[tuple[Action, Started, Text]]) -> Iterator[Button]:
        """Buttons that start flows; the first is the likely one."""
        for action, start, label in actions:
            yield self.add(label, "action", Press("start", "instead" if action.instead else "", start))


def answers_for(action: Action, known: Mapping[str, Value], run: Run | None = None) -> Started:
    """What the action starts, with the answers (and files) it can fill from `known`."""
    sources = [run.answers[of] for of in action.answers.values() if of in run.answers] if run else []
    return Started(
        action.flow,
        {**action.known, **{to: known[of] for to, of in action.answers.items() if known.get(of)}},
        tuple(file for answer in sources for file in answer.files),
    )


def known_values(run: Run) -> dict[str, Value]:
    """The answers of a run as values, with the words last searched for."""
    return {name: answer.value for name, answer in run.answers.items()} | {SEARCH: run.search}


def offered(actions: Iterable[Action], run: Run, page: Page | None) -> list[tuple[Action, Started, Text]]:
    """The actions that the card on screen permits, once per row where they are about a row."""
    known = known_values(run)
    rows = page.rows if page else ()
    found: list[tuple[Action, Started, Text]] = []
    for action in actions:
        if page and not action.always and page.allowed and action.flow not in page.allowed:
            continue
        if ROW not in action.answers.values():
            found.append((action, answers_for(action, known, run), action.label))
            continue
        for row in rows:
            label = action.label if len(rows) == 1 else _("{action} {row}")(action=action.label, row=row.id)
            found.append((action, answers_for(action, {**known, ROW: row.id}, run), label))
    return found


def ask_step(talk: Talk, run: Run, step: Step, problem: Text = "") -> None:
    """Ask what is open: one question, or as many independent ones as a form of this channel holds."""
    if isinstance(step, Show):
        show_card(talk, run, step)
    elif isinstance(step, Review):
        review(talk, run, step)
    elif isinstance(step, Ask | Choose | Upload):
        question(talk, run, [step, *companions(talk, run, step)], {step.name: problem} if problem else {})


def companions(talk: Talk, run: Run, first: Ask | Choose | Upload) -> list[Ask | Choose | Upload]:
    """The next questions that can stand on one form with the first: none depends on another of them.

    A page stops where it must: at a look-up, a review, or a question that depends on one of the page.
    """
    if talk.capabilities.max_fields < 2 or (isinstance(first, Choose) and first.rows):
        return []
    steps = talk.flow_of(run).steps
    page: list[Ask | Choose | Upload] = [first]
    for step in steps[steps.index(first) + 1 :]:
        if len(page) == talk.capabilities.max_fields:
            break
        if step.name in run.answers or not applies(step, run):
            continue
        if not isinstance(step, Ask | Choose | Upload) or (isinstance(step, Choose) and step.rows):
            break
        page.append(step)
    names = {step.name for step in page}
    dependent = next((n for n, step in enumerate(page) if any(w.step in names for w in step.when)), len(page))
    later = {when.step for step in steps for when in step.when if not applies(step, run)} & names
    cut = next((n + 1 for n, step in enumerate(page) if step.name in later), len(page))
    return page[1 : min(dependent, cut)]


def applies(step: Step, run: Run) -> bool:
    """Whether all conditions of the step hold for the answers so far."""
    for when in step.when:
        answer = run.answers.get(when.step)
        if answer is None:
            return False
        values = answer.value if isinstance(answer.value, tuple) else (answer.value,)
        if when.values and not set(values) & set(when.values):
            return False
    return True


def question(talk: Talk, run: Run, steps: list[Ask | Choose | Upload], problems: Mapping[str, Text]) -> None:
    """A prompt with one field per step."""
    buttons = Buttons()
    fields = tuple(field(buttons, run, step, problems.get(step.name, "")) for step in steps)
    rest: list[Button] = []
    first = steps[0]
    if isinstance(first, Choose):
        rest += turns(buttons, run, first)
        missed = run.search and run.page and not run.page.rows and not run.picked
        rest += buttons.actions(offered((a for a in first.actions if a.always or missed), run, None))
    if isinstance(first, Upload) and run.answers.get(first.name):
        rest.append(buttons.add(DONE, "answer", Press("done", first.name), style="primary"))
        rest.append(buttons.add(_("Remove all"), "answer", Press("option", REMOVE_ALL)))
    if len(steps) == 1 and first.optional:
        rest.append(buttons.add(SKIP, "nav", Press("command", "skip")))
    rest += navigation(buttons, run)
    talk.prompt(run=run, step=first.name, fields=fields, buttons=tuple(rest))


def field(buttons: Buttons, run: Run, step: Ask | Choose | Upload, problem: Text) -> Field:
    """The question of one step with its options."""
    text = filled(step.text, run)
    if isinstance(step, Ask):
        return Field(step.name, "text", text, (), step.parser.hint, step.optional, True, problem)
    if isinstance(step, Upload):
        return Field(step.name, "files", text, (), "", step.optional, False, problem)
    options = tuple(choices(buttons, run, step))
    kind = "many" if step.many else "one"
    return Field(step.name, kind, text, options, "", step.optional, step.rows is not None, problem)  # type: ignore[arg-type]


def choices(buttons: Buttons, run: Run, step: Choose) -> Iterator[Button]:
    """Rows picked already, rows on screen, fixed options; then *done* where several may be chosen."""
    rows = run.page.rows if run.page and run.page_of == step.name else ()
    picked = {row.id for row in run.picked}
    shown: dict[str, Row] = {row.id: row for row in (*run.picked, *rows)}
    for row in shown.values():
        press = Press("option", row.id)
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
    if isinstance(step, Choose) and run.search and not run.page.turns:
        yield buttons.add(SHOW_ALL, "page", Press("turn", "~all"))


def navigation(buttons: Buttons, run: Run) -> Iterator[Button]:
    """Back and cancel, always last and in this order."""
    if run.changing or run.redoing or any(answer.given for answer in run.answers.values()):
        yield buttons.add(BACK, "nav", Press("command", "back"))
    yield buttons.add(CANCEL, "nav", Press("command", "cancel"))


def facts(flow: Flow, run: Run) -> Iterator[Fact]:
    """The answers as shown at review, in the order of the conversation."""
    for step in flow.steps:
        if isinstance(step, Ask | Choose | Upload) and step.name in run.answers and applies(step, run):
            yield Fact(step.name, step.title, run.answers[step.name].label)


def review(talk: Talk, run: Run, step: Review) -> None:
    """All answers, each changeable, and the button that sends them."""
    shown = tuple(facts(talk.flow_of(run), run))
    buttons = Buttons()
    redo = tuple(buttons.add(fact.title, "redo", Press("redo", fact.name)) for fact in shown)
    if run.changing:
        back = buttons.add(BACK, "nav", Press("command", "back"))
        talk.prompt(run=run, step=step.name, lines=(_("What do you want to change?"),), buttons=(*redo, back))
        return
    rest = [
        buttons.add(step.send, "answer", Press("done", step.name), style="primary"),
        buttons.add(CHANGE, "change", Press("change")),
        buttons.add(LATER, "nav", Press("command", "later")),
        *navigation(buttons, run),
    ]
    lines = (filled(step.text, run), *(filled(line, run) for line in step.notice))
    talk.prompt(run=run, step=step.name, lines=lines, facts=shown, buttons=(*redo, *rest))


def show_card(talk: Talk, run: Run, step: Show) -> None:
    """A card: what the desk says, with what can be done about it."""
    buttons = Buttons()
    page = run.page if run.page_of == step.name else None
    rest = list(buttons.actions(offered(step.actions, run, page)))
    if step.done:
        rest.append(buttons.add(step.done, "answer", Press("done", step.name)))
    rest += turns(buttons, run, step)
    if step.drafts:
        rest += [
            buttons.add(
                _("Go on: {draft}")(draft=talk.flow_of(draft).title), "action", Press("resume", draft.id)
            )
            for draft in talk.parked
        ]
    lines: tuple[Text, ...] = (filled(step.text, run),)
    if page:
        several = len(page.rows) > 1 or not page.lines
        lines += page.lines + (tuple(row.label for row in page.rows) if several else ())
    talk.prompt(run=run, step=step.name, lines=lines, buttons=tuple(rest))


def summary(talk: Talk, run: Run) -> Text:
    """A draft in a few words: its title and the first answers given."""
    known = [fact.value for fact in facts(talk.flow_of(run), run)][:2]
    return Listed((talk.flow_of(run).title, *known)) if known else talk.flow_of(run).title


def photos_label(count: int, size: int) -> Text:
    """How many files, and how large together."""
    return n_("{n} file, {size}", "{n} files, {size}")(n=count, size=Size(size))


def row_label(rows: tuple[Row, ...]) -> Text:
    """The chosen rows in one line."""
    return rows[0].label if len(rows) == 1 else Listed(tuple(row.label for row in rows))


def plain_option(step: Choose, name: str) -> Row | None:
    """The fixed option of that name, as a row."""
    label = step.options.get(name)
    return Row(name, label) if label is not None else None


def lost(talk: Talk, *lines: Text) -> None:
    """Nothing is open: say so, with the ways on."""
    buttons = Buttons()
    rest = [
        buttons.add(talk.flows[name].title, "action", Press("start", "", Started(name)))
        for name in ("menu", "talk_to_person")
        if name in talk.flows
    ]
    talk.prompt(run=None, lines=lines, buttons=tuple(rest))
