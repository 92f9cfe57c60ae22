"""Chats as they looked on the phone, as one page that a person can look at: docs/telegram.html.

python -m tests.telegram.pictures plays every journey; what is shown is what the adapter asked the server of
the tests to show.
"""

from __future__ import annotations

import re
import tempfile
from html import escape
from pathlib import Path
from typing import Any

from tests.conversations.journeys import JOURNEYS
from tests.telegram.carried import TelegramChat, TelegramWorld
from tests.telegram.chats import Message
from tests.telegram.journeys import LANGUAGES
from tests.telegram.phone import Phone

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
.about { max-width: 70rem; margin: 0 auto 0.75rem; padding: 0 1rem; }
details { opacity: 0.75; margin: 0.25rem 0 0 1rem; font-size: 0.9rem; } summary { color: #5a6b50; }
code { color: #0b5c8a; } small { color: #5a6b50; display: block; text-align: right; }
@media (prefers-color-scheme: dark) {
  body { background: #111; color: #eee; } section { background: #1d2a1c; } h3 { color: #b9c9ae; }
  .text { background: #2a332a; } .me .text { background: #35502f; } code { color: #8cc8f0; }
}
"""


def bubble(message: Message) -> str:
    """One message with its buttons; under it, on a tap, how it looked before."""
    who = "" if message.mine else " me"
    earlier = "".join(looks(data, escape(_text(data)), message.mine) for data in message.before)
    if earlier:
        earlier = f"<details><summary>edited, {len(message.before)} × before</summary>{earlier}</details>"
    words = message.html if message.mine else escape(message.text)
    return f"<div class='bubble{who}'>{looks(message.data, words, message.mine)}{earlier}</div>"


def looks(data: dict[str, Any], words: str, mine: bool) -> str:
    """The text and the buttons."""
    signs = {"photo": "📷 ", "voice": "🎤 0:03", "document": "📎 ", "location": f"📍 {_place(data)}"}
    sign = "".join(shown for kind, shown in signs.items() if kind in data)
    rows = "".join(
        "<div class='row'>"
        + "".join(f"<span class='{b.get('style', '')}'>{escape(b['text'])}</span>" for b in row)
        + "</div>"
        for row in data.get("reply_markup", {}).get("inline_keyboard", ())
    )
    return f"<div class='text'>{CODE.sub('ABCDE-FGHJK', sign + words)}</div>{rows}"


def _place(data: dict[str, Any]) -> str:
    return ", ".join(str(number) for number in data.get("location", {}).values())


def _text(data: dict[str, Any]) -> str:
    return str(data.get("text") or data.get("caption") or "")


def page(told: dict[tuple[str, str], Phone]) -> str:
    """The whole page."""
    out = [
        "<!doctype html><html lang='en'><meta charset='utf-8'>",
        "<meta name='viewport' content='width=device-width'><title>Solardesk on Telegram</title>",
        f"<style>{STYLE}</style><header><h1>Solardesk on Telegram</h1>",
        "<p>Every journey in three languages, as the phones showed it at the end, drawn from the calls of",
        "the Bot API that the adapter made. Pressed questions are edited in place: <em>edited</em> opens how",
        "they looked before. Made by <code>python -m tests.telegram.pictures</code>.</p></header>",
    ]
    for name, journey in JOURNEYS.items():
        out.append(f"<h2>{name}</h2><p class='about'>{escape((journey.__doc__ or '').strip())}</p><main>")
        for language in LANGUAGES:
            bubbles = "\n".join(bubble(message) for message in told[name, language].room.shown())
            out.append(f"<section lang='{language}'><h3>{language}</h3>\n{bubbles}\n</section>")
        out.append("</main>")
    return "\n".join(out) + "</html>\n"


def main() -> None:
    """Play every journey in every language, each in a world of its own, and write the page."""
    told: dict[tuple[str, str], Phone] = {}
    for name in JOURNEYS:
        for language in LANGUAGES:
            with tempfile.TemporaryDirectory() as folder:
                world = TelegramWorld(Path(folder))
                chat = JOURNEYS[name](world, language)
                assert isinstance(chat, TelegramChat)
                told[name, language] = chat.phone
                world.close()
    PAGE.write_text(page(told), encoding="utf-8")


if __name__ == "__main__":
    main()
