"""Rooms: channels in which many read what is posted."""

from __future__ import annotations

from typing import ClassVar

from flows.engine.data import Request
from flows.requests.rmas import FindRmas


class FindRoom(Request, frozen=True, tag="find_room"):
    """The room that somebody asked in, by its link; others cannot be named.

    A room of which we are no member, or that people of other organisations read, is none.
    """

    text: str = ""
    private: ClassVar[bool] = True


class FindRoomToSpeakIn(FindRoom, frozen=True, tag="find_room_to_speak_in"):
    """The same where nothing of a company is said."""

    private: ClassVar[bool] = False


class RmasToPost(FindRmas, frozen=True, tag="rmas_to_post"):
    """RMAs whose changes a room can hear; the first row, "all", is all of the company."""


class FollowInRoom(Request, frozen=True, tag="follow_in_room"):
    """Post every change of an RMA in this room ("all": of all RMAs of the company)."""

    room: str
    rma: str
    gaps: ClassVar[tuple[str, ...]] = ("place",)
    refusals: ClassVar[tuple[str, ...]] = ("unlinked", "not_found")


class StopInRoom(Request, frozen=True, tag="stop_in_room"):
    """Post nothing of this company in this room any more."""

    room: str
    harmless: ClassVar[bool] = True
    gaps: ClassVar[tuple[str, ...]] = ("place",)
    refusals: ClassVar[tuple[str, ...]] = ("unlinked", "not_found")


class SpeakInRoom(Request, frozen=True, tag="speak_in_room"):
    """What is posted in this room is in this language from now on; open to everybody."""

    room: str
    language: str
    harmless: ClassVar[bool] = True
    gaps: ClassVar[tuple[str, ...]] = ("place", "tongue")
    refusals: ClassVar[tuple[str, ...]] = ("not_found",)


Requests = FindRoom | FindRoomToSpeakIn | RmasToPost | FollowInRoom | StopInRoom | SpeakInRoom
WRITES: tuple[type[Request], ...] = (
    FollowInRoom,
    StopInRoom,
    SpeakInRoom,
)
