"""How much one has to do for what the guides of the manufacturer show: there, and here.

python -m tests.conversations.taps writes docs/taps.md.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from storage.moments import moment
from tests.conversations.chats import Chat, World
from tests.conversations.journeys import (
    LABOUR,
    MONEY,
    NEW_RMA,
    PROFILE,
    REPORT,
    RETURN,
    SILENT,
    Words,
)
from tests.conversations.sample import Sample, photo

PAGE = Path(__file__).parents[2] / "docs" / "taps.md"
APPROVED: Words = {"nl": "goedgekeurde rma's", "fr": "rma approuvées", "en": "approved RMAs"}
NARROW: Words = {
    "nl": "rma's postcode {} sinds 1 juli",
    "fr": "rma code postal {} depuis le 1er juillet",
    "en": "RMAs postcode {} since 1 July",
}
CASES: Words = {"nl": "dossiers in uitvoering", "fr": "dossiers en cours", "en": "cases in progress"}
OTHER: Words = {"nl": "english", "fr": "nederlands", "en": "français"}


class Task(NamedTuple):
    """What somebody wants; the steps of the guide (its mobile view, after signing in); how it goes here."""

    name: str
    rows: str
    guide: Sequence[str]
    does: Callable[[Chat, Sample, str], object]


def approved(chat: Chat, _sample: Sample, locale: str) -> None:
    chat.says(APPROVED[locale]).sees("Filters: {filters}.")


def by_number(chat: Chat, sample: Sample, _locale: str) -> None:
    number = sample.rmas("approved")[0].number
    chat.says(number).sees(number)


def narrowed(chat: Chat, _sample: Sample, locale: str) -> None:
    chat.says(NARROW[locale].format("3000")).sees("3000")


def cases(chat: Chat, _sample: Sample, locale: str) -> None:
    chat.says(CASES[locale]).sees("Filters: {filters}.")


def case(chat: Chat, sample: Sample, _locale: str) -> None:
    number = sample.rmas("approved")[0].case_number
    chat.says(number).sees(number)


def new_rma(chat: Chat, sample: Sample, locale: str) -> None:
    serial = sample.sites()[0].faulty[0]
    chat.says(f"{NEW_RMA[locale]} {serial}, {SILENT[locale]}")
    if "New anyway" in chat.labels():
        chat.presses("New anyway")
    if "Not reporting" in chat.labels():
        chat.presses("Not reporting")
    chat.presses("Skip").presses("Send").sees("RMA {number} is {holder}.")


def claim(chat: Chat, sample: Sample, locale: str) -> None:
    number = sample.rmas("approved")[0].number
    chat.says(LABOUR[locale].format(int(number))).says("12/11").presses("Go on")
    chat.sends(("invoice.jpg", photo(60))).presses("Send").sees("Claim")


def money(chat: Chat, _sample: Sample, locale: str) -> None:
    chat.says(MONEY[locale])
    chat.presses(chat.prompt.fields[0].options[0].label).sees("Paid to: {account}.")


def send_back(chat: Chat, sample: Sample, locale: str) -> None:
    number = sample.rmas("approved")[0].number
    chat.says(RETURN[locale].format(int(number))).presses("All of them").presses("Drop-off")
    chat.presses("Announce").sees("Return {number} is announced.")


def system(chat: Chat, sample: Sample, _locale: str) -> None:
    chat.says(str(sample.rmas("approved")[0].system)).presses("Details").sees("Owner")


def report(chat: Chat, _sample: Sample, locale: str) -> None:
    chat.says(REPORT[locale]).presses("Make it").sees("Your report is being made")


def report_of_two(chat: Chat, sample: Sample, locale: str) -> None:
    october = (rma for rma in sample.rmas() if moment(rma.created_at).month == 10)
    ids = " ".join(sorted({str(rma.system) for rma in october})[:2])
    chat.says(f"{REPORT[locale]} {ids}").presses("Make it").sees("Your report is being made")


def profile(chat: Chat, _sample: Sample, locale: str) -> None:
    chat.says(PROFILE[locale]).sees("Enlighten")


def language(chat: Chat, _sample: Sample, locale: str) -> None:
    chat.says(OTHER[locale])


TASKS: Mapping[str, Task] = {
    task.name: task
    for task in (
        Task("the RMAs that are approved", "ESM-04, 05", ("the RMA tab", "*Approved*"), approved),
        Task("one RMA by its number", "ESM-09, 12",
             ("the magnifier", "*Search criteria*", "RMA", "the number", "the RMA"), by_number),
        Task("RMAs of a postcode since a day", "ESM-10",
             ("*Add filters*", "postcode", "type it", "date", "from", "to", "*Apply*"), narrowed),
        Task("the cases in progress", "ESM-06, 07", ("the cases tab", "*In progress*"), cases),
        Task("one case with its details", "ESM-17", ("the cases tab", "its status", "the case"), case),
        Task("a new RMA", "ESM-19 to 27",
             ("*Create*", "*Request type*", "RMA request", "site id", "description", "*Subject*", "a subject",
              "*Submit*"), new_rma),
        Task("labour reimbursement for an RMA", "ESM-28 to 30",
             ("its status", "the RMA", "*Actions*", "*Request*", "*Installer details*", "fill in",
              "*Registered address*", "fill in", "*Documents*", "choose a file", "*Submit*"), claim),
        Task("how a claim is getting on", "ESM-31", ("its status", "the RMA", "*Actions*", "*Track*"), money),
        Task("a return, dropped off", "ESM-32",
             ("its status", "the RMA", "*Actions*", "*Initiate return*", "the steps of a window"), send_back),
        Task("a system with its details", "ESM-34 to 38",
             ("the systems tab", "its id", "*System details*"), system),
        Task("a report of last month", "ESM-39 to 42",
             ("the reports tab", "*Report type*", "a type", "from", "to", "*All sites*", "an e-mail address",
              "*Generate*"), report),
        Task("the same for two systems", "ESM-41",
             ("the reports tab", "*Report type*", "a type", "from", "to", "*Specific sites*", "an id",
              "*Add*", "an id", "*Add*", "an e-mail address", "*Generate*"), report_of_two),
        Task("my profile", "ESM-43", ("the icon at the top",), profile),
        Task("another language", "ESM-45", ("*Language*", "a language"), language),
    )
}  # fmt: skip


def counted(world: World, task: Task, locale: str) -> tuple[int, list[str]]:
    """How often one taps, types or sends something here; and what."""
    chat = world.chat(locale, name=f"{locale} {task.name}")
    before = len(chat.everything)
    task.does(chat, Sample(world, locale), locale)
    done = [words for words, _answer in chat.everything[before:]]
    return len(done), done


INTRO = """# Taps

What the guides of the manufacturer's Service Manager show, in as many steps as their mobile view takes
after signing in (each choice, field and button that they name is one), and what it takes here: every tap,
every message and every photo. Played on the sample data by `tests/conversations/test_taps.py`, which fails
when one is not shorter; `python -m tests.conversations.taps` writes this page. The guide of the cashback
promotion does not describe the screens of its website, so it is not in the table.

| what | rows | there | here | there, step by step | here, step by step |
|---|---|---:|---:|---|---|
"""


def page(world: World) -> str:
    """The page, in English."""
    rows = []
    for task in TASKS.values():
        count, done = counted(world, task, "en")
        here = ", ".join(words.strip() for words in done)
        cells = (task.name, task.rows, len(task.guide), count, ", ".join(task.guide), here)
        rows.append("| " + " | ".join(map(str, cells)) + " |\n")
    return INTRO + "".join(rows)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder))
        try:
            PAGE.write_text(page(world), encoding="utf-8")
        finally:
            world.close()


if __name__ == "__main__":
    main()
