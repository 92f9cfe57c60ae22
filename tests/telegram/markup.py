"""Telegram's HTML, read as strictly as the service reads it, with the same complaints."""

from __future__ import annotations

import re
from typing import Any

from tests.telegram.refusals import broken

KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_entity = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(lt|gt|amp|quot));")
_tag = re.compile(
    r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)"
    r"(?P<attributes>(?:\s+[A-Za-z-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?)*)\s*>"
)
_attribute = re.compile(r"([A-Za-z-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")

Found = tuple[str, list[dict[str, Any]]]


def utf16(text: str) -> int:
    """The length as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse(html: str) -> Found:
    """The plain text and its entities. Raises Refused with the words of the service."""
    text, place = "", 0
    open_: list[tuple[str, int, dict[str, str]]] = []
    entities: list[dict[str, Any]] = []
    while place < len(html):
        if html[place] != "<":
            end = html.find("<", place)
            end = len(html) if end < 0 else end
            text += _unescaped(html[place:end])
            place = end
            continue
        found = _tag.match(html, place)
        if found is None:
            raise _complaint(
                "Unclosed start tag" if "/" not in html[place : place + 2] else "Unclosed end tag",
                html,
                place,
            )
        name = found["name"].lower()
        if found["close"]:
            entities += _closed(name, open_, text, html, place)
        else:
            if name not in KINDS:
                raise _complaint(f'Unsupported start tag "{name}"', html, place)
            open_.append((name, utf16(text), _attributes(found["attributes"])))
        place = found.end()
    if open_:
        raise broken(
            f"can't parse entities: Can't find end tag corresponding to start tag \"{open_[-1][0]}\""
        )
    return text, sorted(entities, key=lambda each: (each["offset"], -each["length"]))


def _closed(
    name: str, open_: list[tuple[str, int, dict[str, str]]], text: str, html: str, place: int
) -> list[dict[str, Any]]:
    if not open_:
        raise _complaint("Unexpected end tag", html, place)
    opened, start, attributes = open_.pop()
    if opened != name:
        at = len(html[:place].encode())
        raise broken(
            f"can't parse entities: Unmatched end tag at byte offset {at},"
            f' expected "</{opened}>", found "</{name}>"'
        )
    length = utf16(text) - start
    if not length:
        return []
    entity: dict[str, Any] = {"type": KINDS[name], "offset": start, "length": length}
    if name == "a":
        if not re.match(r"(https?|tg|tel|mailto):", attributes.get("href", "")):
            return []  # the service shows the words and forgets the link
        entity["url"] = attributes["href"]
    return [entity]


def _attributes(text: str) -> dict[str, str]:
    return {
        name.lower(): _unescaped(quoted or single or bare)
        for name, quoted, single, bare in _attribute.findall(text)
    }


def _unescaped(text: str) -> str:
    def one(found: re.Match[str]) -> str:
        decimal, hexadecimal, name = found.groups()
        if name:
            return ENTITIES[name]
        code = int(decimal) if decimal else int(hexadecimal, 16)
        return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else found[0]

    return _entity.sub(one, text)


def _complaint(what: str, html: str, place: int) -> Exception:
    return broken(f"can't parse entities: {what} at byte offset {len(html[:place].encode())}")
