"""Everyday: other requests, the questions of the desk, who a chat belongs to (ESM-02, 20, 45, 46)."""

from __future__ import annotations

from typing import ClassVar

from flows.engine.data import Request, Wants


class OpenCase(Request, frozen=True, tag="open_case"):
    """File another request, not an RMA (ESM-20)."""

    system: str
    description: str
    subject: str
    photos: tuple[str, ...] = ()
    gaps: ClassVar[tuple[str, ...]] = ("case", "number", "holder", "mail")
    refusals: ClassVar[tuple[str, ...]] = ("unlinked", "not_found")


class WaysToReach(Request, frozen=True, tag="ways_to_reach"):
    """How the desk can reach this person; a linked person's phone is the default, `text`: typed, any shape.

    Open to everybody: an unlinked person gets an empty page and types a number or an address.
    """

    text: str = ""
    wants: ClassVar[Wants] = "phone"


class AskForPerson(Request, frozen=True, tag="ask_for_person"):
    """File a "please contact me" case with the last words of this chat; open to everybody (ESM-46)."""

    question: str = ""
    reach: str = ""
    gaps: ClassVar[tuple[str, ...]] = ("promise", "number", "hours", "phone", "mail")
    refusals: ClassVar[tuple[str, ...]] = ()


class OpenQuestions(Request, frozen=True, tag="open_questions"):
    """What the desk asked this company and still waits for; `text`: one of them."""

    text: str = ""
    cursor: str = ""


class AnswerDesk(Request, frozen=True, tag="answer_desk"):
    """Answer a question of the desk with words, files or both; it lands on the request it is about."""

    question: str
    answer: str = ""
    photos: tuple[str, ...] = ()
    harmless: ClassVar[bool] = True
    gaps: ClassVar[tuple[str, ...]] = ("number",)
    refusals: ClassVar[tuple[str, ...]] = ("not_found",)


class WhoIsThis(Request, frozen=True, tag="who_is_this"):
    """Who this chat belongs to, as lines, and the flows open to them; open to everybody."""


class LinkOffers(Request, frozen=True, tag="link_offers"):
    """The installer a one-time code (`text`) belongs to: one exact row, or a problem; 5 tries, 15 minutes."""

    text: str = ""


class LinkChat(Request, frozen=True, tag="link_chat"):
    """Link this chat identity to the installer of the code."""

    code: str
    gaps: ClassVar[tuple[str, ...]] = ("name", "company")
    refusals: ClassVar[tuple[str, ...]] = ("code",)


class SendLinkCode(Request, frozen=True, tag="send_link_code"):
    """Mail a code to this address if it is on file; the reply is the same when it is not."""

    email: str
    harmless: ClassVar[bool] = True
    gaps: ClassVar[tuple[str, ...]] = ("email",)
    refusals: ClassVar[tuple[str, ...]] = ("too_many",)


class UnlinkChat(Request, frozen=True, tag="unlink_chat"):
    """Forget who this chat identity is."""

    refusals: ClassVar[tuple[str, ...]] = ("unlinked",)


class SetLanguage(Request, frozen=True, tag="set_language"):
    """Speak this language from now on: "nl", "fr" or "en"."""

    language: str
    harmless: ClassVar[bool] = True
    gaps: ClassVar[tuple[str, ...]] = ("said",)


Requests = (
    OpenCase
    | WaysToReach
    | AskForPerson
    | OpenQuestions
    | AnswerDesk
    | WhoIsThis
    | LinkOffers
    | LinkChat
    | SendLinkCode
    | UnlinkChat
    | SetLanguage
)
WRITES: tuple[type[Request], ...] = (
    OpenCase,
    AskForPerson,
    AnswerDesk,
    LinkChat,
    SendLinkCode,
    UnlinkChat,
    SetLanguage,
)
