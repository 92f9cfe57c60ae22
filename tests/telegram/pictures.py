"""Chats as they looked on the phone, as one page that a person can look at: docs/telegram.html.

python -m tests.telegram.pictures plays them against the real process; what is shown is what the server of the
tests was asked to show.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from html import escape
from pathlib import Path

from tests.conversations.journeys import HELP, NEW_RMA, PERSON
from tests.telegram.chats import Message
from tests.telegram.journeys import LANGUAGES, at_once, files_rma, searches, tracks, words
from tests.telegram.phone import Phone
from tests.telegram.process import World, make_sample

PAGE = Path(__file__).parents[2] / "docs" / "telegram.html"
CODE = re.compile(r"\b[0-9A-HJ-NP-Z]{5}-[0-9A-HJ-NP-Z]{5}\b")
STYLE = """
body { font: 15px/1.35 system-ui, sans-serif; margin: 0; background: #fff; color: #111; }
header { max-width: 70rem; margin: 0 auto; padding: 1.5rem 1rem 0; }
h2 { margin: 2rem auto 0.5rem; max-width: 70rem; padding: 0 1rem; }
main { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 1rem;
  max-width: 70rem; margin: 0 auto; padding: 0 1rem; }
section { background: #cfdcc4; border-radius: 1rem; padding: 0.75rem; }
h3 { text-align: center; margin: 0 0 0.5rem; font-size: 0.9rem; color: #33402a; }
.bubble { max-width: 88%; margin: 0.35rem 0; white-space: pre-line; overflow-wrap: anywhere; }
.text { background: #fff; border-radius: 0.9rem; padding: 0.45rem 0.7rem; }
.me { margin-left: auto; }
.me .text { background: #e6fbd0; width: fit-content; margin-left: auto; }
.row { display: grid; grid-auto-flow: column; grid-auto-columns: 1fr; gap: 0.25rem; margin-top: 0.25rem; }
.row span { background: #6f8f6a; color: #fff; border-radius: 0.6rem; padding: 0.35rem 0.4rem;
  text-align: center; font-size: 0.85rem; }
.primary { background: #2f6f9f !important; } .danger { background: #a33a32 !important; }
code { color: #0b5c8a; } small { color: #5a6b50; display: block; text-align: right; }
@media (prefers-color-scheme: dark) {
  body { background: #111; color: #eee; } section { background: #1d2a1c; } h3 { color: #b9c9ae; }
  .text { background: #2a332a; } .me .text { background: #35502f; } code { color: #8cc8f0; }
}
"""

Story = Callable[[World, Phone, str], object]


def filing(world: World, phone: Phone, language: str) -> None:
    """From an invitation to an RMA, on the roof: by words, taps and a photo."""
    files_rma(world, phone, language)


def tracking(world: World, phone: Phone, language: str) -> None:
    """Where an RMA is, and a note for it."""
    tracks(phone, language, world.firm(language)["rmas"][3]["number"])


def searching(world: World, phone: Phone, language: str) -> None:
    """The systems near a place that was shared."""
    searches(world, phone, language)


def stray(world: World, phone: Phone, language: str) -> None:
    """Help, a voice message, an old button, a person."""
    phone.says(HELP[language]).sees("Menu")
    phone.sends_voice().hears()
    phone.says(NEW_RMA[language]).sees(words(language, "Which system is it?"))
    old = phone.last()
    button = old.buttons[0]
    phone.says("/start").hears()
    phone.taps_on(old, button).hears()
    phone.says(PERSON[language]).hears()


STORIES: tuple[Story, ...] = (filing, tracking, searching, stray)


def bubble(message: Message) -> str:
    """One message with its buttons."""
    data, parts = message.data, []
    if "photo" in data:
        parts.append("📷 ")
    if "voice" in data:
        parts.append("🎤 0:03")
    if "location" in data:
        parts.append(f"📍 {data['location']['latitude']}, {data['location']['longitude']}")
    parts.append(message.html if message.mine else escape(message.text))
    edited = "<small>edited</small>" if message.before else ""
    rows = "".join(
        "<div class='row'>"
        + "".join(f"<span class='{b.get('style', '')}'>{escape(b['text'])}</span>" for b in row)
        + "</div>"
        for row in message.rows
    )
    text = CODE.sub("ABCDE-FGHJK", "".join(parts))
    who = "" if message.mine else "me"
    return f"<div class='bubble {who}'><div class='text'>{text}{edited}</div>{rows}</div>"


def page(told: dict[tuple[str, str], Phone]) -> str:
    """The whole page."""
    out = [
        "<!doctype html><html lang='en'><meta charset='utf-8'>",
        "<meta name='viewport' content='width=device-width'><title>Solardesk on Telegram</title>",
        f"<style>{STYLE}</style><header><h1>Solardesk on Telegram</h1>",
        "<p>What the phones showed at the end of each conversation, drawn from the calls of the Bot API that",
        "the real process made. Pressed questions are edited in place, so a chat is shorter than what",
        "happened in it. Made by <code>python -m tests.telegram.pictures</code>.</p></header>",
    ]
    for story in STORIES:
        out.append(f"<h2>{escape((story.__doc__ or '').strip())}</h2><main>")
        for language in LANGUAGES:
            bubbles = "\n".join(bubble(message) for message in told[story.__name__, language].room.shown())
            out.append(f"<section lang='{language}'><h3>{language}</h3>\n{bubbles}\n</section>")
        out.append("</main>")
    return "\n".join(out) + "</html>\n"


def main() -> None:
    """Play all stories in all languages at the same time, and write the page."""
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder) / "world", make_sample(Path(folder) / "sample"))
        try:
            world.start()
            told: dict[tuple[str, str], Phone] = {}

            def tell(what: tuple[Story, str]) -> None:
                story, language = what
                phone = told[story.__name__, language] = world.linked(language)
                story(world, phone, language)

            at_once(tell, [(story, language) for story in STORIES for language in LANGUAGES])
            world.settled()
            PAGE.write_text(page(told), encoding="utf-8")
        finally:
            world.close()


if __name__ == "__main__":
    main()
