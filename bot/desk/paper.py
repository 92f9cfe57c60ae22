"""From what the desk knows to HTML: pure. Every word passes through autoescape."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import Response

from bot.desk.words import PAGE
from flows.engine.phrases import Text
from locales.speaker import Speaker

HERE: Final = Path(__file__).parent
STATIC: Final = HERE / "static"


@cache
def static_url(name: str) -> str:
    """The address of a file of the pages; it changes with the content."""
    digest = sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/desk/static/{name}?v={digest}"


@cache
def templates() -> Environment:
    """The templates, compiled once."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["static"] = static_url
    return environment


class Paper:
    """Writes pages in the language of one agent."""

    def __init__(self, language: str, time_zone: str, today: datetime.date) -> None:
        self._speaker = Speaker(language, time_zone, today)
        self._words = {name: self._speaker.say(phrase) for name, phrase in PAGE.items()}

    def say(self, text: Text) -> str:
        """The text in words, still to be escaped."""
        return self._speaker.say(text)

    def page(self, name: str, values: Mapping[str, Any], status: int = 200) -> Response:
        """A whole page."""
        html = (
            templates()
            .get_template(name)
            .render({**values, "words": self._words, "t": self.say, "locale": self._speaker.language})
        )
        return Response(html, status, media_type="text/html")
