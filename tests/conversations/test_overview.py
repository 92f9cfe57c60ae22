"""RMAs and cases at a glance: counts, lists, filters, one tap to a card and one back."""

from __future__ import annotations

import pytest

from flows.engine.enclosures import Chart
from flows.engine.outputs import Say
from tests.conversations.chats import Chat, World
from tests.conversations.journeys import CASES, OVERVIEW
from tests.conversations.sample import Sample

LOCALES = pytest.mark.parametrize("locale", ["nl", "fr", "en"])
HOW_MANY = {
    "nl": "hoeveel RMA's staan open?",
    "fr": "combien de RMA sont ouverts ?",
    "en": "how many RMAs are open?",
}
RESOLVED = {
    "nl": "opgeloste dossiers dit jaar",
    "fr": "cas résolus cette année",
    "en": "resolved cases this year",
}


def rows(chat: Chat) -> list[str]:
    """The numbers on screen."""
    return [option.press.of for option in chat.prompt.fields[0].options]


def charts(chat: Chat) -> list[Chart]:
    """The pictures of the last answer."""
    said = [out.output for out in chat.answer if isinstance(out.output, Say)]
    return [say.enclosed for say in said if isinstance(say.enclosed, Chart)]


@pytest.mark.row("ESM-04", "ESM-05", "ESM-07", "ESM-08")
@LOCALES
def test_an_overview_says_its_window_and_a_count_per_status_in_a_picture_too(
    readings: World, locale: str
) -> None:
    """The counts on the buttons, in the picture and in its words are the same."""
    chat = readings.chat(locale, name=f"overview {locale}").says(OVERVIEW[locale])
    chat.sees("last {n} days, from {day}", "{title}: {counts}.")
    (chart,) = charts(chat)
    total = sum(part.count for part in chart.parts)
    assert getattr(chart.title, "gaps", {})["n"] == total
    for part in chart.parts:
        if part.count:
            chat.presses(part.label)
            assert len(rows(chat)) == part.count
            chat.presses("Per status")
            assert charts(chat) == []
    chat.presses("All dates").sees("all dates")
    (whole,) = charts(chat)
    assert sum(part.count for part in whole.parts) == len(Sample(readings, locale).rmas()) > total


@pytest.mark.row("ESM-04")
@LOCALES
def test_the_tabs_are_one_tap_from_each_other(readings: World, locale: str) -> None:
    """RMAs, cases, and what has a battery among its devices."""
    chat = readings.chat(locale, name=f"tabs {locale}").says(OVERVIEW[locale])
    chat.presses("Cases").sees("{n} case").presses("RMAs").sees("{n} RMA")
    chat.presses("With a battery")
    assert "With a battery" not in chat.labels()
    assert any(label == "✕ {filter}" for label in chat.labels())


@pytest.mark.row("ESM-05")
@LOCALES
def test_how_many_are_open_is_answered_per_status(readings: World, locale: str) -> None:
    """Only those that are still going on."""
    chat = readings.chat(locale, name=f"open {locale}").says(HOW_MANY[locale])
    (chart,) = charts(chat)
    assert [getattr(part.label, "msgid", "") for part in chart.parts] == [
        "In progress",
        "Pending approval",
        "Approved",
    ]


@pytest.mark.row("ESM-06", "ESM-16", "ESM-17", "ESM-18")
@LOCALES
def test_from_the_cases_to_one_and_its_rma(readings: World, locale: str) -> None:
    """New, in progress, resolved; the case says its RMA's status, and one tap shows that."""
    rma = Sample(readings, locale).rmas("approved")[0]
    chat = readings.chat(locale, name=f"cases {locale}").says(CASES[locale])
    (chart,) = charts(chat)
    assert [getattr(part.label, "msgid", "") for part in chart.parts] == ["New", "In progress", "Resolved"]
    chat.says(rma.case_number).sees("RMA {number}: {status}", rma.number, "Approved", "Support Benelux")
    chat.presses("Description").sees(rma.description)
    chat.presses("Contact").sees(rma.company_name, rma.installer_email, "Assigned to {name}, from {origin}.")
    chat.presses("History").sees("Filed")
    chat.presses("RMA").sees("RMA {rma}", rma.number)
    chat = readings.chat(locale, name=f"resolved {locale}").says(RESOLVED[locale]).sees("Filters: {filters}.")
    assert rows(chat)
    chat.sees("Resolved").sees_not("In progress")


@pytest.mark.row("ESM-12")
@LOCALES
def test_back_on_a_card_returns_to_the_same_page_of_the_list(readings: World, locale: str) -> None:
    """With its filters, its window and its place."""
    chat = readings.chat(locale, name=f"back {locale}").says(OVERVIEW[locale]).presses("All dates")
    chat.presses("Filter").presses("Show the list")
    assert len(rows(chat)) == 5
    first = rows(chat)
    second = rows(chat.presses("More"))
    assert not set(first) & set(second)
    chat.presses(second[0]).sees(second[0], "Created {created}, last updated {updated}.").presses("Back")
    assert rows(chat) == second
    assert rows(chat.presses("Previous")) == first


@pytest.mark.row("ESM-10", "ESM-11")
@LOCALES
def test_words_typed_in_a_list_narrow_it_and_chips_widen_it_again(readings: World, locale: str) -> None:
    """A town, then a status; each is taken away with one tap, or all at once."""
    rma = Sample(readings, locale).rmas("approved")[0]
    chat = readings.chat(locale, name=f"narrow {locale}").says(OVERVIEW[locale]).presses("All dates")
    chat.presses("Filter").presses("Name").says(str(rma.system_name)).sees("{title} {value}")
    assert rma.number in rows(chat)
    chat.presses("Filter").presses("Submitted").says("25-Aug-2020").sees("Nothing found.")
    chat.presses("Clear filters").sees_not("Filters: {filters}.")
    assert len(rows(chat)) == 5


