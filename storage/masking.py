"""Account and VAT numbers are hidden wherever what was said is kept or shown again (ESM-30)."""

from __future__ import annotations

import re
from typing import Final

from msgspec import structs

from flows.engine.data import Started, Value
from flows.engine.events import Content, Filled, Said, Sent
from flows.engine.outputs import Output, Prompt, Say
from flows.engine.phrases import Copy, Lines, Listed, Phrase, Text

_IBAN: Final = r"[a-z]{2} ?\d{2}(?:[ .-]?[a-z]{4}(?=[ .-]?\d))?(?:[ .-]?\d[\da-z]*)+"
_VAT: Final = (
    r"be[ .]?[01]\d{3}[ .]?\d{3}[ .]?\d{3}"
    r"|(?:at|be|de|dk|es|fr|gb|it|lu|nl|pl|pt)[a-z\d]?\d{7,11}(?:b\d{2})?"
)
_NUMBER: Final = re.compile(rf"(?<![^\W_])(?:(?P<vat>{_VAT})|{_IBAN})(?![^\W_])", re.IGNORECASE)
_SHORTEST_IBAN: Final = 15
_DIGITS: Final = re.compile(r"(?:\d\D{0,2}){3}\d")
HIDDEN: Final = "••••"


def last_four(number: str) -> str:
    """A number as it may be shown: its last four signs."""
    return HIDDEN + number[-4:]


def masked(words: str) -> str:
    """The words, with what looks like an IBAN or a VAT number hidden."""
    return _NUMBER.sub(_hidden, words)


def holds_number(payload: bytes) -> bool:
    """Whether something looks like such a number in what a channel handed in."""
    words = payload.decode(errors="replace")
    return masked(words) != words


def masked_content(content: Content, *, secret: bool) -> Content:
    """What a person said, as it is kept; after a `secret` question no number at all."""
    match content:
        case Said(words):
            return Said(_kept(words, secret))
        case Sent(text=words):
            return structs.replace(content, text=_kept(words, secret))
        case Filled(values=values):
            return structs.replace(content, values={name: _each(v, secret) for name, v in values.items()})
        case Started(answers=answers):
            return structs.replace(content, answers={name: _each(v, False) for name, v in answers.items()})
        case _:
            return content


def masked_text(text: Text) -> Text:
    """The same for anything that can be said."""
    match text:
        case str():
            return masked(text)
        case Copy(words):
            return Copy(masked(words))
        case Lines(items):
            return Lines(tuple(map(masked_text, items)))
        case Listed(items):
            return Listed(tuple(map(masked_text, items)))
        case Phrase(msgid, gaps, plural):
            return Phrase(msgid, {name: masked_text(gap) for name, gap in gaps.items()}, plural)
        case _:
            return text


def masked_output(output: Output) -> Output:
    """What was said, as it is kept once it was said; the buttons show no numbers."""
    if isinstance(output, Prompt | Say):
        lines = tuple(map(masked_text, output.lines))
        return structs.replace(output, lines=lines) if lines != output.lines else output
    return output


def _each(value: Value, secret: bool) -> Value:
    return _kept(value, secret) if isinstance(value, str) else tuple(_kept(one, secret) for one in value)


def _kept(words: str, secret: bool) -> str:
    return last_four(words.strip()) if secret and _DIGITS.search(words) else masked(words)


def _hidden(found: re.Match[str]) -> str:
    """Hidden, unless it is a short word before serial numbers: "de 122145001234 122145001235"."""
    number = re.sub(r"[ .-]", "", found[0])
    apart = found[0][2] in " .-"
    sure = found["vat"] or (len(number) >= _SHORTEST_IBAN and (not apart or _adds_up(number)))
    return last_four(number) if sure else found[0]


def _adds_up(number: str) -> bool:
    """The check digits of an IBAN."""
    return int("".join(str(int(sign, 36)) for sign in number[4:] + number[:4])) % 97 == 1
