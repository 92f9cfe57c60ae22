"""Open pages hear everything once, in order, and hold nobody up."""

from __future__ import annotations

import asyncio

from bot.channels.web.streams import BEHIND, OPEN_AT_ONCE, Frame, Streams


async def heard(streams: Streams, frames: list[Frame], after: int = 0) -> list[bytes]:
    """What one page gets of these."""
    with streams.opened("web:x", "en") as stream:
        for frame in frames:
            stream.push(frame)
        stream.close()
        return [part async for part in stream.wire(after)]


def test_a_frame_is_one_event_whatever_is_in_it() -> None:
    """Line breaks in the data do not end it."""
    wire = Frame("item", {"html": "a\n\ndata: evil\r\n"}, 7).wire()
    assert wire == b'id: 7\nevent: item\ndata: {"html":"a\\n\\ndata: evil\\r\\n"}\n\n'


def test_a_page_does_not_hear_twice_what_it_has() -> None:
    """Neither what it asked to skip nor a repeat; what has no number always comes."""
    frames = [
        Frame("item", {}, 4),
        Frame("item", {}, 5),
        Frame("item", {}, 5),
        Frame("own", {}),
        Frame("item", {}, 6),
    ]
    parts = asyncio.run(heard(Streams(), frames, after=4))
    assert [part.split(b"\n")[0] for part in parts] == [b"id: 5", b"event: own", b"id: 6"]


def test_a_page_that_fell_far_behind_is_let_go() -> None:
    """It comes back and asks for what it missed."""
    parts = asyncio.run(heard(Streams(), [Frame("item", {}, n + 1) for n in range(BEHIND + 10)]))
    assert len(parts) == BEHIND


def test_a_person_has_so_many_pages_open_and_the_oldest_goes() -> None:
    """A page that reconnects too often takes nobody else's place."""

    async def many() -> list[int]:
        streams = Streams()
        pages = [streams.opened("web:x", "en") for _ in range(OPEN_AT_ONCE + 1)]
        opened = [page.__enter__() for page in pages]
        first = [part async for part in opened[0].wire(0)]
        return [len(first), len(streams.of("web:x")), len(streams.of("web:y"))]

    assert asyncio.run(many()) == [0, OPEN_AT_ONCE + 1, 0]


def test_a_closed_page_is_forgotten() -> None:
    """Nothing is kept for people who left."""
    streams = Streams()
    asyncio.run(heard(streams, []))
    assert streams.of("web:x") == []
