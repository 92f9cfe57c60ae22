"""One question after the other: which is next, what an answer changes, back and skip."""

from __future__ import annotations

from flows.engine.phrases import NOW_SPEAKING, Phrase, n_
from tests.flows.shop import OpenReturn, at_review, shop

_ = Phrase


def test_the_next_question_is_the_first_without_an_answer() -> None:
    """Nothing is stored but the answers, and every answer leads to the next open question."""
    chat = shop()
    assert chat.started("return") == [_("It takes two minutes."), _("Which order?")]
    assert chat.said("SO-1") == [_("Which unit?")]
    assert chat.press("Kettle") == [_("What is wrong?")]


def test_a_condition_decides_what_is_asked() -> None:
    """Damage asks for photos, a dead unit for words; one is never asked for both."""
    chat = shop()
    chat.started("return", order="SO-1", unit="kettle")
    assert chat.press("Dead") == [_("Tell more.")]
    chat.back()
    assert chat.press("Damaged") == [_("Photos, please.")]


def test_an_answer_that_no_longer_applies_does_not_reach_the_desk() -> None:
    """The story of a dead unit is dropped when it turns out to be something that asks for no story."""
    chat = at_review(shop())
    chat.redo("transport")
    chat.press("Drop-off")
    assert "street" not in chat.facts
    chat.press("Send")
    assert chat.desk.requests(OpenReturn) == [
        OpenReturn("SO-1", "kettle", "dead", "drop", details="no light at all", depot="leuven")
    ]


def test_words_that_cannot_be_used_are_explained_and_the_question_is_asked_again() -> None:
    """The person reads what to do, and nothing said before is lost."""
    chat = shop()
    chat.started("return", order="SO-1", unit="kettle", reason="dead")
    explained = n_(
        "Please type at least {n} character, so that the desk understands it.",
        "Please type at least {n} characters, so that the desk understands it.",
    )(n=10)
    assert chat.said("dead") == [explained, _("Tell more.")]
    assert chat.said("no light at all") == [_("How does it come back?")]


def test_words_are_no_answer_to_a_question_with_buttons() -> None:
    """Fixed options are pressed; the engine guesses nothing."""
    chat = shop()
    chat.started("return", order="SO-1", unit="kettle")
    assert chat.said("it is dead") == [_("Please use one of the buttons."), _("What is wrong?")]


def test_what_can_be_left_out_is_skipped() -> None:
    """Skipping is an answer: the review shows it."""
    chat = at_review(shop())
    assert chat.facts["remark"] == _("none")


def test_what_is_needed_is_not_skipped() -> None:
    """The person hears so, and is asked again."""
    chat = shop()
    chat.started("return")
    assert chat.skip() == [_("This one is needed."), _("Which order?")]


def test_back_takes_away_the_last_answer() -> None:
    """One step back at a time, as far as the first question."""
    chat = shop()
    chat.started("return")
    chat.said("SO-1")
    chat.press("Kettle")
    assert chat.back() == [_("Which unit?")]
    assert chat.back() == [_("Which order?")]
    assert chat.back() == [_("This is the first question."), _("Which order?")]


def test_back_skips_what_the_person_was_not_asked() -> None:
    """The depot is the desk's suggestion and the order was known: neither is a step back."""
    chat = shop()
    chat.started("return", order="SO-1", unit="kettle", reason="dead", details="no light at all")
    chat.press("Drop-off")
    assert chat.question == _("A remark?")
    assert chat.back() == [_("How does it come back?")]
    assert chat.back() == [_("This is the first question."), _("How does it come back?")]


def test_there_is_no_back_button_before_the_first_answer() -> None:
    """A button that does nothing is not shown."""
    chat = shop()
    chat.started("return")
    assert chat.labels == [_("Cancel")]
    chat.said("SO-1")
    assert chat.labels[-2:] == [_("Back"), _("Cancel")]


def test_back_after_a_skip_asks_the_skipped_question() -> None:
    """A skip can be taken back like any answer."""
    chat = at_review(shop())
    assert chat.back() == [_("A remark?")]


def test_cancel_leaves_no_effect() -> None:
    """Stopped at the last moment: the desk hears nothing, and an old button sends nothing either."""
    chat = at_review(shop())
    review = chat.prompt
    assert chat.cancel() == [_("Stopped. Nothing was sent.")]
    assert chat.labels == [_("Keep it after all"), _("Menu"), _("Talk to a person")]
    chat.press("Send", on=review)
    assert chat.desk.requests(OpenReturn) == []


def test_a_language_switch_asks_the_open_question_again() -> None:
    """In the middle of a question only the language changes."""
    chat = shop()
    chat.started("return", order="SO-1")
    old = chat.prompt
    assert chat.spoke("fr") == [NOW_SPEAKING["fr"], _("Which unit?")]
    assert chat.conversation.locale == "fr"
    assert [closed.token for closed in chat.closed] == [old.token]
    assert chat.press("Kettle") == [_("What is wrong?")]


def test_a_language_switch_with_nothing_open_offers_the_ways_on() -> None:
    """There is always something to press."""
    chat = shop()
    chat.spoke("nl")
    assert chat.labels == [_("Menu"), _("Talk to a person")]


def test_very_long_words_are_not_searched_for() -> None:
    """The state of a conversation stays small, whatever is pasted."""
    chat = shop()
    chat.started("return", order="SO-1")
    lines = chat.said("x" * 100_000)
    assert lines == [
        _("That is {length} characters; at most {most} fit. Please make it shorter.")(
            length=100_000, most=4000
        ),
        _("Which unit?"),
    ]


def test_a_question_that_was_answered_keeps_its_answer_and_loses_its_buttons() -> None:
    """What was understood stays to be read on the old prompt."""
    chat = shop()
    chat.started("return", order="SO-1")
    asked = chat.prompt
    chat.press("Kettle")
    assert [(closed.token, closed.chosen) for closed in chat.closed] == [(asked.token, "Kettle")]
    assert chat.prompt.replaces == asked.token


def test_a_prompt_after_typed_words_is_a_new_message() -> None:
    """Only a press changes the message that was pressed."""
    chat = shop()
    chat.started("return")
    chat.said("SO-1")
    assert chat.prompt.replaces == ""


def test_a_prompt_under_an_explanation_is_a_new_message() -> None:
    """A question stays below what explains it, also after a press."""
    chat = shop()
    chat.started("several")
    chat.press("Unreadable")
    chat.desk.answers.clear()
    chat.press("Send")
    assert chat.prompt.replaces == ""
