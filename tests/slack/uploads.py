"""Files that the app hands out: it asks for a place, brings the bytes there, and shows them in a room."""

from __future__ import annotations

import itertools
from typing import Any

from tests.slack.methods import wrong


class Uploads:
    """Files on their way, and those that were shown."""

    def __init__(self) -> None:
        self.contents: dict[str, bytes] = {}
        self._asked: dict[str, dict[str, Any]] = {}
        self._count = itertools.count(1)

    def ticket(self, values: dict[str, Any], url: str) -> dict[str, Any]:
        """Where the bytes are to be brought."""
        id = f"FUP{next(self._count)}"
        self._asked[id] = values
        return {"upload_url": f"{url}/upload/{id}", "file_id": id}

    def bring(self, id: str, content: bytes) -> bool:
        """The bytes; whether they are those that were announced."""
        fits = id in self._asked and str(len(content)) == self._asked[id]["length"]
        if fits:
            self.contents[id] = content
        return fits

    def shown(self, named: dict[str, Any]) -> dict[str, Any]:
        """A file as a message shows it. Raises Refused."""
        if set(named) - {"id", "title"} or named.get("id") not in self.contents:
            raise wrong("file_not_found", str(named))
        asked = self._asked[named["id"]]
        return {"id": named["id"], "name": asked["filename"], "alt_txt": asked.get("alt_txt", "")}
