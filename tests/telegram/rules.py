"""The methods and types of the Bot API that we use, and whether a call keeps to them.

`methods.json` has their names, types and what is required (a trimmed table of the public documentation).
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

from tests.telegram.refusals import Refused, broken

TABLE: Final = json.loads((Path(__file__).parent / "methods.json").read_text())
METHODS: Final[dict[str, dict[str, str]]] = TABLE["methods"]
TYPES: Final[dict[str, dict[str, str]]] = TABLE["types"]
UNIONS: Final[dict[str, list[str]]] = TABLE["unions"]

PARSE_MODES: Final = {"HTML"}
"""We use no other."""
ACTIONS: Final = {"typing", "upload_photo", "upload_document", "find_location"}
MOST_BUTTONS: Final = 100
MOST_IN_A_ROW: Final = 8


class Upload(bytes):
    """A file that came with a call."""

    name = ""


def checked(method: str, given: dict[str, Any]) -> dict[str, Any]:
    """The parameters with their real types. Raises Refused."""
    if method not in METHODS:
        raise Refused(404, "Not Found", ours=True)
    fields = METHODS[method]
    _known(method, given, fields)
    params = {
        name: _value(f"{method}.{name}", _decoded(value, fields[name]), fields[name])
        for name, value in given.items()
    }
    _limits(params)
    return params


def _known(what: str, given: dict[str, Any], fields: dict[str, str]) -> None:
    for name in given:
        if name not in fields:
            raise broken(f'{what}: unknown field "{name}"')
    for name, kind in fields.items():
        if kind.endswith("!") and name not in given:
            raise broken(f'{what}: parameter "{name}" is required')


def _decoded(value: Any, kind: str) -> Any:
    """A form carries everything as text; objects and arrays in it are JSON."""
    kinds = kind.rstrip(" !").split(" | ")
    if isinstance(value, str) and "Integer" in kinds and re.fullmatch(r"-?\d+", value):
        return int(value)
    if not isinstance(value, str) or kinds == ["Integer"] or "String" in kinds:
        return value
    if kinds == ["Boolean"]:
        return {"true": True, "false": False}.get(value.lower(), value)
    try:
        return json.loads(value)
    except ValueError:
        raise broken("object expected as JSON") from None


def _value(what: str, value: Any, kind: str) -> Any:
    for one in kind.rstrip(" !").split(" | "):
        if _fits(what, value, one):
            return value
    raise broken(f"{what}: {kind.rstrip(' !')} expected")


def _fits(what: str, value: Any, kind: str) -> bool:
    if kind.startswith("Array of "):
        inner = kind.removeprefix("Array of ")
        return isinstance(value, list) and all(_fits(f"{what}[]", item, inner) for item in value)
    if kind in UNIONS:
        return any(_is(value, one) and _fits(what, value, one) for one in UNIONS[kind])
    if kind in TYPES:
        return _fits_object(what, value, kind)
    match kind:
        case "Integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "String":
            return isinstance(value, str)
        case "Boolean":
            return isinstance(value, bool)
        case "Float":
            return isinstance(value, int | float)
        case _:
            return isinstance(value, Upload)


def _is(value: Any, kind: str) -> bool:
    """Of several types, the one that has the fields."""
    return isinstance(value, dict) and set(value) <= set(TYPES[kind]) and _has_required(value, kind)


def _has_required(value: dict[str, Any], kind: str) -> bool:
    return all(name in value for name, of in TYPES[kind].items() if of.endswith("!"))


def _fits_object(what: str, value: Any, kind: str) -> bool:
    if not isinstance(value, dict) or not (_has_required(value, kind)):
        return False
    _known(f"{what} ({kind})", value, TYPES[kind])
    return all(_value(f"{what}.{name}", item, TYPES[kind][name]) is item for name, item in value.items())


def _limits(params: dict[str, Any]) -> None:
    """The limits that are the same for every method."""
    if "parse_mode" in params and params["parse_mode"] not in PARSE_MODES:
        raise broken("unsupported parse_mode")
    if "action" in params and params["action"] not in ACTIONS:
        raise broken("wrong parameter action in request")
    if "reply_markup" in params:
        keyboard(params["reply_markup"])


def keyboard(markup: dict[str, Any]) -> None:
    """An inline keyboard keeps to the limits. Raises Refused."""
    rows = markup.get("inline_keyboard", markup.get("keyboard", []))
    buttons = [button for row in rows for button in row]
    if len(buttons) > MOST_BUTTONS or any(len(row) > MOST_IN_A_ROW for row in rows):
        raise broken("reply markup is too long")
    for button in buttons:
        if not button["text"].strip():
            raise broken("inline keyboard button text must be non-empty")
        if "inline_keyboard" in markup:
            _inline(button)


def _inline(button: dict[str, Any]) -> None:
    does = set(button) - {"text", "style", "icon_custom_emoji_id"}
    if len(does) != 1:
        raise broken("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= 64:
        raise broken("BUTTON_DATA_INVALID")
    if "copy_text" in button and not 1 <= len(button["copy_text"]["text"]) <= 256:
        raise broken("BUTTON_COPY_TEXT_INVALID")
    if "url" in button and not re.match(r"(https?|tg)://", button["url"]):
        raise broken("inline keyboard button URL is invalid")


def commands(params: dict[str, Any]) -> None:
    """A command menu keeps to the limits. Raises Refused."""
    if len(params["commands"]) > 100:
        raise broken("too many commands specified")
    for command in params["commands"]:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
            raise broken("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise broken("BOT_COMMAND_DESCRIPTION_INVALID")
    if not re.fullmatch(r"([a-z]{2})?", params.get("language_code", "")):
        raise broken("BOT_COMMAND_LANGUAGE_INVALID")
