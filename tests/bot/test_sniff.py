"""A file is what its content says, and what is kept of it carries nothing along."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.sniff import LARGEST, NAME_LENGTH, display_name, look
from tests.labels.printed import label, saved

GPS = 0x8825


def picture(format: str = "JPEG", size: tuple[int, int] = (60, 40), **more: object) -> bytes:
    """A real picture, red on the left."""
    image = Image.new("RGB", size, "white")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    image.save(out, format, **more)
    return out.getvalue()


SIZE = b"ispe" + struct.pack(">III", 0, 64, 64)
SIZE_HUGE = b"ispe" + struct.pack(">III", 0, 30_000, 30_000)


def heic(**more: object) -> bytes:
    """A real HEIC, red on the left."""
    import pillow_heif

    pillow_heif.register_heif_opener()
    return picture("HEIF", (64, 64), **more)


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is huge."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


@pytest.mark.parametrize(
    ("format", "media_type"),
    [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp"), ("GIF", "image/png")],
)
def test_pictures_are_recognised_and_drawn_anew(format: str, media_type: str) -> None:
    """Whatever they are called."""
    looked = look(picture(format), "document")
    assert (looked.kind, looked.media_type, looked.problem) == ("image", media_type, "")
    assert opened(looked.content).size == (60, 40)


def test_where_and_with_what_a_photo_was_taken_is_not_kept() -> None:
    """No GPS, no camera, no comment; but it is the right way up."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter
    exif[0x010F] = "Camera of Jan"
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (50.0, 58.0, 1.0)
    looked = look(picture(exif=exif, comment=b"by Jan"), "image")
    clean = opened(looked.content)
    assert clean.size == (40, 60)
    assert dict(clean.getexif()) == {}
    assert not set(clean.info) & {"exif", "comment", "icc_profile"}
    assert b"Jan" not in looked.content


def test_words_in_a_png_are_not_kept() -> None:
    """Neither as text nor as EXIF."""
    from PIL.PngImagePlugin import PngInfo

    notes = PngInfo()
    notes.add_text("Author", "Jan", zip=False)
    looked = look(picture("PNG", pnginfo=notes), "image")
    assert b"Jan" not in looked.content


def test_transparency_is_kept() -> None:
    """A screenshot with holes stays one."""
    out = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(out, "PNG")
    assert opened(look(out.getvalue(), "image").content).getpixel((0, 0)) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    "content",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b'<?xml version="1.0"?><svg/>',
        b"just words in a file called photo.jpg",
        b"",
        b"MZ\x90\x00",
        b"PK\x03\x04",
        b"<html><script>alert(1)</script></html>",
        b"II*\x00" + b"\0" * 100,
    ],
)
def test_what_is_no_picture_is_refused_by_kind(content: bytes) -> None:
    """An SVG, a page or a text named .jpg is not kept."""
    assert look(content, "image").problem == "kind"


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    """More than 40 megapixels, whatever the size of the file."""
    assert look(bomb(30_000, 30_000), "image").problem == "too_big"
    assert look(bomb(8_001, 5_000), "image").problem == "too_big"


def test_a_broken_picture_is_not_readable() -> None:
    """Cut in the middle, or full of nonsense after a good start."""
    whole = picture(size=(400, 400))
    assert look(whole[: len(whole) // 2], "image").problem == "not_readable"
    assert look(bomb(100, 100), "image").problem == "not_readable"


def test_a_file_of_more_than_30_mb_is_too_big() -> None:
    """Even if it is a good one."""
    assert look(picture() + b"\0" * LARGEST, "image").problem == "too_big"


def test_a_photo_of_an_iphone_is_kept_as_a_jpeg() -> None:
    """The right way up, and without where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Camera of Jan"
    looked = look(heic(exif=exif.tobytes()), "document")
    clean = opened(looked.content)
    assert (looked.kind, looked.media_type, clean.format) == ("image", "image/jpeg", "JPEG")
    assert clean.size == (64, 64)
    assert b"Jan" not in looked.content


def test_a_heic_that_is_cut_or_huge_does_no_harm() -> None:
    """The limits are those of every picture."""
    whole = heic()
    assert look(whole[: len(whole) - 100], "image").problem in ("kind", "not_readable")
    assert look(whole[:20], "image").problem == "kind"
    assert look(whole.replace(SIZE, SIZE_HUGE), "image").problem in ("too_big", "kind")


def test_what_a_label_says_comes_with_the_picture() -> None:
    """Read from the picture as it was sent."""
    looked = look(saved(label(("122145001234", "QR"))), "image")
    assert (looked.problem, looked.label.serials) == ("", ("122145001234",))


def test_a_pdf_is_kept_as_it_is() -> None:
    """It is only ever handed out as a download."""
    looked = look(b"%PDF-1.7 ...", "image")
    assert (looked.kind, looked.media_type, looked.content) == (
        "document",
        "application/pdf",
        b"%PDF-1.7 ...",
    )


@pytest.mark.parametrize("kind", ["voice", "video", "sticker"])
def test_a_voice_message_is_kept_as_it_is(kind: str) -> None:
    """Nobody opens it here; its type promises nothing to a browser."""
    looked = look(b"OggS...", kind)
    assert (looked.kind, looked.media_type, looked.content) == (kind, "application/octet-stream", b"OggS...")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("photo.jpg", "photo.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Jan\\label.png", "label.png"),
        ("a\r\nb\x00.jpg", "ab.jpg"),
        ("\u202egpj.exe", "gpj.exe"),
        ("", "file"),
        ("...", "file"),
        ("zonnepaneel été 👷.jpg", "zonnepaneel été 👷.jpg"),
        ("x" * 300 + ".jpg", "x" * 96 + ".jpg"),
    ],
)
def test_a_file_name_is_only_something_to_show(name: str, shown: str) -> None:
    """No folders, no line ends, nothing that turns the text around."""
    assert display_name(name) == shown


def test_a_name_says_what_the_file_has_become() -> None:
    """A HEIC is kept as a JPEG."""
    assert display_name("IMG_4711.HEIC", "image/jpeg") == "IMG_4711.jpg"
    assert display_name("IMG_4711.heic", "") == "IMG_4711.heic"


@given(st.text(max_size=300))
def test_no_name_does_harm(name: str) -> None:
    """Whatever somebody makes up."""
    shown = display_name(name)
    assert 0 < len(shown) <= NAME_LENGTH
    assert not set(shown) & set('/\\\0\r\n<>"')


@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a", b"RIFF", b"\0\0\0\x1cftypheic"]),
)
def test_no_content_does_harm(content: bytes, start: bytes) -> None:
    """Nonsense is a problem or happens to be a picture; it is never an error."""
    looked = look(start + content, "image")
    assert looked.problem or looked.media_type.startswith(("image/", "application/pdf"))
