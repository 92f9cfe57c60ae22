"""The same key never happens twice."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import pytest
from sqlalchemy import Connection

from bot.ports import Asked
from flows.engine.data import Request
from flows.engine.work import Done, Page, Refused, Reply
from flows.requests import AddNote, FindRmas
from storage.effects import OtherContent, answer_once

NOW = datetime.datetime(2026, 11, 20, 9, 30, tzinfo=datetime.UTC)
NOTE = AddNote("00517624", "on the roof")


class Desk:
    """Does what it is asked, and remembers how often."""

    def __init__(self, reply: Reply | None = None) -> None:
        self.asked: list[Request] = []
        self.reply = reply

    def answer(self, _connection: Connection, asked: Sequence[Asked]) -> list[Reply]:
        self.asked += [item.request for item in asked]
        lookup = [isinstance(item.request, FindRmas) for item in asked]
        return [Page() if page else self.reply or Done({"number": str(len(self.asked))}) for page in lookup]


def asked(key: str, request: Request) -> Asked:
    return Asked(key, request, "web:1", "web:1", "nl", NOW)


def test_a_repeated_effect_is_answered_the_same_and_not_done_again(connection: Connection) -> None:
    """Whatever comes between."""
    desk = Desk()
    [first] = answer_once(connection, [asked("k", NOTE)], desk.answer, NOW)
    replies = answer_once(
        connection, [asked("l", FindRmas()), asked("k", NOTE), asked("m", NOTE)], desk.answer, NOW
    )
    assert replies == [Page(), first, Done({"number": "3"})]
    assert desk.asked == [NOTE, FindRmas(), NOTE]


def test_the_same_key_with_other_content_is_a_fault(connection: Connection) -> None:
    """Neither is done: somebody must look at it."""
    desk = Desk()
    answer_once(connection, [asked("k", NOTE)], desk.answer, NOW)
    with pytest.raises(OtherContent):
        answer_once(connection, [asked("k", AddNote("00517624", "in the cellar"))], desk.answer, NOW)
    assert desk.asked == [NOTE]


def test_a_refusal_and_a_lookup_may_be_asked_again(connection: Connection) -> None:
    """They changed nothing."""
    desk = Desk(Refused("not_found"))
    for _again in range(2):
        answer_once(connection, [asked("k", NOTE), asked("l", FindRmas())], desk.answer, NOW)
    assert desk.asked == [NOTE, FindRmas()] * 2
