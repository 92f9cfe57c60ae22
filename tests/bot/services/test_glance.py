"""What somebody has open, beside the conversation: only what they may see."""

from __future__ import annotations

from bot.services.glance import LATEST, OPEN_RMAS, Glance, glance
from flows.catalog import FLOWS
from flows.engine.conversation import Conversation
from flows.engine.work import Answer, Run
from storage import conversations, people, rmas
from tests.bot.services.conftest import AMELIE, ELS, NOW, STRANGER, Counter


def seen(counter: Counter, sender: str) -> Glance:
    """What this person has open."""
    return glance(counter.connection, sender, sender)


def test_somebody_we_do_not_know_sees_nothing_of_a_company(counter: Counter) -> None:
    """Not even how much there is."""
    assert seen(counter, STRANGER) == Glance()


def test_the_rmas_are_those_of_the_company(counter: Counter) -> None:
    """The latest first, and how many still go on."""
    for sender in (ELS, AMELIE):
        company = people.known(counter.connection, [sender])[sender].company
        every = rmas.latest(counter.connection, company, 0, 10_000)
        found = seen(counter, sender)
        assert found.open[0] == OPEN_RMAS(n=sum(rma.open for rma in every))
        assert [row.id for row in found.latest] == [rma.number for rma in every[:LATEST]]


def test_unfinished_work_is_named_and_cards_are_not(counter: Counter) -> None:
    """The one on top first; work put aside after it; a flow that was removed is gone."""
    known = Conversation(
        ELS,
        "nl",
        runs=(Run("1", "create_case", NOW), Run("2", "create_rma", NOW), Run("3", "menu", NOW)),
        parked=(Run("4", "add_note", NOW), Run("5", "removed", NOW)),
    )
    conversations.save(counter.connection, [known], NOW)
    found = seen(counter, ELS)
    assert found.locale == "nl"
    assert found.drafts == tuple(FLOWS[name].title for name in ("create_rma", "create_case", "add_note"))
    assert not found.others


def test_other_work_counts_when_something_of_it_is_known(counter: Counter) -> None:
    """As in the list of unfinished work that it leads to."""
    begun = Run("2", "create_rma", NOW, answers={"description": Answer("No light.", "No light.", 1)})
    for runs, others in (
        ((begun,), False),
        ((begun, Run("3", "create_case", NOW)), True),
        ((Run("3", "create_case", NOW), begun), False),
    ):
        conversations.save(counter.connection, [Conversation(ELS, "nl", runs=runs)], NOW)
        assert seen(counter, ELS).others is others
