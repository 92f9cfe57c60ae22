"""Lists of RMAs and cases at the desk: counts that add up, filters that hold, pages without gaps."""

from __future__ import annotations

import datetime
from collections import Counter as Tally

import pytest
from sqlalchemy import insert, select, text

from flows.engine.enclosures import Chart
from flows.engine.phrases import Phrase
from flows.engine.work import Page, Refused
from flows.requests import FoundCard, ListCases, ListRequests, ListRmas
from storage import desk_tables, office_tables, people, request_lists, request_tables
from storage.moments import micros
from storage.request_lists import Wanted
from tests.bot.services.conftest import AMELIE, ELS, NOW, Counter

MONTH_AGO = datetime.datetime(2026, 10, 20, 22, tzinfo=datetime.UTC)
"""The beginning of 21 October in Brussels, 30 days ago."""


def pages(counter: Counter, request: ListRequests, sender: str = ELS) -> list[str]:
    """The ids of all rows, page after page."""
    kind, found = type(request), list[str]()
    page = counter.page(request, sender)
    while True:
        assert len(page.rows) <= 5
        found += [row.id for row in page.rows]
        more = next((turn.cursor for turn in page.turns if getattr(turn.label, "msgid", "") == "More"), "")
        if not more:
            return found
        page = counter.page(kind(cursor=more), sender)


def rmas_of(counter: Counter, sender: str = ELS) -> list[tuple[str, str, int]]:
    """Number, status and moment of every RMA of this person's company."""
    rmas, company = request_tables.rmas.c, people.known(counter.connection, [sender])[sender].company
    query = select(rmas.number, rmas.status, rmas.created_at).where(rmas.company == company)
    return [tuple(row) for row in counter.connection.execute(query)]


def turn(page: Page, label: str) -> str:
    """The cursor of the button with this msgid."""
    return next(turn.cursor for turn in page.turns if getattr(turn.label, "msgid", "") == label)


@pytest.mark.row("ESM-05", "ESM-07")
def test_counts_per_status_add_up_to_the_total_of_the_last_30_days(counter: Counter) -> None:
    """Each is drawn, with its number; what is older is counted when the window is widened."""
    recent = [status for _n, status, at in rmas_of(counter) if at >= micros(MONTH_AGO)]
    page = counter.page(ListRmas())
    (chart,) = page.enclosed
    assert isinstance(chart, Chart)
    assert sum(part.count for part in chart.parts) == len(recent) > 0
    assert sorted(part.count for part in chart.parts if part.count) == sorted(Tally(recent).values())
    everything = counter.page(ListRmas(cursor=turn(page, "All dates")))
    (whole,) = everything.enclosed
    assert isinstance(whole, Chart)
    assert sum(part.count for part in whole.parts) == len(rmas_of(counter)) > len(recent)


@pytest.mark.row("ESM-06", "ESM-16")
def test_cases_are_counted_and_listed_like_rmas(counter: Counter) -> None:
    """New, in progress, resolved."""
    (chart,) = counter.page(ListCases()).enclosed
    assert isinstance(chart, Chart)
    assert [getattr(part.label, "msgid", "") for part in chart.parts] == ["New", "In progress", "Resolved"]
    cases = pages(counter, ListCases("resolved cases of this year"))
    statuses = select(request_tables.cases.c.status).where(request_tables.cases.c.number.in_(cases))
    assert set(counter.connection.execute(statuses).scalars()) == {"resolved"}


@pytest.mark.row("ESM-12")
def test_pages_of_five_show_each_rma_once_latest_first(counter: Counter) -> None:
    """No gap and no repetition, with a place and a day beside each number."""
    every = sorted(rmas_of(counter), key=lambda rma: (rma[2], rma[0]), reverse=True)
    filters = counter.page(ListRmas("rma's alle datums"))
    listed = turn(filters, "Filter")
    show = turn(counter.page(ListRmas(cursor=listed)), "Show the list")
    first = counter.page(ListRmas(cursor=show))
    found = [row.id for row in first.rows]
    while more := next((t.cursor for t in first.turns if getattr(t.label, "msgid", "") == "More"), ""):
        first = counter.page(ListRmas(cursor=more))
        found += [row.id for row in first.rows]
    assert found == [number for number, _status, _at in every]
    assert turn(first, "Previous")