@pytest.mark.row("ESM-10")
def test_a_date_that_is_none_is_asked_again(readings: World) -> None:
    """Nothing else is lost."""
    chat = readings.chat("nl", name="date").says("overzicht").presses("Filter").presses("Gewijzigd")
    chat.says("bla bla").sees("I see no date in that.").says("sinds 1 jan 2020").sees("{title} {value}")
    assert rows(chat)


@pytest.mark.row("ESM-10")
@pytest.mark.parametrize("words", ["wis", "effacer les filtres", "Reset."])
def test_filters_are_taken_away_in_words_too(readings: World, words: str) -> None:
    """In any language; the list stays a list."""
    chat = readings.chat("nl", name=f"reset {words}").says("goedgekeurde en verzonden RMA's sinds 1 juli")
    chat.sees("Filters: {filters}.", "Approved", "Shipped")
    assert len(rows(chat.presses("✕ Verzonden"))) == len(Sample(readings, "nl").rmas("approved"))
    chat.says(words).sees_not("Filters: {filters}.").sees("last {n} days, from {day}")
    assert len(rows(chat)) == 5


@pytest.mark.row("ESM-10", "ESM-47")
def test_a_day_that_does_not_exist_is_no_name(readings: World) -> None:
    """It is said, and what was looked at is one tap away."""
    chat = readings.chat("nl", name="31/2").says("RMA's van 31/2").sees("I see no date in that.")
    assert len(rows(chat.presses("Show the list"))) == 5


@pytest.mark.row("ESM-10")
@pytest.mark.parametrize(
    ("said", "kept"), [("van Peeters", "peeters"), ("van Van den Broeck", "van den broeck")]
)
def test_the_small_word_before_a_name_is_part_of_it_only_when_it_is(
    readings: World, said: str, kept: str
) -> None:
    """The desk knows the names of its systems."""
    readings.chat("nl", name=said).says(f"RMA's {said}").sees(f"✕ Naam {kept}")


@pytest.mark.row("ESM-09")
@LOCALES
def test_a_search_box_takes_whatever_is_typed(readings: World, locale: str) -> None:
    """A system with what was asked about it, an RMA, a case."""
    rma = Sample(readings, locale).rmas("approved")[0]
    chat = readings.chat(locale, name=f"box {locale}").starts("search").sees("What do you look for?")
    chat.says(str(rma.system))
    assert rows(chat)[0] == rma.system
    assert rma.number in rows(chat)
    chat.says(str(int(rma.number))).sees(rma.number, "Created {created}, last updated {updated}.")


@pytest.mark.row("ESM-09", "ESM-48")
@LOCALES
def test_to_search_in_words_opens_the_box_and_a_number_of_ours_is_found(readings: World, locale: str) -> None:
    """Also without its zeros, and from where only systems are looked up."""
    rma = Sample(readings, locale).rmas("approved")[0]
    short = rma.number.lstrip("0")
    word = {"nl": "zoek", "fr": "chercher", "en": "search"}[locale]
    chat = readings.chat(locale, name=f"words {locale}").says(word).sees("What do you look for?")
    chat.says(short).sees(rma.number, "Created {created}, last updated {updated}.")
    chat.says(f"{word} {rma.case_number.lstrip('0')}").sees(rma.case_number, "Created {created}")
    chat.says(short).presses(f": {short}").sees(rma.number, "Created {created}, last updated {updated}.")
    chat.starts("search_systems").says(short).sees("Not found in your systems.")
    chat.presses("Search in requests").sees(rma.number, "Created {created}, last updated {updated}.")


def test_the_list_is_where_it_was_after_a_restart_and_a_second_tap_changes_nothing(world: World) -> None:
    """State is in the conversation, not in the process."""
    chat = world.chat("fr").says("tous les rma depuis 2020").presses("Filter").presses("Show the list")
    first = rows(chat)
    world.restart()
    second = rows(chat.presses("More"))
    token, more = chat.prompt.token, [b.index for b in chat.prompt.buttons if b.group == "page"]
    assert second != first
    chat.press_at("nonsense", more[0])
    assert rows(chat) == second
    assert chat.prompt.token != token


@LOCALES
def test_an_rma_of_another_company_is_answered_like_one_that_nobody_knows(
    readings: World, locale: str
) -> None:
    """In the list and in the search box; by number and by case."""
    foreign = Sample(readings, "nl" if locale != "nl" else "fr").rmas("approved")[0]
    pairs = [
        (foreign.number, "00999999"),
        (foreign.case_number, "03999999"),
        (str(foreign.system), "709999999"),
    ]
    for flow in ("list_rmas", "list_cases", "search"):
        for known, unknown in pairs:
            answers = []
            for words in (known, unknown):
                chat = readings.chat(locale, name=f"{locale} {flow} {words}").starts(flow).says(words)
                answers.append((chat.text().replace(words, "NUMBER"), chat.labels()))
            assert answers[0] == answers[1]


@pytest.mark.row("ESM-15")
@LOCALES
def test_a_note_on_a_case_is_shown_before_it_is_added(world: World, locale: str) -> None:
    """From its card; it is on the card afterwards, with its author."""
    rma = Sample(world, locale).rmas("approved")[0]
    chat = world.chat(locale).says(rma.case_number).presses("Add a note").says("after 5")
    assert chat.facts() == {"Case": rma.case_number, "Note": "after 5"}
    chat.presses("Add").sees("The note is with case {number}.", rma.case_number)
    chat.presses("Show the case").presses("Notes").sees("{moment}, {name}: {note}", "after 5")
