"""Lists of requests of any kind (ESM-04 to 12, 16 to 18, 47)."""

from __future__ import annotations

from typing import ClassVar, Literal

from flows.engine.data import Request


class ListRequests(Request, frozen=True, tag="list_requests"):
    """RMAs or cases by what is typed, with filters: counts per status, then lists (ESM-04 to 12, 16, 47).

    `kind`: what it begins with, "" for a search in everything; `first`: its first view, "" the overview.
    """

    text: str = ""
    cursor: str = ""
    kind: ClassVar[str] = ""
    first: ClassVar[Literal["", "list"]] = ""
    by_serial: ClassVar[bool] = True
    searched: ClassVar[bool] = True


class ListRmas(ListRequests, frozen=True, tag="list_rmas"):
    """The RMAs of the company, those of the last 30 days first."""

    kind: ClassVar[str] = "rma"


class ListCases(ListRequests, frozen=True, tag="list_cases"):
    """The cases of the company, those of the last 30 days first."""

    kind: ClassVar[str] = "case"


class CasesToNote(ListCases, frozen=True, tag="cases_to_note"):
    """The same to choose one from: the list at once, without counts and a drawing above it."""

    first: ClassVar[Literal["", "list"]] = "list"


class FoundCard(Request, frozen=True, tag="found_card"):
    """An RMA, a case or a system as lines, by its number (ESM-13, 14, 17, 18, 35).

    Rows are the RMAs of a case. cursor and `allowed` as those of its own card.
    """

    found: str
    cursor: str = ""


Requests = ListRequests | ListRmas | ListCases | CasesToNote | FoundCard
WRITES: tuple[type[Request], ...] = ()
