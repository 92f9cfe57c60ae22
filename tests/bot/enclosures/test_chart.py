"""The ring of parts: what is drawn is what is counted, and its words are all there."""

from __future__ import annotations

import asyncio
import datetime
import io
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bot.enclosures.chart import LARGE, MARGIN, RING, SIZE, TONES, WORDS_FROM, fitting, png
from bot.enclosures.maker import Maker
from bot.services.words import CASE_STATUS, RMA_STATUS
from flows.engine.enclosures import Chart, Kept, Part
from flows.engine.phrases import Phrase
from locales.speaker import Speaker
from storage.attachments import Folder

TODAY = datetime.date(2026, 11, 20)
SPEAKER = Speaker("fr", "Europe/Brussels", TODAY)


def chart(**counts: int) -> Chart:
    """A chart with these counts by tone."""
    parts = (Part(f"part {tone}", count, tone) for tone, count in counts.items())  # type: ignore[arg-type]
    return Chart("RMA", tuple(parts))


def inked(image: Image.Image) -> Counter[str]:
    """How many points of the ring have each tone."""
    points = {point: count for count, point in colours(image.crop(RING))}
    return Counter({tone: points.get(_rgb(colour), 0) for tone, colour in TONES.items()})


def colours(image: Image.Image) -> list[tuple[int, Any]]:
    """Each colour with the number of its points."""
    return list(image.getcolors(image.width * image.height) or ())


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def drawn(chart: Chart) -> Image.Image:
    """The picture, opened again."""
    return Image.open(io.BytesIO(png(chart, SPEAKER))).convert("RGB")


def test_the_ring_is_divided_as_the_numbers_are() -> None:
    """Eight, nine and fourteen of thirty-one take that much of it; nothing is drawn of what there is none."""
    image = drawn(chart(busy=8, waiting=9, good=14, done=0))
    points = inked(image)
    whole = points["busy"] + points["waiting"] + points["good"]
    assert image.size == SIZE
    assert points["done"] == 0
    for tone, count in (("busy", 8), ("waiting", 9), ("good", 14)):
        assert points[tone] / whole == pytest.approx(count / 31, abs=0.01)


def test_one_part_is_a_whole_ring_and_none_an_empty_one() -> None:
    """Nothing is divided by nothing."""
    assert inked(drawn(chart(good=3))).total() > 80_000
    assert inked(drawn(chart(good=0)))["good"] == 0


def test_long_words_with_accents_stay_in_the_picture() -> None:
    """They get smaller, and nothing touches the edge."""
    words = Phrase("En attente d'approbation, très longtemps déjà, à l'été")
    image = drawn(Chart(words, (Part(words, 123_456, "waiting"),)))
    right = image.crop((SIZE[0] - 20, 0, SIZE[0], SIZE[1]))
    assert [colour for _count, colour in colours(right)] == [(255, 255, 255)]


@pytest.mark.row("ESM-05", "ESM-06")
@pytest.mark.parametrize("locale", ["nl", "fr", "en"])
def test_the_statuses_are_large_enough_for_a_phone_in_the_sun(locale: str) -> None:
    """All of one size, in two lines rather than small: a third of it is what a phone shows."""
    speaker = Speaker(locale, "Europe/Brussels", TODAY)
    for statuses in (RMA_STATUS, CASE_STATUS):
        words = [speaker.say(status) for status in statuses.values()]
        fits = fitting(words, LARGE, SIZE[0] - WORDS_FROM - MARGIN)
        assert fits.size >= 44
        assert [text.replace("\n", " ") for text in fits.texts] == words


def test_a_stored_file_is_handed_out_and_one_that_is_gone_is_not(tmp_path: Path) -> None:
    """Then its words are said without it."""
    folder = Folder(tmp_path)
    id, _digest = folder.keep(b"content")
    maker = Maker(folder)
    found = asyncio.run(maker.make(Kept(id, "report.xlsx", "document", 7), SPEAKER))
    assert found
    assert (found.name, found.content, found.is_image) == ("report.xlsx", b"content", False)
    assert asyncio.run(maker.make(Kept("gone", "report.xlsx", "document", 7), SPEAKER)) is None
