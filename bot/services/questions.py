"""What the desk asks installers about a request of any kind, and their answers, each once."""

from __future__ import annotations

from sqlalchemy import Connection

from bot.services import news
from bot.services.asking import NOT_FOUND, Ask, nothing, part, start_of
from bot.services.items import name_of
from flows.engine.data import Started
from flows.engine.phrases import Text, _
from flows.engine.work import Done, Page, Reply, Row
from flows.requests import AnswerDesk, OpenQuestions
from storage import attachments, office, questions
from storage.office import Item
from storage.questions import Question

NONE_OPEN = _("The desk has no open question for you.")
ASKED = _("The desk asks about {question}\nYou can answer in the chat, with words, a photo or a PDF.")
ABOUT = _("{request}: {words}")


def ask_installer(connection: Connection, item: Item, words: str, *, key: str, now: int) -> None:
    """Ask for words or a photo; whoever hears it and answers first, answers it."""
    assert item.company is not None
    number = questions.ask(connection, key, item.about, item.company, words, now)
    news.tell(
        connection,
        [item.installer] if item.installer else [],
        ASKED(question=ABOUT(request=name_of(item.about), words=words)),
        about=item.about,
        key=key,
        title=_("A question about {request}")(request=name_of(item.about)),
        now=now,
        asks=Started("answer_desk", {"question": str(number)}),
    )


def open_questions(connection: Connection, ask: Ask[OpenQuestions]) -> Reply:
    """What this company did not answer yet; one of them by its number, a single one without asking."""
    found = questions.still_open(connection, ask.by.company)
    if not found:
        return nothing(NONE_OPEN)
    named = [each for each in found if str(each.id) == ask.request.text.strip()]
    if named:
        return Page(tuple(map(row_of, named)), exact=True)
    shown, ways = part(found[start_of(ask.request.cursor) :], start_of(ask.request.cursor))
    gone = (_("This question is no longer open."),) if ask.request.text.strip().isdecimal() else ()
    only = str(found[0].id) if len(found) == 1 and not gone else ""
    return Page(tuple(map(row_of, shown)), turns=ways, problems=gone, default=only)


def answer_desk(connection: Connection, ask: Ask[AnswerDesk]) -> Reply:
    """Keep the answer with its photos, on the request that it is about. A later answer is kept too."""
    wanted = ask.request.question
    found = questions.get(connection, int(wanted)) if wanted.isdecimal() and len(wanted) < 19 else None
    if found is None or found.company != ask.by.company:
        return NOT_FOUND
    if not questions.answered_under(connection, ask.asked.key):
        sent = attachments.of_chat(connection, ask.request.photos, ask.asked.conversation)
        files = [file.id for file in sent]
        words = ask.request.answer.strip()
        if not words and not files:
            return NOT_FOUND
        questions.answer(connection, ask.asked.key, found.id, ask.by.id, words, files, ask.now)
        office.touch(connection, found.about, ask.now)
    return Done({"number": name_of(found.about)})


def row_of(question: Question) -> Row:
    """What it is about, and its words."""
    label: Text = ABOUT(request=name_of(question.about), words=question.words)
    return Row(str(question.id), label)
