"""The translations as files: one `.po` per language, read as it is, with no compile step."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

LANGUAGES: Final = ("nl", "fr", "en")
FOLDER: Final = Path(__file__).parent


def po_path(language: str, folder: Path = FOLDER) -> Path:
    """Where the translations of a language are kept."""
    return folder / language / "LC_MESSAGES" / "solardesk.po"


def read(language: str, folder: Path = FOLDER) -> Catalog:
    """The translations of a language; an empty catalog when there is no file yet."""
    path = po_path(language, folder)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def forms(message: Message | None) -> tuple[str, ...]:
    """The translated forms, one per plural; none when one is missing or the translation is only a guess."""
    if message is None or message.fuzzy or not message.string:
        return ()
    found = (message.string,) if isinstance(message.string, str) else tuple(message.string)
    return found if all(found) else ()
