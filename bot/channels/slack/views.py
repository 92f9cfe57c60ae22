"""From what the bot asks to a Slack modal: pure.

A modal keeps what was filled in while the name of its block stays the same. So a block is named after its
question, and gets another name when something else is asked in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any, Final

from msgspec import structs

from bot.channels.slack import kit, words
from bot.channels.slack.kit import Block
from flows.engine.buttons import CHANGE
from flows.engine.conversation import Button
from flows.engine.outputs import Fact, Field, Prompt, Say
from flows.engine.phrases import Text
from locales.speaker import Speaker

CALLBACK: Final = "form"
TITLE: Final = 24
QUESTION: Final = 2000
TYPED: Final = 3000
BLOCKS: Final = 100
RADIOS: Final = 5
"""So many options are seen at once; more are chosen from a list."""
FILES: Final = 10

View = dict[str, Any]


def view(said: Prompt | Say, speaker: Speaker) -> View:
    """What is asked or told, as a page of the form that it is for."""
    lines = [kit.line(each, speaker) for each in said.lines if each]
    if isinstance(said, Say):
        return _modal(said.form, words.NAME, list(kit.rich(lines)), speaker)
    submit = submits(said)
    blocks = [*kit.rich(lines), *_facts(said, speaker)]
    # A page that shows what was wrong was away meanwhile, and Slack keeps no files then.
    files_gone = any(field.problem for field in said.fields)
    for field in said.fields:
        blocks += _inputs(_alone(field, said), said.token, speaker, files_gone)
    blocks += _pressable(said, submit, speaker)
    page = _modal(said.form, said.title or words.NAME, blocks[:BLOCKS], speaker)
    page["private_metadata"] = f"{said.token}.{submit.index}" if submit else said.token
    if submit or said.fields:
        text = submit.label if submit else words.CONTINUE
        page["submit"] = kit.label(text, speaker, TITLE)
    return page


def waiting(form: str, speaker: Speaker) -> View:
    """A page for as long as there is nothing to show yet; it opens at once."""
    return view(Say((words.ONE_MOMENT,), form=form), speaker)


def _alone(field: Field, prompt: Prompt) -> Field:
    """A field for photos of labels stands on no page with another for files: nobody could tell them apart."""
    others = any(other.kind == "files" for other in prompt.fields)
    return structs.replace(field, labels=False) if others else field


def submits(prompt: Prompt) -> Button | None:
    """The button that sending this page in presses; none where it sends in answers."""
    if prompt.fields:
        return None
    return next((button for button in prompt.buttons if button.style == "primary"), None)


def errors(prompt: Prompt, speaker: Speaker) -> dict[str, str]:
    """What is wrong with which field of the page that shows this prompt."""
    return {
        _names(field, prompt.token)[0]: kit.cut(speaker.say(field.problem), QUESTION)
        for field in prompt.fields
        if field.problem
    }


def options_of(field: Field) -> list[Button]:
    """What can be chosen in a field."""
    return [button for button in field.options if button.press.kind in ("option", "pick")]


def _modal(form: str, title: Text, blocks: list[Block], speaker: Speaker) -> View:
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "external_id": form,
        "title": kit.label(title, speaker, TITLE),
        "close": kit.label(words.CLOSE, speaker, TITLE),
        "notify_on_close": True,
        "blocks": blocks or list(kit.rich([kit.line(words.ONE_MOMENT, speaker)])),
    }


def _facts(prompt: Prompt, speaker: Speaker) -> Iterator[Block]:
    """What will be sent, each with its way to change it."""
    redo = {button.press.of: button for button in prompt.buttons if button.group == "redo"}
    for fact in prompt.facts:
        yield _fact(prompt.token, fact, redo.get(fact.name), speaker)


def _fact(token: str, fact: Fact, redo: Button | None, speaker: Speaker) -> Block:
    fields = [kit.label(fact.title, speaker, QUESTION), kit.plain(speaker.say(fact.value), QUESTION)]
    shown: Block = {"type": "section", "block_id": f"fact.{fact.name}", "fields": fields}
    return {**shown, "accessory": kit.button(token, redo, speaker, CHANGE)} if redo else shown


def _pressable(prompt: Prompt, submit: Button | None, speaker: Speaker) -> Iterator[Block]:
    """Every other button: answers, actions, pages, then navigation."""
    beside = {fact.name for fact in prompt.facts}
    for groups in (("answer", "redo"), ("action",), ("page",), ("nav",)):
        shown = [
            button
            for button in prompt.buttons
            if button.group in groups
            and button != submit
            and not (button.group == "redo" and button.press.of in beside)
            and not (prompt.fields and _is_in_the_form(button))
            and not (button.group == "page" and any(_is_searched(field) for field in prompt.fields))
        ]
        yield from kit.actions([_press(prompt.token, button, speaker) for button in shown])


def _press(token: str, button: Button, speaker: Speaker) -> Block:
    """A button inside a form never opens another one."""
    return {**kit.button(token, button, speaker), "action_id": f"press.{button.index}"}


def _is_in_the_form(button: Button) -> bool:
    """Whether sending the form in does the same: with nothing filled in, or with what is there."""
    return button.press.kind == "done" or (button.press.kind == "command" and button.press.of == "skip")


def _inputs(field: Field, token: str, speaker: Speaker, files_gone: bool) -> Iterator[Block]:
    """The question of one field, answered by choosing, by typing, or by either."""
    if field.problem:
        yield from kit.rich([kit.line(field.problem, speaker, "⚠ ")])
    names = _names(field, token)
    elements = list(_elements(field, speaker))
    for place, (name, element) in enumerate(zip(names, elements, strict=True)):
        photos = element["type"] == "file_input"
        other = words.OR_PHOTOS if photos else words.OR_TYPE
        asked = kit.plain(speaker.say(other if place else field.text), QUESTION)
        block: Block = {"type": "input", "block_id": name, "label": asked, "element": element}
        hint = ("" if place else field.hint) or (words.FILES_AGAIN if files_gone and photos else "")
        if hint:
            block["hint"] = kit.plain(speaker.say(hint), QUESTION)
        if field.optional or len(elements) > 1 or (field.kind == "files" and field.hint):
            block["optional"] = True
        yield block


def _names(field: Field, token: str) -> list[str]:
    """The names of its blocks: of the options as long as they are the same, of words for this one prompt."""
    if _is_searched(field):
        return [f"{field.name}~found.{token}"]
    names = []
    if options := options_of(field):
        ids = "\n".join(button.press.of for button in options)
        names.append(f"{field.name}~{sha256(ids.encode()).hexdigest()[:8]}")
    if options and field.typed:
        names.append(f"{field.name}~words.{token}")
    elif not options:
        names.append(f"{field.name}~words.{token}" if field.kind in ("one", "many") else field.name)
    return [*names, f"{field.name}~labels.{token}"] if field.labels else names


def _is_searched(field: Field) -> bool:
    """Whether its options are found while somebody types; at first the likely ones are offered."""
    return field.searched and field.kind == "one"


def _elements(field: Field, speaker: Speaker) -> Iterator[Block]:
    options = options_of(field)
    if field.kind == "files":
        yield {"type": "file_input", "action_id": "files", "max_files": FILES}
        return
    if _is_searched(field):
        yield {
            "type": "external_select",
            "action_id": "found",
            "min_query_length": 0,
            **_placeholder(speaker),
        }
        return
    if options:
        yield _choice(field, options, speaker)
    if field.typed or not options:
        yield _words(field)
    if field.labels:
        yield {"type": "file_input", "action_id": "files", "max_files": FILES}


def _choice(field: Field, options: Sequence[Button], speaker: Speaker) -> Block:
    """One or several of these; the answer so far is chosen already."""
    known = (field.value,) if isinstance(field.value, str) else field.value
    if field.kind == "many" and field.typed:
        known = ()  # what is ticked says so itself; an option that stands apart is given anew, as in a chat
    made = [kit.option(_unticked(button), str(button.index), speaker) for button in options]
    first = [
        entry
        for entry, button in zip(made, options, strict=True)
        if button.picked or button.press.of in known
    ]
    if field.kind == "many":
        element: Block = {"type": "multi_static_select", "action_id": "chosen", "options": made}
        return {**element, **_placeholder(speaker), **({"initial_options": first} if first else {})}
    few = len(options) <= RADIOS and not field.optional and not field.typed
    kind = "radio_buttons" if few else "static_select"
    element = {"type": kind, "action_id": "chosen", "options": made}
    hint = {} if few else _placeholder(speaker)
    return {**element, **hint, **({"initial_option": first[0]} if first else {})}


def _unticked(button: Button) -> Button:
    return Button(button.index, button.label, button.group, button.press, detail=button.detail)


def _placeholder(speaker: Speaker) -> Block:
    return {"placeholder": kit.label(words.CHOOSE, speaker, 150)}


def _words(field: Field) -> Block:
    """Typed words; what was typed before is there to be mended."""
    element: Block = {"type": "plain_text_input", "action_id": "words", "multiline": field.kind != "one"}
    known = field.value if isinstance(field.value, str) else "\n".join(field.value)
    return {**element, "initial_value": kit.cut(known, TYPED)} if known and field.kind == "text" else element
