"""Plain data that survives JSON: values, files, requests to the desk."""

from __future__ import annotations

from typing import ClassVar, Literal

from msgspec import Struct

Value = str | tuple[str, ...]
"""What a flow keeps of an answer: words, an id, or several ids."""


Wants = Literal["", "phone", "place", "sheet"]
"""What a phone can hand over: its own number, where it is, or an Excel file."""


class Data(Struct, frozen=True, omit_defaults=True, gc=False):  # a tree has no cycles to collect
    """Plain data: frozen, compared by value, stored as JSON without its defaults."""


class Request(Data, frozen=True):
    """Something asked of the service desk. Its fields are filled from the answers of the same name.

    A lookup (a read, replied to with a Page) may have `text` and `cursor`: the words searched for and the
    view asked for. `gaps`: the values a Done carries. `refusals`: the reasons the desk may give.
    `besides`: the other questions a page may say something about. `harmless`: it may be done without a
    review, because the same tap undoes it or nobody is bound by it. `by_serial`: the words of this lookup may
    be serials, so a photo of a label answers too. `wants`: what can be shared instead of typing them.
    `searched`: words find rows and are never an answer themselves, so they may be looked up while typed.
    `alone`: it is asked in a turn by itself, because what happens in other chats counts.
    `secret`: fields that are kept only where they belong; of what was done, a hash of them is remembered, of
    what was said (`text`), what its answer may show. `fleeting`: what this card shows is not remembered; it
    is looked up again, in its first view, when it is shown again.
    """

    gaps: ClassVar[tuple[str, ...]] = ()
    refusals: ClassVar[tuple[str, ...]] = ()
    besides: ClassVar[tuple[str, ...]] = ()
    harmless: ClassVar[bool] = False
    by_serial: ClassVar[bool] = False
    searched: ClassVar[bool] = False
    wants: ClassVar[Wants] = ""
    fleeting: ClassVar[bool] = False
    alone: ClassVar[bool] = False
    secret: ClassVar[tuple[str, ...]] = ()


class File(Data, frozen=True, tag="file"):
    """A file as the engine sees it: never its bytes.

    `problem` is empty, or why it cannot be used (out_of_reach: it is where we may not see it). `codes` are
    the serials read from the label it shows; `label`: some code was seen, though perhaps no serial could be
    read.
    """

    id: str
    kind: Literal["image", "document", "sheet", "voice", "video", "sticker", "other"]
    name: str
    size: int
    problem: Literal["", "too_big", "not_readable", "kind", "slow", "out_of_reach"] = ""
    codes: tuple[str, ...] = ()
    label: bool = False


class Started(Data, frozen=True, tag="started"):
    """Start a flow with words already known, by step name; each is checked like a typed answer."""

    flow: str
    answers: dict[str, Value] = {}
    files: tuple[File, ...] = ()
