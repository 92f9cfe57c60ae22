"""Buttons: numbered in the order of the screen, and what the ones that start flows hand over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from flows.engine.conversation import Button, Press
from flows.engine.data import Started, Value
from flows.engine.language import ROW, SEARCH, THESE, Action
from flows.engine.phrases import Text, _
from flows.engine.work import Page, Run

BACK, CANCEL, LATER, SKIP = _("Back"), _("Cancel"), _("Later"), _("Skip")
CHANGE, DONE, SHOW_ALL, REMOVE_ALL = _("Change"), _("Done"), _("Show all"), _("Remove all")


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

    def start(self, label: Text, start: Started, *, instead: bool = False, detail: Text = "") -> Button:
        """The next button, which starts a flow."""
        press = Press("start", "instead" if instead else "", start)
        return self.add(label, "action", press, detail=detail)

    def actions(self, actions: Iterable[tuple[Action, Started, Text]]) -> Iterator[Button]:
        """Buttons that start flows; the first is the likely one."""
        for action, start, label in actions:
            yield self.start(label, start, instead=action.instead)


def answers_for(action: Action, known: Mapping[str, Value], run: Run | None = None) -> Started:
    """What the action starts, with the answers (and files) it can fill from `known`."""
    sources = [run.answers[of] for of in action.answers.values() if of in run.answers] if run else []
    return Started(
        action.flow,
        {**action.known, **{to: known[of] for to, of in action.answers.items() if known.get(of)}},
        tuple(file for answer in sources for file in answer.files) or (run.files if run else ()),
    )


def known_values(run: Run) -> dict[str, Value]:
    """The answers of a run as values, what is known of other questions, and the words last searched for."""
    answers = {name: known.value for name, known in run.answers.items()}
    return {**run.hints, **answers, SEARCH: run.missed or run.search}


def offered(actions: Iterable[Action], run: Run, page: Page | None) -> list[tuple[Action, Started, Text]]:
    """The actions that the card on screen permits, once per row where they are about a row."""
    known = known_values(run)
    rows = page.rows if page else ()
    if page and page.these:
        known = {**known, THESE: page.these}
    found: list[tuple[Action, Started, Text]] = []
    for action in actions:
        if page and page.allowed is not None and not action.always and action.flow not in page.allowed:
            continue
        if THESE in action.answers.values() and THESE not in known:
            continue
        if ROW not in action.answers.values():
            found.append((action, answers_for(action, known, run), action.label))
            continue
        for row in rows:
            label = action.label if len(rows) == 1 else _("{action} {row}")(action=action.label, row=row.id)
            found.append((action, answers_for(action, {**known, ROW: row.id}, run), label))
    return found
