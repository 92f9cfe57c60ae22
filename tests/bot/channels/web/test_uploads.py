"""Files arrive whole or not at all, under names that lead nowhere else."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.channels.web.uploads import KEPT_FOR, LARGEST, TooBig, Uploads, ref_of
from bot.ports import Nowhere

REF = ref_of("web:abc", "file1")


async def parts(*sizes: int, broken: bool = False) -> AsyncIterator[bytes]:
    """A stream of so many bytes, perhaps cut off at the end."""
    for size in sizes:
        yield b"x" * size
    if broken:
        raise ConnectionResetError


def test_what_was_sent_can_be_fetched(tmp_path: Path) -> None:
    """All of it, in order."""
    uploads = Uploads(tmp_path)
    assert asyncio.run(uploads.take(REF, parts(3, 4))) == 7
    assert asyncio.run(uploads.fetch(REF)) == b"x" * 7
    assert uploads.size(REF) == 7


def test_sending_again_takes_the_place_of_the_first(tmp_path: Path) -> None:
    """After a lost connection the browser sends the same file once more."""
    uploads = Uploads(tmp_path)
    asyncio.run(uploads.take(REF, parts(3)))
    asyncio.run(uploads.take(REF, parts(5)))
    assert [path.name for path in tmp_path.iterdir()] == [REF]
    assert uploads.size(REF) == 5


def test_a_file_that_broke_off_leaves_nothing(tmp_path: Path) -> None:
    """Half a photo is no photo."""
    uploads = Uploads(tmp_path)
    with pytest.raises(ConnectionResetError):
        asyncio.run(uploads.take(REF, parts(3, broken=True)))
    assert list(tmp_path.iterdir()) == []
    assert uploads.size(REF) is None


def test_a_file_that_is_too_big_leaves_nothing(tmp_path: Path) -> None:
    """It is refused while it comes in, and never stored whole."""
    uploads = Uploads(tmp_path)
    with pytest.raises(TooBig):
        asyncio.run(uploads.take(REF, parts(LARGEST, 1)))
    assert list(tmp_path.iterdir()) == []


def test_nobody_can_send_for_ever(tmp_path: Path) -> None:
    """An endless stream is cut off."""

    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b"x" * 10_000_000

    with pytest.raises(TooBig):
        asyncio.run(Uploads(tmp_path).take(REF, endless()))


@pytest.mark.parametrize("ref", ["", "../secret", "a" * 63, "/etc/passwd", "A" * 64, REF + "\n", REF + "/x"])
def test_a_name_of_another_shape_leads_nowhere(tmp_path: Path, ref: str) -> None:
    """Only names that we gave ourselves."""
    (tmp_path / "secret").write_text("x")
    with pytest.raises(Nowhere):
        asyncio.run(Uploads(tmp_path / "incoming").fetch(ref))


def test_the_same_file_of_somebody_else_has_another_name() -> None:
    """Nobody can announce what another person sent."""
    assert ref_of("web:abc", "file1") != ref_of("web:abd", "file1")
    assert ref_of("web:abc", "file1") == REF


def test_old_files_are_swept(tmp_path: Path) -> None:
    """What was sent stays a week: until then it was prepared, or never announced."""
    uploads, other = Uploads(tmp_path), ref_of("web:abc", "file2")
    for ref, age in ((REF, KEPT_FOR + 60), (other, KEPT_FOR - 60)):
        asyncio.run(uploads.take(ref, parts(3)))
        sent_at = (tmp_path / ref).stat().st_mtime - age
        os.utime(tmp_path / ref, (sent_at, sent_at))
    uploads.sweep()
    assert uploads.size(REF) is None
    assert uploads.size(other) == 3


def test_sweeping_does_not_mind_what_comes_in_meanwhile(tmp_path: Path) -> None:
    """Several photos at once: each gets its own name while the others sweep."""
    uploads, refs = Uploads(tmp_path), [ref_of("web:abc", f"file{n}") for n in range(300)]

    async def story() -> None:
        async def sent(ref: str) -> None:
            await uploads.take(ref, parts(3))
            await asyncio.to_thread(uploads.sweep)

        await asyncio.gather(*map(sent, refs))

    asyncio.run(story())
    assert {uploads.size(ref) for ref in refs} == {3}
