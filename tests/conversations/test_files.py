"""Photos and other files, in any order and of any kind."""

from __future__ import annotations

import struct
import zlib

import pytest

from storage import rma_parts
from tests.conversations.chats import Chat, World
from tests.conversations.sample import photo

MEGABYTE = 1024 * 1024
PHOTOS = "Photos help the desk decide. Send them now; up to 30 MB together."
LOCALES = pytest.mark.parametrize("locale", ["nl", "fr", "en"])


def asked_for_photos(world: World, locale: str = "en") -> Chat:
    """An RMA at the question for photos."""
    chat = world.chat(locale).starts("create_rma", system="none").says("122145999999")
    return chat.presses("Damaged").presses("Skip").sees(PHOTOS)


def pdf(megabytes: float) -> bytes:
    """A document of this size."""
    return b"%PDF-1.7\n" + b"0" * int(megabytes * MEGABYTE)


@pytest.mark.row("ESM-24")
@LOCALES
def test_files_count_up_to_30_mb_together(world: World, locale: str) -> None:
    """The total is said each time; what does not fit is named, the others are kept."""
    chat = asked_for_photos(world, locale).sends(("a.pdf", pdf(12)), ("roof.jpg", photo()))
    chat.sends(("b.pdf", pdf(12)))
    total = chat.facts()["Photos"]
    assert total.startswith("3")
    assert "25" in total
    chat.sends(("c.pdf", pdf(12)), ("plug.jpg", photo(30)))
    chat.sees("{name} does not fit any more: {used} of {most} is used. The others are kept.", "c.pdf")
    assert chat.facts()["Photos"].startswith("4")
    chat.presses("Send").sees("RMA {number} is {holder}.")
    assert len(files_on(world, chat.number())) == 4


def test_photos_may_come_before_they_are_asked_for(world: World) -> None:
    """With the first words, at the devices, at the review: they are all there."""
    chat = world.chat("nl").starts("create_rma")
    chat.sends(("one.jpg", photo(1))).sees("Kept. Together now: {files}.").says("Peeters")
    chat.sends(("two.jpg", photo(2)), text="122412346704").sees("What do you see?")
    chat.presses("Damaged").presses("Skip")
    assert chat.facts()["Photos"].startswith("2")
    chat.sends(("three.jpg", photo(3))).sees("Kept. Together now: {files}.")
    assert chat.facts()["Photos"].startswith("3")


def test_all_photos_can_be_taken_away_again(world: World) -> None:
    """At the review, by changing that answer."""
    chat = asked_for_photos(world).sends(("one.jpg", photo()))
    chat.presses("Change").presses("Photos").presses("Remove all").presses("Skip")
    assert chat.facts()["Photos"] == "none"


@pytest.mark.row("ESM-22")
@LOCALES
def test_a_voice_message_is_kept_and_asked_to_be_typed(world: World, locale: str) -> None:
    """The question stays open; the desk gets the message with the RMA."""
    chat = world.chat(locale).starts("create_rma", system="none").says("122145999999").presses("Damaged")
    chat.sends(("voice.ogg", b"OggS said"), kind="voice")
    chat.sees("I cannot listen to this, but the desk can.", "In a few words")
    chat.says("it hums").sees(PHOTOS).presses("Skip").presses("Send").sees("RMA {number} is {holder}.")
    assert len(files_on(world, chat.number())) == 1


@LOCALES
def test_a_sticker_is_answered_and_the_question_stays(world: World, locale: str) -> None:
    """Never silence."""
    chat = asked_for_photos(world, locale).sends(("fun.webp", b"RIFF fun"), kind="sticker")
    chat.sees("I can only read text, photos and PDFs.", PHOTOS)


def bomb() -> bytes:
    """A small PNG that says it is 30,000 pixels wide and high."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"0")) + chunk(b"IEND", b"")


BAD = {
    "big.jpg": (photo() + b"0" * 40 * MEGABYTE, "{name} is too large"),
    "bomb.png": (bomb(), "{name} is too large"),
    "drawing.svg": (
        b'<svg xmlns="http://www.w3.org/2000/svg"></svg>',
        "{name} is not a photo",
    ),
    "words.jpg": (b"this is text", "{name} is not a photo"),
    "empty.jpg": (b"", "{name} is not a photo"),
    "half.jpg": (photo()[:900], "{name} cannot be opened"),
}


@LOCALES
def test_bad_files_are_named_and_nothing_is_lost(world: World, locale: str) -> None:
    """Each has a line in the person's language; the good one beside them is kept; the draft goes on."""
    chat = asked_for_photos(world, locale)
    sent = [(name, content) for name, (content, _answer) in BAD.items()]
    chat.sends(*sent, ("roof.jpg", photo()))
    for name, (_content, answer) in BAD.items():
        chat.sees(name, answer)
    assert chat.facts()["Photos"].startswith("1")
    chat.presses("Send").sees("RMA {number} is {holder}.")


def test_a_bad_file_with_nothing_open_is_named_too(world: World) -> None:
    """With the ways on."""
    chat = world.chat("fr").sends(("words.jpg", b"this is text")).sees("words.jpg", "{name} is not a photo")
    assert "Menu" in chat.labels()


def files_on(world: World, number: str) -> set[str]:
    """What the desk has with this RMA."""
    return world.run(world.app.uow.read(lambda connection: rma_parts.files_on(connection, number)))
