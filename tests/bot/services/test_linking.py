"""Whose chat it is: codes that are tried a few times and used once."""

from __future__ import annotations

import datetime

import pytest
from sqlalchemy import select

from bot.services.invite import invite
from bot.services.linking import ALPHABET, LENGTH, hashed
from flows.engine.phrases import Copy, Hour, Lines, Phrase, _
from flows.engine.work import Done, Page, Refused
from flows.requests import FindSystems, LinkChat, LinkOffers, SendLinkCode, SetLanguage, UnlinkChat
from storage import desk_tables, mails, people
from tests.bot.services.conftest import ELS, JAN, NOW, PEOPLE, STRANGER, Counter

WRONG = "22222-22222"
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def code(counter: Counter) -> str:
    """A fresh code for Els."""
    made = invite(counter.connection, PEOPLE[ELS], NOW)
    assert made
    return made


def company_of(counter: Counter, sender: str) -> str | None:
    """The company this chat belongs to."""
    known = people.known(counter.connection, [sender])
    return known[sender].company_name if known else None


@pytest.mark.row("ESM-02")
def test_a_code_shows_whose_it_is_and_links(counter: Counter, code: str) -> None:
    """First the name and the company, and only after that the link."""
    page = counter.page(LinkOffers(code), STRANGER)
    assert page.exact
    assert page.rows[0].label == "Els Wouters, Zonnebouw Hageland"
    assert company_of(counter, STRANGER) is None
    done = counter.done(LinkChat(page.rows[0].id), STRANGER)
    assert done.values == {"name": "Els Wouters", "company": "Zonnebouw Hageland"}
    assert company_of(counter, STRANGER) == "Zonnebouw Hageland"


def test_spelling_of_a_code_is_forgiven(counter: Counter, code: str) -> None:
    """Small letters, spaces, no hyphen, O for 0 and l for 1."""
    sloppy = " " + code.replace("-", " ").lower().replace("0", "o").replace("1", "l") + " "
    assert counter.page(LinkOffers(sloppy), STRANGER).exact


def test_a_code_is_random_and_kept_only_as_a_hash(counter: Counter, code: str) -> None:
    """Fifty bits; the database does not know the code."""
    assert len(ALPHABET) == 32
    assert len(code.replace("-", "")) == LENGTH == 10
    (kept,) = counter.connection.execute(select(desk_tables.link_codes.c.hash)).scalars()
    assert kept == hashed(code)
    assert code not in kept


def test_a_code_works_once(counter: Counter, code: str) -> None:
    """The second chat gets nothing, and the answer does not say why."""
    counter.done(LinkChat(code), STRANGER)
    assert counter.ask(LinkChat(code), "web:another") == Refused("code")
    assert counter.page(LinkOffers(code), "web:another") == counter.page(LinkOffers(WRONG), "web:another")
    assert company_of(counter, "web:another") is None


def test_a_code_works_for_fifteen_minutes(counter: Counter, code: str) -> None:
    """A second before it does, from then on it does not."""
    late = NOW + 15 * MINUTE
    almost = counter.ask(LinkOffers(code), STRANGER, at=late - datetime.timedelta(seconds=1))
    assert isinstance(almost, Page)
    assert almost.exact
    assert counter.ask(LinkOffers(code), STRANGER, at=late) == counter.page(LinkOffers(WRONG), "web:x")
    assert counter.ask(LinkChat(code), STRANGER, at=late) == Refused("code")


def test_after_five_wrong_codes_even_the_right_one_waits(counter: Counter, code: str) -> None:
    """Guessing from one chat stops; a quarter of an hour later it may try again."""
    for guess in range(5):
        assert not counter.page(LinkOffers(f"22222-2222{guess}"), STRANGER).exact
    blocked = counter.page(LinkOffers(code), STRANGER)
    assert blocked.rows == ()
    assert blocked != counter.page(LinkOffers("33333-33333"), "web:other")
    assert counter.ask(LinkChat(code), STRANGER) == Refused("code")
    fresh = invite(counter.connection, PEOPLE[ELS], NOW + 16 * MINUTE)
    later = counter.ask(LinkOffers(fresh or ""), STRANGER, at=NOW + 16 * MINUTE)
    assert isinstance(later, Page)
    assert later.exact


def test_words_without_the_shape_of_a_code_are_no_try(counter: Counter, code: str) -> None:
    """Who asks what a code is, is told, as often as needed."""
    for _time in range(10):
        page = counter.page(LinkOffers("welke code?"), STRANGER)
        assert page.problems == (_("A code has 10 characters, such as {example}.")(example="ABCDE-12345"),)
    assert counter.page(LinkOffers(code), STRANGER).exact


