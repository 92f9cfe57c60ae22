"""Drafts: unfinished work, gone on with in another chat or by a colleague."""

from __future__ import annotations

from typing import ClassVar

from flows.engine.data import Request


class MyDrafts(Request, frozen=True, tag="my_drafts"):
    """Unfinished work of the person in all their chats, what they were passed, and what they passed on."""

    text: str = ""
    cursor: str = ""


class DraftsToPass(Request, frozen=True, tag="drafts_to_pass"):
    """Those that the person has in a chat."""

    text: str = ""
    cursor: str = ""


class ColleaguesToPassTo(Request, frozen=True, tag="colleagues_to_pass_to"):
    """The others who work at the company; `text`: a name or a mailbox."""

    text: str = ""
    cursor: str = ""
    searched: ClassVar[bool] = True


class TakeDraft(Request, frozen=True, tag="take_draft"):
    """Go on with it here: it is open nowhere else any more."""

    draft: str
    harmless: ClassVar[bool] = True
    alone: ClassVar[bool] = True
    refusals: ClassVar[tuple[str, ...]] = ("unlinked", "not_found")


class PassDraft(Request, frozen=True, tag="pass_draft"):
    """Let a colleague of the same company go on with it, with its photos."""

    draft: str
    colleague: str
    alone: ClassVar[bool] = True
    refusals: ClassVar[tuple[str, ...]] = ("unlinked", "not_found")


Requests = MyDrafts | DraftsToPass | ColleaguesToPassTo | TakeDraft | PassDraft
WRITES: tuple[type[Request], ...] = (TakeDraft, PassDraft)
