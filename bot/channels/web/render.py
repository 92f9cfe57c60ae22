"""From what the bot says to HTML: pure. Every word passes through `t` or `p`, which escape it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final, Literal

from markupsafe import Markup, escape
from msgspec import structs

from bot.channels.web import words
from bot.html import templates
from flows.engine.conversation import Button
from flows.engine.data import File
from flows.engine.enclosures import Chart, Kept, ReturnLabel
from flows.engine.outputs import Closed, Output, Prompt, Say
from flows.engine.phrases import Text
from locales.speaker import Speaker

HERE: Final = Path(__file__).parent
STATIC: Final = HERE / "static"
WEB: Final = re.compile(r"""(https?://[^\s<>"']*[^\s<>"'.,;:!?)])""")
LINK: Final = Markup('<a class="web" href="{0}" target="_blank" rel="noopener noreferrer">{0}</a>')

Alive = Literal["open", "card", ""]
"""What of a prompt can be pressed: all of it, only what starts something, or nothing."""

Rest = dict[str, list[Button]]
"""The buttons below the question, by group."""


@cache
def _macros() -> Any:
    return templates(HERE, "/static").get_template("messages.html").module


class Pen:
    """Writes texts as HTML in one person's language: `t` with numbers to copy and links, `p` plainly."""

    def __init__(self, speaker: Speaker) -> None:
        self.speaker = speaker
        spoken = words.spoken(speaker)
        self._copy = spoken["copy"]
        self.words: dict[str, str | Callable[[Any], str]] = {
            **spoken,
            "review": speaker.say(words.REVIEW),
            "change": lambda title: speaker.say(words.CHANGE(title=title)),
            "photo": lambda name: spoken["photo"].replace("%", name),
        }

    def t(self, text: Text) -> Markup:
        """The text, each number, serial and address in it a button that copies it, each link to be tapped."""
        return Markup(self.speaker.say(text, _linked, self._copyable))  # noqa: S704 (both parts escape)

    def p(self, text: Text) -> str:
        """The text for a label: still to be escaped."""
        return self.speaker.say(text)

    def _copyable(self, text: str) -> str:
        label = self._copy.replace("%", text)
        return str(_macros().copyable(text, label))


def output(number: int, said: Output, pen: Pen, alive: Alive = "open", chosen: Text = "") -> str:
    """What the bot says as one item of the conversation, or nothing when there is nothing to see."""
    match said:
        case Say():
            return str(_macros().say(number, said, _is_picture(said), pen.t, pen.p, pen.words))
        case Prompt():
            shown = structs.replace(said, buttons=pressable(said.buttons, alive))
            redo = {button.press.of: button for button in shown.buttons if button.group == "redo"}
            rest = below(shown.buttons, beside=[fact.name for fact in said.facts])
            return str(_macros().prompt(number, shown, alive, chosen, redo, rest, pen.t, pen.p, pen.words))
        case _:
            return ""


def _is_picture(said: Say) -> bool:
    match said.enclosed:
        case Chart():
            return True
        case ReturnLabel(format=format):
            return format == "qr"
        case Kept(kind=kind):
            return kind == "image"
        case _:
            return False


def closing(said: Closed, pen: Pen) -> str:
    """What a closed question shows as its answer."""
    return str(pen.t(said.chosen)) if said.chosen else ""


def own(key: str, label: Text, files: Sequence[File], pen: Pen, where: str = "") -> str:
    """What the person did as one item of the conversation; stored photos are found at `where`."""
    return str(_macros().own(key, label, files, where, pen.p, pen.words))


def pressable(buttons: Sequence[Button], alive: Alive) -> tuple[Button, ...]:
    """The buttons that still do something."""
    if alive == "card":
        return tuple(button for button in buttons if button.press.kind == "start")
    return tuple(buttons) if alive else ()


def below(buttons: Sequence[Button], beside: Sequence[str]) -> Rest:
    """Buttons by where they stand: answers, actions, pages, then navigation.

    What can be changed beside its fact needs no button of its own, nor a button that lists those.
    """
    rest: Rest = {"answer": [], "action": [], "page": [], "nav": []}
    for button in buttons:
        if button.group == "redo" and button.press.of not in beside:
            rest["answer"].append(button)
        elif button.group in rest:
            rest[button.group].append(button)
        elif button.group == "change" and not beside:
            rest["action"].append(button)
    return rest


def page(name: str, **values: object) -> str:
    """A whole page."""
    return templates(HERE, "/static").get_template(name).render(values)


@lru_cache(maxsize=64)
def pen_for(locale: str, time_zone: str, today: datetime.date) -> Pen:
    """The pen for a person; people who share a language and a time zone share it."""
    return Pen(Speaker(locale, time_zone, today))


def _linked(text: str) -> str:
    """Escaped; an address on the web, without the full stop behind it, can be tapped."""
    words = WEB.split(text)
    return "".join(_link(part) if place % 2 else str(escape(part)) for place, part in enumerate(words))


def _link(address: str) -> str:
    return str(LINK.format(address))
