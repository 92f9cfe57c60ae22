"""Sentences as searches: filters, days in any notation, and whatever else people type."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.dates import one_day, plain, spans
from bot.understanding.filters import Filters, read

TODAY = datetime.date(2026, 11, 20)
"""A Friday."""
JULY = "2026-07-01/2026-11-20"
SENTENCES = {
    "RMA's postcode 1000 goedgekeurd sinds 1 juli": Filters(
        kind="rma", status="approved", postcode="1000", submitted=JULY
    ),
    "cas résolus à Gand en août": Filters(
        kind="case", status="resolved", submitted="2026-08-01/2026-08-31", words=("gand",)
    ),
    "approved since July in Leuven": Filters(
        kind="rma", status="approved", submitted=JULY, words=("leuven",)
    ),
    "alle RMA's van dit jaar": Filters(kind="rma", submitted="2026-01-01/2026-11-20"),
    "RMA approuvés chez De Smet": Filters(kind="rma", status="approved", words=("de smet",)),
    "rma's gewijzigd sinds maandag ingediend dit jaar": Filters(
        kind="rma", submitted="2026-01-01/2026-11-20", changed="2026-11-16/2026-11-20"
    ),
    "cases modified last week": Filters(kind="case", changed="2026-11-09/2026-11-15"),
    "retours de batteries": Filters(battery=True),
    "rma's in provincie Vlaams-Brabant": Filters(kind="rma", state="vlaams-brabant"),
    "zoek 00517624": Filters(rma="00517624"),
    "dossier 03663069": Filters(kind="case", case="03663069"),
    "517624": Filters(number="517624"),
    "system 700457343 rmas": Filters(kind="rma", system="700457343"),
    "122145001234": Filters(serial="122145001234"),
    "3311 GX": Filters(postcode="3311gx"),
    "RMA Marche-en-Famenne": Filters(kind="rma", words=("marche-en-famenne",)),
    "mes dossiers": Filters(kind="case"),
    "RMA's postcode 3000 en goedgekeurd": Filters(kind="rma", status="approved", postcode="3000"),
    "goedgekeurde en verzonden RMA's": Filters(kind="rma", status="approved+shipped"),
    "RMA approuvés ou annulés": Filters(kind="rma", status="approved+cancelled"),
    "open RMAs that are approved": Filters(kind="rma", status="approved"),
    "rma's tussen dinsdag 3 en donderdag 5 november": Filters(kind="rma", submitted="2026-11-03/2026-11-05"),
    "RMA depuis mar. 17 nov.": Filters(kind="rma", submitted="2026-11-17/2026-11-20"),
    "": Filters(),
}
DAYS = {
    "25-Aug-2023": "2023-08-25",
    "25 Aug 2023": "2023-08-25",
    "04/Aug/2023": "2023-08-04",
    "25/8/23": "2023-08-25",
    "25.08.2023": "2023-08-25",
    "2023-08-25": "2023-08-25",
    "25 août": "2026-08-25",
    "Aug 25, 2023": "2023-08-25",
    "le 1er décembre": "2025-12-01",
    "gisteren": "2026-11-19",
    "avant-hier": "2026-11-18",
    "il y a 3 jours": "2026-11-17",
    "lundi dernier": "2026-11-16",
    "vrijdag": "2026-11-13",
}
SPANS = {
    "vorige week": ("2026-11-09", "2026-11-15"),
    "la semaine dernière": ("2026-11-09", "2026-11-15"),
    "cette semaine": ("2026-11-16", "2026-11-20"),
    "last month": ("2026-10-01", "2026-10-31"),
    "1/1/2020 tot nu": ("2020-01-01", "2026-11-20"),
    "du 1er mai jusqu'à maintenant": ("2026-05-01", "2026-11-20"),
    "from 1 May to date": ("2026-05-01", "2026-11-20"),
    "2026-01-01..2026-02-01": ("2026-01-01", "2026-02-01"),
    "2026-01-01/2026-02-01": ("2026-01-01", "2026-02-01"),
    "vorig kwartaal": ("2026-07-01", "2026-09-30"),
    "ce trimestre": ("2026-10-01", "2026-11-20"),
    "Q1": ("2026-01-01", "2026-03-31"),
    "T4 2025": ("2025-10-01", "2025-12-31"),
    "in augustus 2025": ("2025-08-01", "2025-08-31"),
    "sinds 1 juli": ("2026-07-01", "2026-11-20"),
    "depuis le 1er juillet": ("2026-07-01", "2026-11-20"),
    "since July": ("2026-07-01", "2026-11-20"),
    "between 1 June and 30 June 2025": ("2025-06-01", "2025-06-30"),
    "tussen 1/6 en 30/6": ("2026-06-01", "2026-06-30"),
    "du 3 au 10 mars": ("2026-03-03", "2026-03-10"),
    "van 3 tot 10 maart": ("2026-03-03", "2026-03-10"),
    "avant le 5 mai": ("2000-01-01", "2026-05-04"),
    "jusqu'au 5 mai": ("2000-01-01", "2026-05-05"),
    "les 30 derniers jours": ("2026-10-21", "2026-11-20"),
    "last 90 days": ("2026-08-22", "2026-11-20"),
    "vorig jaar": ("2025-01-01", "2025-12-31"),
    "depuis 2025": ("2025-01-01", "2026-11-20"),
}
ENGLISH = "January,February,March,April,May,June,July,August,September,October,November,December"
FRENCH = "janvier,février,mars,avril,mai,juin,juillet,août,septembre,octobre,novembre,décembre"
DUTCH = "januari,februari,maart,april,mei,juni,juli,augustus,september,oktober,november,december"
SHAPES = ("{d} {m} {y}", "{d:02d}-{m}-{y}", "{d}/{m}/{y}", "{d}/{n}/{y}", "{d}.{n}.{y}", "{y}-{n}-{d}")
OUR_WORDS = """since,sinds,depuis,between,and,tussen,en,du,au,3,10,31,99,/2/,2/2/2,--,mars,février,29,2023,
9999,last,week,days,999,jours,il,y,a,tot,until,le,1er,voor,before,',.,00517624,postcode,1000,rma's,cas,in,à,Gent"""


@pytest.mark.row("ESM-10", "ESM-11")
@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_is_all_its_filters_together(sentence: str) -> None:
    """Status, place, number, kind, days; what is left over is a name or a town."""
    assert read(sentence, TODAY) == SENTENCES[sentence]


@pytest.mark.row("ESM-47")
@pytest.mark.parametrize("words", DAYS)
def test_a_day_is_understood_in_any_notation(words: str) -> None:
    """Without a year it is the last time that it was that day."""
    assert read(f"RMA {words}", TODAY).submitted == f"{DAYS[words]}/{DAYS[words]}"


@pytest.mark.row("ESM-47")
@pytest.mark.parametrize("words", SPANS)
def test_a_span_of_days_ends_no_later_than_today(words: str) -> None:
    """Weeks start on Monday; the first and the last day belong to it."""
    assert read(f"RMA's {words}", TODAY).submitted == "/".join(SPANS[words])


@pytest.mark.row("ESM-47")
@given(
    st.dates(datetime.date(2010, 1, 1), TODAY),
    st.sampled_from((ENGLISH, FRENCH, DUTCH)),
    st.sampled_from(SHAPES),
)
def test_whatever_day_is_written_is_read(day: datetime.date, months: str, shape: str) -> None:
    """Every day, every month name, every usual order."""
    words = shape.format(d=day.day, m=months.split(",")[day.month - 1], n=day.month, y=day.year)
    assert read(words, TODAY).submitted == f"{day}/{day}", words


@given(st.text(max_size=400), st.dates(datetime.date(1999, 1, 1), datetime.date(2199, 12, 31)))
def test_nothing_that_is_typed_makes_it_fail(text: str, today: datetime.date) -> None:
    """Whatever it is, on whatever day."""
    assert isinstance(read(text, today), Filters)


@given(
    st.lists(st.sampled_from(OUR_WORDS.replace("\n", "").split(",")), max_size=25),
    st.dates(datetime.date(1999, 1, 1), datetime.date(2199, 12, 31)),
)
def test_words_of_ours_in_any_order_do_no_harm(words: list[str], today: datetime.date) -> None:
    """Each span that is found lies in the sentence, apart from the others, and in order."""
    sentence = plain(" ".join(words))
    end = 0
    for found in spans(sentence, today):
        assert end <= found.start < found.end <= len(sentence)
        assert found.span.since <= found.span.until
        end = found.end
    assert isinstance(read(sentence, today), Filters)


@pytest.mark.parametrize(
    "written",
    [
        "25/10/2026", "25-10-26", "25.10.2026", "25 10 2026", "25 10 26", "25. 10. 2026.", "2026-10-25",
        "2026/10/25", "2026.10.25", "2026 10 25", "25/10", "25 10", "25 okt", "le 25 octobre 2026",
    ],
)  # fmt: skip
def test_a_day_is_read_in_any_usual_notation(written: str) -> None:
    """Typed alone as the answer to a question."""
    assert one_day(written, TODAY) == datetime.date(2026, 10, 25)


@pytest.mark.parametrize(
    "written", ["", "25", "25 13 2026", "31 02 2026", "25 10 2026 8", "1 2 3 4", "2026", "2026 10", "0 0 0"]
)
def test_what_is_no_day_is_not_taken_for_one(written: str) -> None:
    """Nor is one of several numbers."""
    assert one_day(written, TODAY) is None