def test_who_must_wait_hears_until_when(counter: Counter) -> None:
    """A quarter of an hour after the first of the five."""
    for minute in range(5):
        counter.ask(LinkOffers(f"22222-2222{minute}"), STRANGER, at=NOW + minute * MINUTE)
    page = counter.ask(LinkOffers(WRONG), STRANGER, at=NOW + 6 * MINUTE)
    assert isinstance(page, Page)
    (line,) = page.problems
    assert isinstance(line, Phrase)
    assert line.gaps["hour"] == Hour(NOW + 15 * MINUTE)


def test_guessing_while_confirming_counts_too(counter: Counter, code: str) -> None:
    """A forged confirmation is a try like any other."""
    for guess in range(5):
        assert counter.ask(LinkChat(f"22222-2222{guess}"), STRANGER) == Refused("code")
    assert counter.ask(LinkChat(code), STRANGER) == Refused("code")


def test_asking_what_is_needed_is_no_try(counter: Counter, code: str) -> None:
    """The question itself, without a code, may be shown any number of times."""
    for _time in range(10):
        assert counter.page(LinkOffers(), STRANGER) == Page()
    assert counter.page(LinkOffers(code), STRANGER).exact


def test_a_linked_chat_can_become_somebody_elses(counter: Counter, code: str) -> None:
    """A phone handed on: the new code decides."""
    counter.done(LinkChat(code), "web:amelie")
    assert company_of(counter, "web:amelie") == "Zonnebouw Hageland"


def test_an_asked_code_is_mailed_only_to_an_address_on_file(counter: Counter) -> None:
    """Both get the same answer; only one gets a letter, and the code in it works."""
    known = counter.done(SendLinkCode("Els.Wouters@zonnebouw.example"), STRANGER)
    unknown = counter.done(SendLinkCode("mallory@elsewhere.example"), STRANGER)
    assert set(known.values) == set(unknown.values) == {"email"}
    (mail,) = mails.latest(counter.connection, 10)
    assert (mail.recipient, mail.secret) == ("els.wouters@zonnebouw.example", True)
    assert isinstance(mail.body, Lines)
    line = mail.body.items[0]
    assert isinstance(line, Phrase)
    code = line.gaps["code"]
    assert isinstance(code, Copy | str)
    assert counter.page(LinkOffers(code.text if isinstance(code, Copy) else code), STRANGER).exact


def test_codes_are_mailed_three_times_an_hour(counter: Counter) -> None:
    """Per chat, whether the address exists or not."""
    for _time in range(3):
        counter.done(SendLinkCode("mallory@elsewhere.example"), STRANGER)
    assert counter.ask(SendLinkCode("els.wouters@zonnebouw.example"), STRANGER) == Refused("too_many")
    later = counter.ask(SendLinkCode("els.wouters@zonnebouw.example"), STRANGER, at=NOW + 61 * MINUTE)
    assert isinstance(later, Done)


def test_nobody_can_flood_a_mailbox(counter: Counter) -> None:
    """From any number of chats, one mailbox gets six codes an hour at most."""
    for chat in range(20):
        counter.done(SendLinkCode(PEOPLE[ELS]), f"web:{chat}")
    assert len(mails.latest(counter.connection, 50)) == 6


def test_an_unlinked_chat_is_a_stranger(counter: Counter) -> None:
    """From that moment it sees nothing; unlinking again says so."""
    counter.done(UnlinkChat(), JAN)
    assert counter.ask(FindSystems(), JAN) == Refused("unlinked")
    assert counter.ask(UnlinkChat(), JAN) == Refused("unlinked")


@pytest.mark.row("ESM-45")
def test_the_language_is_remembered(counter: Counter) -> None:
    """For somebody we know; for a stranger the chat alone changes."""
    counter.done(SetLanguage("fr"), ELS)
    assert people.known(counter.connection, [ELS])[ELS].language == "fr"
    counter.done(SetLanguage("xx"), ELS)
    assert people.known(counter.connection, [ELS])[ELS].language == "fr"
    counter.done(SetLanguage("fr"), STRANGER)


def test_an_invitation_needs_an_address_on_file(counter: Counter) -> None:
    """Nobody is invited by a guess."""
    assert invite(counter.connection, "nobody@elsewhere.example", NOW) is None
