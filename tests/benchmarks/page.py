"""The tables in docs/benchmarks.md, each between its own two marks."""

from __future__ import annotations

import os
import platform
import time
from pathlib import Path

PAGE = Path("docs/benchmarks.md")


def conditions() -> str:
    """What it was measured on."""
    day, cores, load = time.strftime("%d %b %Y"), os.cpu_count(), os.getloadavg()[0]
    python = platform.python_version()
    return f"{day}, Python {python}, {cores} cores, load of the machine at the end {load:.1f}.\n\n"


def write(name: str, table: str) -> None:
    """Print a table and put it in its place on the page."""
    table = conditions() + table
    print(table)
    if PAGE.exists():
        begin, end = f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->\n"
        before, _, rest = PAGE.read_text().partition(begin)
        _, _, after = rest.partition(end)
        PAGE.write_text(before + begin + table + end + after)
