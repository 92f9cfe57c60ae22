"""What waits and is not needed any more, because something later shows the same better. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, structs

from flows.engine.outputs import Closed, Prompt, Say
from flows.engine.phrases import Text
from storage import outbox


class Letter(Struct, frozen=True):
    """A message to send, and the waiting messages that it makes needless.

    `chosen`: what was pressed on the prompt whose place this one takes.
    """

    message: outbox.Waiting
    instead_of: tuple[outbox.Waiting, ...] = ()
    chosen: Text = ""


def collapse(waiting: Sequence[outbox.Waiting]) -> list[Letter]:
    """Waiting edits of one message become the last of them: nobody needs to see the steps in between."""
    letters: list[Letter] = []
    for message in waiting:
        output = message.output
        unsent = _place(letters, output.replaces) if isinstance(output, Prompt) else None
        if unsent is None or not isinstance(output, Prompt):
            letters.append(Letter(message))
            continue
        needless = [unsent, *_closings(letters, output.replaces)]
        first = unsent.message.output
        assert isinstance(first, Prompt)
        message = structs.replace(message, output=structs.replace(output, replaces=first.replaces))
        letters = [letter for letter in letters if letter not in needless]
        letters.append(Letter(message, tuple(each for letter in needless for each in all_of(letter))))
    return letters


def last_pages(letters: Sequence[Letter]) -> list[Letter]:
    """A form shows its last page: nobody needs to see those that wait before it."""
    kept: list[Letter] = []
    for letter in letters:
        before = [other for other in kept if _form(letter) and _form(other) == _form(letter)]
        kept = [other for other in kept if other not in before]
        needless = tuple(each for other in before for each in all_of(other))
        kept.append(structs.replace(letter, instead_of=(*needless, *letter.instead_of)))
    return kept


def _form(letter: Letter) -> str:
    output = letter.message.output
    return output.form if isinstance(output, Prompt | Say) else ""


def _place(letters: Sequence[Letter], token: str) -> Letter | None:
    """The waiting letter that shows this prompt for the first time."""
    for letter in letters:
        output = letter.message.output
        if token and isinstance(output, Prompt) and output.token == token:
            return letter
    return None


def _closings(letters: Sequence[Letter], token: str) -> list[Letter]:
    return [
        letter
        for letter in letters
        if isinstance(letter.message.output, Closed) and letter.message.output.token == token
    ]


def all_of(letter: Letter) -> tuple[outbox.Waiting, ...]:
    return (letter.message, *letter.instead_of)


def in_place(letters: Sequence[Letter]) -> list[Letter]:
    """Where prompts take each other's place, closing the old one and showing the new one is one edit.

    A prompt that is closed before it was shown never has buttons, in a chat.
    """
    kept: list[Letter] = []
    for letter in letters:
        output = letter.message.output
        unsent = _place(kept, output.token) if isinstance(output, Closed) else None
        if unsent and not _form(unsent):
            kept[kept.index(unsent)] = _without_buttons(unsent, letter)
            continue
        closings = _closings(kept, output.replaces) if isinstance(output, Prompt) else []
        if closings:
            closed = closings[-1].message.output
            assert isinstance(closed, Closed)
            kept = [other for other in kept if other not in closings]
            needless = tuple(each for closing in closings for each in all_of(closing))
            letter = Letter(letter.message, (*needless, *letter.instead_of), closed.chosen)
        kept.append(letter)
    return kept


def _without_buttons(letter: Letter, closing: Letter) -> Letter:
    prompt = letter.message.output
    assert isinstance(prompt, Prompt)
    fields = tuple(structs.replace(field, options=()) for field in prompt.fields)
    message = structs.replace(letter.message, output=structs.replace(prompt, fields=fields, buttons=()))
    return Letter(message, (*letter.instead_of, *all_of(closing)), letter.chosen)
