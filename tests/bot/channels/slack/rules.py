"""What Slack takes: the kinds of block we use, their fields and their limits."""

from __future__ import annotations

import re
from html import unescape
from typing import Any, Final

Block = dict[str, Any]

IN_A_MESSAGE: Final = {"rich_text", "actions"}
IN_A_VIEW: Final = {"rich_text", "actions", "section", "input"}
IN_A_HOME: Final = {"header", "section", "actions", "divider", "context"}
PRESSED: Final = {"button", "static_select"}
FILLED: Final = {
    "plain_text_input",
    "external_select",
    "static_select",
    "multi_static_select",
    "radio_buttons",
    "file_input",
}
FIELDS: Final = {
    "button": {"type", "action_id", "text", "value", "url", "style", "confirm", "accessibility_label"},
    "static_select": {"type", "action_id", "placeholder", "options", "initial_option"},
    "multi_static_select": {"type", "action_id", "placeholder", "options", "initial_options"},
    "external_select": {"type", "action_id", "placeholder", "min_query_length"},
    "radio_buttons": {"type", "action_id", "options", "initial_option"},
    "plain_text_input": {"type", "action_id", "multiline", "initial_value"},
    "file_input": {"type", "action_id", "max_files"},
    "rich_text": {"type", "elements"},
    "actions": {"type", "elements"},
    "section": {"type", "block_id", "text", "fields", "accessory"},
    "header": {"type", "text"},
    "divider": {"type"},
    "context": {"type", "elements"},
    "input": {"type", "block_id", "label", "element", "hint", "optional"},
}


def size(text: str) -> int:
    """In UTF-16 units, which is never less than Slack counts."""
    return len(text.encode("utf-16-le")) // 2


def plain(text: Block, longest: int) -> None:
    """Words without marks."""
    assert text["type"] == "plain_text"
    assert text["emoji"] is False
    assert 1 <= size(text["text"]) <= longest
    assert text["text"].strip()


def message(sheet_text: str, blocks: list[Block]) -> None:
    """A message, with the same as words."""
    assert 1 <= size(sheet_text) <= 4000
    assert 1 <= len(blocks) <= 50
    for block in blocks:
        assert block["type"] in IN_A_MESSAGE
        known(block)
    ids = [element["action_id"] for block in blocks for element in pressed_in(block)]
    assert len(ids) == len(set(ids))
    assert same(sheet_text, words_of(blocks)), (sheet_text, words_of(blocks))


def words_of(blocks: list[Block]) -> str:
    """What is read in the blocks, apart from the buttons."""
    return "\n".join(
        "".join(element["text"] for section in block["elements"] for element in section["elements"])
        for block in blocks
        if block["type"] == "rich_text"
    )


def same(text: str, shown: str) -> bool:
    """Whether the words beside the blocks say what the blocks say (UX 32); very long ones are cut,
    and for who is not looking dots stand in the place of names.
    """
    known, seen = unescape(text).replace("\n", ""), shown.replace("\n", "")
    cut = known.endswith("…") and seen.startswith(known[:-1])
    return known == seen or cut or bool(re.fullmatch(".*".join(map(re.escape, known.split("…"))), seen))


def home(shown: Block) -> None:
    """A Home."""
    assert set(shown) <= {"type", "blocks", "private_metadata", "callback_id", "external_id"}
    assert 1 <= len(shown["blocks"]) <= 100
    for block in shown["blocks"]:
        assert block["type"] in IN_A_HOME
        known(block)
    names = [block["block_id"] for block in shown["blocks"] if "block_id" in block]
    assert len(names) == len(set(names))
    for block in shown["blocks"]:
        ids = [element["action_id"] for element in pressed_in(block)]
        assert len(ids) == len(set(ids))


def view(shown: Block) -> None:
    """A modal."""
    assert set(shown) <= {
        "type", "callback_id", "external_id", "private_metadata", "title", "submit", "close",
        "notify_on_close", "blocks",
    }  # fmt: skip
    assert shown["type"] == "modal"
    assert 1 <= len(shown["external_id"]) <= 255
    assert len(shown.get("private_metadata", "")) <= 20
    for name in ("title", "close", "submit"):
        if name in shown:
            plain(shown[name], 24)
    assert 1 <= len(shown["blocks"]) <= 100
    kinds = {block["type"] for block in shown["blocks"]}
    assert kinds <= IN_A_VIEW
    assert "submit" in shown or "input" not in kinds
    names = [block["block_id"] for block in shown["blocks"] if "block_id" in block]
    assert len(names) == len(set(names))
    for block in shown["blocks"]:
        known(block)


