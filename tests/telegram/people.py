"""People who use the bot while it is killed again and again."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import Any

from tests.conversations.journeys import NEW_RMA, SEARCH
from tests.telegram.journeys import photo, words
from tests.telegram.process import World
from tests.telegram.service import Call

SCREENS = (
    "Which system is it?",
    "What do you see?",
    "In a few words:",
    "Photos help the desk",
    "Please check everything.",
)
ANSWER = re.compile(r"\b([0-9a-f]+)\.[0-9]+\b")
"""The token of a question and the number of an answer, in the data of a button."""
TOO_SLOW = {"nl": "duurde te lang", "fr": "trop de temps", "en": "took too long"}
PATIENCE = 600
"""Whoever looks at a file is killed again and again before it has looked."""


class Filer:
    """Somebody who files one RMA, with an album of three photos."""

    def __init__(self, world: World, firm: dict[str, Any]) -> None:
        self.phone = world.acquainted(firm)
        self.phone.patience = PATIENCE
        self.language = self.phone.language
        self.system, self.serial = world.site_of(firm)
        self.sent_again = False
        """Only on a machine so busy that looking at a photo takes more than 20 s."""

    def acts(self) -> None:
        """From the first word to the number."""
        phone, say = self.phone, partial(words, self.language)
        phone.says(NEW_RMA[self.language]).sees(say(SCREENS[0]))
        phone.says(self.system).taps(self.serial).taps(say("Done")).taps(say("Damaged"))
        phone.sees(say(SCREENS[2])).taps(say("Skip")).sees(say(SCREENS[3]))
        self._shows_photos(say(SCREENS[4]))
        phone.taps(say("Send")).sees("RMA").number()

    def _shows_photos(self, review: str) -> None:
        album = [photo(shade + self.phone.id % 100) for shade in (0, 50, 100)]
        while review not in self.phone.sends_album(*album).sees_one_of(review, TOO_SLOW[self.language]):
            self.sent_again = True


class Talker:
    """Somebody who asks this and that, and shows photos of nothing in particular."""

    def __init__(self, world: World, firm: dict[str, Any], enough: Callable[[int], bool]) -> None:
        self.phone = world.acquainted(firm)
        self.phone.patience = PATIENCE
        self.enough = enough
        self.language = self.phone.language

    def acts(self) -> None:
        """Until it is enough."""
        turn = 0
        while not self.enough(turn):
            match turn % 5:
                case 0:
                    self.phone.says(SEARCH[self.language]).sees(words(self.language, "Cancel"))
                case 1:
                    self.phone.taps(words(self.language, "Cancel")).hears()
                case 4:
                    self.phone.sends_album(photo(turn), photo(turn + 1)).hears()
                case _:
                    self.phone.says("/help").sees("Menu")
            turn += 1


def until(flag: threading.Event) -> Callable[[int], bool]:
    """Somebody who goes on until somebody else says stop."""
    return lambda _turn: flag.is_set()


def tokens(calls: list[Call]) -> list[int]:
    """The questions that were shown, by their number in the conversation, in the order of the calls."""
    keyboards = [call.params.get("reply_markup", {}).get("inline_keyboard", []) for call in calls]
    data = [" ".join(b.get("callback_data", "") for row in rows for b in row) for rows in keyboards]
    return [int(found[1], 16) for each in data if (found := ANSWER.search(each))]


def repeats(calls: list[Call]) -> list[tuple[Call, Call]]:
    """New messages that are the same as the one before."""
    new = [call for call in calls if call.method == "sendMessage"]
    return [(one, other) for one, other in pairwise(new) if one.params == other.params]
