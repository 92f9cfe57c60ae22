"""What each method of the Bot API does, when its call keeps to the rules."""

from __future__ import annotations

import json
import re
import time
from typing import TYPE_CHECKING, Any

from tests.telegram import rules
from tests.telegram.chats import Room, blocked, words
from tests.telegram.refusals import QUERY_TOO_OLD, Refused, broken, unlucky

if TYPE_CHECKING:
    from tests.telegram.service import Service

Params = dict[str, Any]


def answer(service: Service, method: str, params: Params) -> Any:
    """The result of a call. Raises Refused."""
    match method:
        case "getMe":
            return service.bot
        case "sendMessage" | "sendPhoto" | "sendDocument":
            return _send(service, method, params)
        case "editMessageText" | "editMessageCaption" | "editMessageReplyMarkup":
            return _edit(service, method, params)
        case "deleteMessage":
            return _delete(service, params)
        case "answerCallbackQuery":
            return _answer_query(service, params)
        case "answerInlineQuery":
            return _answer_inline(service, params)
        case "sendChatAction":
            _reachable(service, params)
            return True
        case "getFile":
            return _file(service, params)
        case "setMyCommands" | "getMyCommands" | "deleteMyCommands":
            return _commands(service, method, params)
        case "setWebhook" | "deleteWebhook" | "getWebhookInfo":
            return _hook(service, method, params)
        case _:
            return True


def _room(service: Service, params: Params) -> Room:
    room = service.rooms.get(params.get("chat_id", 0))
    if room is None:
        raise broken("chat not found")
    return room


def _reachable(service: Service, params: Params) -> Room:
    room = _room(service, params)
    if room.moved_to:
        description = "Bad Request: group chat was upgraded to a supergroup chat"
        raise Refused(400, description, migrate_to_chat_id=room.moved_to)
    if room.blocked:
        raise blocked(room.about)
    return room


def _send(service: Service, method: str, params: Params) -> Params:
    room = _reachable(service, params)
    data: Params = {"from": service.bot}
    if method == "sendMessage":
        data |= words(params, "text")
    else:
        data |= _attached(service, method, params) | (
            words(params, "caption") if params.get("caption") else {}
        )
    _reply(room, params, data)
    keyboard = params.get("reply_markup", {})
    if keyboard.get("inline_keyboard"):
        data["reply_markup"] = keyboard
    elif keyboard:
        asks = any(set(button) - {"text"} for row in keyboard.get("keyboard", []) for button in row)
        if asks and room.about["type"] != "private":
            raise broken("phone number can be requested in private chats only")
        room.keyboard = keyboard if "keyboard" in keyboard else None
    html = params.get("text") or params.get("caption") or ""
    silent = bool(params.get("disable_notification"))
    return room.add(data, True, service.order(), html=html, silent=silent).data


def _reply(room: Room, params: Params, data: Params) -> None:
    reply = params.get("reply_parameters")
    if reply:
        to = room.messages.get(reply["message_id"])
        if to is None and not reply.get("allow_sending_without_reply"):
            raise unlucky("message to be replied not found")
        if to:
            data["reply_to_message"] = {k: v for k, v in to.data.items() if k != "reply_to_message"}
    if "message_thread_id" in params:
        if not room.about.get("is_forum") or params["message_thread_id"] in room.deleted_topics:
            raise unlucky("message thread not found")
        data |= {"message_thread_id": params["message_thread_id"], "is_topic_message": True}


def _attached(service: Service, method: str, params: Params) -> Params:
    kind = "photo" if method == "sendPhoto" else "document"
    content = params[kind]
    if isinstance(content, rules.Upload):
        kept = {**service.keep_file(content.name, bytes(content)), "file_name": content.name}
    elif content in service.files:
        kept = {"file_id": content, "file_unique_id": content[-12:]}
    else:
        raise broken("wrong remote file identifier specified")
    return {kind: [{**kept, "width": 640, "height": 480}] if kind == "photo" else kept}


