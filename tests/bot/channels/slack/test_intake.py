"""The edge: kept before it is confirmed, in order for each person, and what cannot wait for a turn."""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Any

import pytest
from aiohttp import web

from bot.channels.slack import receive
from bot.channels.slack.adapter import SlackChannel
from bot.channels.slack.home import Homes
from bot.channels.slack.intake import Intake
from bot.channels.slack.lookups import Lookups
from bot.channels.slack.people import People
from bot.channels.slack.places import form_of
from bot.channels.slack.register import Register
from bot.channels.slack.rooms import ENDED, Rooms
from bot.channels.slack.workspaces import Workspaces
from bot.ports import Outgoing, Received, Told, Unreachable
from bot.services.glance import Glance
from flows.engine.data import Started
from flows.engine.outputs import Output, Prompt, Say
from flows.engine.phrases import Copy, _
from flows.engine.work import Row
from tests.bot.channels.slack.test_receive import command, happened, message, press
from tests.bot.channels.slack.workspace import BOT, Workspace, refused

NOW = datetime.datetime(2026, 11, 20, 9, 30, tzinfo=datetime.UTC)


class Clock:
    """Stands still."""

    def now(self) -> datetime.datetime:
        return NOW


class Book:
    """Keeps what is handed in, and says what it was told to say."""

    def __init__(self) -> None:
        self.kept: list[Received] = []
        self.said: Sequence[Output] | None = ()
        self.told_: list[Told] = []
        self.fault: Exception | None = None
        self.handed = 0
        self.gate = asyncio.Event()
        self.gate.set()

    async def receive(self, received: Received) -> bool:
        self.handed += 1
        await self.gate.wait()
        if self.fault:
            raise self.fault
        if received.key in [other.key for other in self.kept]:
            return False
        self.kept.append(received)
        return True

    @asynccontextmanager
    async def turn(self, received: Received, _seconds: float) -> AsyncIterator[Sequence[Outgoing] | None]:
        await self.receive(received)
        place = received.conversation
        said = (
            None
            if self.said is None
            else [
                Outgoing(number, place, output, "nl", "UTC", NOW) for number, output in enumerate(self.said)
            ]
        )
        yield said

    async def told(self, told: Sequence[Told]) -> None:
        self.told_ += told


