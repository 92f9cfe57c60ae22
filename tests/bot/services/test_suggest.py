"""What is found while somebody types: as in a turn, and only of their own company."""

from __future__ import annotations

import datetime

import pytest

from bot.services.desk import EmbeddedDesk
from bot.services.suggest import suggest
from flows.engine.cards import SEARCH_FOR
from flows.engine.conversation import Conversation
from flows.engine.phrases import Phrase
from flows.engine.work import Row, Run
from storage import conversations
from tests.bot.services.conftest import AMELIE, ELS, NOW, STRANGER, Counter

WITHOUT = Phrase("Without a system")


def offered(
    counter: Counter, sender: str, text: str, question: str = "system", flow: str = "create_rma"
) -> list[Row]:
    """What is offered in the field of a question that is open."""
    open_ = Conversation(sender, "nl", runs=(Run("1", flow, NOW),))
    conversations.save(counter.connection, [open_], NOW)
    rows, _more = suggest(counter.connection, EmbeddedDesk(), sender, question, text, NOW)
    return list(rows)


def found(
    counter: Counter, sender: str, text: str, question: str = "system", flow: str = "create_rma"
) -> list[str]:
    """The ids of what the desk found."""
    rows = offered(counter, sender, text, question, flow)
    return [row.id for row in rows if row.label not in (SEARCH_FOR(words=text), WITHOUT)]


def test_words_that_find_nothing_can_be_sent_in_all_the_same(counter: Counter) -> None:
    """The turn says what to do then. A fixed option is there whatever was typed."""
    assert offered(counter, ELS, "Nobody, Nowhere") == [
        Row("Nobody, Nowhere", SEARCH_FOR(words="Nobody, Nowhere")),
        Row("none", WITHOUT),
    ]


def test_systems_are_found_by_their_name(counter: Counter) -> None:
    """Those of the company of whoever types."""
    mine, theirs = counter.system_of(ELS), counter.system_of(AMELIE)
    assert found(counter, ELS, mine) == [mine]
    assert theirs not in found(counter, ELS, theirs)
    assert found(counter, STRANGER, mine) == []


def test_rmas_are_found_by_their_number(counter: Counter) -> None:
    """And nothing typed offers the latest."""
    latest = found(counter, ELS, "", "rma", "track_rma")
    assert latest
    assert found(counter, ELS, latest[0], "rma", "track_rma") == latest[:1]
    assert found(counter, AMELIE, latest[0], "rma", "track_rma") == []


def test_more_than_a_page_is_offered(counter: Counter) -> None:
    """And whether there is more still."""
    open_ = Conversation(ELS, "nl", runs=(Run("1", "create_rma", NOW),))
    conversations.save(counter.connection, [open_], NOW)
    rows, more = suggest(counter.connection, EmbeddedDesk(), ELS, "system", "", NOW)
    assert len({row.id for row in rows}) == len(rows) > 5
    assert more


@pytest.mark.parametrize(
    ("question", "flow"), [("fault", "create_rma"), ("x", "create_rma"), ("code", "link")]
)
def test_other_questions_offer_nothing(counter: Counter, question: str, flow: str) -> None:
    """Least of all a code: every try of one is counted."""
    assert found(counter, ELS, "22222-22222", question, flow) == []


def test_without_an_open_question_nothing_is_offered(counter: Counter) -> None:
    """Somebody who never spoke, or whose flow was removed."""
    nothing: tuple[tuple[Row, ...], bool] = ((), False)
    at: datetime.datetime = NOW
    assert suggest(counter.connection, EmbeddedDesk(), "slack:-:T1:U9", "system", "a", at) == nothing
    assert found(counter, ELS, "a", flow="removed") == []
