"""Picking one's own systems while typing in any chat, and what a link to one tells whom."""

from __future__ import annotations

import re

from bot.services.own_systems import OwnSystems, own_systems
from flows.requests import FindSystems
from tests.bot.services.conftest import AMELIE, ELS, PEETERS, STRANGER, Counter


def typed(counter: Counter, text: str, sender: str = ELS, cursor: str = "") -> OwnSystems:
    """What is listed for these words."""
    asked = counter.asked(FindSystems(), sender)
    return own_systems(counter.connection, counter.desk, asked, text, cursor)


def test_the_list_is_what_the_search_of_the_desk_finds(counter: Counter) -> None:
    """With the words that its installer knows."""
    page, listed = counter.page(FindSystems("peeters")), typed(counter, "peeters")
    assert [(own.id, own.label, own.detail) for own in listed.found] == [
        (row.id, row.label, row.detail) for row in page.rows
    ]


def test_nobody_else_sees_anything(counter: Counter) -> None:
    """Another company does not find it, and a stranger nothing at all."""
    assert PEETERS not in {own.id for own in typed(counter, "peeters", AMELIE).found}
    assert typed(counter, "peeters", STRANGER) == OwnSystems(known=False)


def test_all_of_them_come_page_by_page_each_once(counter: Counter) -> None:
    """At most 50 at a time."""
    listed = typed(counter, "")
    seen = list(listed.found)
    while listed.more:
        listed = typed(counter, "", cursor=listed.more)
        assert len(listed.found) <= 50
        seen += listed.found
    assert len(seen) == len({own.id for own in seen}) == 80
    assert len({own.link for own in seen}) == 80


def test_a_link_says_nothing_and_opens_only_for_its_company(counter: Counter) -> None:
    """For another company it is like one that nobody ever made."""
    [link] = [own.link for own in typed(counter, PEETERS).found]
    assert re.fullmatch(r"[0-9a-f]{32}", link)
    page = counter.page(FindSystems(link))
    assert [row.id for row in page.rows] == [PEETERS]
    assert page.exact
    assert counter.page(FindSystems(link), AMELIE) == counter.page(FindSystems("0" * 32), AMELIE)
    assert counter.page(FindSystems("0" * 32), AMELIE) == counter.page(FindSystems("0" * 32))
