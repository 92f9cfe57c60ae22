"""What comes from elsewhere is read into shapes, by several threads."""

from __future__ import annotations

import subprocess
import sys

import msgspec
import pytest
from msgspec import Struct

from bot.shapes import reader

MANY_AT_ONCE = """
import sys, threading
from msgspec import defstruct
from bot.shapes import reader

sys.setswitchinterval(1e-6)
for number in range(100):
    inner = defstruct("Inner", [(f"field{n}", int | None, None) for n in range(20)])
    outer = defstruct("Outer", [(f"inner{n}", inner | None, None) for n in range(5)])
    read, begin = reader(outer), threading.Barrier(2)

    def both():
        begin.wait()
        assert read({"inner4": {"field19": 1}}).inner4.field19 == 1

    threads = [threading.Thread(target=both) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
"""


class Shape(Struct, frozen=True):
    number: int


def test_two_threads_read_a_shape_that_nobody_read_before() -> None:
    """A process of its own: when this goes wrong it ends with a signal."""
    ended = subprocess.run([sys.executable, "-c", MANY_AT_ONCE], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_what_does_not_fit_is_refused() -> None:
    read = reader(Shape)
    assert read({"number": 1}) == Shape(1)
    with pytest.raises(msgspec.ValidationError):
        read({"number": "one"})