def _edit(service: Service, method: str, params: Params) -> Params:
    if "message_id" not in params:
        raise broken("message identifier is not specified")
    room = _reachable(service, params)
    changes: Params = {"reply_markup": params.get("reply_markup")}
    html = ""
    if method == "editMessageText":
        changes |= {"entities": None} | words(params, "text")
        html = params["text"]
    elif method == "editMessageCaption":
        changes |= {"caption_entities": None} | words(params, "caption")
    if "keyboard" in (changes["reply_markup"] or {}):
        raise broken("inline keyboard expected")
    return room.edit(params["message_id"], changes, service.order(), html).data


def _delete(service: Service, params: Params) -> bool:
    room = _reachable(service, params)
    if service.too_late:
        raise unlucky("message can't be deleted for everyone")
    if room.messages.pop(params["message_id"], None) is None:
        raise unlucky("message to delete not found")
    return True


def _answer_query(service: Service, params: Params) -> bool:
    query = service.queries.get(params["callback_query_id"])
    if len(params.get("text", "")) > 200:
        raise broken("MESSAGE_TOO_LONG")
    if query is None:
        raise unlucky(QUERY_TOO_OLD)
    if query.answered and query.served < 2:
        service.violations.append("answerCallbackQuery: answered twice")
    late = time.monotonic() - query.at > service.query_seconds
    if late or query.answered:
        raise unlucky(QUERY_TOO_OLD)
    query.answered = time.monotonic()
    query.text, query.alert = params.get("text", ""), bool(params.get("show_alert"))
    return True


def _answer_inline(service: Service, params: Params) -> bool:
    if len(params["results"]) > 50:
        raise broken("RESULTS_TOO_MUCH")
    ids = [result["id"] for result in params["results"]]
    if len(set(ids)) < len(ids) or not all(1 <= len(id.encode()) <= 64 for id in ids):
        raise broken("RESULT_ID_INVALID")
    if len(params.get("next_offset", "").encode()) > 64:
        raise broken("NEXT_OFFSET_INVALID")
    start = params.get("button", {}).get("start_parameter", "x")
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", start):
        raise broken("START_PARAM_INVALID")
    for result in params["results"]:
        posted(result)
    query = service.inline.get(params["inline_query_id"])
    if query is None or query.answer is not None or time.monotonic() - query.at > service.query_seconds:
        raise unlucky(QUERY_TOO_OLD)
    query.answer = params
    return True


def posted(result: Params) -> Params:
    """What a message looks like that was picked from an inline list. Raises Refused."""
    content = result["input_message_content"]
    names = {"message_text": "text"}
    return words({names.get(name, name): value for name, value in content.items()}, "text")


def _file(service: Service, params: Params) -> Params:
    from tests.telegram.service import LARGEST_DOWNLOAD

    kept = service.files.get(params["file_id"])
    if kept is None:
        raise unlucky("wrong file_id or the file is temporarily unavailable")
    _name, content = kept
    if len(content) > LARGEST_DOWNLOAD:
        too_big = "file is too big"
        raise unlucky(too_big) if params["file_id"] in service.untold else broken(too_big)
    id = params["file_id"]
    return {"file_id": id, "file_unique_id": id[-12:], "file_size": len(content), "file_path": f"files/{id}"}


def _commands(service: Service, method: str, params: Params) -> Any:
    menu = json.dumps(params.get("scope", {"type": "default"})), params.get("language_code", "")
    match method:
        case "setMyCommands":
            rules.commands(params)
            service.commands[menu] = params["commands"]
        case "getMyCommands":
            return service.commands.get(menu, [])
        case _:
            service.commands.pop(menu, None)
    return True


def _hook(service: Service, method: str, params: Params) -> Any:
    if params.get("drop_pending_updates"):
        raise broken("drop_pending_updates loses what people said")
    if method == "getWebhookInfo":
        url, waiting = service.webhook.get("url", ""), len(service.updates)
        return {"url": url, "has_custom_certificate": False, "pending_update_count": waiting}
    secret = params.get("secret_token", "")
    if params.get("url") and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
        raise broken("secret token is missing or contains unallowed characters")
    service.webhook = dict(params) if params.get("url") else {}
    if params.get("allowed_updates"):
        service.allowed = set(params["allowed_updates"])
    return True
