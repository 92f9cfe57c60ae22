"""What may be asked of the Web API: the methods that we use, their values, who may call them.

Written down from the public reference; a call that is not in here is a call that nobody has looked up.
"""

from __future__ import annotations

import re
from typing import Any, Final

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from tests.bot.channels.slack import rules

Values = dict[str, Any]

BY_APP: Final = {"apps.connections.open"}
"""With the token of the app; all others with that of the bot."""
READING: Final = {"files.getUploadURLExternal", "users.info", "conversations.info", "auth.test"}
"""They take a form; what is in JSON they do not see."""
METHODS: Final[dict[str, dict[str, str]]] = {
    "apps.connections.open": {},
    "auth.test": {},
    "users.info": {"user": "word!", "include_locale": "flag"},
    "chat.postMessage": {
        "channel": "word!",
        "text": "word!",
        "blocks": "blocks",
        "thread_ts": "moment",
        "unfurl_links": "flag!",
        "unfurl_media": "flag!",
    },
    "chat.postEphemeral": {
        "channel": "word!",
        "user": "word!",
        "text": "word!",
        "blocks": "blocks!",
        "thread_ts": "moment",
    },
    "chat.update": {"channel": "word!", "ts": "moment!", "text": "word!", "blocks": "blocks!"},
    "conversations.info": {"channel": "word!"},
    "conversations.open": {"users": "word!"},
    "files.getUploadURLExternal": {"filename": "word!", "length": "word!", "alt_txt": "word"},
    "files.completeUploadExternal": {
        "files": "blocks!",
        "channel_id": "word!",
        "initial_comment": "word",
        "thread_ts": "moment",
    },
    "views.open": {"trigger_id": "word!", "view": "view!"},
    "views.update": {"view_id": "word", "external_id": "word", "hash": "word", "view": "view!"},
    "views.publish": {"user_id": "word!", "view": "view!", "hash": "word"},
}
PINGS: Final = re.compile(r"<(?:[@#!][^>]*|[^>|]*\|[^>]*|https?:[^>]*)>")
"""What Slack reads as a ping or as a link with a name, in words that it looks for marks in."""


class Refused(Exception):
    """Slack says no. `ours`: that is our own fault, and never part of a story."""

    def __init__(self, error: str, about: str = "", *, ours: bool = False) -> None:
        super().__init__(f"{error}: {about}" if about else error)
        self.error = error
        self.ours = ours


def wrong(error: str, about: str) -> Refused:
    """We did something that nobody may do."""
    return Refused(error, about, ours=True)


def checked(method: str, values: Values, *, as_json: bool) -> Values:
    """What the method sees of these values. Raises Refused."""
    if method not in METHODS:
        raise wrong("unknown_method", method)
    if as_json and method in READING and values:
        raise wrong("invalid_arguments", f"{method} takes a form")
    fields = METHODS[method]
    for name in values:
        if name not in fields:
            raise wrong("invalid_arguments", f"{method}: {name!r} is not known")
    for name, kind in fields.items():
        if name in values:
            _fits(f"{method}.{name}", values[name], kind.rstrip("!"))
        elif kind.endswith("!"):
            raise wrong("invalid_arguments", f"{method}: {name!r} is missing")
    if method.startswith("chat."):
        _message(values)
    return values


def _fits(what: str, value: Any, kind: str) -> None:
    match kind:
        case "word":
            fits = isinstance(value, str) and value != ""
        case "moment":
            fits = isinstance(value, str) and bool(re.fullmatch(r"\d+\.\d{6}", value))
        case "flag":
            fits = isinstance(value, bool) or value in ("true", "false", "0", "1")
        case "blocks":
            fits = isinstance(value, list)
        case _:
            fits = isinstance(value, dict)
    if not fits:
        raise wrong("invalid_arguments", f"{what}: {kind} expected")


def _message(values: Values) -> None:
    """A message is within the limits, its words say the same as its blocks and ping nobody."""
    if found := PINGS.search(values["text"]):
        raise wrong("ping", found[0])
    if values.get("unfurl_links") or values.get("unfurl_media"):
        raise wrong("unfurls", "what is behind links")
    if "blocks" not in values:
        return
    try:
        rules.message(values["text"], values["blocks"])
        for block in Block.parse_all(values["blocks"]):
            block.validate_json()
    except Exception as problem:
        raise wrong("invalid_blocks", f"{problem} in {values['blocks']}") from None


def checked_view(view: Values) -> None:
    """A modal or a Home is within the limits. Raises Refused."""
    try:
        rules.home(view) if view.get("type") == "home" else rules.view(view)
        View(**view).validate_json()
    except Exception as problem:
        raise wrong("invalid_arguments", f"{problem} in {view}") from None
