"""Rooms that hear of RMAs: who may ask for it, what is posted, and when it ends."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, update

from bot.services import office
from bot.services.hire import hire
from bot.services.office import Deed
from bot.services.rma_changes import pass_to
from bot.services.room_news import end_lapsed
from flows.engine.outputs import Say
from flows.engine.phrases import Text
from flows.engine.work import Done, Page, Refused
from flows.requests import (
    AddNote,
    CreateRma,
    FindRoom,
    FindRoomToSpeakIn,
    FollowInRoom,
    RmasToPost,
    SpeakInRoom,
    StopInRoom,
    UnlinkChat,
)
from locales.speaker import Speaker
from storage import agents, desk_tables, outbox, people, rmas, rooms, unreachable
from storage.agents import Agent
from storage.moments import micros
from storage.tables import conversations
from tests.bot.services.conftest import AMELIE, ELS, NOW, PEETERS, PEOPLE, TINE, Counter

ROOM, OPEN = "slack:-:T1:C1", "00517624"
AT = micros(NOW)


def met(counter: Counter, *, member: bool = True, shared: bool = False) -> str:
    """The room as the channel last saw it; how it is named."""
    return rooms.met(counter.connection, ROOM, "#roofs", member=member, shared=shared)


def following(counter: Counter, rma: str = "all", sender: str = ELS) -> str:
    """A room in which this is posted."""
    link = met(counter)
    counter.done(FollowInRoom(link, rma), sender)
    return link


def posted(counter: Counter, place: str = ROOM) -> list[tuple[str, str, str]]:
    """What waits to be said there: words, language, topic."""
    found = outbox.waiting(counter.connection, [place])
    return [
        (
            "\n".join(said(line, item.locale) for line in item.output.lines),
            item.locale,
            item.topic,
        )
        for item in found
        if isinstance(item.output, Say)
    ]


def said(text: Text, locale: str) -> str:
    """The words of a text."""
    return Speaker(locale, "UTC", NOW.date()).say(text)


def passes(counter: Counter, status: str, key: str = "k1") -> None:
    """The desk gives the RMA its next status."""
    rma = rmas.with_numbers(counter.connection, [OPEN])[OPEN]
    pass_to(counter.connection, rma, status, key=key, by=None, now=AT)


def chats(counter: Counter, *senders: str) -> None:
    """These people have spoken."""
    rows = [{"key": sender, "channel": "web", "sequence": 1} for sender in senders]
    counter.connection.execute(insert(conversations), rows)


def test_a_room_is_named_by_a_link_that_nobody_can_guess(counter: Counter) -> None:
    """It stays the same; words that people type name none."""
    link = met(counter)
    assert link == met(counter)
    assert [row.label for row in counter.page(FindRoom(link)).rows] == ["#roofs"]
    for typed in ("", "#roofs", ROOM, "C1"):
        assert counter.page(FindRoom(typed)).rows == ()
        assert counter.ask(FollowInRoom(typed, "all")) == Refused("not_found")


@pytest.mark.parametrize(("member", "shared"), [(False, False), (True, True)])
def test_nothing_of_a_company_goes_where_it_may_not(counter: Counter, member: bool, shared: bool) -> None:
    """Checked when it is asked and when it is done; the language of a shared room can be set."""
    link = met(counter, member=member, shared=shared)
    page = counter.page(FindRoom(link))
    assert (page.rows, len(page.problems)) == ((), 1)
    assert counter.ask(FollowInRoom(link, "all")) == Refused("not_found")
    assert bool(counter.page(FindRoomToSpeakIn(link)).rows) == member
    assert isinstance(counter.ask(SpeakInRoom(link, "fr")), Done) == member


def test_all_of_the_company_is_offered_first(counter: Counter) -> None:
    """Whose they are is said on each."""
    page = counter.page(RmasToPost())
    assert page.rows[0].id == "all"
    assert all("Zonnebouw" in said(row.label, "en") for row in page.rows)
    assert [row.id for row in counter.page(RmasToPost("517624")).rows] == [OPEN]
    assert counter.page(RmasToPost("alles")).rows == page.rows[:1]


def test_every_change_is_posted_under_the_same_topic(counter: Counter) -> None:
    """Without names, streets and people's words; what the same key repeats is not posted again."""
    following(counter)
    chats(counter, ELS)
    passes(counter, "pending_approval")
    for _again in range(2):
        counter.done(AddNote(OPEN, "De sleutel ligt onder de mat."), ELS, "note-1")
    begins, status, note = posted(counter)
    assert begins[2] == ""
    assert status[1:] == note[1:] == ("nl", OPEN)
    assert status[0].startswith(f"RMA {OPEN}, micro-omvormer\nIn afwachting van goedkeuring.")
    assert note[0].endswith("Er is een nota toegevoegd.")
    assert "sleutel" not in str(posted(counter))
    assert "Peeters" not in str(posted(counter))


