"""Files are looked at before the turn, and the person is never left without an answer."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec import structs
from sqlalchemy import Connection, text

from bot.apart import PROCESSES
from bot.ports import Nowhere, RawFile, Unavailable
from bot.prepare import FAULT_SECONDS, Prepare, Workers
from bot.sniff import LARGEST
from flows.engine.data import File
from flows.engine.outputs import Capabilities, Say
from storage import attachments
from tests.bot.fakes import LOOKING, FakeChannel, RealClock, World, said, sent
from tests.bot.test_sniff import bomb, picture
from tests.labels.printed import Shot, label, photographed, saved

PART = ("800-00555-r03", "Code 128")


def raw(ref: str, size: int = 0, kind: str = "image") -> RawFile:
    return RawFile(ref, f"{ref}.jpg", kind, size)


def kept(connection: Connection) -> list[tuple[str, str, int]]:
    rows = connection.execute(text("SELECT id, name, size FROM attachments"))
    return [(row.id, row.name, row.size) for row in rows]


def test_a_photo_is_kept_clean_and_the_turn_gets_its_id(database: str, tmp_path: Path) -> None:
    """The bytes are on disk under the id; a text sent after it is answered after it."""
    world = World(database, tmp_path)
    world.channel.bytes["p"] = picture()

    async def story() -> list[tuple[str, str, int]]:
        await world.runner.receive(sent("1", raw("p")))
        await world.runner.receive(said("2", "after"))
        await world.until(lambda: len(world.channel.answers("a")) == 2)
        return await world.uow.read(kept)

    [(id, name, size)] = world.play(story)
    assert name == "p.jpg"
    assert world.folder.path(id).stat().st_size == size
    assert world.channel.answers("a") == ["1: [('image', '')]", "2: after"]


def test_each_file_of_a_message_is_judged_by_itself(database: str, tmp_path: Path) -> None:
    """Bad ones are told apart, the good ones are kept."""
    world = World(database, tmp_path)
    world.channel.bytes |= {
        "good": picture(),
        "svg": b"<svg/>",
        "text": b"hello",
        "bomb": bomb(30_000, 30_000),
        "cut": picture(size=(2000, 2000))[:2000],
        "pdf": b"%PDF-1.4",
    }
    world.channel.faults["gone"] = [Nowhere()]
    world.channel.faults["odd"] = [ValueError("a bug")]
    refs = ("good", "svg", "text", "bomb", "cut", "gone", "odd", "pdf")

    async def story() -> int:
        await world.runner.receive(sent("1", *map(raw, refs), raw("huge", LARGEST + 1)))
        await world.until(lambda: world.channel.answers("a"))
        return len(await world.uow.read(kept))

    assert world.play(story) == 2
    problems = ["", "kind", "kind", "too_big", "not_readable", "out_of_reach", "not_readable", "", "too_big"]
    kinds = ["image"] * 7 + ["document", "image"]
    assert world.channel.answers("a") == [f"1: {list(zip(kinds, problems, strict=True))}"]


class Narrow(FakeChannel):
    """A platform that hands out small files only."""

    capabilities = Capabilities(largest_mb=1)


def test_what_the_platform_does_not_hand_out_is_not_asked_for(database: str, tmp_path: Path) -> None:
    """It said how large the file is."""
    world = World(database, tmp_path, channel=Narrow())
    world.channel.faults["big"] = [AssertionError("it was asked for")]

    async def story() -> None:
        await world.runner.receive(sent("1", raw("big", 1024 * 1024 + 1)))
        await world.until(lambda: world.channel.heard("a"))

    world.play(story)
    assert world.channel.heard("a") == ["1: [('image', 'too_big')]"]
    assert world.channel.faults["big"]


def test_a_channel_that_is_away_for_a_moment_is_asked_again(database: str, tmp_path: Path) -> None:
    """The person sees progress meanwhile, and others are not held up."""
    world = World(database, tmp_path, clock=RealClock())
    world.channel.bytes["p"] = picture()
    world.channel.faults["p"] = [Unavailable(), ConnectionError()]
    there = world.channel.hold("p")

    async def story() -> None:
        await world.runner.receive(sent("1", raw("p")))
        await world.runner.receive(said("2", "hi", "b"))
        await world.until(lambda: world.channel.heard("b"))
        await world.until(lambda: world.channel.heard("a"))
        there.set()
        await world.until(lambda: len(world.channel.sent) == 3)

    world.play(story)
    progress, answer = [each.output for each in world.channel.sent if each.conversation == "a"]
    assert progress == Say((LOOKING,))
    assert answer == Say(("1: [('image', '')]",))


def test_an_album_that_takes_long_is_spoken_of_once(database: str, tmp_path: Path) -> None:
    """Not once per photo."""
    world = World(database, tmp_path, clock=RealClock())
    for ref in ("p", "q"):
        world.channel.bytes[ref] = picture()
        world.channel.faults[ref] = [Unavailable(), Unavailable()]

    async def story() -> None:
        for ref in ("p", "q"):
            await world.runner.receive(structs.replace(sent(ref, raw(ref)), album="7"))
        await world.until(lambda: len(world.channel.heard("a")) >= 2)

    world.play(story)
    assert world.channel.heard("a").count(LOOKING) == 1


def test_a_file_that_takes_too_long_is_answered_without_it(database: str, tmp_path: Path) -> None:
    """The flow asks again; those that were quick enough are kept."""
    world = World(database, tmp_path)
    world.channel.bytes |= {"p": picture(), "slow": picture()}
    world.channel.hold("slow")
    prepare = world.runner._prepare = Prepare(
        world.uow,
        world.clock,
        {"test": world.channel},
        world.folder,
        lambda: world.runner._wake("drain"),
        world.runner._prepare._devices,
        time_zone="",
        progress_after=600,
        at_most=5,
    )

    async def story() -> int:
        await prepare._workers.look(picture(), "image")  # starting a worker is not what takes long here
        await world.runner.receive(sent("1", raw("p"), raw("slow")))
        await world.until(lambda: world.channel.sent)
        return len(await world.uow.read(kept))

    assert world.play(story) == 1
    assert world.channel.heard("a") == ["1: [('image', ''), ('image', 'slow')]"]


def test_a_disk_that_fails_is_tried_again_without_haste(
    database: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The message waits, and is answered when the disk is there again."""
    world = World(database, tmp_path)
    world.channel.bytes["p"] = picture()
    folder = tmp_path / "attachments"

    def tries() -> list[float]:
        failed = "input 1 not prepared: FileNotFoundError"
        return [record.created for record in caplog.records if failed in record.getMessage()]

    async def story() -> None:
        folder.rmdir()
        await world.runner.receive(sent("1", raw("p")))
        await world.until(lambda: len(tries()) == 2)
        folder.mkdir()
        await world.until(lambda: world.channel.answers("a"))

    world.play(story)
    first, second, *_ = tries()
    assert second - first > FAULT_SECONDS / 2
    assert world.channel.answers("a") == ["1: [('image', '')]"]