@pytest.mark.row("ESM-10")
def test_filters_of_one_sentence_hold_together_and_are_taken_away_one_by_one(counter: Counter) -> None:
    """Status, postcode and days; each chip leads to the list without it."""
    number, system = next(
        iter(
            counter.connection.execute(
                select(request_tables.rmas.c.number, request_tables.rmas.c.system).where(
                    request_tables.rmas.c.status == "approved"
                )
            )
        )
    )
    postcode = counter.connection.execute(
        select(desk_tables.systems.c.postcode).where(desk_tables.systems.c.id == system)
    ).scalar_one()
    page = counter.page(ListRmas(f"RMA's postcode {postcode} goedgekeurd sinds 1 januari 2020"))
    assert number in {row.id for row in page.rows}
    wanted = select(request_tables.rmas.c.status, desk_tables.systems.c.postcode).join_from(
        request_tables.rmas, desk_tables.systems, request_tables.rmas.c.system == desk_tables.systems.c.id
    )
    shown = wanted.where(request_tables.rmas.c.number.in_([row.id for row in page.rows]))
    assert {tuple(row) for row in counter.connection.execute(shown)} == {("approved", postcode)}
    chips = [t.cursor for t in page.turns if getattr(t.label, "msgid", "") == "✕ {filter}"]
    assert len(chips) == 3
    for chip in chips:
        assert number in {row.id for row in counter.page(ListRmas(cursor=chip)).rows}
    cleared = counter.page(ListRmas(cursor=turn(page, "Clear filters")))
    assert not [t for t in cleared.turns if getattr(t.label, "msgid", "") == "✕ {filter}"]


@pytest.mark.row("ESM-10")
@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("rma", "517624"),
        ("case", "3664346"),
        ("system", "700457343"),
        ("name", "Peeters"),
        ("serial", "122145001234"),
        ("postcode", "3200"),
        ("town", "aarschot"),
        ("state", "Flemish Brabant"),
        ("submitted", "18-Nov-2026"),
        ("changed", "depuis le 1er novembre"),
    ],
)
def test_every_filter_can_be_added_by_a_button(counter: Counter, field: str, words: str) -> None:
    """The button asks, the words that follow are its value."""
    narrow = counter.page(ListRmas(cursor=turn(counter.page(ListRmas()), "Filter")))
    asked = next(t.cursor for t in narrow.turns if f'"asked":"{field}"' in t.cursor)
    page = counter.page(ListRmas(words, asked))
    assert "00517624" in {row.id for row in page.rows}


@pytest.mark.row("ESM-11")
def test_a_case_is_found_by_its_number_and_no_other_with_it(counter: Counter) -> None:
    """Among all of the company."""
    assert pages(counter, ListCases("dossier 3664346")) == ["03664346"]


@pytest.mark.row("ESM-12")
def test_each_line_of_a_list_says_status_system_postcode_town_and_day(counter: Counter) -> None:
    """The columns of the manufacturer's list, in one line."""
    (row,) = counter.page(ListRmas("517624")).rows
    assert isinstance(row.detail, Phrase)
    assert set(row.detail.gaps) == {"status", "system", "day"}
    systems, rmas = desk_tables.systems.c, request_tables.rmas.c
    place = select(systems.name, systems.postcode, systems.town).where(systems.id == rmas.system)
    name, postcode, town = counter.connection.execute(place.where(rmas.number == "00517624")).one()
    assert row.detail.gaps["system"] == f"{name}, {postcode} {town}"


@pytest.mark.row("ESM-08")
@pytest.mark.parametrize(
    "words", ["alle RMA's van dit jaar", "tous les RMA de cette année", "all rmas of this year"]
)
def test_all_of_this_year_are_all_of_this_year(counter: Counter, words: str) -> None:
    """Wider than the 30 days it begins with."""
    january = micros(datetime.datetime(NOW.year, 1, 1, tzinfo=datetime.UTC))
    ages = [at for _number, _status, at in rmas_of(counter)]
    for request in (ListRmas(words), ListRmas(cursor=turn(counter.page(ListRmas()), "This year"))):
        (chart,) = counter.page(request).enclosed
        assert isinstance(chart, Chart)
        assert sum(part.count for part in chart.parts) == len([at for at in ages if at >= january])
    assert len([at for at in ages if at >= january]) > len([at for at in ages if at >= micros(MONTH_AGO)])


@pytest.mark.row("ESM-11")
@pytest.mark.parametrize(
    "words", ["cas à Aarschot ce mois-ci", "dossiers in provincie Vlaams-Brabant", "cases 3200"]
)
def test_cases_are_filtered_by_place_and_day(counter: Counter, words: str) -> None:
    """In any of the three languages."""
    assert "03664346" in pages(counter, ListCases(words))


