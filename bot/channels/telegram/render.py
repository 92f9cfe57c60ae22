"""From what the bot says to a Telegram message: pure. Every word passes through one escaper.

A message to somebody who is not looking begins with our own words and numbers: of names, streets and people's
own words the notification on a locked phone shows nothing, because they are behind a spoiler there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from msgspec import Struct, structs

from bot.channels.telegram.sharing import share_button, share_keyboard
from bot.channels.telegram.sheets import (
    LONGEST,
    Keyboard,
    Piece,
    Sheet,
    composed,
    copyable,
    cut,
    escape,
    size,
    spoiler,
)
from bot.channels.telegram.words import SHARES
from flows.engine.conversation import Button
from flows.engine.outputs import Closed, Field, Prompt, Say
from flows.engine.phrases import Text
from locales.speaker import Speaker

LABEL: Final = 64
SHORT: Final = 16
"""Two buttons stand side by side on a phone when neither label is longer."""
CAPTION: Final = 1024
ROWS: Final = 8
PREVIEW: Final = 160
"""So much of a message a phone shows while it is locked: four lines."""
_NUMBER: Final = re.compile(r"(?=.*[0-9])[0-9A-Z.-]{1,24}")
STYLES: Final = {"primary": "primary", "danger": "danger"}


class Pen(Struct, frozen=True):
    """Writes texts in somebody's language; `masked`: with a spoiler over what is nobody else's business."""

    speaker: Speaker
    masked: bool = False

    def write(self, text: Text) -> Piece:
        """One line."""
        plain = self.speaker.say(text)
        if self.masked:
            return Piece(self.speaker.say(text, escape, _number, spoiler), plain, masked=True)
        return Piece(self.speaker.say(text, escape, copyable), plain)


def sheet(said: Say | Prompt, speaker: Speaker, chosen: Text = "", *, masked: bool = False) -> Sheet:
    """Something said or asked; with `chosen` the answer before it, whose place this takes."""
    pieces = list(_pieces(said, Pen(speaker), chosen))
    if masked:
        pieces = list(_previewed(pieces, list(_pieces(said, Pen(speaker, masked=True), chosen))))
    if isinstance(said, Prompt):
        return composed(pieces, keyboard(said, speaker))
    return structs.replace(composed(pieces, []), share=share_keyboard(said.wants, speaker))


def caption(said: Say, speaker: Speaker) -> str:
    """The words under a picture or a document, without marks."""
    return cut("\n".join(speaker.say(line) for line in said.lines if line), CAPTION)


def closed(before: Prompt, closing: Closed, speaker: Speaker) -> Sheet:
    """A question that was answered: what was asked, the answer, no buttons."""
    pen = Pen(speaker)
    pieces = [*_lines(before.lines, pen), *_facts(before, pen)]
    for asked in before.fields:
        pieces += _lines((asked.text,), pen)
    return composed([*pieces, *_chosen(closing.chosen, pen)], [])


def _pieces(said: Say | Prompt, pen: Pen, chosen: Text) -> Iterator[Piece]:
    yield from _chosen(chosen, pen)
    yield from _lines(said.lines, pen)
    if isinstance(said, Prompt):
        yield from _facts(said, pen)
        for asked in said.fields:
            yield from _question(asked, pen)
            yield from _details(asked.options, pen)
        yield from _details(said.buttons, pen)


def _previewed(pieces: Sequence[Piece], masked: Sequence[Piece]) -> Iterator[Piece]:
    """The masked ones as far as a notification reaches; of several messages each has its own."""
    several = sum(size(piece.plain) + 2 for piece in pieces) > LONGEST
    used = 0
    for piece, hidden in zip(pieces, masked, strict=True):
        yield hidden if used < PREVIEW or several else piece
        used += size(piece.plain) + 1


def keyboard(prompt: Prompt, speaker: Speaker) -> Keyboard:
    """Answers, actions, pages, then navigation; two in a row where both are short, or where it gets long."""
    groups = _groups(prompt)
    shares = [[share_button(field.wants, speaker)] for field in prompt.fields if field.wants in SHARES]
    *middle, nav = groups
    rows, last = [row for group in middle for row in _rows(group, speaker)], _pairs_from_the_end(nav)
    if len(rows) + len(shares) + len(last) > ROWS:
        rows = [row for group in middle for row in _pairs(group)]

    def drawn(rows: list[list[Button]]) -> Keyboard:
        return [[_button(prompt.token, button, speaker) for button in row] for row in rows]

    return drawn(rows) + shares + drawn(last)


def _groups(prompt: Prompt) -> list[list[Button]]:
    """What can be changed is behind *change* while a review shows its facts."""
    every = [button for field in prompt.fields for button in field.options] + list(prompt.buttons)
    behind = any(button.group == "change" for button in every)
    shown = {"answer", "change"} if behind else {"answer", "redo"}
    return [
        [button for button in every if button.group in shown],
        [button for button in every if button.group == "action"],
        [button for button in every if button.group == "page"],
        [button for button in every if button.group == "nav"],
    ]


def _rows(buttons: Sequence[Button], speaker: Speaker) -> Iterator[list[Button]]:
    waiting: list[Button] = []
    for button in buttons:
        if len(speaker.say(button.label)) + 2 * button.picked > SHORT:
            yield from ([waiting] if waiting else [])
            yield [button]
            waiting = []
        elif waiting:
            yield [*waiting, button]
            waiting = []
        else:
            waiting = [button]
    if waiting:
        yield waiting


def _pairs(buttons: Sequence[Button]) -> list[list[Button]]:
    return [list(buttons[place : place + 2]) for place in range(0, len(buttons), 2)]


def _pairs_from_the_end(buttons: Sequence[Button]) -> list[list[Button]]:
    """*Back* and *cancel* are always the last row."""
    odd = len(buttons) % 2
    return ([list(buttons[:odd])] if odd else []) + _pairs(buttons[odd:])


def _button(token: str, button: Button, speaker: Speaker) -> dict[str, Any]:
    label = " ".join(speaker.say(button.label).split()) or "…"
    label = f"✓ {label}" if button.picked else label
    shown: dict[str, Any] = {"text": cut(label, LABEL), "callback_data": f"{token}.{button.index}"}
    if button.style in STYLES:
        shown["style"] = STYLES[button.style]
    return shown


def _lines(lines: Sequence[Text], pen: Pen) -> Iterator[Piece]:
    for line in lines:
        yield pen.write(line)


def _facts(prompt: Prompt, pen: Pen) -> Iterator[Piece]:
    for place, fact in enumerate(prompt.facts):
        title = pen.speaker.say(fact.title)
        after = f"{pen.speaker.colon} "
        html, plain = f"<b>{escape(title)}</b>{after}", f"{title}{after}"
        yield _after(html, plain, pen.write(fact.value), apart=place == 0)


def _question(asked: Field, pen: Pen) -> Iterator[Piece]:
    if asked.problem:
        yield _after("⚠ ", "⚠ ", pen.write(asked.problem))
    yield _after("", "", pen.write(asked.text), apart=True)
    if asked.hint:
        hint = pen.speaker.say(asked.hint)
        yield Piece(f"<i>{escape(hint)}</i>", hint)


def _details(buttons: Sequence[Button], pen: Pen) -> Iterator[Piece]:
    """What is said beside a label has no room on the button, so it stands above."""
    first = True
    for button in buttons:
        if button.detail:
            label, detail = pen.write(button.label), pen.write(button.detail)
            after = f"{pen.speaker.colon} "
            yield _after(f"{label.html}{after}", f"{label.plain}{after}", detail, apart=first)
            first = False


def _chosen(chosen: Text, pen: Pen) -> Iterator[Piece]:
    if chosen:
        yield _after("✓ ", "✓ ", pen.write(chosen))


def _after(html: str, plain: str, piece: Piece, *, apart: bool = False) -> Piece:
    return Piece(html + piece.html, plain + piece.plain, apart, piece.masked)


def _number(text: str) -> str:
    """Numbers say nothing to a stranger; addresses and telephones, which can be copied too, do."""
    return copyable(text) if _NUMBER.fullmatch(text) else spoiler(text)
