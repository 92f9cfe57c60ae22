"""What the desk tells installers: once, to who still works there, where they talk, at a decent hour."""

from __future__ import annotations

import datetime

import pytest
from sqlalchemy import Connection, insert, select

from bot.services import cashback_changes, news, questions, return_parcels
from flows import requests as asked
from flows.engine.conversation import Conversation
from flows.engine.data import Started
from flows.engine.enclosures import ReturnLabel
from flows.engine.events import Told
from flows.engine.outputs import Say
from flows.engine.phrases import Lines, n_
from flows.engine.work import Run
from flows.requests.cashback import RegisterDevices, SendDocuments
from storage import cashback, conversations, drafts, mails, office, outbox, people, returns, rmas, wishes
from storage import questions as store
from storage.codec import decode_event
from storage.desk_tables import installers
from storage.moments import micros
from storage.office_tables import news as told
from storage.tables import conversations as chats
from storage.tables import inbox
from tests.bot.services.conftest import ELS, JAN, KOEN, NOW, PEOPLE, TINE, Counter

NOTHING = "draft 7"
"""About something that nobody follows."""
NIGHT = NOW.replace(hour=22)


@pytest.fixture
def talked(counter: Counter) -> Connection:
    """Els talked in a chat this noon."""
    connection = counter.connection
    connection.execute(insert(chats), {"key": ELS, "channel": "web", "sequence": 4})
    conversations.save(connection, [Conversation(ELS, "nl", at=NOW)], NOW)
    people.link(connection, ELS, els(connection), micros(NOW), ELS)
    return connection


def els(connection: Connection) -> int:
    """The number of Els."""
    found = people.with_email(connection, PEOPLE[ELS])
    assert found
    return found.id


def tell(connection: Connection, at: datetime.datetime, key: str = "k") -> None:
    """Something for Els."""
    news.tell(connection, [els(connection)], "Seen", about=NOTHING, key=key, title="News", now=micros(at))


def said(connection: Connection) -> list[object]:
    """What waits to be said in her chat."""
    return [message.output for message in outbox.waiting(connection, [ELS])]


def test_it_is_told_once_by_mail_and_where_they_talked_last(talked: Connection) -> None:
    """Twice the same key is once; her language is that on file."""
    tell(talked, NOW)
    tell(talked, NOW)
    assert said(talked) == [Say(("Seen",))]
    assert [message.locale for message in outbox.waiting(talked, [ELS])] == ["nl"]
    letters = [mail for mail in mails.latest(talked, 3) if mail.recipient == PEOPLE[ELS]]
    assert [mail.subject for mail in letters] == ["News"]


@pytest.mark.parametrize(
    ("hour", "waits"), [(5, 1), (6, 0), (18, 0), (19, 11), (23, 7)]
)  # UTC; an hour later in Brussels
def test_at_night_it_waits_for_the_morning(talked: Connection, hour: int, waits: int) -> None:
    """Seven o'clock, whatever the day of the month; the mail does not wait."""
    at = (NOW + datetime.timedelta(days=1)).replace(hour=hour)
    tell(talked, at)
    assert bool(said(talked)) is (waits == 0)
    assert mails.latest(talked, 1)[0].subject == "News"
    if waits:
        morning = at + datetime.timedelta(hours=waits)
        assert not news.hand_on(talked, morning - datetime.timedelta(seconds=1))
        assert news.hand_on(talked, morning)
        assert not news.hand_on(talked, morning)
    assert said(talked) == [Say(("Seen",))]


def test_who_is_talking_at_night_hears_it_at_once(talked: Connection) -> None:
    """They are there."""
    conversations.save(talked, [Conversation(ELS, "nl", at=NIGHT)], NIGHT)
    tell(talked, NIGHT)
    assert said(talked) == [Say(("Seen",))]


def test_who_left_the_company_hears_nothing(talked: Connection) -> None:
    """Neither what is new, nor what waited for the morning."""
    tell(talked, NIGHT)
    gone = els(talked)
    talked.execute(installers.update().where(installers.c.id == gone).values(active=False))
    news.tell(talked, [gone], "More", about=NOTHING, key="2", title="More", now=micros(NIGHT))
    assert not news.hand_on(talked, NIGHT + datetime.timedelta(days=1))
    assert said(talked) == []
    assert mails.latest(talked, 1)[0].subject == "News"


