"""The desk asks for words or a photo; what the installer answers lands on the request, once."""

from __future__ import annotations

import pytest

from storage import questions
from storage.unit_of_work import Connection
from tests.conversations.chats import Chat, World
from tests.conversations.desk import ask, filed_by, moves
from tests.conversations.journeys import HOME
from tests.conversations.sample import photo

LOCALES = pytest.mark.parametrize("locale", ["nl", "fr", "en"])
WANTED = "Please send a photo of the label."


def answers(world: World, about: str) -> list[tuple[str, int]]:
    """What came back about a request: the words, and how many files."""

    def read(connection: Connection) -> list[tuple[str, int]]:
        asked = [question.id for question in questions.about(connection, about)]
        given = questions.answers_to(connection, asked)
        files = questions.files_of(connection, [each.id for each in given])
        return [(each.words, len(files.get(each.id, []))) for each in given]

    return world.run(world.app.uow.read(read))


def asked(world: World, locale: str) -> tuple[Chat, str]:
    """A chat in which the desk just asked something."""
    chat, about = world.chat(locale), filed_by(world, locale)
    ask(world, about, WANTED)
    return chat.hears(), about


@LOCALES
def test_words_typed_under_the_question_answer_it(world: World, locale: str) -> None:
    """No button is needed; what they said is on the request, as they said it."""
    chat, about = asked(world, locale)
    chat.sees("The desk asks about {question}", WANTED, about.split()[1])
    chat.says(HOME[locale]).sees("Your answer is with the desk: {number}.", about.split()[1])
    assert answers(world, about) == [(HOME[locale], 0)]


@LOCALES
def test_a_photo_answers_it_too(world: World, locale: str) -> None:
    """With the words that came with it, if there were any."""
    chat, about = asked(world, locale)
    chat.sends(("label.jpg", photo(10))).sees("Your answer is with the desk: {number}.")
    ask(world, about, WANTED)
    chat.hears().sends(("label.jpg", photo(20)), text=HOME[locale])
    chat.sees("Your answer is with the desk: {number}.")
    assert answers(world, about) == [("", 1), (HOME[locale], 1)]


def test_the_answer_may_come_days_later(world: World) -> None:
    """Whatever waits for the person is still what their words answer, also after a restart."""
    chat, about = asked(world, "nl")
    world.restart()
    world.clock.pass_(days=3)
    chat.says(HOME["nl"]).sees("Your answer is with the desk: {number}.")
    assert answers(world, about) == [(HOME["nl"], 0)]


def test_a_case_keeps_the_name_under_which_it_was_filed(world: World) -> None:
    """What the chat called a case is none of another kind when the desk writes about it."""
    chat = world.chat("nl").starts("create_case", system="none", subject="Installation")
    about = f"case {chat.says('Hoe lang is de kabel?').presses('Skip').presses('Send').number()}"
    chat.sees("Dossier")
    moves(world, about, "new", "in_progress")
    chat.hears().sees("{request}: {status}.", "Case {number}", "Dossier")
    ask(world, about, WANTED)
    chat.hears().sees("The desk asks about {question}", "Case {number}")


def test_while_something_else_is_open_the_question_waits_behind_a_button(world: World) -> None:
    """What is typed goes where it was going; the button brings the question."""
    chat, about = world.chat("en"), filed_by(world, "en")
    chat.starts("create_case", subject="Installation").says("How long is the cable?")
    open_before = chat.prompt
    ask(world, about, WANTED)
    chat.hears().sees("The desk asks about {question}", WANTED)
    assert chat.labels()[0] == "Answer the desk"
    assert open_before.token != chat.prompt.token
    chat.presses("Answer the desk").sees("Type your answer here")
    chat.says("Here it is").sees("Your answer is with the desk: {number}.")
    assert answers(world, about) == [("Here it is", 0)]


def test_several_questions_are_answered_each_by_its_own_button(world: World) -> None:
    """The first one is asked at once, the second waits; each answer lands where it belongs."""
    chat, about = asked(world, "fr")
    ask(world, about, "And when can we call?")
    chat.hears().sees("And when can we call?")
    second = chat.prompt
    chat.press_at(second.token, second.buttons[0].index).says("After five")
    chat.sees("Your answer is with the desk: {number}.", WANTED)
    chat.says("The label is unreadable").sees("Your answer is with the desk: {number}.")
    assert answers(world, about) == [("After five", 0), ("The label is unreadable", 0)]
    words = {each.words: each.answered_at for each in read_questions(world, about)}
    assert None not in words.values()


def read_questions(world: World, about: str) -> list[questions.Question]:
    """What was asked."""
    return world.run(world.app.uow.read(lambda connection: questions.about(connection, about)))


def test_later_keeps_the_question_in_the_menu(world: World) -> None:
    """And it can be answered from there."""
    chat, about = asked(world, "nl")
    chat.presses("Later").sees("Kept for 30 days. You find it in the menu.")
    chat.says("menu").presses("Antwoorden").sees(WANTED)
    chat.says(HOME["nl"]).sees("Your answer is with the desk: {number}.")
    assert answers(world, about) == [(HOME["nl"], 0)]


def test_a_question_that_is_not_ours_does_not_exist(world: World) -> None:
    """Another company gets the same answer as for a number that was never given out."""
    _chat, about = asked(world, "nl")
    number = str(read_questions(world, about)[0].id)
    shown = []
    for wanted in (number, "99999"):
        stranger = world.chat("fr", name=f"fr {wanted}").starts("answer_desk", question=wanted)
        stranger.sees_not(WANTED)
        shown.append(stranger.text())
    assert shown[0] == shown[1]
    assert answers(world, about) == []


def test_who_wrote_it_twice_said_it_twice_but_a_second_tap_is_nothing(world: World) -> None:
    """The same input delivered again changes nothing."""
    chat, about = asked(world, "en")
    chat.says("Once")
    chat.world.run(chat.world.app.stop())
    chat.world.app = chat.world._start()
    assert answers(world, about) == [("Once", 0)]


@LOCALES
def test_the_menu_says_that_the_desk_waits(world: World, locale: str) -> None:
    """Also to a colleague; once answered it is gone."""
    _chat, about = asked(world, locale)
    colleague = world.chat(locale, name=f"colleague {locale}")
    colleague.says("menu").sees("The desk waits for {n} answer.").presses("Answer the desk").sees(WANTED)
    colleague.says(HOME[locale]).sees("Your answer is with the desk: {number}.")
    colleague.says("menu").sees_not("The desk waits for {n} answer.")
    assert "Answer the desk" not in colleague.labels()
    assert answers(world, about) == [(HOME[locale], 0)]
