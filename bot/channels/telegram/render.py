"""From what the bot says to a Telegram message: pure. Every word passes through one escaper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any, Final

from msgspec import Struct

from flows.engine.model import Button, Closed, Field, Prompt, Say
from flows.engine.phrases import Text
from locales.speaker import Speaker

LONGEST: Final = 4096
MARKS: Final = 100
"""Telegram forgets what is marked after that."""
LABEL: Final = 64
SHORT: Final = 18
"""Two buttons stand side by side on a phone when neither label is longer."""
ROWS: Final = 8
STYLES: Final = {"primary": "primary", "danger": "danger"}

Keyboard = list[list[dict[str, Any]]]


class Piece(Struct, frozen=True):
    """A line as HTML, and the same without marks; `apart` leaves a blank line before it."""

    html: str
    plain: str
    apart: bool = False


class Sheet(Struct, frozen=True):
    """What one output looks like: its text in as many parts as needed, the buttons under the last."""

    html: tuple[str, ...]
    plain: tuple[str, ...]
    keyboard: Keyboard = []


def sheet(said: Say | Prompt, speaker: Speaker, chosen: Text = "") -> Sheet:
    """Something said or asked; with `chosen` the answer before it, whose place this takes."""
    pieces = [*_chosen(chosen, speaker)]
    if isinstance(said, Say):
        pieces += _lines(said.lines, speaker)
        return _sheet(pieces)
    pieces += [*_lines(said.lines, speaker), *_facts(said, speaker)]
    for asked in said.fields:
        pieces += [*_question(asked, speaker), *_details(asked.options, speaker)]
    pieces += _details(said.buttons, speaker)
    return _sheet(pieces, keyboard(said, speaker))


def closed(before: Prompt, closing: Closed, speaker: Speaker) -> Sheet:
    """A question that was answered: what was asked, the answer, no buttons."""
    pieces = [*_lines(before.lines, speaker), *_facts(before, speaker)]
    for asked in before.fields:
        pieces += _lines((asked.text,), speaker)
    return _sheet([*pieces, *_chosen(closing.chosen, speaker)])


def keyboard(prompt: Prompt, speaker: Speaker) -> Keyboard:
    """Answers, actions, pages, then navigation; two in a row where both are short, or where it gets long."""
    groups = _groups(prompt)
    *middle, nav = groups
    rows = [row for group in middle for row in _rows(group, speaker)] + _pairs_from_the_end(nav)
    if len(rows) > ROWS:
        rows = [row for group in middle for row in _pairs(group)] + _pairs_from_the_end(nav)
    return [[_button(prompt.token, button, speaker) for button in row] for row in rows]


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


def _lines(lines: Sequence[Text], speaker: Speaker) -> Iterator[Piece]:
    for line in lines:
        yield _piece(line, speaker)


def _facts(prompt: Prompt, speaker: Speaker) -> Iterator[Piece]:
    for place, fact in enumerate(prompt.facts):
        title, value = speaker.say(fact.title), _piece(fact.value, speaker)
        colon = "\u00a0:" if speaker.language == "fr" else ":"
        html = f"<b>{_escape(title)}</b>{colon} {value.html}"
        yield Piece(html, f"{title}{colon} {value.plain}", apart=place == 0)


def _question(asked: Field, speaker: Speaker) -> Iterator[Piece]:
    if asked.problem:
        problem = _piece(asked.problem, speaker)
        yield Piece(f"⚠ {problem.html}", f"⚠ {problem.plain}")
    question = _piece(asked.text, speaker)
    yield Piece(question.html, question.plain, apart=True)
    if asked.hint:
        hint = speaker.say(asked.hint)
        yield Piece(f"<i>{_escape(hint)}</i>", hint)


def _details(buttons: Sequence[Button], speaker: Speaker) -> Iterator[Piece]:
    """What is said beside a label has no room on the button, so it stands above."""
    first = True
    for button in buttons:
        if button.detail:
            label, detail = _piece(button.label, speaker), _piece(button.detail, speaker)
            yield Piece(f"{label.html}: {detail.html}", f"{label.plain}: {detail.plain}", apart=first)
            first = False


def _chosen(chosen: Text, speaker: Speaker) -> Iterator[Piece]:
    if chosen:
        piece = _piece(chosen, speaker)
        yield Piece(f"✓ {piece.html}", f"✓ {piece.plain}")


def _piece(text: Text, speaker: Speaker) -> Piece:
    return Piece(speaker.say(text, _escape, _copyable), speaker.say(text))


def _escape(text: str) -> str:
    return escape(text, quote=False)


def _copyable(text: str) -> str:
    """One tap copies it."""
    return f"<code>{_escape(text)}</code>" if text.strip() else _escape(text)


def _sheet(pieces: Sequence[Piece], buttons: Keyboard | None = None) -> Sheet:
    parts: list[Piece] = []
    for piece in _fitting(pieces):
        last = parts[-1] if parts else None
        gap = "\n\n" if piece.apart else "\n"
        if last and _fit(last, gap, piece):
            parts[-1] = Piece(f"{last.html}{gap}{piece.html}", f"{last.plain}{gap}{piece.plain}")
        else:
            parts.append(piece)
    shown = [part for part in parts if part.plain.strip()] or [Piece("…", "…")]
    return Sheet(tuple(part.html for part in shown), tuple(part.plain for part in shown), buttons or [])


def _fit(part: Piece, gap: str, piece: Piece) -> bool:
    marks = part.html.count("</") + piece.html.count("</")
    return size(part.plain) + size(gap) + size(piece.plain) <= LONGEST and marks <= MARKS


def _fitting(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Pieces that each fit in a message; a longer one is cut, at a space where there is one."""
    for piece in pieces:
        rest, apart = piece.plain, piece.apart
        if size(rest) <= LONGEST:
            yield piece
            continue
        while rest:
            start = cut(rest, LONGEST, "")
            if len(start) < len(rest) and " " in start[len(start) // 2 :]:
                start = start[: start.rindex(" ") + 1]
            yield Piece(_escape(start), start, apart)
            rest, apart = rest[len(start) :], False


def size(text: str) -> int:
    """The length as Telegram counts it: in UTF-16 units."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def cut(text: str, longest: int, mark: str = "…") -> str:
    """The start of a text that fits, with a mark when something was cut off."""
    if size(text) <= longest:
        return text
    longest -= size(mark)
    used = 0
    for place, letter in enumerate(text):
        used += size(letter)
        if used > longest:
            return text[:place] + mark
    return text