def test_who_has_no_chat_gets_the_mail_alone(counter: Counter) -> None:
    """And nothing waits for ever."""
    tell(counter.connection, NOW)
    assert mails.latest(counter.connection, 1)[0].subject == "News"
    assert not news.hand_on(counter.connection, NOW)


def test_who_wishes_hears_all_of_a_day_together(talked: Connection) -> None:
    """One message and one letter in the morning, each line once; a question of the desk does not wait."""
    wishes.change(talked, els(talked), {"pace": "daily"})
    for key, line in (("1", "One"), ("2", "Two"), ("3", "One")):
        news.tell(talked, [els(talked)], line, about=NOTHING, key=key, title="x", now=micros(NOW))
    assert said(talked) == []
    assert mails.latest(talked, 1) == []
    news.hand_on(talked, NOW + datetime.timedelta(hours=19))
    assert said(talked) == [Say((Lines((news.DAILY, "One", "Two")),))]
    assert mails.latest(talked, 1)[0].subject == news.DAILY
    asks = Started("answer_desk", {"question": "1"})
    news.tell(
        talked, [els(talked)], "Why?", about=NOTHING, key="4", title="Asked", now=micros(NOW), asks=asks
    )
    assert mails.latest(talked, 1)[0].subject == "Asked"


def test_what_is_handed_to_somebody_is_for_them_alone_and_at_once(talked: Connection) -> None:
    """Whatever anybody wishes to hear: by mail, and in the chat at a decent hour, with what is enclosed."""
    label = ReturnLabel("R1-2", "a4", ("Zonnebouw",), ("Depot",), "1 device")
    wishes.change(talked, els(talked), {"pace": "daily", "hears": "own"})
    jan = people.known(talked, [JAN])[JAN].id
    wishes.change(talked, jan, {"hears": "all"})
    for _twice in range(2):
        news.tell(
            talked,
            [els(talked)],
            "Label",
            about="return 00090001",
            key="l",
            title="Label",
            now=micros(NIGHT),
            enclosed=label,
        )
    assert said(talked) == []
    assert not news.hand_on(talked, NIGHT + datetime.timedelta(hours=7))
    assert news.hand_on(talked, NIGHT + datetime.timedelta(hours=9))
    assert said(talked) == [Say(("Label",), enclosed=label)]
    letters = [(mail.recipient, mail.enclosed) for mail in mails.latest(talked, 5) if mail.subject == "Label"]
    assert letters == [(PEOPLE[ELS], label)]


def test_of_many_in_a_day_the_chat_gets_the_first_and_the_overview(talked: Connection) -> None:
    """One message and one letter, however many; the letter has them all."""
    wishes.change(talked, els(talked), {"pace": "daily"})
    many = [f"line {number}" for number in range(130)]
    for line in many:
        news.tell(talked, [els(talked)], line, about=NOTHING, key=line, title="x", now=micros(NOW))
    morning = NOW + datetime.timedelta(hours=19)
    while news.hand_on(talked, morning):
        pass
    [asked_for] = waiting(talked)
    assert asked_for.asks == Started("list_rmas")
    assert asked_for.lines == (Lines((news.DAILY, *many[:10], n_("And {n} more.", "And {n} more.")(n=120))),)
    [letter] = mails.latest(talked, 9)
    assert isinstance(letter.body, Lines)
    assert letter.body.items[0] == Lines((news.DAILY, *many))


@pytest.mark.parametrize(("quiet", "hours"), [((0, 0), 18), ((22, 9), 20)])
def test_the_news_of_a_day_comes_in_the_morning(
    talked: Connection, quiet: tuple[int, int], hours: int
) -> None:
    """At seven, also for who is never quiet; else when it is no longer quiet. NOW is noon in UTC."""
    wished = {"pace": "daily", "quiet_from": quiet[0], "quiet_until": quiet[1]}
    wishes.change(talked, els(talked), wished)
    tell(talked, NOW)
    at = NOW + datetime.timedelta(hours=hours)
    assert not news.hand_on(talked, at - datetime.timedelta(seconds=1))
    assert news.hand_on(talked, at)


