"""Lists of requests of any kind (ESM-04 to 12, 16 to 18, 47)."""

from __future__ import annotations

from typing import ClassVar

from flows.engine.model import Request


class ListRequests(Request, frozen=True, tag="list_requests"):
    """RMAs or cases by what is typed, with filters: counts per status, then lists (ESM-04 to 12, 16, 47).

    `kind`: what it begins with, "" for a search in everything.
    """

    text: str = ""
    cursor: str = ""
    kind: ClassVar[str] = ""
    by_serial: ClassVar[bool] = True
    searched: ClassVar[bool] = True


class ListRmas(ListRequests, frozen=True, tag="list_rmas"):
    """The RMAs of the company, those of the last 30 days first."""

    kind: ClassVar[str] = "rma"


class ListCases(ListRequests, frozen=True, tag="list_cases"):
    """The cases of the company, those of the last 30 days first."""

    kind: ClassVar[str] = "case"


class FoundCard(Request, frozen=True, tag="found_card"):
    """An RMA, a case or a system as lines, by its number (ESM-13, 14, 17, 18, 35).

    Rows are the RMAs of a case. cursor and `allowed` as those of its own card.
    """

    found: str
    cursor: str = ""


Requests = ListRequests | ListRmas | ListCases | FoundCard
WRITES: tuple[type[Request], ...] = ()
