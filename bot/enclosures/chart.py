"""A ring of parts with their numbers beside it, to be read in sunlight: large, few colours, on white."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from PIL import Image, ImageDraw, ImageFont

from bot.enclosures.fonts import BOLD
from flows.engine.enclosures import Chart
from locales.speaker import Speaker

SIZE: Final = (1200, 840)
SCALE: Final = 2
"""Drawn larger and made smaller: that smooths the edges."""
RING: Final = (36, 256, 476, 696)
HOLE: Final = 110
MARGIN: Final = 36
ROW, WORDS_FROM = 132, 716
LARGE: Final = 52
"""Where words fit: on a phone the picture is shown at a third of its size or less."""
LINES: Final = 2
INK, PAPER, PALE = "#111111", "#ffffff", "#d0d0d0"
TONES: Final = {
    "busy": "#1565c0",
    "waiting": "#f9a825",
    "good": "#2e7d32",
    "done": "#6a1b9a",
    "off": "#757575",
}
GAP: Final = 2.0
"""Degrees of white between two parts: nobody has to tell colours apart to see where one ends."""

Draw = ImageDraw.ImageDraw


def png(chart: Chart, speaker: Speaker) -> bytes:
    """The picture as PNG."""
    image = Image.new("RGB", (SIZE[0] * SCALE, SIZE[1] * SCALE), PAPER)
    draw = ImageDraw.Draw(image)
    _ring(draw, chart)
    left, top, right, bottom = RING
    middle = ((left + right) // 2, (top + bottom) // 2)
    total = fitting([str(_total(chart))], 120, right - left - 2 * HOLE - 20)
    _text(draw, middle, total.texts[0], total.size, "mm")
    title = fitting([speaker.say(chart.title)], 44, SIZE[0] - 2 * MARGIN)
    _text(draw, (MARGIN, 76), title.texts[0], title.size, "lm")
    labels = fitting([speaker.say(part.label) for part in chart.parts], LARGE, SIZE[0] - WORDS_FROM - MARGIN)
    counts = fitting([str(part.count) for part in chart.parts], 64, 120)
    for place, part in enumerate(chart.parts):
        y = middle[1] + int((place - (len(chart.parts) - 1) / 2) * ROW)
        draw.rectangle(_scaled((512, y - 28, 568, y + 28)), TONES[part.tone])
        _text(draw, (WORDS_FROM - 24, y), counts.texts[place], counts.size, "rm")
        _text(draw, (WORDS_FROM, y), labels.texts[place], labels.size, "lm")
    out = io.BytesIO()
    image.resize(SIZE, Image.Resampling.LANCZOS).save(out, "PNG", optimize=True)
    return out.getvalue()


def _ring(draw: Draw, chart: Chart) -> None:
    draw.ellipse(_scaled(RING), PALE)
    for start, end, tone in _arcs(chart):
        draw.pieslice(_scaled(RING), start, end, TONES[tone])
    left, top, right, bottom = RING
    draw.ellipse(_scaled((left + HOLE, top + HOLE, right - HOLE, bottom - HOLE)), PAPER)


def _arcs(chart: Chart) -> Iterator[tuple[float, float, str]]:
    """Where each part begins and ends, in degrees from the top."""
    shown = [part for part in chart.parts if part.count > 0]
    at, gap = -90.0, GAP if len(shown) > 1 else 0.0
    for part in shown:
        end = at + 360 * part.count / _total(chart)
        yield at + gap / 2, max(end - gap / 2, at + gap / 2 + 0.5), part.tone
        at = end


def _total(chart: Chart) -> int:
    return sum(part.count for part in chart.parts)


class Fitting(NamedTuple):
    """Words as they are drawn: each text in lines, and one size for all of them."""

    texts: list[str]
    size: int


def fitting(texts: Sequence[str], size: int, longest: int) -> Fitting:
    """Of that size when each fits in two lines; all of them smaller when one does not."""
    font = ImageFont.truetype(BOLD, size)
    split = [_lines(text, font, longest) for text in texts]
    widest = max((font.getlength(line) for lines in split for line in lines), default=0)
    if size > 8 and (widest > longest or any(len(lines) > LINES for lines in split)):
        return fitting(texts, size - 2, longest)
    return Fitting(["\n".join(lines) for lines in split], size)


def _lines(text: str, font: ImageFont.FreeTypeFont, longest: int) -> list[str]:
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= longest:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _text(draw: Draw, at: tuple[int, int], text: str, size: int, anchor: str) -> None:
    """Words at a place, of at most two lines."""
    font = ImageFont.truetype(BOLD, size * SCALE)
    draw.text((at[0] * SCALE, at[1] * SCALE), text, INK, font, anchor, spacing=size * SCALE // 5)


def _scaled(box: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    left, top, right, bottom = box
    return left * SCALE, top * SCALE, right * SCALE, bottom * SCALE
