"""Unfinished work moves: from one chat of a person to another, or to a colleague who submits it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from msgspec import structs
from sqlalchemy import Connection

from bot.ports import Received
from bot.services import news
from bot.services.asking import NOT_FOUND, Ask, part, start_of
from bot.services.by_name import by_name
from bot.services.words import channel_of
from flows.catalog import FLOWS
from flows.engine.data import Started
from flows.engine.events import Event, HandedOn
from flows.engine.language import Choose
from flows.engine.phrases import Listed, Text, _
from flows.engine.runs import Question, asks, files_of, off_screen, unconfirmed
from flows.engine.work import Answer, Done, Page, Reply, Row, Run
from flows.requests import ColleaguesToPassTo, DraftsToPass, MyDrafts, PassDraft, TakeDraft
from storage import colleagues, conversations, drafts, inbox, kept, people, timers
from storage.codec import encode
from storage.drafts import Draft
from storage.moments import moment
from storage.people import Installer

PASSED: Final = _("{name} passes you unfinished work: {draft}.")
NONE: Final = _("There is no unfinished work.")
PERSONAL: Final = frozenset({"link", "link_code", "enter_bank_details", "drafts", "pass_draft"})
"""What holds a code or an account number is not shown elsewhere, nor passed on."""
LONGEST: Final = 40
NAMED: Final = 3


def my_drafts(connection: Connection, ask: Ask[MyDrafts]) -> Reply:
    """All of them; where they are or with whom is said beside, who passed something is said first."""
    found = _all(connection, ask)
    given = [one for one in found if one.owner == ask.by.id][:NAMED]
    lines = tuple(PASSED(name=_name(connection, one.giver), draft=name_of(one.run)) for one in given)
    return structs.replace(_page(connection, ask, found), lines=lines)


def drafts_to_pass(connection: Connection, ask: Ask[DraftsToPass]) -> Reply:
    """Not those that are on their way already."""
    return _page(connection, ask, [draft for draft in _all(connection, ask) if draft.conversation])


def elsewhere(connection: Connection, ask: Ask[Any]) -> bool:
    """Whether there is any that this chat does not offer by itself."""
    return any(draft.conversation != ask.asked.conversation for draft in _all(connection, ask))


def colleagues_to_pass_to(connection: Connection, ask: Ask[ColleaguesToPassTo]) -> Reply:
    """Who else works there, whatever their role."""
    others = _others(connection, ask.by)
    return by_name(others, ask.request.text, ask.request.cursor, lambda one: Row(str(one.id), one.name))


def take_draft(connection: Connection, ask: Ask[TakeDraft]) -> Reply:
    """It comes here with its files, and leaves where it was."""
    found = _one(connection, ask)
    here = ask.asked.conversation
    if found is None:
        return NOT_FOUND
    if not found.conversation:
        if not drafts.remove(connection, found.id):
            return NOT_FOUND
        drafts.move(connection, found.run, f"draft:{found.id}", here, ask.now)
    elif found.conversation != here:
        drafts.move(connection, found.run, found.conversation, here, ask.now)
        _leaves(connection, ask, found, _("“{draft}” goes on in another chat.")(draft=name_of(found.run)))
    return Done(brings=_as_passed(found.run))


def pass_draft(connection: Connection, ask: Ask[PassDraft]) -> Reply:
    """It waits for the colleague with what was filled in and by whom; it is in no chat meanwhile."""
    found = _one(connection, ask)
    to = next((one for one in _others(connection, ask.by) if str(one.id) == ask.request.colleague), None)
    if found is None or not found.conversation or to is None:
        return NOT_FOUND
    run = _signed(_as_passed(found.run), ask.by)
    name = drafts.keep(connection, run, owner=to.id, giver=ask.by.id, now=ask.now)
    drafts.move(connection, run, found.conversation, f"draft:{name}", ask.now)
    _leaves(connection, ask, found, _("“{draft}” is passed to {name}.")(draft=name_of(run), name=to.name))
    line = PASSED(name=ask.by.name, draft=name_of(run))
    news.tell(
        connection,
        [to.id],
        line,
        about=f"draft {name}",
        key=ask.asked.key,
        title=_("Unfinished work from {name}")(name=ask.by.name),
        now=ask.now,
        asks=Started("drafts"),
    )
    return Done()


def name_of(run: Run) -> Text:
    """What is made, and the first answers: enough to know it by."""
    return Listed((FLOWS[run.flow].title, *_first_answers(run)))


def _first_answers(run: Run) -> tuple[Text, ...]:
    steps = [step for step in FLOWS[run.flow].steps if isinstance(step, Question)]
    labels = [run.answers[step.name].label for step in steps if step.name in run.answers][: NAMED - 1]
    return tuple(
        f"{one[:LONGEST]}…" if isinstance(one, str) and len(one) > LONGEST else one for one in labels
    )


def _all(connection: Connection, ask: Ask[Any]) -> list[Draft]:
    """Unfinished work of this person: here, in their other chats, on its way from or to them."""
    return unfinished(connection, [ask.by.id], _chats(connection, ask), practice=ask.by.practises)


def unfinished(
    connection: Connection, installers: Sequence[int], chats: Sequence[str], *, practice: bool = False
) -> list[Draft]:
    """What is open in these chats, and on its way from or to these installers."""
    mine = drafts.in_chats(connection, chats, practice=practice)
    every = [*mine, *(each for one in installers for each in drafts.passed(connection, one))]
    return [one for one in every if one.run.flow in FLOWS and worth_keeping(one.run)]


def _chats(connection: Connection, ask: Ask[Any]) -> list[str]:
    """Those of this person, this one first."""
    chats = [chat.conversation for chat in kept.chats_of(connection, [ask.by.id]) if chat.conversation]
    return list(dict.fromkeys((ask.asked.conversation, *chats)))


def _one(connection: Connection, ask: Ask[TakeDraft] | Ask[PassDraft]) -> Draft | None:
    """The one that is meant, while nobody else does anything with it.

    None also as long as its former chat, this one, did not hear that it left: it would leave once more.
    """
    conversations.lock(connection, _chats(connection, ask))
    found = next((one for one in _all(connection, ask) if one.id == ask.request.draft), None)
    before = conversations.load(connection, ask.asked.conversation)
    left = before and found and found.conversation != before.key and drafts.holds(before, found.run)
    return None if left else found


def worth_keeping(run: Run) -> bool:
    """Whether enough is known of it to go on with it elsewhere or later."""
    known = any(isinstance(step, Question) and step.name in run.answers for step in FLOWS[run.flow].steps)
    return (known or bool(run.files)) and asks(FLOWS, run) and run.flow not in PERSONAL


def _page(connection: Connection, ask: Ask[MyDrafts] | Ask[DraftsToPass], found: Sequence[Draft]) -> Page:
    if not found:
        return Page(problems=(NONE,), over=True)
    named = [one for one in found if one.id == ask.request.text.strip()]
    if named:
        return Page(tuple(_row(connection, ask.by, ask.asked.conversation, one) for one in named), exact=True)
    shown, turns = part(found[start_of(ask.request.cursor) :], start_of(ask.request.cursor))
    return Page(tuple(_row(connection, ask.by, ask.asked.conversation, one) for one in shown), turns=turns)


def _row(connection: Connection, by: Installer, here: str, draft: Draft) -> Row:
    where: Text = _("in this chat")
    if draft.conversation and draft.conversation != here:
        where = _("in another chat, {channel}")(channel=channel_of(draft.conversation))
    elif not draft.conversation:
        given = draft.owner == by.id
        line = _("from {name}") if given else _("waits for {name}")
        where = line(name=_name(connection, draft.giver if given else draft.owner))
    title = FLOWS[draft.run.flow].title
    known = _first_answers(draft.run)
    detail = _("{title}, {where}")(title=title, where=where) if known else where
    return Row(draft.id, known[0] if known else title, detail)


def _name(connection: Connection, installer: int) -> str:
    found = people.with_ids(connection, [installer])
    return found[0].name if found else "—"


def _others(connection: Connection, by: Installer) -> list[Installer]:
    return [one for one in colleagues.of_company(connection, by.company) if one.id != by.id]


def _as_passed(run: Run) -> Run:
    """As it is asked about again: whatever was confirmed is confirmed again."""
    return structs.replace(off_screen(unconfirmed(FLOWS[run.flow], run)), waiting=None)


def _signed(run: Run, by: Installer) -> Run:
    """What this person gave carries their name. What was only suggested to them is suggested anew."""
    steps = {step.name: step for step in FLOWS[run.flow].steps}
    answers: dict[str, Answer] = {}
    for name, known in run.answers.items():
        step = steps.get(name)
        if isinstance(step, Choose) and step.default and not known.given:
            continue
        if known.value == "me":  # whoever reads it next is somebody else
            known = structs.replace(known, value=f"{by.name}, {by.phone}")
        if isinstance(step, Question) and not known.by:
            known = structs.replace(known, by=by.name)
        answers[name] = known
    return structs.replace(run, answers=answers)


def _leaves(connection: Connection, ask: Ask[TakeDraft] | Ask[PassDraft], draft: Draft, line: Text) -> None:
    """It leaves the chat that it was in, after what is said there now and before what comes next."""
    name = f"{ask.asked.key}/{draft.id}"
    said = () if draft.conversation == ask.asked.conversation else (line,)
    content = HandedOn(draft.run.id, said, files_of(draft.run))
    event = Event(name, draft.conversation, ask.asked.sender, moment(ask.now), content)
    received = Received(timers.CHANNEL, name, draft.conversation, encode(event).encode(), moment(ask.now))
    inbox.receive(connection, [received], moment(ask.now))
