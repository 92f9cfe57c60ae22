"""What is handed out besides words: files that are kept, or data of which a picture or a paper is drawn."""

from __future__ import annotations

from typing import Literal

from flows.engine.data import Data
from flows.engine.phrases import Text


class Kept(Data, frozen=True, tag="kept"):
    """A stored file handed out under its id; `alt` says in words what it shows or holds."""

    id: str
    name: str
    kind: Literal["image", "document"]
    size: int
    alt: Text = ""


Tone = Literal["busy", "waiting", "good", "done", "off"]


class Part(Data, frozen=True):
    """One part of a whole."""

    label: Text
    count: int
    tone: Tone


class Chart(Data, frozen=True, tag="chart"):
    """How a whole is made up, drawn in the reader's language when it is sent; `alt` says it in words."""

    title: Text
    parts: tuple[Part, ...]
    alt: Text = ""


class ReturnLabel(Data, frozen=True, tag="return_label"):
    """The label of a return, drawn when it is sent: a PDF of one A6 or A4 page, or a picture of its code.

    `code` is what a carrier scans; `boxes` how many of them there are to stick.
    """

    code: str
    format: Literal["a6", "a4", "qr"]
    sender: tuple[Text, ...]
    receiver: tuple[Text, ...]
    contents: Text
    boxes: int = 1
    alt: Text = ""


class Writing(Data, frozen=True, tag="writing"):
    """A plain text, written out in the reader's language when it is sent; `name` is that of the file."""

    name: str
    lines: tuple[Text, ...]
    alt: Text = ""


class SheetToFill(Data, frozen=True, tag="sheet_to_fill"):
    """An Excel file with the names of its columns and nothing else, in the reader's language."""

    name: str
    columns: tuple[Text, ...]
    alt: Text = ""


Enclosure = Kept | Chart | ReturnLabel | Writing | SheetToFill
"""Something handed out besides words: a file that is kept, or data of which a picture or a paper is drawn."""
