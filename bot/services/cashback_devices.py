"""Devices as people type, paste or photograph them: each with a model that fits its serial (SMA-05, 11)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import repeat
from typing import NamedTuple

from bot.services.cashback_campaign import Campaign, Product, folded
from bot.services.serials import AT_MOST, EXPLAINED, serials_in
from flows.engine.parsers import SMA, well_formed
from flows.engine.phrases import Copy, Text, _, n_

_SERIAL = re.compile(r"(?<![\d.,])\d{10}(?!\d)")
_WORDS_BETWEEN = re.compile(
    r"\b(?:s/?n|serial|number|serienummers?|serie|numéro|de|série|n°|nr|no|model|modèle|type|en|et|and|met|avec"
    r"|with|sma|toestel|apparaat|omvormer|appareil|onduleur|device|inverter)\b[:.]?|[,;:()\[\]\"'|\t]",
    re.IGNORECASE,
)
ROUNDED = re.compile(r"\d[.,]?\d*e\+?\d+", re.IGNORECASE)
_SHORTEST = 7
"""Fewer digits belong to the name of a model."""


class Entered(NamedTuple):
    """A serial with the words beside it that may name a model."""

    serial: str
    model: str


class Fits(NamedTuple):
    """A serial with the device it is."""

    serial: str
    product: Product

    def key(self, campaign: Campaign) -> str:
        """What stands for it in an answer: the serial, with the product where that says too little."""
        alone = len(campaign.with_serial(self.serial)) == 1
        return self.serial if alone else f"{self.serial} {self.product.code}"


def entered(text: str) -> tuple[list[Entered], list[Text]]:
    """Every device in the words, line by line, each serial once, and a line for what is none."""
    found: dict[str, Entered] = {}
    problems: list[Text] = []
    for line in re.split(r"[\r\n]+", text):
        numbers = _SERIAL.findall(line) or [n for n in serials_in(line).found if len(n) == SMA]
        whole = len(_SERIAL.findall(line)) == len(numbers)
        for number, model in zip(numbers, _models(line) if whole else repeat(""), strict=False):
            if well_formed(number):
                found.setdefault(number, Entered(number, model))
        problems += _wrong(line, bool(numbers))
    if len(problems) > EXPLAINED:
        rest = len(problems) - EXPLAINED
        more = n_("{n} more is no serial number.", "{n} more are no serial numbers.")(n=rest)
        problems[EXPLAINED:] = [more]
    if len(found) > AT_MOST:
        problems.append(_("At most {most} serial numbers fit in one request.")(most=AT_MOST))
    return list(found.values())[:AT_MOST], problems


def _models(line: str) -> Iterator[str]:
    """The words that belong to each serial of a line: those before it, or after it where it comes first; one
    without any is what the one before it is."""
    parts = [_WORDS_BETWEEN.sub(" ", part).strip(" .-/&+") for part in _SERIAL.split(line)]
    if len(parts) == 2:
        yield " ".join(filter(None, parts))
        return
    model = ""
    for words in parts[:-1] if parts[0] else parts[1:]:
        model = words or model
        yield model


def _wrong(line: str, has_serial: bool) -> Iterator[Text]:
    rounded = ROUNDED.findall(line)
    for typed in rounded:
        yield _("{typed} was rounded by a spreadsheet. Copy it as text, or send a photo of the label.")(
            typed=typed
        )
    if has_serial or rounded:
        return
    numbers = [number for number in re.findall(r"\d+", line) if len(number) >= _SHORTEST]
    for number in numbers:
        yield n_(
            "{typed} has {n} digit; a serial number of SMA has 10. Please compare it with the label.",
            "{typed} has {n} digits; a serial number of SMA has 10. Please compare it with the label.",
        )(n=len(number), typed=Copy(number[:40]))
    if not numbers and _WORDS_BETWEEN.sub("", line).strip():  # names of columns are no devices
        yield _("I see no serial number in “{words}”. One of SMA has 10 digits.")(words=line.strip()[:60])


def checked(campaign: Campaign, serial: str, model: str) -> Fits | Text:
    """The device this is, or why it cannot be registered as it stands."""
    known = campaign.with_serial(serial)
    if model:
        family = [product for product in known if folded(model) and folded(model) in folded(product.name)]
        product = family[0] if len(family) == 1 else campaign.named(model)
        if product is None:
            return _("“{model}” is not one of the devices of this promotion.")(model=model[:60])
        if not product.has_serial(serial):
            return _("{serial} does not fit {model}. Please compare both with the label.")(
                serial=Copy(serial), model=product.name
            )
        return Fits(serial, product)
    if not known:
        return _("{serial} is no device of this promotion, or it was mistyped. Please compare the label.")(
            serial=Copy(serial)
        )
    if len(known) > 1:
        return _("{serial} can be more than one model. Please type the model before it.")(serial=Copy(serial))
    return Fits(serial, known[0])


def from_key(campaign: Campaign, key: str) -> Fits | None:
    """The device that an answer stands for, if the campaign still has it."""
    serial, _space, code = key.partition(" ")
    known = [product for product in campaign.with_serial(serial) if code in ("", product.code)]
    return Fits(serial, known[0]) if well_formed(serial) and len(known) == 1 else None
