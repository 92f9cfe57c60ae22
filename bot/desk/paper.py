"""From what the desk knows to HTML: pure. Every word passes through autoescape."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from starlette.responses import Response

from bot.desk.words import PAGE
from bot.html import templates
from flows.engine.phrases import Text
from locales.speaker import Speaker

HERE: Final = Path(__file__).parent
STATIC: Final = HERE / "static"


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
            templates(HERE, "/desk/static")
            .get_template(name)
            .render({**values, "words": self._words, "t": self.say, "locale": self._speaker.language})
        )
        return Response(html, status, media_type="text/html")
