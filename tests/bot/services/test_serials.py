"""Serials out of typed words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.serials import serials_in, unusual_week
from flows.engine.parsers import well_formed
from flows.engine.phrases import Phrase

A, B, SMA = "122145001234", "122145001299", "3012345678"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (A, (A,)),
        (f"{A} {B}", (A, B)),
        (f"{A}\n{B}\n", (A, B)),
        (f"{A},{B};{SMA}", (A, B, SMA)),
        (f"{A} en {B}", (A, B)),
        (f"{A} et {B}", (A, B)),
        (f"{A} & {B}", (A, B)),
        ("1221 4500 1234", (A,)),
        ("1221-4500-1234", (A,)),
        ("1221.4500.1234", (A,)),
        ("12 21 45 001234", (A,)),
        ("1221 4500 1234 1221 4500 1299", (A, B)),
        (A + B, (A, B)),
        ("l2214500I234", (A,)),
        ("1221450O1234", (A,)),
        ("sn: 122145001234", (A,)),
        ("SN122145001234.", (A,)),
        ("s/n 122145001234", (A,)),
        ("de batterij met n° 122145001234 is stuk", (A,)),
        (f"{A} {A}", (A,)),
        ("３０１２３４５６７８", (SMA,)),
        (f"({A})", (A,)),
        (f'"{A}"\t"{B}"', (A, B)),
    ],
)
@pytest.mark.row("ESM-21")
def test_serials_are_read_in_any_layout(typed: str, found: tuple[str, ...]) -> None:
    """Separators, spaces inside, look-alike letters and labels do not matter."""
    read = serials_in(typed)
    assert read.found == found
    assert read.problems == ()


@pytest.mark.parametrize(
    ("typed", "found", "msgid"),
    [
        ("12214500123", (), "{typed} has {n} digit, it should have 12. Please compare it with the label."),
        (f"{A}, 1234", (A,), "{typed} has {n} digit, it should have 12. Please compare it with the label."),
        ("0012345678", (), "{typed} is no serial number we know of. Please compare it with the label."),
        (
            "1.22145E+11",
            (),
            "{typed} was rounded by a spreadsheet. Copy it as text, or send a photo of the label.",
        ),
        ("geen idee", (), "I see no serial number in that. It has 12 digits, for example {example}."),
        ("", (), "I see no serial number in that. It has 12 digits, for example {example}."),
        (
            " ".join(str(122145000000 + n) for n in range(120)),
            tuple(str(122145000000 + n) for n in range(100)),
            "At most {most} serial numbers fit in one request.",
        ),
    ],
)
def test_what_is_no_serial_is_explained(typed: str, found: tuple[str, ...], msgid: str) -> None:
    """Each thing that is none gets a line of its own; the others are accepted all the same."""
    read = serials_in(typed)
    assert read.found == found
    assert [problem.msgid for problem in read.problems if isinstance(problem, Phrase)] == [msgid]


def test_a_week_that_does_not_exist_is_only_a_hint() -> None:
    """Week 66 is worth a second look, and no reason to refuse."""
    assert unusual_week("122166001234")
    assert well_formed("122166001234")
    assert not unusual_week(A)


@given(st.text(max_size=300))
def test_any_words_can_be_read(typed: str) -> None:
    """Whatever is typed, reading it never fails, and what is found is well-formed."""
    read = serials_in(typed)
    assert all(well_formed(serial) for serial in read.found)
    assert read.found or read.problems


def test_a_long_text_is_read_quickly() -> None:
    """100 kB of digits and spaces take no time worth speaking of."""
    assert serials_in("12 " * 33_000).found
