"""Labels photographed with a difficulty that is stated: how many are read within our limits, and beyond them.

`python -m tests.labels.test_difficulty` prints the table in docs/benchmarks.md.
"""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pytest
from PIL import Image, ImageEnhance, ImageFilter

from bot.sniff import look
from tests.labels.printed import KINDS, ROOF, label, saved, serials

PICTURES: Final = 120
MODULE: Final = 6
"""Pixels of a module as printed, before the photo is taken."""
SIZE: Final = (1280, 960)
"""Of a photo as chats hand it on."""
PART_OF: Final = 0.95


@dataclass(frozen=True)
class Difficulty:
    """How hard a photo is. `module`: pixels of the narrowest bar in it; `blur`: sigma in such modules;
    `light`: brightness; `noise`: share of it; `tilt`: degrees from level or upright; `lean`: by how much of
    its size the far edge of the label is shorter; `quality`: of the JPEG; `codes`: on the label.
    """

    kind: str
    module: float
    blur: float
    light: float
    noise: float
    tilt: int
    lean: float
    quality: int
    codes: int

    @property
    def within(self) -> str:
        """The limit that it is beyond; "" for none."""
        limits = (
            ("a module under 2 pixels", self.module >= 2),
            ("blurred by more than 0.4 module", self.blur <= 0.4),
            ("less than half of the light, or noise over 0.06", self.light >= 0.5 and self.noise <= 0.06),
            ("leaning by more than 0.1", self.lean <= 0.1),
            ("JPEG quality under 30", self.quality >= 30),
        )
        return next((name for name, holds in limits if not holds), "")


def difficulties(count: int = PICTURES, seed: int = 5) -> Iterator[Difficulty]:
    """Any of all, half of them with one thing beyond what we promise."""
    dice = random.Random(seed)
    for number in range(count):
        usual = Difficulty(
            kind=list(KINDS)[number % len(KINDS)],
            module=round(dice.uniform(2, 4), 1),
            blur=round(dice.uniform(0, 0.4), 2),
            light=round(dice.uniform(0.5, 1.2), 2),
            noise=round(dice.uniform(0, 0.06), 2),
            tilt=dice.randint(0, 359),
            lean=round(dice.uniform(0, 0.1), 2),
            quality=dice.randint(30, 85),
            codes=dice.choice((1, 1, 2, 3)),
        )
        beyond = {
            "module": round(dice.uniform(1.1, 1.9), 1),
            "blur": round(dice.uniform(0.5, 1.2), 2),
            "light": round(dice.uniform(0.1, 0.45), 2),
            "lean": round(dice.uniform(0.12, 0.4), 2),
            "quality": dice.randint(5, 25),
        }
        name = dice.choice(list(beyond))
        yield usual if number % 2 else Difficulty(**{**vars(usual), name: beyond[name]})


def taken(hard: Difficulty, printed: list[str], seed: int) -> bytes:
    """The photo of a label with these serials."""
    paper = label(*((serial, hard.kind) for serial in printed), module=MODULE)
    paper = leaning(paper, hard.lean).convert("RGBA")
    scale = hard.module / MODULE
    paper = paper.resize((round(paper.width * scale), round(paper.height * scale)), Image.Resampling.LANCZOS)
    paper = paper.rotate(hard.tilt, Image.Resampling.BICUBIC, expand=True)
    photo = Image.new("RGB", (max(SIZE[0], paper.width), max(SIZE[1], paper.height)), ROOF)
    photo.paste(paper, ((photo.width - paper.width) // 2, (photo.height - paper.height) // 2), paper)
    photo = photo.filter(ImageFilter.GaussianBlur(hard.blur * hard.module))
    photo = ImageEnhance.Brightness(photo).enhance(hard.light)
    dice = random.Random(seed)
    dust = Image.frombytes("L", photo.size, dice.randbytes(photo.width * photo.height)).convert("RGB")
    return saved(Image.blend(photo, dust, hard.noise), quality=hard.quality)


def leaning(paper: Image.Image, lean: float) -> Image.Image:
    """Seen from below: its upper edge is shorter."""
    inset = paper.width * lean
    room = paper.convert("RGBA")
    corners = (-inset, 0, 0, paper.height, paper.width, paper.height, paper.width + inset, 0)
    return room.transform(paper.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC)


def outcomes() -> Iterator[tuple[Difficulty, bool, bool, float]]:
    """Each picture: whether all of its serials were read, whether a wrong one was, and after how long."""
    for number, hard in enumerate(difficulties()):
        printed = serials(hard.codes, seed=number)
        photo = taken(hard, printed, number)
        begin = time.process_time()
        found = look(photo, "image").label.serials
        took = time.process_time() - begin
        yield hard, set(found) == set(printed), not set(found) <= set(printed), took


@pytest.mark.soak
def test_labels_within_the_limits_are_read_and_none_is_read_wrongly() -> None:
    """However they are turned, with one code or several, in all three kinds."""
    every = list(outcomes())
    inside = [right for hard, right, _wrong, _took in every if not hard.within]
    assert len(inside) >= PICTURES / 2
    assert sum(inside) >= PART_OF * len(inside)
    assert not any(wrong for _hard, _right, wrong, _took in every)


def main() -> None:
    """Print the table."""
    groups = defaultdict[str, list[tuple[bool, float]]](list)
    for hard, right, _wrong, took in outcomes():
        groups[hard.within or "within all limits"].append((right, took))
    print("| pictures | read | longest, on one core |")
    print("|---|---:|---:|")
    for name, found in sorted(groups.items(), key=lambda each: -len(each[1])):
        read = sum(right for right, _ in found)
        longest = max(took for _, took in found)
        print(f"| {name} | {read} of {len(found)} | {longest * 1000:.0f} ms |")


if __name__ == "__main__":
    main()
