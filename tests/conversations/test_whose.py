"""A name in a sentence picks the RMA, return or claim that it is about, in the whole product."""

from __future__ import annotations

import pytest

from tests.conversations.chats import World


@pytest.mark.parametrize(
    ("locale", "words", "shown"),
    [
        ("nl", "waar blijft mijn RMA van Kuipers", "Kuipers Ivo"),
        ("nl", "hoever staat de rma van willems", "Willems Ivo"),
        ("nl", "heb je nieuws over bakkerij visser", "Bakkerij Visser"),
        ("fr", "où en est le RMA de Lefèvre", "Lefèvre Henri"),
        ("fr", "des nouvelles de lefevre", "Lefèvre Henri"),
        ("en", "where is the rma for weber", "Bakery Weber"),
        ("en", "any news on weber?", "Bakery Weber"),
    ],
)
def test_a_name_in_a_question_opens_its_only_rma(
    readings: World, locale: str, words: str, shown: str
) -> None:
    """Without a list of all of them first, however it is typed."""
    chat = readings.chat(locale, name=words).says(words)
    chat.sees("RMA", shown)
    assert "Add a note" in chat.labels()


@pytest.mark.parametrize(
    ("words", "question", "about"),
    [
        ("label voor de retour van visser", "How do you want the label?", ""),
        ("rma intrekken willems", "Withdraw this RMA?", "00517619"),
        ("kan je de rma van willems ivo intrekken aub", "Withdraw this RMA?", "00517619"),
        ("adres wijzigen rma wauters", "Where should the replacement go?", "Wauters"),
        ("vergoeding voor visser", "When was it replaced?", ""),
        ("ik wil de rma van van den broeck terugsturen", "Which devices of RMA {rma} go back?", "00517622"),
        ("retour voor Visser", "RMA {rma} cannot go back now.", "00517621"),
        ("nota voor kuipers: klant thuis na 18u", "Add this note?", "klant thuis na 18u"),
        ("nota bij kuipers", "What should the note say?", "Kuipers Ivo"),
    ],
)
def test_a_wish_takes_the_name_along(readings: World, words: str, question: str, about: str) -> None:
    """What it was taken for is shown, and nothing is done before it is confirmed."""
    readings.chat("nl", name=words).says(words).sees(question, about)


@pytest.mark.parametrize(
    ("locale", "words", "missing"),
    [
        ("nl", "label voor de retour van Zwart", "Not found in your returns."),
        ("fr", "ou en est la rma de zacharias", "Not found in your RMAs."),
        ("en", "label for the return of Janssens", "Not found in your returns."),
    ],
)
def test_a_name_that_has_none_shows_what_there_is(
    readings: World, locale: str, words: str, missing: str
) -> None:
    """It is said, and the whole list stands there without one more tap."""
    chat = readings.chat(locale, name=words).says(words).sees(missing)
    assert "Show all" not in chat.labels()
    assert len(chat.labels()) > 2


def test_the_only_return_or_claim_of_a_system_is_found_by_its_name(readings: World) -> None:
    """Also where its number was asked for."""
    chat = readings.chat("nl", name="returns").starts("track_return")
    chat.says("visser").sees("Return", "00517621")
    chat.starts("track_claim").says("kuipers").sees("00517616")


@pytest.mark.parametrize(
    ("words", "chosen"),
    [("om 8u", "8 tot 12 uur"), ("de 8 à 12h", "8 tot 12 uur"), ("namiddag", "12 tot 17 uur"), ("14h", "12")],
)
def test_an_hour_in_words_is_a_part_of_the_day(readings: World, words: str, chosen: str) -> None:
    """And a number in words is a number of boxes."""
    chat = readings.chat("nl", name=words).starts("initiate_return", rma="517622")
    chat.says("allemaal").says("ophalen").says("maandag").says(words).sees("How many boxes?", chosen)
    chat.says("twee dozen").sees("Announce this return?", "2")


@pytest.mark.row("SMA-05")
@pytest.mark.parametrize(
    ("locale", "words", "day"),
    [
        ("nl", "registreer home manager 3009871122 gisteren geplaatst", "do 19 nov"),
        ("fr", "enregistrer home manager 3009871122 posé hier", "jeu. 19 nov."),
        ("en", "register home manager 3009871122 installed yesterday", "Thu 19 Nov"),
    ],
)
def test_the_day_in_a_registering_sentence_is_taken_along(
    readings: World, locale: str, words: str, day: str
) -> None:
    """The review shows device and day; nothing more is asked."""
    readings.chat(locale, name=words).says(words).sees("Please check everything.", "3009871122", day)
