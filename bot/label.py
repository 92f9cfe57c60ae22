"""What the codes in a picture of a label say: the serials, and nothing else that is printed there.

What makers print, as far as it is public. *Enphase*: a serial is 12 digits (requirements, section 6); a part
number like 800-00555-r03 stands beside it; symbology and contents of the codes are not published, so a code
may hold the serial alone or among other fields. *SMA*: a serial has at most 10 digits; the type label also
carries what registers the device in Sunny Portal (PIC and RID, manuals.sma.de) and what opens its Wi-Fi,
whose name holds the serial too. The prefixes "S" and "(21)" are those of ANSI MH10.8.2 and GS1 for a serial.
Whatever is no serial stays in the picture: it could register or open the device.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from flows.engine.parsers import ENPHASE, well_formed

if TYPE_CHECKING:
    from PIL import Image
    from zxingcpp import Barcode, BarcodeFormats, Point, Position

MOST: Final = 100
TILTS: Final = (0, 15, 75, 30, 60, 45)
"""Bars are only seen within some 10 degrees of level or upright; a phone is mostly held nearly straight."""
CONTRAST: Final = 30
"""Shades between black and white, at least: a covered lens or a wall is not looked at further."""
FINE, LARGE, ENLARGED = 1_600, 2_560, 1.5
"""Pixels of the longer side: fewer are made more, because a chat's own compression leaves two for a bar, and
more are made fewer, so that a photo of a roof is not looked at for seconds."""

_BETWEEN: Final = re.compile(r"[,;|\r\n\t\x04\x1d\x1e]")
_CALLED: Final = re.compile(
    r"(?:(?<![a-z0-9])(?:s/?n|snr|serial|ser|serie|seriennummer|serienummer|s[ée]rie)"
    r"(?:[\s_.-]*(?:number|num|nummer|no|nr|n°|num[ée]ro))?[\s\"']*[:=#.°]*[\s\"']*|\(21\))"
    r"(\d+)(?![\w-])",
    re.IGNORECASE,
)
_IDENTIFIED: Final = re.compile(r"S(\d+)")


class Label(Struct, frozen=True):
    """What was read: the serials, and whether any code was seen at all."""

    serials: tuple[str, ...] = ()
    seen: bool = False


def read(image: Image.Image) -> Label:
    """The label in a picture of any size, turned any way; for tilted bars it takes several looks."""
    import zxingcpp  # deferred: only the workers read

    kinds = zxingcpp.BarcodeFormat
    bars = zxingcpp.BarcodeFormats([kinds.Code128, kinds.Code39])
    every = zxingcpp.BarcodeFormats([kinds.Code128, kinds.Code39, kinds.QRCode, kinds.DataMatrix])
    grey = image.convert("L")
    shades = [shade for shade, pixels in enumerate(grey.histogram()) if pixels]
    if shades[-1] - shades[0] < CONTRAST:
        return Label()
    found, seen, unread = _look(grey, every)
    for turn, tilted in enumerate(() if found and not unread else _tilted(grey)):
        more, also, unread = _look(tilted, bars if turn else every)
        found, seen = _united(found, more), seen or also
        if found and (turn or not unread):
            break
    return Label(found, seen)


def _look(grey: Image.Image, formats: BarcodeFormats) -> tuple[tuple[str, ...], bool, bool]:
    """The serials, whether there is any code, and whether there is one that could not be read."""
    import zxingcpp

    codes = zxingcpp.read_barcodes(grey, formats=formats, return_errors=True)
    read = [code for code in codes if code.valid]
    return serials_on(_sure(read)), bool(read), len(read) < len(codes)


def serials_on(codes: Iterable[str]) -> tuple[str, ...]:
    """The serials that codes hold, each once, in the order they were found."""
    return _united(serial for code in codes for serial in _serials_in(code))


def _united(*several: Iterable[str]) -> tuple[str, ...]:
    """All of them, each once."""
    return tuple(dict.fromkeys(serial for some in several for serial in some))[:MOST]


def _tilted(grey: Image.Image) -> Iterator[Image.Image]:
    """The picture at a size where bars are seen best, turned a little further each time."""
    from PIL import Image, ImageFilter

    longest = max(grey.size)
    scale = min(ENLARGED, FINE / longest) if longest < FINE else min(1.0, LARGE / longest)
    if scale != 1:
        size = (max(1, round(grey.width * scale)), max(1, round(grey.height * scale)))
        grey = grey.resize(size, Image.Resampling.BICUBIC)
    grey = grey.filter(ImageFilter.UnsharpMask(radius=2, percent=150, threshold=0))
    for tilt in TILTS:
        yield grey.rotate(tilt, Image.Resampling.BICUBIC, expand=True, fillcolor=128) if tilt else grey


def _sure(codes: Sequence[Barcode]) -> list[str]:
    """What the codes hold; where the same bars were read in two ways, neither is right."""
    return [
        code.text
        for code in codes
        if not any(other.text != code.text and _same_place(code.position, other.position) for other in codes)
    ]


def _same_place(one: Position, other: Position) -> bool:
    """Whether two lie on each other: codes printed under each other are further apart than this."""
    length = abs(_point(one.top_left) - _point(one.bottom_right))
    return abs(_middle(one) - _middle(other)) < length / 7


def _middle(place: Position) -> complex:
    return (_point(place.top_left) + _point(place.bottom_right)) / 2


def _point(corner: Point) -> complex:
    return complex(corner.x, corner.y)


def _serials_in(code: str) -> Iterator[str]:
    """A code that is a serial, one that says which of its fields is, or one with a field that must be."""
    if code.upper().startswith("WIFI:"):
        return
    fields = [field.strip() for field in _BETWEEN.split(code)]
    called = [number for number in _CALLED.findall(code) if well_formed(number)]
    called += [m[1] for field in fields if (m := _IDENTIFIED.fullmatch(field)) and well_formed(m[1])]
    if called:
        yield from called
        return
    # Ten digits among others may be anything; a number that begins with 0 is one of the trade.
    alone = len(fields) == 1
    for field in fields:
        if well_formed(field) and field[0] != "0" and (alone or len(field) == ENPHASE):
            yield field
