"""How many labels are read, of many photographs of them: the table in docs/benchmarks.md."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import pytest

from bot.sniff import look
from tests.labels.printed import KINDS, Shot, label, photographed, saved, serials

ANGLES = (0, 7, 18, 33, 45, 62, 90, 128, 180, 251, 307, 350)
PART = ("800-00555-r03", "Code 128")
GOOD = 0.9
"""Of the photos of a label that fills a third of a photo of a chat, at any angle."""


class Row(NamedTuple):
    """One line of the table."""

    name: str
    shot: Shot
    format: str = "JPEG"


CHAT, FILE = 1280, 4000
ROWS = (
    Row("chat, half of the width", Shot(0.5)),
    Row("chat, a third", Shot(0.33)),
    Row("chat, a quarter", Shot(0.25)),
    Row("chat, a fifth", Shot(0.2)),
    Row("chat, half, a little blurred", Shot(0.5, blur=1)),
    Row("chat, half, blurred", Shot(0.5, blur=2)),
    Row("chat, half, dark and grainy", Shot(0.5, light=0.35, noise=60)),
    Row("chat, half, pressed hard (q 40)", Shot(0.5, quality=40)),
    Row("file, a third", Shot(0.33, longest=FILE)),
    Row("file, a fifth", Shot(0.2, longest=FILE)),
    Row("file, a tenth", Shot(0.1, longest=FILE)),
    Row("HEIC of 4 megapixels, a third", Shot(0.33, longest=2400), "HEIF"),
)


class Count(NamedTuple):
    """Of so many photos so many were read; wrong ones gave a serial that is not on the label."""

    read: int
    wrong: int
    of: int


def photos(row: Row, kind: str) -> Iterator[tuple[str, bytes]]:
    """The serial and the photo, at each angle."""
    for serial, angle in zip(itertools.cycle(serials(7)), ANGLES, strict=False):
        codes = ((serial, kind), PART) if kind == "Code 128" else ((serial, kind),)
        shot = replace(row.shot, angle=angle)
        yield serial, saved(photographed(label(*codes), shot), row.format, shot.quality)


def counted(row: Row, kind: str) -> Count:
    """Look at each photo as the workers do."""
    found = [(serial, look(photo, "image").label.serials) for serial, photo in photos(row, kind)]
    right = sum(serials == (serial,) for serial, serials in found)
    wrong = sum(any(other != serial for other in serials) for serial, serials in found)
    return Count(right, wrong, len(found))


@pytest.mark.soak
@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
@pytest.mark.parametrize("kind", KINDS)
def test_no_photo_gives_a_serial_that_is_not_on_it(row: Row, kind: str) -> None:
    """However bad it is; and a good one is read at every angle."""
    count = counted(row, kind)
    assert count.wrong == 0
    if row in ROWS[:2]:
        assert count.read >= GOOD * count.of


def main() -> None:
    """Print the table."""
    print("| photo, label at 12 angles |", " | ".join(KINDS), "|")
    print("|---|" + "---:|" * len(KINDS))
    for row in ROWS:
        cells = [counted(row, kind) for kind in KINDS]
        said = [f"{c.read} of {c.of}" + (f", {c.wrong} wrong" if c.wrong else "") for c in cells]
        print(f"| {row.name} | {' | '.join(said)} |", flush=True)


if __name__ == "__main__":
    main()