def known(block: Block) -> None:
    """A block of a kind that we use, within its limits."""
    assert set(block) <= FIELDS[block["type"]], block
    match block["type"]:
        case "rich_text":
            rich_text(block)
        case "actions":
            assert 1 <= len(block["elements"]) <= 25
            for element in block["elements"]:
                assert element["type"] in PRESSED
                pressable(element)
        case "header":
            plain(block["text"], 150)
        case "context":
            assert 1 <= len(block["elements"]) <= 10
            for element in block["elements"]:
                plain(element, 2000)
        case "section":
            section(block)
        case "input":
            assert 1 <= len(block["block_id"]) <= 255
            plain(block["label"], 2000)
            if "hint" in block:
                plain(block["hint"], 2000)
            assert block["element"]["type"] in FILLED
            fillable(block["element"])


def section(block: Block) -> None:
    """Words, or pairs of them, with something to press beside them."""
    assert "text" in block or 1 <= len(block["fields"]) <= 10
    if "text" in block:
        plain(block["text"], 3000)
    for field in block.get("fields", ()):
        plain(field, 2000)
    if "accessory" in block:
        pressable(block["accessory"])


def rich_text(block: Block) -> None:
    """Words with a style, nothing that means something else."""
    total = 0
    for section in block["elements"]:
        assert section["type"] == "rich_text_section"
        assert section["elements"]
        for element in section["elements"]:
            assert set(element) <= {"type", "text", "style", *(["url"] * (element["type"] == "link"))}
            assert element["type"] in ("text", "link")
            assert element.get("url", element["text"]) == element["text"]  # nothing hides where it leads
            assert element.get("url", "https://").startswith(("https://", "http://"))
            assert element["text"]
            assert set(element.get("style", {})) <= {"bold", "italic", "code"}
            total += size(element["text"])
    assert total <= 3000


def pressable(element: Block) -> None:
    """A button, or a list to choose from."""
    assert set(element) <= FIELDS[element["type"]], element
    assert 1 <= len(element["action_id"]) <= 255
    if element["type"] == "button":
        plain(element["text"], 75)
        assert "confirm" in element or element.get("style") != "danger"
        assert len(element.get("value", "")) <= 2000
        assert element.get("url", "https://").startswith("https://")
        assert element.get("style", "primary") in ("primary", "danger")
        assert size(element.get("accessibility_label", "")) <= 75
        if "confirm" in element:
            for name, longest in (("title", 100), ("text", 300), ("confirm", 30), ("deny", 30)):
                plain(element["confirm"][name], longest)
    else:
        options(element)


def fillable(element: Block) -> None:
    """Something to fill in."""
    assert set(element) <= FIELDS[element["type"]], element
    if element["type"] == "plain_text_input":
        assert 1 <= size(element.get("initial_value", "x")) <= 3000
    elif element["type"] == "file_input":
        assert 1 <= element["max_files"] <= 10
    elif element["type"] == "external_select":
        assert element["min_query_length"] == 0
        plain(element["placeholder"], 150)
    else:
        options(element)


def options(element: Block) -> None:
    """What can be chosen; what is chosen already is one of these."""
    most = 10 if element["type"] == "radio_buttons" else 100
    assert 1 <= len(element["options"]) <= most
    for option in element["options"]:
        assert set(option) <= {"text", "value", "description"}
        plain(option["text"], 75)
        assert 1 <= len(option["value"]) <= 75
        if "description" in option:
            plain(option["description"], 75)
    values = [option["value"] for option in element["options"]]
    assert len(values) == len(set(values))
    if "placeholder" in element:
        plain(element["placeholder"], 150)
    first = element.get(
        "initial_options", [element["initial_option"]] if "initial_option" in element else None
    )
    if first is not None:
        assert first
        assert all(option in element["options"] for option in first)


def pressed_in(block: Block) -> list[Block]:
    """What can be pressed in a block."""
    return [*block.get("elements", []), *([block["accessory"]] if "accessory" in block else [])] * (
        block["type"] in ("actions", "section")
    )
