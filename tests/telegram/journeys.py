"""What people do on their phones, in any language."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

from PIL import Image

from flows.engine.phrases import Phrase
from locales import catalogs
from locales.speaker import Speaker
from tests.conversations.journeys import HOME, NEW_RMA, NOTE, SEARCH, SILENT, STATUS
from tests.telegram.phone import Phone
from tests.telegram.process import World

LANGUAGES = ("nl", "fr", "en")
T = TypeVar("T")
R = TypeVar("R")


def words(language: str, msgid: str) -> str:
    """A phrase of ours as this person reads it, up to its first gap, with the spaces of a keyboard.

    `msgid` is the English one or the beginning of it.
    """
    msgid = next(known for known in _msgids() if known == msgid or known.startswith(f"{msgid} "))
    said = Speaker(language, "Europe/Brussels", datetime.date(2026, 11, 20)).say(Phrase(msgid))
    return said.replace("\u00a0", " ").replace("\u202f", " ").split("{")[0].strip()


@cache
def _msgids() -> list[str]:
    return sorted(str(message.id) for message in catalogs.read("nl") if isinstance(message.id, str))


def at_once(work: Callable[[T], R], items: Sequence[T]) -> list[R]:
    """Do something for several people at the same time; what one raises is raised."""
    with ThreadPoolExecutor(len(items)) as pool:
        return list(pool.map(work, items))


def photo(shade: int = 90) -> bytes:
    """A small JPEG; another shade is another photo."""
    out = io.BytesIO()
    Image.new("RGB", (640, 480), (shade, 120, 60)).save(out, "JPEG")
    return out.getvalue()


def files_rma(world: World, phone: Phone, language: str) -> str:
    """An RMA by words, taps and a photo; its number."""
    system, serial = world.site(language)
    phone.says(NEW_RMA[language]).sees(words(language, "Which system is it?"))
    phone.says(system).taps(serial).taps(words(language, "Done"))
    phone.taps(words(language, "Not reporting")).hears()
    phone.says(SILENT[language]).sees(words(language, "Photos help the desk"))
    phone.sends_photo(photo(len(system)))
    phone.sees(system, serial, SILENT[language]).taps(words(language, "Send"))
    return phone.sees("RMA").number()


def tracks(phone: Phone, language: str, number: str) -> None:
    """The state of an RMA by its number without zeros, block by block; a note in one sentence."""
    phone.says(STATUS[language].format(int(number))).sees(number)
    for block in ("History", "Addresses"):
        phone.taps(words(language, block)).sees(number)
    phone.says(NOTE[language].format(number, HOME[language])).sees(HOME[language])
    phone.taps(words(language, "Add")).sees(number)


def searches(world: World, phone: Phone, language: str) -> None:
    """The systems near a shared place; one card."""
    name, latitude, longitude = world.place(language)
    phone.says(SEARCH[language]).sees(words(language, "Which system?"))
    phone.shares_place(latitude, longitude)
    phone.taps(name).sees(name)
    phone.taps(words(language, "Devices")).sees(name)