class Desk:
    """The edge with a workspace on one side and a book on the other."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.book = Book()
        self.workspaces = Workspaces(workspace.api, BOT)
        self.people = People(self.workspaces)
        self.channel = SlackChannel(self.workspaces, self.people, Clock())
        self.rooms: list[tuple[str, str, bool, bool]] = []
        lookups = Lookups(self.look, self.search)
        self.homes = Homes(self.workspaces, self.people, lookups, Clock())
        self.intake = Intake(
            self.channel,
            self.workspaces,
            self.people,
            self.homes,
            self.book,
            lookups,
            Rooms(self.workspaces, Register(self.met, self.topic)),
            Clock(),
        )

    async def take(self, data: dict[str, Any]) -> dict[str, Any] | None:
        """The confirmation, which then goes out."""
        async with AsyncExitStack() as after:
            return await self.intake.take(data, after)

    async def met(self, key: str, name: str, member: bool, shared: bool) -> str:
        self.rooms.append((key, name, member, shared))
        return "link-of-the-room"

    async def topic(self, room: str, message: str) -> str:
        return "00517624" if (room, message) == ("slack:-:T1:C1", "C1/5.5") else ""

    async def look(self, people: Sequence[str]) -> list[Glance]:
        return [Glance("fr") for _ in people]

    async def search(self, person: str, question: str, text: str) -> tuple[Sequence[Row], bool]:
        return (Row("517", f"{person} {question} {text}", "there"),), text == "a"

    async def send(self, output: Output) -> str:
        """What the sender does with an output."""
        return await self.channel.send(Outgoing(1, "slack:-:T1:U1", output, "nl", "UTC", NOW))


def play(story: Callable[[Desk], Awaitable[None]]) -> None:
    """A story at the edge."""

    async def run() -> None:
        async with Workspace() as workspace:
            desk = Desk(workspace)
            try:
                await story(desk)
            finally:
                desk.intake.close()
                await desk.workspaces.close()

    asyncio.run(run())


def opening(trigger: str = "7.8.9") -> dict[str, Any]:
    """A command that starts work for a form."""
    return {**command("nieuw"), "trigger_id": trigger}


def submission(form: str, **state: Any) -> dict[str, Any]:
    """A form sent in."""
    view = {"id": "V1", "type": "modal", "hash": "h1", "external_id": form, "private_metadata": "1"}
    return {
        "type": "view_submission",
        "team": {"id": "T1"},
        "user": {"id": "U1"},
        "trigger_id": "9.9",
        "view": {**view, "state": {"values": state}},
    }


def test_what_happens_is_kept_with_the_language_of_the_profile() -> None:
    """The same twice is kept once."""

    async def story(desk: Desk) -> None:
        for _time in range(2):
            assert await desk.take(message("hi")) is None
        [kept] = desk.book.kept
        assert receive.event(kept).locale == "nl-BE"

    play(story)


def test_what_cannot_be_kept_is_not_confirmed() -> None:
    """Whoever calls is told so."""

    async def story(desk: Desk) -> None:
        desk.book.fault = OSError("no disk")
        for payload in (message("hi"), opening(), submission("f1")):
            with pytest.raises(OSError):
                await desk.take(payload)
        assert desk.workspace.called("views.open") == []

    play(story)


def test_one_person_is_heard_in_order() -> None:
    """However long the first takes; others do not wait for it."""

    async def story(desk: Desk) -> None:
        desk.book.gate.clear()
        mine = [{**message(str(number)), "event_id": f"Ev{number}"} for number in range(20)]
        tasks = [asyncio.create_task(desk.take(payload)) for payload in mine]
        await desk.workspace.until(lambda: desk.workspace.called("users.info"))
        desk.book.gate.set()
        await asyncio.gather(*tasks)
        assert [kept.key for kept in desk.book.kept] == [f"E:Ev{number}" for number in range(20)]

    play(story)


def test_a_form_does_not_overtake_what_was_typed_before_it() -> None:
    """However long the look-up of a profile takes for the first message of somebody."""

    async def story(desk: Desk) -> None:
        desk.book.gate.clear()
        typed = asyncio.create_task(desk.take(message("cancel")))
        await desk.workspace.until(lambda: desk.workspace.called("users.info"))
        sent_in = asyncio.create_task(desk.take(submission("f1")))
        await asyncio.sleep(0.05)
        assert desk.book.handed == 1
        desk.book.gate.set()
        await asyncio.gather(typed, sent_in)
        assert [kept.key[:2] for kept in desk.book.kept] == ["E:", "V:"]

    play(story)


def test_a_trigger_that_comes_again_while_its_form_opens_holds_up_nothing() -> None:
    """The first opens it; who waits for that goes on."""

    async def story(desk: Desk) -> None:
        with desk.channel.opening("f1"):
            page = asyncio.create_task(desk.send(Prompt("1", ("Which?",), form="f1")))
            await asyncio.sleep(0)
            with desk.channel.opening("f1"):
                pass
            assert not page.done()
        await page

    play(story)


def test_a_form_is_opened_at_once_and_filled_after_that() -> None:
    """Our own name for it is known before Slack gives it one."""

    async def story(desk: Desk) -> None:
        form = form_of("7.8.9")
        assert await desk.take(opening()) is None
        await desk.send(Prompt("1", ("Which?",), form=form))
        methods = [name for name, _values in desk.workspace.calls if name.startswith("views.")]
        assert methods == ["views.open", "views.update"]
        [opened], [filled] = desk.workspace.called("views.open"), desk.workspace.called("views.update")
        assert (opened["trigger_id"], opened["view"]["external_id"]) == ("7.8.9", form)
        assert filled["external_id"] == form
        assert receive.event(desk.book.kept[0]).form == form

    play(story)


def test_a_form_that_cannot_be_opened_is_asked_in_the_chat() -> None:
    """The trigger was too old, or what we show is not what Slack takes."""

    async def story(desk: Desk) -> None:
        desk.workspace.answers["views.open"].append(refused("expired_trigger_id"))
        desk.workspace.answers["views.update"] += [refused(why) for why in ("not_found", "bad", "not_found")]
        await desk.take(opening())
        for count in (1, 2):
            assert await desk.send(Prompt("1", ("Which?",), form=form_of("7.8.9")))
            assert len(desk.workspace.called("chat.postMessage")) == count
        assert await desk.send(Say(("The end",), form=form_of("7.8.9"))) == ""
        assert len(desk.workspace.called("chat.postMessage")) == 2

    play(story)


def test_a_command_that_comes_twice_opens_one_form() -> None:
    """Slack may deliver it again."""

    async def story(desk: Desk) -> None:
        for _time in range(2):
            await desk.take(opening())
        await desk.workspace.until(lambda: desk.workspace.called("views.open"))
        await desk.send(Prompt("1", ("Which?",), form=form_of("7.8.9")))
        assert len(desk.workspace.called("views.open")) == 1

    play(story)


def test_a_form_is_answered_by_its_own_turn() -> None:
    """What is shown with the confirmation is told; what goes to the chat is left to the sender."""

    async def story(desk: Desk) -> None:
        desk.book.said = (Say(("In the chat",)), Prompt("2", ("And which?",), form="f1"))
        answer = await desk.take(submission("f1"))
        assert answer
        assert answer["response_action"] == "update"
        assert [each.outgoing.id for each in desk.book.told_] == [1]
        assert await desk.take(submission("f1")) == answer
        assert len(desk.book.kept) == 1

    play(story)


def test_a_form_whose_turn_takes_long_says_that_we_work_on_it() -> None:
    """The outbox shows the rest."""

    async def story(desk: Desk) -> None:
        desk.book.said = None
        answer = await desk.take(submission("f1"))
        assert answer
        assert answer["response_action"] == "update"
        assert desk.book.told_ == []

    play(story)


def test_other_values_in_a_form_are_another_try() -> None:
    """Slack gives it no other name after we showed what was wrong."""

    async def story(desk: Desk) -> None:
        await desk.take(submission("f1", name={"a": {"value": "x"}}))
        await desk.take(submission("f1", name={"a": {"value": "y"}}))
        assert len(desk.book.kept) == 2

    play(story)


def test_what_a_form_says_is_told_when_the_confirmation_is_out() -> None:
    """Else the outbox says it: nobody is left with a page that does not answer."""

    async def story(desk: Desk) -> None:
        desk.book.said = [Prompt("t", form="f1")]
        with suppress(ConnectionError):
            async with AsyncExitStack() as after:
                await desk.intake.take(submission("f1"), after)
                raise ConnectionError
        assert desk.book.told_ == []
        async with AsyncExitStack() as after:
            await desk.intake.take(submission("f1"), after)
            assert desk.book.told_ == []
        assert len(desk.book.told_) == 1

    play(story)


def test_in_a_channel_only_the_asker_hears_where_the_answer_is() -> None:
    """In the language they chose; in the direct messages nobody needs to be told."""

    async def story(desk: Desk) -> None:
        answer = await desk.take(command("help"))
        assert answer
        assert answer["response_type"] == "ephemeral"
        assert answer["text"].startswith("Je vous ai répondu")
        assert await desk.take({**command("help"), "channel_id": "D1", "trigger_id": "8"}) is None
        said = {"type": "app_mention", "channel": "C1", "user": "U1", "ts": "3.4", "thread_ts": "3.1"}
        await desk.take(happened(**said, text="<@UB> help"))
        await desk.workspace.until(lambda: desk.workspace.called("chat.postEphemeral"))
        [whisper] = desk.workspace.called("chat.postEphemeral")
        assert (whisper["channel"], whisper["user"], whisper["thread_ts"]) == ("C1", "U1", "3.1")

    play(story)


def test_who_opens_home_sees_it() -> None:
    """Again only when something in it changed."""

    async def story(desk: Desk) -> None:
        running = asyncio.create_task(desk.homes.run())
        await desk.take(happened(type="app_home_opened", user="U1", tab="home"))
        await desk.take(happened(type="app_home_opened", user="U2", tab="messages"))
        await desk.workspace.until(lambda: desk.workspace.called("views.publish"))
        running.cancel()
        [shown] = desk.workspace.called("views.publish")
        assert (shown["user_id"], shown["view"]["type"]) == ("U1", "home")
        assert desk.book.kept == []

    play(story)


def test_home_opens_a_form() -> None:
    """Whatever is pressed there: the chat is on another page."""

    async def story(desk: Desk) -> None:
        pressed = {**press(action_id="start.track_rma", value="00517620"), "trigger_id": "5.5"}
        pressed |= {"view": {"id": "V0", "type": "home"}, "container": {"type": "view", "view_id": "V0"}}
        await desk.take(pressed)
        await desk.workspace.until(lambda: desk.workspace.called("views.open"))
        assert receive.event(desk.book.kept[0]).form == form_of("5.5")

    play(story)


def test_what_is_typed_in_a_field_is_searched_and_not_kept() -> None:
    """As whoever types it; where there is more, that is said."""

    async def story(desk: Desk) -> None:
        asked = {
            "type": "block_suggestion",
            "team": {"id": "T1"},
            "user": {"id": "U1"},
            "view": {"id": "V1", "type": "modal", "private_metadata": "1"},
            "block_id": "system~found",
            "action_id": "found",
        }
        found = await desk.take({**asked, "value": "peet"})
        assert found
        [option] = found["options"]
        assert option["text"]["text"] == "slack:-:T1:U1 system peet"
        assert option["value"] == "=517"
        more = await desk.take({**asked, "value": "a"})
        assert more
        assert more["option_groups"][0]["options"][0]["value"] == "=517"
        assert desk.book.kept == []

    play(story)


def test_a_notification_names_nobody_to_who_is_not_looking() -> None:
    """Our own words and numbers stay; in the chat everything is read."""

    async def story(desk: Desk) -> None:
        news = Say((_("RMA {number}: {status}")(number=Copy("00517624"), status="Jan Peeters"),))
        await desk.send(news)
        await desk.take(message("hoi"))
        await desk.send(news)
        away, there = desk.workspace.called("chat.postMessage")
        assert away["text"] == "RMA 00517624: …"
        assert there["text"] == "RMA 00517624: Jan Peeters"
        assert away["blocks"] == there["blocks"]

    play(story)


def test_a_command_for_a_channel_asks_slack_about_it() -> None:
    """Its name, whether we are in it, and whether others are; a person's own command asks nothing."""

    async def story(desk: Desk) -> None:
        channel = {"name": "roofs", "is_member": True, "is_ext_shared": True}
        answer = {"ok": True, "channel": channel}
        desk.workspace.answers["conversations.info"].append(lambda _values: web.json_response(answer))
        await desk.take(command("follow 517624"))
        assert desk.rooms == [("slack:-:T1:C1", "#roofs", True, True)]
        content = receive.event(desk.book.kept[-1]).content
        assert content == Started("follow_in_room", {"room": "link-of-the-room", "rma": "517624"})
        desk.workspace.answers["conversations.info"].append(refused("channel_not_found"))
        await desk.take({**command("taal fr hier"), "trigger_id": "8.8", "channel_name": "privategroup"})
        assert desk.rooms[-1] == ("slack:-:T1:C1", "#privategroup", False, False)
        await desk.take({**command("volg 517624"), "trigger_id": "9.9"})
        assert len(desk.rooms) == 2

    play(story)