@pytest.mark.parametrize("pace", ["now", "daily"])
def test_what_was_due_while_nothing_ran_does_not_come_at_night(talked: Connection, pace: str) -> None:
    """It waits for the next morning."""
    wishes.change(talked, els(talked), {"pace": pace})
    tell(talked, NIGHT)
    night = NIGHT + datetime.timedelta(days=1)
    news.hand_on(talked, night)
    assert said(talked) == []
    news.hand_on(talked, night + datetime.timedelta(hours=8))
    assert len(said(talked)) == 1


def test_days_and_hours_are_said_as_they_are_where_the_person_is(talked: Connection) -> None:
    """Not as they are where the desk is."""
    people.move_to(talked, PEOPLE[ELS], "Indian/Reunion")
    tell(talked, NOW)
    assert [message.time_zone for message in outbox.waiting(talked, [ELS])] == ["Indian/Reunion"]


def test_what_a_colleague_answered_at_night_is_not_asked_in_the_morning(talked: Connection) -> None:
    """Nor is unfinished work offered that was taken back, nor are documents wanted that were sent."""
    me, counter = els(talked), Counter(talked)
    counter.done(RegisterDevices(("3012345678",), NOW.date().isoformat()))
    device = cashback.registered(talked, ["3012345678"])["3012345678"]
    cashback_changes.pass_to(talked, device, "more_info", key="c", now=micros(NIGHT))
    item = office.find(talked, f"rma {own_rma(counter)}")
    assert item
    questions.ask_installer(talked, item, "Why?", key="q", now=micros(NIGHT))
    number = str(store.about(talked, item.about)[0].id)
    run = Run("run", "create_rma", NIGHT)
    name = drafts.keep(talked, run, owner=me, giver=me, now=micros(NIGHT))
    about, asks = f"draft {name}", Started("drafts")
    news.tell(talked, [me], "Work", about=about, key="d", title="x", now=micros(NIGHT), asks=asks)
    counter.done(asked.AnswerDesk(number, "Because."), JAN)
    counter.done(SendDocuments(device.number, (counter.attach("bill", JAN),)), JAN)
    drafts.remove(talked, name)
    assert news.hand_on(talked, NIGHT + datetime.timedelta(hours=9))
    assert waiting(talked) == []


def waiting(connection: Connection) -> list[Told]:
    """What the desk asks in her chat."""
    rows = connection.execute(select(inbox.c.payload).where(inbox.c.conversation == ELS)).scalars()
    contents = [decode_event(row).content for row in rows]
    return [content for content in contents if isinstance(content, Told)]


@pytest.mark.parametrize(
    ("hears", "hearers"),
    [("own", {ELS}), ("followed", {ELS, JAN}), ("all", {ELS, JAN, TINE})],
)
def test_each_hears_of_their_own_of_what_they_follow_or_of_all(
    counter: Counter, hears: str, hearers: set[str]
) -> None:
    """Els filed it, Jan follows it, Tine does neither; who did it is not told."""
    connection, number = counter.connection, own_rma(counter)
    known = people.known(connection, PEOPLE)
    counter.done(asked.FollowRma(number), JAN)
    for sender in (ELS, JAN, TINE):
        wishes.change(connection, known[sender].id, {"hears": hears})
    concerned = [known[ELS].id]
    news.tell(connection, concerned, "x", about=f"rma {number}", key="k", title="x", now=micros(NOW))
    assert told_under(counter, "k") == hearers
    news.tell(
        connection, concerned, "x", about=f"rma {number}", key="2", title="x", now=micros(NOW),
        by=known[ELS].id,
    )  # fmt: skip
    assert told_under(counter, "2") == hearers - {ELS}


def test_who_announced_a_return_hears_of_it_as_of_their_own(counter: Counter) -> None:
    """Though a colleague filed the RMA, who hears only of their own as well."""
    connection = counter.connection
    known = people.known(connection, PEOPLE)
    for sender in (ELS, JAN):
        wishes.change(connection, known[sender].id, {"hears": "own"})
    rma = own_rma(counter)
    rmas.change(connection, rma, {"status": "approved", "return_address": "Dock 7, Venlo"})
    request = asked.InitiateReturn(rma, devices=("all",), address="Kerkstraat 1, 3000 Leuven", way="dropoff")
    parcel = returns.with_number(connection, str(counter.done(request, JAN).values["parcel"]))
    assert parcel
    return_parcels.pass_to(connection, parcel, "collected", key="k", now=micros(NOW))
    assert told_under(counter, "k") == {JAN}


