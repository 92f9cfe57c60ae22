"""Forms: from a modal that was sent in to what happened, and from what its turn said to its answer: pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from typing import Any, Final

import msgspec
from msgspec import Struct

from bot.channels.slack import kit, views, words
from bot.channels.slack.kit import is_form
from bot.channels.slack.payloads import Option, Payload, SlackFile, View
from bot.channels.slack.places import form_of
from bot.ports import Malformed, Outgoing, Told
from bot.shapes import reader
from flows.engine.data import Started, Value
from flows.engine.events import Content, Filled, Left, Pressed
from flows.engine.outputs import Prompt, Say
from flows.engine.work import Row
from locales.speaker import Speaker

_PLACE: Final = re.compile(r"\d{1,4}", re.ASCII)
OPTIONS: Final = 100
SEVERAL: Final = "multi_static_select"
FOUND: Final = "="
"""Before the id of something that was found while typing: it is no option of the prompt."""


class Given(Struct, frozen=True):
    """What stands in one input."""

    type: str = ""
    value: str = ""
    selected_option: Option | None = None
    selected_options: tuple[Option, ...] = ()
    files: tuple[SlackFile, ...] = ()


_state = reader(dict[str, dict[str, Given]])


def content(payload: Payload) -> Content:
    """What sending in or closing a modal means. Raises Malformed."""
    view = payload.view or View()
    if payload.type == "view_closed":
        return Left(view.external_id)
    token, _, index = view.private_metadata.partition(".")
    if index:
        return Pressed(token, int(index)) if _PLACE.fullmatch(index) else Pressed("", 0)
    typed: dict[str, Value] = {}
    picked: dict[str, tuple[int, ...]] = {}
    for name, given in _inputs(view):
        if given.type == "file_input":
            continue
        chosen, places = _chosen(given)
        found = [value.removeprefix(FOUND) for value in chosen if value.startswith(FOUND)]
        if places:
            picked[name] = places
        if said := given.value.strip() or "\n".join(found):
            typed[name] = said
    return Filled(token, typed, picked)


def ticked(payload: Payload) -> dict[str, tuple[int, ...]]:
    """What is chosen in a modal, where several may be, while something else in it is pressed."""
    if payload.view is None or payload.view.type != "modal":
        return {}
    several = ((name, given) for name, given in _inputs(payload.view) if given.type == SEVERAL)
    return {name: _chosen(given)[1] for name, given in several}


def opened_by(payload: Payload, content: Content) -> str:
    """Our name for the form that is opened for this; "" when none is.

    From Home everything opens one: the chat is on another page.
    """
    if payload.view and payload.view.type == "modal":
        return ""
    asked = payload.actions[0].action_id if payload.actions else ""
    starts = isinstance(content, Started) and is_form(content.flow)
    wanted = payload.view is not None or starts or asked == "open" or asked.startswith("form.")
    return form_of(payload.trigger_id) if wanted else ""


def place(payload: Payload, content: Content) -> str:
    """The form that this happened in or opens; "" in the chat."""
    within = payload.view.external_id if payload.view and payload.view.type == "modal" else ""
    return within or opened_by(payload, content)


def files(payload: Payload) -> Iterator[SlackFile]:
    """The files in a modal that was sent in."""
    if payload.type == "view_submission" and payload.view:
        for _name, given in _inputs(payload.view):
            yield from given.files


def fingerprint(payload: Payload) -> str:
    """Of what stands in a modal: with other answers it is sent in anew, with the same ones once more.

    Slack does not tell the two apart after it has shown what was wrong.
    """
    found = [content(payload), *(file.id for file in files(payload))]
    return sha256(msgspec.json.encode(found)).hexdigest()[:16]


def answer(
    said: Sequence[Outgoing], form: str, token: str, speaker_of: Callable[[Outgoing], Speaker]
) -> tuple[dict[str, Any], list[Told]]:
    """What the confirmation of a form says, and what of its turn was told with that.

    `token`: the prompt that the form still shows. A form that nothing is said to has done its work.
    """
    mine = [each for each in said if isinstance(each.output, Prompt | Say) and each.output.form == form]
    told = [Told(each) for each in mine]
    if not mine:
        return {"response_action": "clear"}, told
    last, speaker = mine[-1].output, speaker_of(mine[-1])
    assert isinstance(last, Prompt | Say)
    if isinstance(last, Prompt) and last.token == token and (wrong := views.errors(last, speaker)):
        return {"response_action": "errors", "errors": wrong}, told
    return {"response_action": "update", "view": views.view(last, speaker)}, told


def question_of(payload: Payload) -> str:
    """The question in whose field somebody is typing."""
    return payload.block_id.partition("~")[0]


def suggestions(rows: Sequence[Row], more: bool, speaker: Speaker) -> dict[str, Any]:
    """What is offered while somebody types."""
    options = [_found(row, speaker) for row in rows[:OPTIONS]]
    if not (more and options):
        return {"options": options}
    return {"option_groups": [{"label": kit.label(words.TYPE_MORE, speaker, kit.LABEL), "options": options}]}


def _found(row: Row, speaker: Speaker) -> dict[str, Any]:
    made = {"text": kit.label(row.label, speaker, kit.OPTION), "value": f"{FOUND}{row.id}"}
    return {**made, "description": kit.label(row.detail, speaker, kit.OPTION)} if row.detail else made


def _chosen(given: Given) -> tuple[list[str], tuple[int, ...]]:
    """What is chosen in an input, and the places of those that are options of the prompt."""
    values = [each.value for each in (given.selected_option, *given.selected_options) if each]
    return values, tuple(int(value) for value in values if _PLACE.fullmatch(value))


def _inputs(view: View) -> Iterator[tuple[str, Given]]:
    """What stands in each input, by the name of its question. Raises Malformed."""
    try:
        blocks = _state(view.state.get("values", {}))
    except ValueError as problem:
        raise Malformed(type(problem).__name__) from None
    for name, elements in blocks.items():
        for given in elements.values():
            yield name.partition("~")[0], given
