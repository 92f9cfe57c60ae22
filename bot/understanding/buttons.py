"""A typed answer that says what a button says, in any of the three languages."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache
from typing import Final

from bot.understanding import words
from bot.understanding.fold import fold
from flows.engine.conversation import Button, Screen
from flows.engine.events import Pressed
from flows.engine.phrases import Copy, Phrase
from flows.engine.talk import STOP_PRACTICE
from locales.speaker import Speaker

ALIKE: Final = 90
MARGIN: Final = 5
SHORTEST: Final = 4
"""Letters from which a slip is no other word."""

_HOUR: Final = re.compile(
    r"(?<![\d/.])(\d{1,2})(?:[:.uh]\d{2})? ?(?:u(?:ur)?|h(?:eures?)?|am|o'?clock)?\b(?![/\d])"
)
_CLOCK: Final = re.compile(r"(\d{1,2}):\d\d")
_DAY_PARTS: Final = {
    part: frozenset(fold(said).split())
    for part, said in {
        "morning": "voormiddag ochtend morgens smorgens matin matinée morning",
        "afternoon": "namiddag middag aprem afternoon midi",
        "day": "hele gans ganse heel journée toute all whole",
    }.items()
}
"""What the parts of a day are called besides."""
_SPEAKERS: Final = {
    locale: Speaker(locale, "Europe/Brussels", datetime.date(2000, 1, 1)) for locale in ("nl", "fr", "en")
}


def exactly(folded: str, locale: str, screen: Screen) -> Pressed | None:
    """The button that says this, word for word.

    Where words are asked for, only back, cancel and the like count: the rest is the answer.
    """
    for button in screen.buttons:
        if (screen.asks != "text" or button.group == "nav") and folded in _names(button, locale):
            return Pressed(screen.token, button.index)
    return None


def at_time(text: str, screen: Screen) -> Pressed | None:
    """The time of day that is meant: "8h", "om 13u", "de 8 à 12", "namiddag", where times are to choose."""
    hours = [int(hour) for hour in _HOUR.findall(text.lower())]
    said = set(fold(text).split())
    meant = []
    for button in screen.buttons:
        times = _times(button)
        asked = button.press.kind == "option" and bool(times or button.press.of == "day")
        if asked and (_fits(hours, times) or said & _DAY_PARTS.get(button.press.of, frozenset())):
            meant.append(button)
    timed = any(_times(button) for button in screen.buttons)
    return Pressed(screen.token, meant[0].index) if timed and len(meant) == 1 else None


def _fits(hours: list[int], times: tuple[int, ...]) -> bool:
    """Whether these hours are those of the button, or the one hour falls within them."""
    match hours, times:
        case [since, until], (first, last):
            return (since, until) == (first, last)
        case [hour], (first, last):
            return hour == first or first < hour < last
        case _:
            return False


def _times(button: Button) -> tuple[int, ...]:
    """The hours on a label of ours: "8:00 to 12:00"."""
    label = button.label
    if not isinstance(label, Phrase) or label.gaps:
        return ()
    return tuple(int(hour) for hour in _CLOCK.findall(label.msgid))


def agreed(screen: Screen) -> Pressed | None:
    """The one thing that can be agreed to: the main button, or the only one of a card besides its way back.

    Where an answer is chosen or typed, yes is none; what several buttons may mean is not guessed.
    """
    if screen.asks in ("one", "text", "form"):
        return None
    main = [button for button in screen.buttons if button.style == "primary" or _takes_away(button)]
    if not main and screen.asks == "":
        things = [button for button in screen.buttons if _does_something(button)]
        main = things if len(things) == 1 and things[0].press.kind == "done" else []
    return Pressed(screen.token, main[0].index) if len(main) == 1 else None


def _does_something(button: Button) -> bool:
    """Whether it is no way back or around, and no end of practice, which stands on every card there."""
    ends_practice = button.press.start and button.press.start.flow == STOP_PRACTICE
    return button.group in ("answer", "action", "page") and not ends_practice


def _takes_away(button: Button) -> bool:
    """Whether it confirms a review that takes something away."""
    return button.style == "danger" and button.press.kind == "done"


def skipped(screen: Screen) -> Pressed | None:
    """The button that leaves the question out."""
    skips = (button for button in screen.buttons if button.press.of == "skip")
    return next((Pressed(screen.token, skip.index) for skip in skips), None)


def resume(screen: Screen) -> Pressed | None:
    """The button that goes on with a draft, the first one where there are several."""
    ways = (button for button in screen.buttons if button.press.kind == "resume")
    return next((Pressed(screen.token, way.index) for way in ways), None)


def requests_of_this(folded: str, screen: Screen) -> Pressed | None:
    """ "dossiers van dit systeem", with the card of a system on screen."""
    said = set(folded.split())
    if not said & words.REQUESTS or not said & words.THIS:
        return None
    turns = (button for button in screen.buttons if button.press.kind == "turn")
    return next((Pressed(screen.token, turn.index) for turn in turns if turn.press.of == "requests"), None)


def nearly(folded: str, locale: str, screen: Screen) -> Pressed | None:
    """The button that is meant with a slip of the finger, where there is no doubt.

    Only for labels of ours: a name or number that is nearly another is another.
    """
    if screen.asks == "text" or len(folded) < SHORTEST:
        return None
    from rapidfuzz.fuzz import ratio  # deferred: an exact answer does not need it

    scored = sorted(
        (
            (max(ratio(folded, name) for name in _names(button, locale)), button.index)
            for button in screen.buttons
            if isinstance(button.label, Phrase) and not button.label.gaps
        ),
        reverse=True,
    )
    if not scored or scored[0][0] < ALIKE or (len(scored) > 1 and scored[0][0] - scored[1][0] < MARGIN):
        return None
    return Pressed(screen.token, scored[0][1])


def _names(button: Button, locale: str) -> tuple[str, ...]:
    """What the button says, in all languages.

    Navigation only in the person's own ("Retour" is a return in Dutch), and so are labels made of data.
    """
    label = button.label
    if isinstance(label, str):
        return (fold(label),)
    if isinstance(label, Copy):
        return (fold(label.text),)
    if not isinstance(label, Phrase) or label.gaps:
        return (fold(_SPEAKERS.get(locale, _SPEAKERS["en"]).say(label)),)
    return _translations(label.msgid, locale if button.group == "nav" else "")


@lru_cache(maxsize=2048)
def _translations(msgid: str, only: str) -> tuple[str, ...]:
    speakers = [_SPEAKERS[only]] if only in _SPEAKERS else _SPEAKERS.values()
    return tuple(fold(speaker.say(Phrase(msgid))) for speaker in speakers)
