"""Whatever is typed: it is read without an error, and without loading what is not needed."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding import Understanding
from bot.understanding.numbers import numbers
from flows.catalog import FLOWS
from flows.engine.conversation import Conversation
from flows.engine.data import Started
from flows.engine.events import Unclear
from tests.understanding.test_facts import started

READER = Understanding(FLOWS)
NOTHING_OPEN = Conversation("web:1", "nl")
ASKED = started("add_note")

fragments = st.sampled_from(
    [
        "rma",
        "00517624",
        "122045001234",
        "nieuwe",
        "zoek",
        ":",
        "/",
        "\n",
        "\x00",
        "😀",
        "مرحبا",
        "+32 4",
        "BE0",
        "é",
    ]
)
anything = st.one_of(st.text(max_size=500), st.lists(fragments, max_size=40).map(" ".join))


@settings(max_examples=300)
@given(text=anything, locale=st.sampled_from(["nl", "fr", "en", ""]))
def test_any_text_is_read_and_starts_only_what_exists(text: str, locale: str) -> None:
    """NUL, emoji, right to left, half a number: a start, a guess or an answer, never an error."""
    meant = READER.understand(text, locale, NOTHING_OPEN)
    assert meant is not None
    READER.understand(text, locale, ASKED)
    starts = (
        [meant] if isinstance(meant, Started) else list(meant.guesses) if isinstance(meant, Unclear) else []
    )
    assert len(starts) <= 3
    for start in starts:
        assert set(start.answers) <= {step.name for step in FLOWS[start.flow].steps}


@settings(max_examples=300)
@given(text=st.text(alphabet="0123456789 .-/+BENL", max_size=60))
def test_numbers_are_taken_as_they_stand(text: str) -> None:
    """Every number found is really there, in order, and long enough to be one of ours."""
    end = 0
    for number in numbers(text):
        assert number.start >= end
        end = number.end
        assert number.digits == "".join(sign for sign in text[number.start : end] if sign.isdigit())
        assert len(number.digits) >= 5


@pytest.mark.parametrize("text", ["x" * 100_000, "1" * 100_000, "rma " * 25_000, "/" * 100_000])
def test_a_very_long_text_is_an_answer_or_nothing(text: str) -> None:
    """It is not searched word by word."""
    assert READER.understand(text, "nl", ASKED) is None
    assert isinstance(READER.understand(text, "nl", NOTHING_OPEN), Unclear)


def test_commands_and_numbers_load_no_matching_library() -> None:
    """The first reply must be quick; likeness is worked out when a sentence needs it."""
    script = (
        "import sys\n"
        "from bot.understanding import Understanding\n"
        "from flows.catalog import FLOWS\n"
        "from flows.engine.conversation import Conversation\n"
        "reader = Understanding(FLOWS)\n"
        "for text in ('menu', 'annuleer', '00517624', '/taal fr', 'nieuwe rma peeters'):\n"
        "    reader.understand(text, 'nl', Conversation('web:1', 'nl'))\n"
        "assert 'rapidfuzz' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