def test_who_mutes_an_rma_hears_only_what_the_desk_asks(counter: Counter) -> None:
    """Until they follow it again; other RMAs are not muted."""
    number, other = own_rma(counter), own_rma(counter, 1)
    counter.done(asked.MuteRma(number), ELS)
    assert "unmute_rma" in counter.permitted(asked.RmaCard(number), ELS)
    about = (f"rma {number}", f"rma {other}")
    me = people.known(counter.connection, [ELS])[ELS].id
    for place, rma in enumerate(about):
        news.tell(counter.connection, [me], "x", about=rma, key=str(place), title="x", now=micros(NOW))
    asks = Started("answer_desk", {"question": "1"})
    news.tell(counter.connection, [me], "?", about=about[0], key="q", title="x", now=micros(NOW), asks=asks)
    assert [told_under(counter, key) for key in "01q"] == [set(), {ELS}, {ELS}]
    counter.done(asked.FollowRma(number), ELS)
    assert "mute_rma" in counter.permitted(asked.RmaCard(number), ELS)
    news.tell(counter.connection, [me], "x", about=about[0], key="3", title="x", now=micros(NOW))
    assert told_under(counter, "3") == {ELS}


@pytest.mark.parametrize(
    ("quiet", "zone", "hour", "waits"),
    [
        ((20, 7), "Europe/Brussels", 19, 11),
        ((20, 7), "America/Guadeloupe", 19, 0),
        ((20, 7), "Indian/Reunion", 16, 11),
        ((18, 8), "Europe/Brussels", 6, 1),
        ((22, 6), "Europe/Brussels", 20, 0),
        ((0, 0), "Europe/Brussels", 2, 0),
    ],
)
def test_quiet_hours_are_ones_own_where_one_is(
    quiet: tuple[int, int], zone: str, hour: int, waits: int
) -> None:
    """Hours of the day there; both the same: never quiet."""
    at = NOW.replace(hour=hour)
    wished = wishes.Wishes(quiet_from=quiet[0], quiet_until=quiet[1])
    assert news.decent(at, wished, zone) - at == datetime.timedelta(hours=waits)


@pytest.mark.parametrize("asks", [None, Started("answer_desk", {"question": "1"})])
def test_when_all_who_heard_of_it_have_left_the_office_hears_it(
    counter: Counter, asks: Started | None
) -> None:
    """As if it were theirs; while a follower is left it is for them."""
    connection, number = counter.connection, own_rma(counter)
    known = people.known(connection, PEOPLE)
    counter.done(asked.FollowRma(number), JAN)
    for sender in (TINE, KOEN):
        wishes.change(connection, known[sender].id, {"hears": "own"})

    def hearers_after(leaves: str, key: str) -> set[str]:
        leaver = installers.update().where(installers.c.id == known[leaves].id)
        connection.execute(leaver.values(active=False))
        owner = [known[ELS].id]
        news.tell(
            connection, owner, "x", about=f"rma {number}", key=key, title="x", now=micros(NOW), asks=asks
        )
        return told_under(counter, key)

    assert hearers_after(ELS, "1") == {JAN}
    assert hearers_after(JAN, "2") == {TINE, KOEN}


def own_rma(counter: Counter, place: int = 0) -> str:
    """An RMA that Els filed."""
    me = people.known(counter.connection, [ELS])[ELS].id
    mine = [item.number for item in office.filed_by(counter.connection, [me]) if item.kind == "rma"]
    return mine[place]


def told_under(counter: Counter, key: str) -> set[str]:
    """Who is told what has this key."""
    rows = counter.connection.execute(select(told.c.installer).where(told.c.key == key)).scalars().all()
    known = people.known(counter.connection, PEOPLE)
    return {sender for sender, who in known.items() if who.id in rows}
