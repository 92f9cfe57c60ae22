"""What is wrong with the translations; `python -m bot check` shows every line of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from flows.engine.check import button_labels
from flows.engine.language import Flow
from flows.engine.phrases import Phrase
from locales import catalogs, extract
from locales.speaker import gaps_of

BUTTON_CHARS: Final = 24
NUMBER_CHARS: Final = 8
"""A gap in a label is counted as one number of the desk."""

STYLE: Final = (
    ("nl fr en", re.compile(r"!"), "has an exclamation mark"),
    ("nl", re.compile(r"\b(je|jij|jou|jouw|jullie)\b", re.IGNORECASE), "says je; we say u"),
    ("fr", re.compile(r"\b(tu|toi|tes)\b", re.IGNORECASE), "says tu; we say vous"),
    ("fr", re.compile(r"(?<![\u00a0\u202f])[:;?!](?=[\s»]|$)"), "misses a no-break space before : ; ? !"),
    ("fr", re.compile(r"«(?![\u00a0\u202f])|(?<![\u00a0\u202f])»"), "misses a no-break space inside « »"),
)


def problems(
    flows: Mapping[str, Flow], folder: Path = catalogs.FOLDER, root: Path = extract.ROOT
) -> list[str]:
    """Everything that is missing, out of date, against the house style or too long for a button."""
    found = extract.messages(root)
    return [
        *_counted_and_not(found),
        *(
            line
            for language in catalogs.LANGUAGES
            for line in (*_outdated(language, found, folder), *_wrong(language, folder))
        ),
        *too_long(button_labels(tuple(flows.values())), folder=folder),
    ]


def too_long(
    phrases: Iterable[Phrase], limit: int = BUTTON_CHARS, folder: Path = catalogs.FOLDER
) -> list[str]:
    """Labels that do not fit on the narrowest button, in any language."""
    wanted = {phrase.msgid: None for phrase in phrases}
    lines = []
    for language in catalogs.LANGUAGES:
        catalog = catalogs.read(language, folder)
        for msgid in wanted:
            for form in catalogs.forms(catalog.get(msgid)):
                length = len(re.sub(r"\{\w+\}", "0" * NUMBER_CHARS, form))
                if length > limit:
                    lines.append(f"{language}: {form!r} is {length} characters, a button shows {limit}")
    return lines


def _counted_and_not(found: extract.Messages) -> list[str]:
    counted = {one for one, many in found if many}
    return [
        f"{one!r} is used with and without a plural" for one, many in found if not many and one in counted
    ]


def _outdated(language: str, found: extract.Messages, folder: Path) -> list[str]:
    path = catalogs.po_path(language, folder)
    written = path.read_text(encoding="utf-8") if path.exists() else ""
    if written == extract.updated(language, found, folder):
        return []
    return [f"{language}: the translations are out of date; run python -m locales.extract"]


def _wrong(language: str, folder: Path) -> Iterator[str]:
    catalog = catalogs.read(language, folder)
    for message in catalog:
        if not message.id:
            continue
        english = (message.id,) if isinstance(message.id, str) else tuple(message.id)
        forms = catalogs.forms(message)
        if len(forms) != (catalog.num_plurals if message.pluralizable else 1):
            yield f"{language}: {english[0]!r} is not translated"
        for form in forms:
            if any(gaps_of(form) != gaps_of(one) for one in english):
                yield f"{language}: {form!r} does not have the gaps of {english[0]!r}"
            for languages, mistake, complaint in STYLE:
                if language in languages and mistake.search(form):
                    yield f"{language}: {form!r} {complaint}"
