"""A ring of parts with their numbers beside it, to be read in sunlight: large, few colours, on white."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from bot.enclosures.fonts import BOLD
from flows.engine.enclosures import Chart
from locales.speaker import Speaker

SIZE: Final = (1200, 640)
SCALE: Final = 2
"""Drawn larger and made smaller: that smooths the edges."""
RING: Final = (60, 80, 540, 560)
HOLE: Final = 120
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
    _text(draw, (300, 320), str(_total(chart)), 96, "mm")
    _text(draw, (600, 60), speaker.say(chart.title), 36, "lm", longest=SIZE[0] - 624)
    for place, part in enumerate(chart.parts):
        top = 130 + place * 92
        draw.rectangle(_scaled((600, top, 648, top + 48)), TONES[part.tone])
        _text(draw, (740, top + 24), str(part.count), 48, "rm")
        _text(draw, (764, top + 24), speaker.say(part.label), 34, "lm", longest=SIZE[0] - 764 - 24)
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


def _text(draw: Draw, at: tuple[int, int], text: str, size: int, anchor: str, longest: int = 0) -> None:
    """Words at a place; smaller when they would not fit."""
    font = ImageFont.truetype(BOLD, size * SCALE)
    if longest:
        wide = draw.textlength(text, font) / SCALE
        if wide > longest:
            font = ImageFont.truetype(BOLD, int(size * SCALE * longest / wide))
    draw.text((at[0] * SCALE, at[1] * SCALE), text, INK, font, anchor)


def _scaled(box: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    left, top, right, bottom = box
    return left * SCALE, top * SCALE, right * SCALE, bottom * SCALE
