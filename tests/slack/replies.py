"""What an app may say in a confirmation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.bot.channels.slack import rules
from tests.slack.methods import PINGS, checked_view, wrong
from tests.slack.post import Parcel

if TYPE_CHECKING:
    from tests.slack.api import Api

Answer = dict[str, Any]


def check_reply(parcel: Parcel, answer: Answer | None, slack: Api) -> None:
    """Raises Refused."""
    if parcel.is_event:
        if answer:
            raise wrong("invalid_response", "an event is confirmed without words")
    elif parcel.kind == "slash_commands":
        _to_command(answer)
    elif parcel.payload["type"] == "block_suggestion":
        _to_suggestion(answer)
    elif parcel.payload["type"] == "view_submission":
        _to_submission(parcel.payload["view"], answer, slack)
    elif answer:
        raise wrong("invalid_response", str(sorted(answer)))


def _to_command(answer: Answer | None) -> None:
    if answer is None:
        return
    if set(answer) != {"response_type", "text", "blocks"} or answer["response_type"] != "ephemeral":
        raise wrong("invalid_response", f"a command: {sorted(answer)}")
    if not answer["text"].strip() or PINGS.search(answer["text"]):
        raise wrong("invalid_response", "the words of a command")
    try:
        rules.message(answer["text"], answer["blocks"])
    except (AssertionError, KeyError) as problem:
        raise wrong("invalid_response", f"a command: {problem}") from None


def _to_suggestion(answer: Answer | None) -> None:
    if not answer or set(answer) not in ({"options"}, {"option_groups"}):
        raise wrong("invalid_response", "no options")
    groups = answer.get("option_groups", [answer])
    try:
        for group in groups:
            if group["options"]:
                rules.options({"type": "external_select", "options": group["options"]})
            if "label" in group:
                rules.plain(group["label"], 75)
        assert sum(len(group["options"]) for group in groups) <= 100
    except (AssertionError, KeyError) as problem:
        raise wrong("invalid_response", f"options: {problem}") from None


def _to_submission(view: dict[str, Any], answer: Answer | None, slack: Api) -> None:
    match (answer or {"response_action": "clear"}).get("response_action"):
        case "clear":
            return
        case "errors":
            assert answer
            shown = slack.views.get(view["external_id"], {"blocks": []})
            inputs = {block["block_id"] for block in shown["blocks"] if block["type"] == "input"}
            if not answer["errors"] or not set(answer["errors"]) <= inputs:
                raise wrong("invalid_response", f"errors at {sorted(answer['errors'])}")
            if not all(text.strip() for text in answer["errors"].values()):
                raise wrong("invalid_response", "an error without words")
        case "update" | "push":
            assert answer
            checked_view(answer["view"])
        case other:
            raise wrong("invalid_response", str(other))