@pytest.mark.row("ESM-04")
def test_returns_of_batteries_are_a_filter(counter: Counter) -> None:
    """Only RMAs with a battery among their devices."""
    found = pages(counter, ListRmas("RMA's met batterij sinds 2020"))
    page = counter.page(ListRmas("retours de batteries depuis 2020"))
    assert turn(page, "✕ {filter}")
    lines, devices = request_tables.rma_lines.c, desk_tables.devices.c
    query = select(lines.rma).join_from(
        request_tables.rma_lines, desk_tables.devices, lines.serial == devices.serial
    )
    with_battery = set(counter.connection.execute(query.where(devices.kind == "battery")).scalars())
    mine = {number for number, _status, _at in rmas_of(counter)}
    assert set(found) <= with_battery & mine
    (chart,) = page.enclosed
    assert isinstance(chart, Chart)
    assert sum(part.count for part in chart.parts) == len(with_battery & mine) > 0


@pytest.mark.row("ESM-09", "ESM-48")
@pytest.mark.parametrize(
    "words", ["517624", "00517624", "3664346", "03664346", "RMA 517624", "dossier 3664346"]
)
def test_one_number_is_taken_at_once(counter: Counter, words: str) -> None:
    """With or without zeros, of an RMA or a case."""
    page = counter.page(ListRequests(words))
    assert page.exact
    assert [row.id for row in page.rows] == ["03664346" if "3664346" in words else "00517624"]


@pytest.mark.row("ESM-09")
@pytest.mark.parametrize("words", ["Peeters", "700457343", "122145001234"])
def test_a_search_finds_the_system_and_what_was_asked_about_it(counter: Counter, words: str) -> None:
    """By name, id and serial."""
    found = [row.id for row in counter.page(ListRequests(words)).rows]
    assert "700457343" in found
    assert "00517624" in found


@pytest.mark.row("ESM-17", "ESM-18")
def test_the_card_of_a_case_shows_its_rmas_with_their_status(counter: Counter) -> None:
    """One case, several RMAs; a button leads to each."""
    first = counter.connection.execute(
        select(request_tables.rmas).where(request_tables.rmas.c.number == "00517624")
    ).mappings()
    row = dict(first.one()) | {"number": "00517699", "key": "second", "status": "shipped"}
    counter.connection.execute(insert(request_tables.rmas), row)
    page = counter.page(FoundCard("3664346"))
    assert [row.id for row in page.rows] == ["00517624", "00517699"]
    assert page.allowed == ("track_rma", "add_case_note")
    assert "Shipped" in repr(page.lines)
    assert "In progress" in repr(page.lines)
    for block in ("description", "contact", "history"):
        assert counter.page(FoundCard("3664346", block)).lines != page.lines
    assert counter.ask(FoundCard("03664346"), AMELIE) == Refused("not_found")
    assert counter.ask(FoundCard("03669999"), AMELIE) == Refused("not_found")


@pytest.mark.row("ESM-17")
def test_the_history_of_a_case_tells_its_statuses_and_nothing_the_desk_notes_for_itself(
    counter: Counter,
) -> None:
    """What passed at the desk, latest first; an internal note is never told."""
    agent = {
        "login": "a", "name": "Ann", "password": "", "role": "agent", "language": "nl", "active": True,
    }  # fmt: skip
    made = counter.connection.execute(insert(office_tables.agents), agent)
    (id,) = made.inserted_primary_key or (0,)
    log = {"about": "case 03664346", "agent": id, "at": micros(NOW), "before": ""}
    deeds = [
        log | {"key": "1", "what": "status", "after": "in_progress"},
        log | {"key": "2", "what": "note", "after": "difficult customer"},
        log | {"key": "3", "what": "status", "after": "resolved"},
    ]
    counter.connection.execute(insert(office_tables.office_log), deeds)
    told = repr(counter.page(FoundCard("03664346", "history")).lines)
    assert told.index("Resolved") < told.index("In progress") < told.index("Filed")
    assert "difficult" not in told


def test_a_cursor_that_nobody_made_shows_the_overview(counter: Counter) -> None:
    """Whatever is in it."""
    for cursor in ("5", "{}", '{"filters":{"submitted":"x/y"}}', '{"start":"no"}', "\x00"):
        assert counter.page(ListRmas(cursor=cursor)).lines


def test_twenty_thousand_rmas_are_counted_from_an_index_alone(counter: Counter) -> None:
    """However many there are, no row of the table is read to count them (SQLite says how it will do it)."""
    company = people.known(counter.connection, [ELS])[ELS].company
    if counter.connection.dialect.name == "sqlite":
        asked = text(
            "EXPLAIN QUERY PLAN SELECT status, count(*) FROM rmas WHERE company = :c"
            " AND created_at >= 1 AND created_at < 9 GROUP BY status"
        )
        plan = " ".join(row[3] for row in counter.connection.execute(asked, {"c": company}))
        assert "COVERING INDEX rmas_company_created_at" in plan
    wanted = Wanted(company, "rma", submitted=(0, micros(NOW)))
    total = sum(request_lists.counts(counter.connection, wanted).values())
    assert total == len(request_lists.listed(counter.connection, wanted, 0, 1000))
