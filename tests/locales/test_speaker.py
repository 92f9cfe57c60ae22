"""Texts become words as people write them in Dutch, French and English."""

from __future__ import annotations

import datetime
import html
import logging

import pytest

from flows.engine.phrases import Copy, Day, Euros, Lines, Listed, Moment, Size, Text, _, n_
from locales.speaker import Speaker, gaps_of

FRIDAY = datetime.date(2026, 11, 20)
NARROW = "\u202f"


def speaker(locale: str) -> Speaker:
    """Somebody in Brussels on a Friday in November 2026."""
    return Speaker(locale, "Europe/Brussels", FRIDAY)


@pytest.mark.parametrize(
    ("locale", "said"), [("nl", "vr 20 nov"), ("fr", "ven. 20 nov."), ("en", "Fri 20 Nov")]
)
def test_a_day_of_this_year_is_short(locale: str, said: str) -> None:
    """The way people write it there, without the year."""
    assert speaker(locale).say(Day(FRIDAY)) == said


@pytest.mark.parametrize(
    ("locale", "said"), [("nl", "3 mrt 2027"), ("fr", "3 mars 2027"), ("en", "3 Mar 2027")]
)
def test_a_day_of_another_year_shows_its_year(locale: str, said: str) -> None:
    """A deadline in March must not be taken for last March; its weekday says little."""
    assert speaker(locale).say(Day(datetime.date(2027, 3, 3))) == said


def test_of_two_days_both_show_their_year_or_none() -> None:
    """ "From Thu 1 Jan to 31 Dec 2027" would leave open which January is meant."""
    span = _("{since} to {until}")(
        since=Day(datetime.date(2026, 1, 1)), until=Day(datetime.date(2027, 12, 31))
    )
    assert speaker("en").say(span) == "1 Jan 2026 to 31 Dec 2027"


def test_the_first_of_a_month_is_premier_in_french() -> None:
    """Nobody there writes "1 nov."."""
    assert speaker("fr").say(Day(datetime.date(2026, 12, 1))) == "mar. 1er déc."


def test_a_moment_is_said_in_the_time_zone_of_the_person() -> None:
    """Stored in UTC, read at home; the day may differ too."""
    late = Moment(datetime.datetime(2026, 11, 20, 23, 30, tzinfo=datetime.UTC))
    assert speaker("nl").say(late) == "za 21 nov 00:30"
    assert Speaker("en", "Atlantic/Azores", FRIDAY).say(late) == "Fri 20 Nov 22:30"


@pytest.mark.parametrize(
    ("locale", "size", "said"),
    [
        ("nl", 3_100_000, "3,1 MB"),
        ("fr", 3_100_000, f"3,1{NARROW}Mo"),
        ("en", 3_100_000, "3.1 MB"),
        ("nl", 30_000_000, "30 MB"),
        ("nl", 12, "1 kB"),
        ("fr", 640_300, f"640{NARROW}ko"),
    ],
)
def test_a_size_is_said_in_kilobytes_or_megabytes(locale: str, size: int, said: str) -> None:
    """No bytes, at most one decimal."""
    assert speaker(locale).say(Size(size)) == said


@pytest.mark.parametrize(
    ("locale", "said"),
    [("nl", "€\xa01.200,50"), ("fr", f"1{NARROW}200,50\xa0€"), ("en", "€1,200.50")],
)
def test_an_amount_is_said_in_euros(locale: str, said: str) -> None:
    """As people there write it."""
    assert speaker(locale).say(Euros(120050)) == said


def test_a_number_has_the_separators_of_the_language() -> None:
    """A count, not an identifier: those are Copy."""
    assert [speaker(locale).say(12345) for locale in ("nl", "fr", "en")] == [
        "12.345",
        "12\u202f345",
        "12,345",
    ]


@pytest.mark.parametrize(("locale", "said"), [("nl", "a, b en c"), ("fr", "a, b et c"), ("en", "a, b and c")])
def test_several_things_are_listed_in_one_sentence(locale: str, said: str) -> None:
    """With the word for "and"."""
    assert speaker(locale).say(Listed(("a", "b", "c"))) == said


@pytest.mark.parametrize("many", [Listed, Lines])
def test_a_list_may_hold_one_thing_or_nothing(many: type[Listed] | type[Lines]) -> None:
    """No stray comma, no stray line."""
    assert speaker("nl").say(many(())) == ""
    assert speaker("nl").say(many(("a",))) == "a"


def test_lines_stand_below_each_other() -> None:
    """One thing on each line."""
    assert speaker("nl").say(Lines(("a", Copy("b")))) == "a\nb"


def test_a_phrase_without_translation_is_said_in_english() -> None:
    """Better than nothing; the check reports it before a release."""
    photos = n_("{n} photo of a thing nobody translates", "{n} photos of a thing nobody translates")
    said = [speaker("fr").say(photos(n=count)) for count in (0, 1, 2)]
    assert said == [
        "0 photos of a thing nobody translates",
        "1 photo of a thing nobody translates",
        "2 photos of a thing nobody translates",
    ]


def test_an_unknown_language_is_answered_in_english() -> None:
    """A person we meet for the first time may have none yet."""
    assert speaker("").say(Day(FRIDAY)) == "Fri 20 Nov"


def test_gaps_are_texts_themselves() -> None:
    """A phrase may hold a phrase, a day or a number."""
    inner = _("not translated, held by {who}")(who="Jan")
    outer = _("not translated: {status}, {day}")(status=inner, day=Day(FRIDAY))
    assert speaker("nl").say(outer) == "not translated: not translated, held by Jan, vr 20 nov"


def test_a_day_at_the_end_of_a_sentence_has_one_full_stop() -> None:
    """French writes "nov." with a point of its own; what people wrote is left alone."""
    sentence = _("not translated {day}.")
    assert speaker("fr").say(sentence(day=Day(FRIDAY))) == "not translated ven. 20 nov."
    assert speaker("en").say(sentence(day=Day(FRIDAY))) == "not translated Fri 20 Nov."
    assert speaker("fr").say(sentence(day="etc.")) == "not translated etc.."


def test_only_what_is_plain_is_escaped_and_only_numbers_are_marked() -> None:
    """A channel turns words into its own markup in one pass."""
    text = _("not translated <{name}> {number}")(name="<b>&", number=Copy("00517624"))
    said = speaker("nl").say(text, html.escape, lambda number: f"<code>{number}</code>")
    assert said == "not translated &lt;&lt;b&gt;&amp;&gt; <code>00517624</code>"


def test_what_people_wrote_is_never_read_as_a_gap() -> None:
    """Braces in somebody's own words stay as they are."""
    assert speaker("nl").say(_("not translated {note}")(note="{name} {0}")) == "not translated {name} {0}"


def test_a_gap_left_open_is_reported_without_what_people_wrote(caplog: pytest.LogCaptureFixture) -> None:
    """The person sees the rest of the sentence; the log names the phrase, never a value."""
    with caplog.at_level(logging.ERROR):
        said = speaker("nl").say(_("not translated {open} {name}")(name="Peeters"))
    assert said == "not translated  Peeters"
    assert "open" in caplog.text
    assert "Peeters" not in caplog.text


def test_gaps_of_a_sentence_are_its_names_in_braces() -> None:
    """What the check compares between languages."""
    assert gaps_of("{n} photos of {who}, {n}") == {"n", "who"}


@pytest.mark.parametrize("text", ["", "{}", "{ }", "100 %", "a {b c} d"])
def test_a_plain_text_is_said_as_it_is(text: Text) -> None:
    """Names and notes are data."""
    assert speaker("fr").say(text) == text
