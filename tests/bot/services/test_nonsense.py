"""Whatever is typed, the desk answers."""

from __future__ import annotations

import pytest

from flows import requests as asked
from flows.engine.data import Request
from flows.engine.work import Page
from tests.bot.services.conftest import PEETERS, Counter

NONSENSE = (
    "x" * 100_000,
    "peeters " * 12_500,
    "1" * 100_000,
    "12 " * 33_000,
    "🙂‍↔️" * 500,
    "\u202eabc\u202c",
    "geo:999,999",
    "geo:,",
    "'; DROP TABLE rmas; --",
    "%_%",
    "-1",
    "١٢٢١٤٥٠٠١٢٣٤",
    "\r\n\t ",
)
LOOKUPS: tuple[tuple[type[Request], dict[str, str]], ...] = (
    (asked.FindSystems, {}),
    (asked.DevicesOf, {"system": PEETERS}),
    (asked.Subjects, {}),
    (asked.DeliveryAddresses, {}),
    (asked.SiteContacts, {}),
    (asked.CollectionAddresses, {}),
    (asked.CollectionContacts, {}),
    (asked.FindRmas, {}),
    (asked.WaysToReach, {}),
    (asked.LinkOffers, {}),
)


@pytest.mark.timeout(60)  # what looks at every word of these again and again takes far longer
@pytest.mark.parametrize("kind", [kind for kind, _known in LOOKUPS], ids=lambda kind: kind.__name__)
def test_nonsense_gets_an_answer(counter: Counter, kind: type[Request]) -> None:
    """Long, foreign, hostile or empty: a page comes back soon."""
    known = dict(LOOKUPS)[kind]
    for words in NONSENSE:
        assert isinstance(counter.ask(kind(text=words, **known)), Page)


@pytest.mark.parametrize("cursor", ["-1", "99999999999", "x", "5:5", "notes:-3", "notes:99999", "…"])
def test_a_made_up_cursor_gets_an_answer(counter: Counter, cursor: str) -> None:
    """A page that is not there is empty, or the first."""
    assert isinstance(counter.ask(asked.FindSystems(cursor=cursor)), Page)
    assert isinstance(counter.ask(asked.DevicesOf(PEETERS, cursor=cursor)), Page)
    assert isinstance(counter.ask(asked.Subjects(cursor=cursor)), Page)
    assert isinstance(counter.ask(asked.FindRmas(cursor=cursor)), Page)
    assert isinstance(counter.ask(asked.RmaCard("00517624", cursor)), Page)
    assert isinstance(counter.ask(asked.SystemCard(PEETERS, cursor)), Page)
