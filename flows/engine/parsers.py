"""Typed words into answers. A parser is pure; what it cannot use it explains with `Invalid`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from flows.engine.phrases import Copy, Phrase, Text, _, n_


class Invalid(Exception):
    """The person can mend this; `phrase` says how."""

    def __init__(self, phrase: Phrase) -> None:
        super().__init__(phrase.msgid)
        self.phrase = phrase


@dataclass(frozen=True, slots=True)
class Parser:
    """`parse` gives the value kept and the text shown for it, or raises Invalid.

    `hint` shows an example; `several`: the value is a tuple. `by_serial`: serials, so a photo of a label
    answers too.
    """

    parse: Callable[[str], tuple[str | tuple[str, ...], Text]]
    hint: Text = ""
    several: bool = False
    by_serial: bool = False


def text(at_least: int = 1, at_most: int = 2000) -> Parser:
    """Free words, between these lengths (in characters, spaces at the ends not counted)."""

    def parse(words: str) -> tuple[str, Text]:
        kept = words.strip()
        if len(kept) < at_least:
            raise Invalid(
                n_(
                    "Please type at least {n} character, so that the desk understands it.",
                    "Please type at least {n} characters, so that the desk understands it.",
                )(n=at_least)
            )
        if len(kept) > at_most:
            raise Invalid(
                _("That is {length} characters; at most {most} fit. Please make it shorter.")(
                    length=len(kept), most=at_most
                )
            )
        return kept, kept

    return Parser(parse)


def name() -> Parser:
    """The name of a person: letters, not only signs."""
    words_of = text(2, 80).parse

    def parse(words: str) -> tuple[str | tuple[str, ...], Text]:
        if not any(map(str.isalpha, words)):
            raise Invalid(_("Please type a name, with letters."))
        return words_of(words)

    return Parser(parse)


def count(least: int, most: int) -> Parser:
    """A whole number between these, in digits or as a word."""

    def parse(words: str) -> tuple[str, Text]:
        found = re.findall(r"\d+", words) or [
            NUMBERS[word] for word in re.findall(r"\w+", words.lower()) if word in NUMBERS
        ]
        if len(found) != 1 or not found[0].isascii() or not least <= int(found[0][:9]) <= most:
            raise Invalid(_("Please type a number from {least} to {most}.")(least=least, most=most))
        number = str(int(found[0]))
        return number, number

    return Parser(parse, f"{least} – {most}")


_NUMBERS = (
    "een één un une one",
    "twee deux two",
    "drie trois three",
    "vier quatre four",
    "vijf cinq five",
    "zes six",
    "zeven sept seven",
    "acht huit eight",
    "negen neuf nine",
    "tien dix ten",
    "elf onze eleven",
    "twaalf douze twelve",
)
NUMBERS = {word: str(number) for number, said in enumerate(_NUMBERS, start=1) for word in said.split()}


def email() -> Parser:
    """An e-mail address, loosely checked: the desk's mail finds out the rest."""
    shape = re.compile(r"[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]{1,190}\.[^@\s.,;<>\"]{2,24}")

    def parse(words: str) -> tuple[str, Text]:
        kept = words.strip().removeprefix("mailto:").strip("<>").lower()
        if not shape.fullmatch(kept) or kept.endswith(".invalid"):  # mailboxes that cannot exist
            raise Invalid(_("That does not look like an e-mail address. Please type it again."))
        return kept, kept

    return Parser(parse, "jan@example.be")


SERIAL_LETTERS = str.maketrans("OoIlZz", "001122")
ENPHASE, SMA = 12, 10
LARGEST_SMA = 4_294_967_295


def well_formed(number: str) -> bool:
    """Whether this can be a serial of Enphase (12 digits) or SMA (10)."""
    if not (number.isascii() and number.isdecimal()):
        return False
    return len(number) == ENPHASE or (len(number) == SMA and number[0] != "0" and int(number) <= LARGEST_SMA)


def serials(at_most: int = 100) -> Parser:
    """Enphase (12 digits) or SMA (10 digits) serials, many at once, in any layout (section 6)."""

    def parse(words: str) -> tuple[tuple[str, ...], Text]:
        found = tuple(dict.fromkeys(re.findall(r"\b(?:\d{12}|\d{10})\b", words.translate(SERIAL_LETTERS))))
        if not found:
            raise Invalid(_("I see no serial number in that. It has 12 digits (Enphase) or 10 (SMA)."))
        if len(found) > at_most:
            raise Invalid(_("Please send at most {most} serial numbers at once.")(most=at_most))
        return found, Copy(", ".join(found))

    return Parser(parse, "482105012345", several=True, by_serial=True)


def says_serial(words: str) -> bool:
    """Whether there is a serial in the words, perhaps typed in groups."""
    joined = re.sub(r"(?<=\d)[ .-](?=\d)", "", words)
    return any(well_formed(number) for number in re.findall(r"\d+", f"{joined} {words}"))