def test_files_without_a_row_are_swept_at_the_start(database: str, tmp_path: Path) -> None:
    """Those with a row stay."""
    world = World(database, tmp_path)
    orphan, _sha = world.folder.keep(b"orphan")
    mine, sha = world.folder.keep(b"mine")
    attachment = attachments.Attachment(mine, "a", "x", "image", "image/png", 4, sha)

    async def story() -> set[str]:
        return world.folder.names()

    async def before() -> None:
        await world.uow.write(lambda connection: attachments.add(connection, attachment, world.clock.now()))

    asyncio.run(before())
    assert world.play(story) == {mine}
    assert not world.folder.path(orphan).exists()


def prepared(connection: Connection) -> list[File]:
    """The files of the inputs, as the turn gets them."""
    rows = connection.execute(text("SELECT prepared FROM inbox ORDER BY id")).scalars()
    return [file for row in rows if row for file in msgspec.json.decode(row, type=list[File])]


def test_the_serials_of_labels_come_with_their_photos(database: str, tmp_path: Path) -> None:
    """Pressed by the chat, as a file, from an iPhone; the name of the last one says it is a JPEG now."""
    world = World(database, tmp_path)
    bars = photographed(label(("122145001234", "Code 128"), PART), Shot(width=0.4, angle=20))
    square = photographed(label(("3012345678", "QR")), Shot(width=0.2, angle=70, longest=4000))
    world.channel.bytes |= {
        "a": saved(bars),
        "b": saved(square, "PNG"),
        "c": saved(square, "HEIF"),
        "d": saved(label(PART)),
        "e": picture(),
    }
    heic = RawFile("c", "IMG_1.HEIC", "image", 0)

    async def story() -> list[File]:
        await world.runner.receive(sent("1", raw("a"), raw("b"), heic, raw("d"), raw("e")))
        await world.until(lambda: world.channel.answers("a"))
        return await world.uow.read(prepared)

    files = world.play(story)
    assert [(file.name, file.codes, file.label) for file in files] == [
        ("a.jpg", ("122145001234",), True),
        ("b.jpg", ("3012345678",), True),
        ("IMG_1.jpg", ("3012345678",), True),
        ("d.jpg", (), True),
        ("e.jpg", (), False),
    ]


def kill_worker(_content: bytes, _announced: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Watched(ProcessPoolExecutor):
    """A pool that knows which threads handed something over."""

    threads: set[int]

    def submit(self, *args: Any, **values: Any) -> Any:
        self.threads.add(threading.get_ident())
        return super().submit(*args, **values)


def test_no_chat_waits_while_a_worker_starts() -> None:
    """Handing a file over starts one, and that takes as long as it takes."""
    workers, pool = Workers(), Watched(1, mp_context=PROCESSES)
    pool.threads = set()
    workers._pool = pool
    asyncio.run(workers.look(picture(), "image"))
    workers.close()
    assert pool.threads
    assert threading.get_ident() not in pool.threads


@pytest.mark.parametrize("times", [1, 2])
def test_workers_outlive_a_file_that_ends_one(times: int) -> None:
    """They are started again; the next file is looked at as ever."""

    async def story() -> str:
        workers = Workers()
        for _time in range(times):
            with pytest.raises(BrokenProcessPool):
                await asyncio.get_running_loop().run_in_executor(workers._started(), kill_worker, b"", "")
        looked = await workers.look(picture(), "image")
        workers.close()
        return looked.problem

    assert asyncio.run(story()) == ""