def test_a_mention_knows_the_rma_of_its_thread() -> None:
    """The thread began with a message of ours; the way to the answer is a button that nobody stores."""

    async def story(desk: Desk) -> None:
        said = {"type": "app_mention", "channel": "C1", "user": "U1", "ts": "6.6", "thread_ts": "5.5"}
        await desk.take({**happened(**said, text="<@UBOT> note: hond"), "api_app_id": "A1"})
        content = receive.event(desk.book.kept[-1]).content
        assert content == Started("add_note", {"rma": "00517624", "note": "hond"})
        await desk.workspace.until(lambda: desk.workspace.called("chat.postEphemeral"))
        [whispered] = desk.workspace.called("chat.postEphemeral")
        [button] = whispered["blocks"][-1]["elements"]
        assert button["url"] == "https://slack.com/app_redirect?app=A1&team=T1"
        await desk.take({**press(), "actions": [{**button, "action_ts": "1.1"}]})
        assert len(desk.book.kept) == 1

    play(story)


@pytest.mark.parametrize("kind", ENDED)
def test_the_end_of_a_channel_is_kept_as_news_about_the_channel(kind: str) -> None:
    """Whoever follows something there is told; nobody's profile is asked for."""

    async def story(desk: Desk) -> None:
        await desk.take(happened(type=kind, channel="C1"))
        [kept] = desk.book.kept
        assert kept.conversation == "slack:-:T1:C1"
        with pytest.raises(Unreachable):
            receive.event(kept)
        assert desk.workspace.called("users.info") == []

    play(story)
