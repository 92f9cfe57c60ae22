"""Takes one picture for the documentation."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
from PIL import Image

from tests.browser.phone import Phone

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
COLOURS = 128


def take(phone: Phone, name: str) -> None:
    """One picture, in few enough colours to be small."""
    phone.page.wait_for_timeout(400)  # what moves has come to rest
    keep(phone.page.screenshot(), name)


def keep(screenshot: bytes, name: str) -> None:
    """A screenshot that was taken."""
    picture = Image.open(io.BytesIO(screenshot)).convert("RGB")
    picture.quantize(COLOURS).save(PICTURES / f"{name}.png", optimize=True)


def take_paper(path: Path, name: str) -> None:
    """The first page of a PDF as a picture."""
    document = pypdfium2.PdfDocument(path)
    picture = document[0].render(scale=2).to_pil().convert("RGB")
    document.close()
    picture.quantize(COLOURS).save(PICTURES / f"{name}.png", optimize=True)
