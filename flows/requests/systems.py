"""Systems: finding them, what is on them, asking for one (ESM-34 to 38)."""

from __future__ import annotations

from typing import ClassVar

from flows.engine.data import Request, Wants


class FindSystems(Request, frozen=True, tag="find_systems"):
    """Systems by id, name, serial, street, town, owner, reference, link, geo URI, or none: the latest.

    `text` "last" is the system of the person's latest request, "problem" those that report one. A serial
    says besides which device is meant.
    """

    text: str = ""
    cursor: str = ""
    besides: ClassVar[tuple[str, ...]] = ("devices",)
    by_serial: ClassVar[bool] = True
    searched: ClassVar[bool] = True
    wants: ClassVar[Wants] = "place"


class SystemCard(Request, frozen=True, tag="system_card"):
    """One system as lines. cursor: "" summary, "details", "devices", "requests"."""

    system: str
    cursor: str = ""


class WhatLabelsSay(Request, frozen=True, tag="what_labels_say"):
    """The devices that serials belong to, as lines, with the RMAs open for them.

    `allowed` names what can be done with them: create_rma; search_systems and track_rma when there is one.
    """

    serials: tuple[str, ...]


class RequestAccess(Request, frozen=True, tag="request_access"):
    """Ask the desk to look at a system this company cannot see; files a case."""

    wanted: str
    gaps: ClassVar[tuple[str, ...]] = ("number", "holder")
    refusals: ClassVar[tuple[str, ...]] = ("unlinked",)


Requests = FindSystems | SystemCard | WhatLabelsSay | RequestAccess
WRITES: tuple[type[Request], ...] = (RequestAccess,)
