"""Labels made for tests: real codes, printed on paper of any size, photographed badly in every way."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass
from typing import Final

import zxingcpp
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

KINDS: Final = {
    "Code 128": zxingcpp.BarcodeFormat.Code128,
    "QR": zxingcpp.BarcodeFormat.QRCode,
    "DataMatrix": zxingcpp.BarcodeFormat.DataMatrix,
}
PAPER, ROOF = "#f4f2ea", "#6b675f"


def code(content: str, kind: str = "Code 128", module: int = 3) -> Image.Image:
    """One code, each of its modules this many pixels wide, with the white space around it that it needs."""
    symbol = zxingcpp.create_barcode(content, KINDS[kind])
    drawn = Image.fromarray(symbol.to_image(scale=module))
    if kind == "Code 128":
        drawn = drawn.resize((drawn.width, max(40, 16 * module)))
    paper = Image.new("L", (drawn.width + 12 * module, drawn.height + 8 * module), "white")
    paper.paste(drawn, (6 * module, 4 * module))
    return paper


def label(*codes: tuple[str, str], module: int = 3) -> Image.Image:
    """A label with codes (content, kind) under each other, each with its content printed below."""
    drawn = [code(content, kind, module) for content, kind in codes]
    width = max(image.width for image in drawn) + 40
    paper = Image.new("RGB", (width, sum(image.height + 30 for image in drawn) + 40), PAPER)
    pen, top = ImageDraw.Draw(paper), 20
    for image, (content, _kind) in zip(drawn, codes, strict=True):
        paper.paste(image, (20, top))
        pen.text((30, top + image.height + 4), content[:40], fill="black")
        top += image.height + 30
    return paper


@dataclass(frozen=True)
class Shot:
    """How a photo was taken: how wide the label is in it, how it was held, and what became of it."""

    width: float = 0.5
    angle: float = 0
    blur: float = 0
    light: float = 1
    noise: int = 0
    quality: int = 80
    longest: int = 1280


def photographed(paper: Image.Image, shot: Shot, size: tuple[int, int] = (4000, 3000)) -> Image.Image:
    """The label somewhere on a roof, as a phone sees it and as the chat makes it smaller."""
    wanted = round(size[0] * shot.width)
    scaled = paper.resize((wanted, round(paper.height * wanted / paper.width)), Image.Resampling.BICUBIC)
    held = scaled.convert("RGBA").rotate(shot.angle, Image.Resampling.BICUBIC, expand=True)
    photo = Image.new("RGB", (max(size[0], held.width), max(size[1], held.height)), ROOF)
    photo.paste(held, ((photo.width - held.width) // 2, (photo.height - held.height) // 2), held)
    scale = min(1.0, shot.longest / max(photo.size))
    photo = photo.resize((round(photo.width * scale), round(photo.height * scale)), Image.Resampling.LANCZOS)
    if shot.blur:
        photo = photo.filter(ImageFilter.GaussianBlur(shot.blur))
    if shot.light != 1:
        photo = ImageEnhance.Brightness(photo).enhance(shot.light)
    if shot.noise:
        dust = Image.effect_noise(photo.size, shot.noise).convert("RGB")
        photo = Image.blend(photo, dust, 0.15)
    return photo


def saved(photo: Image.Image, format: str = "JPEG", quality: int = 80) -> bytes:
    """The bytes as they arrive."""
    out = io.BytesIO()
    if format == "HEIF":
        import pillow_heif

        pillow_heif.register_heif_opener()
    photo.save(out, format, quality=quality)
    return out.getvalue()


def serials(count: int, seed: int = 1) -> list[str]:
    """Serials of both makers, as they are on labels."""
    dice = random.Random(seed)
    made = []
    for number in range(count):
        if number % 4 == 3:
            made.append(f"30{dice.randrange(10**8):08d}")
        else:
            made.append(
                f"{dice.choice((1221, 1220, 2022, 1217))}{dice.randint(1, 52):02d}{dice.randrange(10**6):06d}"
            )
    return made
