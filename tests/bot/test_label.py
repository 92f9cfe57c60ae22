"""What a label says: the serial, however it was photographed; nothing that registers or opens a device."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.label import Label, read, serials_on
from flows.engine.parsers import well_formed
from tests.labels.printed import KINDS, Shot, label, photographed, saved

MICRO, SMA = "122145001234", "3012345678"
PART = ("800-00555-r03", "Code 128")
WIFI = "WIFI:S:SMA3012345678;T:WPA;P:130123456789;;"


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize(
    "code",
    [
        MICRO,
        f" {MICRO}\r\n",
        f"S{MICRO}",
        f"(01)09506000134352(21){MICRO}",
        f"SN: {MICRO}",
        f"S/N {MICRO}",
        f"Serial number={MICRO}",
        f"https://maker.example/a?pn=800-00555-r03&sn={MICRO}&t=1",
        f'{{"serial": "{MICRO}", "mac": "001dc0123456"}}',
        f"{MICRO},800-00555-r03,IQ7PLUS-72-2-INT",
        f"[)>\x1e06\x1d1P800-00555-r03\x1dS{MICRO}\x1e\x04",
        f"IQ Gateway;{MICRO};111122223333444",
    ],
)
def test_a_serial_of_enphase_is_found(code: str) -> None:
    """Alone, named, or as the only field it can be."""
    assert serials_on([code]) == (MICRO,)


@pytest.mark.parametrize("code", [SMA, f"SN:{SMA}", f"STP 10.0 SE\nS/N: {SMA}\nPIC: 1234567890\nRID: ABC123"])
def test_a_serial_of_sma_is_found(code: str) -> None:
    """Ten digits, alone or named."""
    assert serials_on([code]) == (SMA,)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "800-00555-r03",
        "IQ7PLUS-72-2-US",
        WIFI,
        "https://sunnyportal.example/register?pic=122145001234&rid=KX6SH3",
        "PIC:3012345678;RID:KX6SH3",
        "PIC: 122145001234",
        "001dc0123456",
        "MAC 122145001234",
        "012345678905",
        "12345678901",
        "356938035643809",
        "5012345678",
        "Type;3012345678;1234",
        "SN: 12345678",
        "SN: 122145001234-17",
    ],
)
def test_what_is_no_serial_is_dropped(code: str) -> None:
    """Part numbers, Wi-Fi, registration codes, addresses, numbers of other lengths."""
    assert serials_on([code]) == ()


def test_each_serial_counts_once_in_the_order_of_the_photo() -> None:
    """Bars and a square with the same serial are one."""
    assert serials_on([SMA, PART[0], MICRO, f"SN:{SMA}"]) == (SMA, MICRO)


@given(st.lists(st.text(max_size=60) | st.from_regex(r"[A-Z/ :;,=0-9-]{0,40}", fullmatch=True), max_size=5))
def test_whatever_a_code_says_only_serials_come_of_it(codes: list[str]) -> None:
    """Each has the shape of one and stands in a code as it is."""
    found = serials_on(codes)
    assert all(well_formed(serial) and any(serial in code for code in codes) for serial in found)
    assert len(set(found)) == len(found)


@given(st.from_regex(r"[0-9]{12}", fullmatch=True), st.text("0123456789ABCDEFabcdef;:", max_size=30))
def test_a_key_is_never_taken_for_a_serial(name: str, key: str) -> None:
    """Whatever the network and its password look like."""
    assert serials_on([f"WIFI:S:SMA{name};T:WPA;P:{key};;"]) == ()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("angle", [0, 8, 90, 180, 23, 305])
def test_a_label_is_read_however_it_was_held(kind: str, angle: int) -> None:
    """Through the compression of a chat, at a third of the width of the photo."""
    photo = photographed(label((MICRO, kind), PART), Shot(width=0.35, angle=angle))
    assert read(opened(saved(photo))) == Label((MICRO,), seen=True)


def test_all_codes_of_a_label_and_all_labels_of_a_photo_are_read() -> None:
    """Several serials, a part number, and a square for the Wi-Fi."""
    paper = label((MICRO, "Code 128"), PART, (SMA, "DataMatrix"), ("122299123456", "Code 128"), (WIFI, "QR"))
    found = read(opened(saved(photographed(paper, Shot(width=0.3, longest=4000)))))
    assert set(found.serials) == {MICRO, SMA, "122299123456"}


@pytest.mark.parametrize("format", ["JPEG", "PNG", "HEIF"])
def test_a_small_code_is_read_in_a_whole_file(format: str) -> None:
    """An eighth of the width of a photo of 12 megapixels, as sent as a file."""
    photo = photographed(label((MICRO, "DataMatrix")), Shot(width=0.12, angle=12, longest=4000))
    import pillow_heif

    pillow_heif.register_heif_opener()
    assert read(opened(saved(photo, format))).serials == (MICRO,)


def test_a_label_without_a_readable_serial_is_still_seen() -> None:
    """The person may have photographed the wrong one of two codes."""
    assert read(label(PART)) == Label(seen=True)
    assert read(label((WIFI, "QR"))) == Label(seen=True)


@pytest.mark.parametrize("size", [(1, 1), (3, 900), (1280, 960)])
def test_a_photo_of_anything_else_says_nothing(size: tuple[int, int]) -> None:
    """A roof, a dot, a line."""
    assert read(Image.effect_noise(size, 80)) == Label()
