"""The templates of pages, and the addresses of the files beside them."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined


@cache
def templates(here: Path, address: str) -> Environment:
    """The templates of the pages in this folder, compiled once; every word passes through autoescape.

    `static(name)` is where a file of theirs is; it changes with the content, so it may be kept for ever.
    """
    environment = Environment(
        loader=FileSystemLoader(here / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

    @cache
    def static(name: str) -> str:
        return f"{address}/{name}?v={sha256((here / 'static' / name).read_bytes()).hexdigest()[:12]}"

    environment.globals["static"] = static
    return environment
