"""The drain: takes the next ready input of many conversations, all that comes of it in one transaction."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from msgspec import Struct, structs

from bot.faults import reference, trace
from bot.ports import Aside, Asked, Channel, Clock, Malformed, Moved, ServiceDesk, Unreachable
from bot.services import acting
from bot.services.room_news import end_lapsed
from bot.storable import storable
from bot.trouble import STILL_THERE, apologise
from bot.turn import Advance, Incoming, Taken, Understand, first_meeting, take_turns
from flows.engine.conversation import Conversation
from flows.engine.data import Started
from flows.engine.events import Event, Filled, Said, Sent, Unlinked
from flows.engine.outputs import Call, Remind, Say, Unsaid
from flows.engine.work import Reply
from storage import conversations, erasing, inbox, outbox, timers, typed_numbers, unreachable
from storage.codec import Message, decode_event, decode_state, encode
from storage.effects import answer_once
from storage.masking import holds_number, masked_content
from storage.unit_of_work import Connection, UnitOfWork

log = logging.getLogger(__name__)

AT_ONCE = 32
TRIES = 3
AGAIN_AFTER = (0.2, 1.0, 5.0)


class Mind(Struct, frozen=True):
    """What decides a turn: the engine with its flows, the reading of free text, the desk."""

    advance: Advance
    understand: Understand
    desk: ServiceDesk[Connection]


class Drain:
    """Takes turns. After an unclean stop the inputs from before are tried one by one, and counted."""

    def __init__(
        self, uow: UnitOfWork, clock: Clock, channels: Mapping[str, Channel], mind: Mind, time_zone: str
    ) -> None:
        self._uow = uow
        self._clock = clock
        self._channels = channels
        self._mind = mind
        self._time_zone = time_zone
        self._careful_until = 0

    async def start(self) -> None:
        """Be careful with what is there already: it may be what ended the last process."""
        self._careful_until = await self._uow.read(inbox.newest)

    async def step(self) -> bool:
        """Take the turns that are ready now; says whether there were any."""
        try:
            picked = await self._uow.write(self._batch)
        except Exception as error:  # the edge of a turn: find out which one it was
            log.warning("turns taken again one by one: %s", trace(error))
            picked = await self._uow.read(self._pick)
            await self._one_by_one(picked)
            return bool(picked)
        if any(self._suspect(item) for item in picked):
            await self._one_by_one(picked)
        return bool(picked)

    def _pick(self, connection: Connection) -> list[inbox.Picked]:
        return inbox.pick(connection, self._clock.now(), AT_ONCE)

    def _suspect(self, item: inbox.Picked) -> bool:
        return item.attempts > 0 or item.id <= self._careful_until

    def _batch(self, connection: Connection) -> list[inbox.Picked]:
        """All turns at once, unless one of the inputs must be tried with care."""
        picked = self._pick(connection)
        if not any(self._suspect(item) for item in picked):
            self._take(picked, connection)
        return picked

    async def _one_by_one(self, picked: Sequence[inbox.Picked]) -> None:
        for item in picked:
            attempts = await self._uow.write(partial(self._count, item))
            if attempts > TRIES:  # the last try ended the process
                await self._park(item, reference())
                continue
            try:
                await self._uow.write(partial(self._take, [item]))
            except Exception as error:  # the edge of a turn
                name = reference()
                log.error("input %d failed (%s), try %d: %s", item.id, name, attempts, trace(error))
                if attempts == TRIES:
                    await self._park(item, name)

    def _count(self, item: inbox.Picked, connection: Connection) -> int:
        """Count a try in a transaction of its own, so that the count outlives whatever the try does."""
        wait = AGAIN_AFTER[min(item.attempts, len(AGAIN_AFTER) - 1)]
        return inbox.count_attempt(connection, item.id, self._clock.now() + datetime.timedelta(seconds=wait))

    async def _park(self, item: inbox.Picked, name: str) -> None:
        """Put an input aside for good; its person hears about it and is offered a person."""
        log.error("input %d parked (%s)", item.id, name)

        def park(connection: Connection) -> None:
            for taken in inbox.take(connection, [item]):
                self._give_up(connection, taken, "parked", name)

        await self._uow.write(park)

    def _take(self, picked: Sequence[inbox.Picked], connection: Connection) -> None:
        """The transaction of a turn, or of several."""
        events: list[tuple[inbox.Taken, Incoming]] = []
        for taken in inbox.take(connection, picked):
            try:
                events.append((taken, self._incoming(taken)))
            except Aside as aside:
                self._heard(connection, taken)
                self._reply_aside(connection, taken, aside)
            except Unreachable as left:
                unreachable.hold(connection, taken.received.conversation, left.person, self._clock.now())
                end_lapsed(connection, self._clock.now())
                self._done(connection, taken)
            except Moved as moved:
                conversations.move(connection, taken.received.conversation, moved.to, self._clock.now())
                self._done(connection, taken)
            except Malformed:
                name = reference()
                log.error("input %d quarantined (%s)", taken.id, name)
                self._give_up(connection, taken, "quarantined", name)
        if not events:
            return
        self._heard(connection, *(taken for taken, _ in events))
        self._erase(connection, *(incoming.event for _, incoming in events))
        inputs = [taken for taken, _ in events]
        incoming = acting.for_whom(connection, [each for _, each in events])
        results = take_turns(
            incoming,
            self._mind.advance,
            self._mind.understand,
            lambda asked: self._answer(connection, asked),
        )
        self._write(connection, list(zip(inputs, incoming, results, strict=True)))

    def _heard(self, connection: Connection, *inputs: inbox.Taken) -> None:
        """Who says something can be reached; a timer that ran out is nobody."""
        there = [each.received.conversation for each in inputs if each.received.channel != timers.CHANNEL]
        if there:
            unreachable.back(connection, there, self._clock.now())

    def _erase(self, connection: Connection, *events: Event) -> None:
        """What was said while it was decided that the chat belongs to nobody any more goes too."""
        ended = [event.conversation for event in events if isinstance(event.content, Unlinked)]
        erasing.what_was_said(connection, ended)

    def _answer(self, connection: Connection, asked: Sequence[Asked]) -> list[Reply]:
        return answer_once(connection, asked, self._mind.desk.answer, self._clock.now())

    def _incoming(self, taken: inbox.Taken) -> Incoming:
        event = self._event(taken)
        if event.conversation != taken.received.conversation:
            raise Malformed
        match event.content:
            case Sent() as sent:
                event = structs.replace(event, content=self._whole(sent, taken))
            case (Started() | Filled()) as content if taken.prepared:
                event = structs.replace(event, content=structs.replace(content, files=taken.prepared))
        state = decode_state(taken.state) if taken.state else None
        return Incoming(event, state, self._channels[taken.home].capabilities)

    def _whole(self, sent: Sent, taken: inbox.Taken) -> Sent:
        """The files as they were prepared, those of the whole album; the words may have come with any."""
        files, texts = list(taken.prepared), [sent.text]
        for part in taken.album:
            files += part.prepared
            other = self._channels[part.received.channel].receive(part.received).content
            texts.append(other.text if isinstance(other, Sent) else "")
        return Sent(tuple(files), "\n".join(filter(None, texts)))

    def _event(self, taken: inbox.Taken) -> Event:
        received = taken.received
        if received.channel == timers.CHANNEL:
            return decode_event(received.payload)
        if received.channel not in self._channels:
            raise Malformed
        event = self._channels[received.channel].receive(received)
        return structs.replace(event, content=storable(event.content))

    def _write(self, connection: Connection, turns: Sequence[tuple[inbox.Taken, Incoming, Taken]]) -> None:
        """Everything that came of these turns."""
        now = self._clock.now()
        messages: list[outbox.New] = []
        reminders: list[timers.Timer] = []
        finished: list[inbox.Finished] = []
        for taken, incoming, result in turns:
            event = incoming.event
            secret = _asked_secret(incoming.conversation)
            kept = masked_content(event.content, secret=secret)
            hide = kept != event.content
            finished.append(inbox.Finished(taken.id, "done", encode(kept), hide=hide))
            finished += [inbox.Finished(part.id, "done", hide=hide) for part in taken.album]
            messages += self._messages(taken, incoming, result, unsay=secret and hide)
            reminders += [
                timers.Timer(event.conversation, output.timer, event.sender, output.at)
                for output in result.outputs
                if isinstance(output, Remind)
            ]
        bodies = conversations.save(connection, [result.conversation for _, _, result in turns], now)
        for (taken, _, _), body in zip(turns, bodies, strict=True):
            typed_numbers.forget_left(connection, taken.received.conversation, taken.state or "", body)
        outbox.add(connection, messages, now)
        timers.put(connection, reminders)
        inbox.finish(connection, finished, now)

    def _messages(
        self, taken: inbox.Taken, incoming: Incoming, result: Taken, *, unsay: bool
    ) -> Iterator[outbox.New]:
        """What is said in a turn. `unsay`: what the person said must not stay in the chat."""
        event, conversation = incoming.event, result.conversation
        if unsay and incoming.capabilities.keeps_words and isinstance(event.content, Said | Sent):
            yield self._message(taken, conversation, Say((STILL_THERE,)), event.reply_to)
        for output in result.outputs:
            if not isinstance(output, Call | Remind):  # `take_turns` answered all calls
                yield self._message(taken, conversation, output, event.reply_to)
        if unsay and event.message:
            yield self._message(taken, conversation, Unsaid(event.message))

    def _message(
        self, taken: inbox.Taken, conversation: Conversation, output: Message, reply_to: str = ""
    ) -> outbox.New:
        key, locale = conversation.key, conversation.locale
        return outbox.New(key, taken.home, taken.sequence, output, locale, self._time_zone, reply_to)

    def _reply_aside(self, connection: Connection, taken: inbox.Taken, aside: Aside) -> None:
        """Done with, whatever is open stays as it is."""
        if aside.lines:
            known = decode_state(taken.state) if taken.state else None
            meeting = first_meeting(taken.received.conversation, aside.locale)
            say = Say(aside.lines, aside.wants)
            message = self._message(taken, known or meeting, say, aside.reply_to)
            outbox.add(connection, [message], self._clock.now())
        # What is no part of the conversation is not kept: in a group anybody may say anything.
        inbox.finish(connection, [inbox.Finished(taken.id, "done", hide=True)], self._clock.now())

    def _done(self, connection: Connection, taken: inbox.Taken) -> None:
        inbox.finish(connection, [inbox.Finished(taken.id, "done")], self._clock.now())

    def _give_up(self, connection: Connection, taken: inbox.Taken, outcome: inbox.Outcome, name: str) -> None:
        now = self._clock.now()
        before = decode_state(taken.state) if taken.state else None
        after, prompt = apologise(before or Conversation(taken.received.conversation, "en"), name)
        conversations.save(connection, [after], now)
        outbox.add(connection, [self._message(taken, after, prompt)], now)
        hide = _asked_secret(before) or holds_number(taken.received.payload)
        inbox.finish(connection, [inbox.Finished(taken.id, outcome, reference=name, hide=hide)], now)


def _asked_secret(conversation: Conversation | None) -> bool:
    """Whether what is said now answers a question whose answers are not kept."""
    screens = conversation.screens if conversation else ()
    return any(screen.secret for screen in screens if conversation and screen.token == conversation.open)