def test_a_new_rma_is_posted_in_a_room_that_follows_all(counter: Counter) -> None:
    """Not in one that follows another RMA."""
    following(counter, OPEN)
    request = CreateRma(
        PEETERS, ("unreadable",), "damaged", "", "Installation", "Kerkstraat 1, 3000 Leuven", "me"
    )
    counter.done(request)
    assert len(posted(counter)) == 1
    following(counter)
    new = counter.done(request).values["rma"]
    assert posted(counter)[-1][2] == new


def test_two_people_who_follow_the_same_have_it_posted_once(counter: Counter) -> None:
    """It goes on when one of them stops."""
    link = following(counter)
    following(counter, OPEN, TINE)
    before = len(posted(counter))
    passes(counter, "pending_approval")
    assert len(posted(counter)) == before + 1
    counter.done(UnlinkChat(), ELS)
    passes(counter, "approved", "k2")
    assert len(posted(counter)) == before + 2
    counter.done(StopInRoom(link), TINE)
    passes(counter, "shipped", "k3")
    assert len(posted(counter)) == before + 2


def test_another_company_follows_only_its_own(counter: Counter) -> None:
    """In the same room; its stop does not stop others."""
    link = following(counter)
    assert counter.ask(FollowInRoom(link, OPEN), AMELIE) == Refused("not_found")
    counter.done(FollowInRoom(link, "all"), AMELIE)
    before = len(posted(counter))
    counter.done(StopInRoom(link), AMELIE)
    passes(counter, "pending_approval")
    assert len(posted(counter)) == before + 1


@pytest.mark.parametrize("how", ["removed", "unlinked", "elsewhere"])
def test_who_leaves_the_company_is_followed_by_nothing(counter: Counter, how: str) -> None:
    """At once; and they are told, once."""
    following(counter)
    chats(counter, ELS)
    installer = people.known(counter.connection, [ELS])[ELS]
    match how:
        case "removed":
            chosen = desk_tables.installers.c.email == PEOPLE[ELS]
            counter.connection.execute(update(desk_tables.installers).where(chosen).values(active=False))
        case "unlinked":
            counter.done(UnlinkChat(), ELS)
        case _:
            other = people.known(counter.connection, [AMELIE])[AMELIE].company
            chosen = desk_tables.installers.c.id == installer.id
            counter.connection.execute(update(desk_tables.installers).where(chosen).values(company=other))
    before = len(posted(counter))
    passes(counter, "pending_approval")
    assert len(posted(counter)) == before
    for _time in range(2):
        end_lapsed(counter.connection, NOW)
    told = [text for text, _locale, _topic in posted(counter, ELS) if "#roofs" in text]
    assert told == ["Ik plaats geen RMA's meer in #roofs: deze chat is niet meer aan dat bedrijf gekoppeld."]


def test_a_room_that_cannot_be_reached_is_followed_by_nothing(counter: Counter) -> None:
    """What waited is dropped, who asked is told, and the same room can be asked for again."""
    link = following(counter)
    chats(counter, ELS)
    unreachable.hold(counter.connection, ROOM, "", NOW)
    end_lapsed(counter.connection, NOW)
    assert posted(counter) == []
    assert posted(counter, ELS)[0][0].startswith("Ik plaats geen RMA's meer in #roofs: ik zit er niet meer")
    counter.done(FollowInRoom(link, "all"))
    assert len(posted(counter)) == 1


def test_what_is_posted_is_in_the_language_of_the_room(counter: Counter) -> None:
    """Whoever asked for it."""
    link = met(counter)
    assert isinstance(counter.ask(SpeakInRoom(link, "fr"), "web:stranger"), Done)
    assert isinstance(counter.ask(SpeakInRoom(link, "xx")), Refused)
    counter.done(FollowInRoom(link, OPEN))
    first, second = posted(counter)
    assert first == ("J'écris désormais ici en français.", "fr", "")
    assert second[1:] == ("fr", OPEN)
    assert isinstance(counter.ask(FindRoomToSpeakIn(link), "web:stranger"), Page)


def test_the_number_of_the_manufacturer_is_posted(counter: Counter) -> None:
    """Who holds it changed; what the desk notes, asks or says to a person is not for a room."""
    following(counter, OPEN)
    agent = hired(counter)
    before = posted(counter)
    office.note(counter.connection, Deed(agent, f"rma {OPEN}", "n", AT), "Internal")
    office.message(counter.connection, Deed(agent, f"rma {OPEN}", "m", AT), "Private")
    office.ask(counter.connection, Deed(agent, f"rma {OPEN}", "q", AT), "Private")
    assert posted(counter) == before
    office.keep(counter.connection, Deed(agent, f"rma {OPEN}", "k", AT), "number", "", "ENP-1")
    (words, _locale, _topic) = posted(counter)[-1]
    assert "ENP-1" in words


def hired(counter: Counter) -> Agent:
    """Somebody at the desk."""
    hire(counter.connection, "mia", "Mia", "agent", "nl")
    lock = agents.with_login(counter.connection, "mia")
    assert lock
    return lock.agent
