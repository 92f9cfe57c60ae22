"""`python -m locales.extract` brings the `.po` files in line with the phrases in the source."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from locales import catalogs

ROOT: Final = Path(__file__).parent.parent
SOURCES: Final = ("flows", "bot", "storage", "locales")
KEYWORDS: Final = {"_": None, "n_": (1, 2)}
HEADER: Final = """\
# Solardesk. The English is the source. Run `python -m locales.extract` after changing a phrase.
msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms}\\n"

"""

Messages = dict[tuple[str, str], set[str]]
"""English sentences with their plural (empty: they do not count), and the files they are in."""


def messages(root: Path = ROOT, sources: Iterable[str] = SOURCES) -> Messages:
    """Every phrase in the source."""
    found: Messages = {}
    for folder in sources:
        extracted = extract_from_dir(
            root / folder, [("**.py", "python")], keywords=KEYWORDS, comment_tags=(), strip_comment_tags=True
        )
        for name, _line, msgid, _comments, _context in extracted:
            key = (msgid, "") if isinstance(msgid, str) else (msgid[0], msgid[1])
            found.setdefault(key, set()).add(f"{folder}/{name}")
    return found


def updated(language: str, found: Messages, folder: Path = catalogs.FOLDER) -> str:
    """The `.po` text of a language with exactly these phrases; what was translated stays so.

    Nothing is guessed, and no dates, lines or machines are named, so the same source gives the same text.
    English translates itself.
    """
    old = catalogs.read(language, folder)
    new = Catalog(locale=language)
    for (one, many), files in sorted(found.items(), key=lambda entry: (min(entry[1]), entry[0])):
        msgid = (one, many) if many else one
        known = old.get(one)
        kept = known if known and known.pluralizable == bool(many) else None
        new.add(
            msgid,
            msgid if language == "en" else kept.string if kept else None,
            locations=[(name, 0) for name in sorted(files)],
            flags=kept.flags & {"fuzzy"} if kept else (),
            user_comments=kept.user_comments if kept else (),
        )
    text = BytesIO()
    write_po(text, new, width=100, omit_header=True, include_lineno=False)
    return HEADER.format(language=language, plural_forms=new.plural_forms) + text.getvalue().decode()


def main() -> None:
    """Write the files and say what is left to translate."""
    found = messages()
    for language in catalogs.LANGUAGES:
        text = updated(language, found)
        path = catalogs.po_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        left = sum(1 for message in catalogs.read(language) if message.id and not catalogs.forms(message))
        print(f"{language}: {len(found)} phrases, {left} not translated")


if __name__ == "__main__":
    main()
