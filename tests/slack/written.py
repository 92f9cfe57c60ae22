"""Messages and modals as Markdown, for people to read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.slack.rooms import Block, Message, pressed_in

STYLES = {"bold": "**{}**", "italic": "*{}*", "code": "`{}`"}


def message(shown: Message) -> str:
    """A message, quoted; one that was changed in place says so."""
    lines = ["*(changed)*"] if shown.edited else []
    lines += [line for block in shown.blocks for line in written(block)]
    lines += [": ".join(filter(None, (file["name"], file["alt_txt"]))) for file in shown.files]
    return quoted(lines if shown.blocks else [*lines, *shown.text.splitlines()])


def view(shown: dict[str, Any], errors: dict[str, str]) -> str:
    """A modal, quoted: its title, its fields with what stands in them at first, and how it is sent in."""
    lines = [f"**{shown['title']['text']}**", ""]
    for block in shown["blocks"]:
        lines += written(block)
        if block.get("block_id") in errors:
            lines.append(f"⚠ {errors[block['block_id']]}")
    lines += ["", " ".join(f"[{shown[name]['text']}]" for name in ("close", "submit") if name in shown)]
    return quoted(lines)


def quoted(lines: list[str]) -> str:
    """Lines under each other, marked as the bot's."""
    return "\n".join(f"> {line}  " if line else ">" for line in lines) + "\n"


def written(block: Block) -> Iterator[str]:
    """One block, line by line."""
    match block["type"]:
        case "rich_text":
            elements = [element for section in block["elements"] for element in section["elements"]]
            yield from "".join(map(_styled, elements)).split("\n")
        case "actions":
            yield " ".join(map(pressable, block["elements"]))
        case "section":
            words = [field["text"] for field in (*block.get("fields", ()), block.get("text")) if field]
            beside = [pressable(element) for element in pressed_in([block])]
            title, *values = " ".join(words[1:]).split("\n") if len(words) > 1 else words
            yield " ".join([f"*{words[0]}*: {title}" if len(words) > 1 else title, *beside])
            yield from values
        case "input":
            yield from _input(block)


def pressable(element: Block) -> str:
    """A button in brackets, a list with what can be chosen from it."""
    if element["type"] == "button":
        return f"[{element['text']['text']}]"
    return f"[{element['placeholder']['text']} ▾ {' | '.join(map(option, element['options']))}]"


def option(shown: Block) -> str:
    """An entry, with what is said beside it."""
    beside = f" ({shown['description']['text']})" if "description" in shown else ""
    return f"{shown['text']['text']}{beside}"


def _styled(element: Block) -> str:
    text = element["text"]
    for style in element.get("style", {}):
        text = "\n".join(STYLES[style].format(part) if part.strip() else part for part in text.split("\n"))
    return str(text)


def _input(block: Block) -> Iterator[str]:
    must = "" if block.get("optional") else " (needed)"
    yield f"**{block['label']['text']}**{must}"
    yield f"[{_field(block['element'])}]"
    if "hint" in block:
        yield f"*{block['hint']['text']}*"


def _field(element: Block) -> str:
    """What stands in a field at first, and what can be chosen."""
    match element["type"]:
        case "plain_text_input":
            return str(element.get("initial_value", "…")).replace("\n", " ⏎ ")
        case "file_input":
            return "📎 …"
        case "external_select":
            return f"{element['placeholder']['text']} 🔍"
    known = element.get("initial_options", [element.get("initial_option")])
    ticked, empty = ("◉", "○") if element["type"] == "radio_buttons" else ("☑", "☐")
    shown = " | ".join(f"{ticked if each in known else empty} {option(each)}" for each in element["options"])
    return f"{element['placeholder']['text']} ▾ {shown}" if "placeholder" in element else shown
