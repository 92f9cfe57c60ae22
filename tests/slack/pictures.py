"""Modals and messages as somebody in a workspace sees them: docs/slack.html, and a picture of each language.

python -m tests.slack.pictures plays the stories; what is shown is what the process asked Slack to show.
"""

from __future__ import annotations

import json
import tempfile
from html import escape
from pathlib import Path
from typing import Any

from playwright.sync_api import ViewportSize

from tests.browser.phone import launched
from tests.browser.taking import keep
from tests.conversations.journeys import NEW_RMA
from tests.slack.modals import FormFiller
from tests.slack.process import World
from tests.slack.rooms import Message
from tests.slack.service import Slack
from tests.slack.test_modals import SENT, play, up_to_the_fault
from tests.slack.test_rooms import FOLLOW, passes
from tests.telegram.journeys import photo
from tests.telegram.process import make_sample

SCREEN: ViewportSize = {"width": 1200, "height": 800}
PAGE = Path(__file__).parents[2] / "docs" / "slack.html"
TITLES = {"nl": "Nederlands", "fr": "Français", "en": "English"}
STYLE = """
body { font: 15px/1.4 system-ui, sans-serif; margin: 0; background: #fff; color: #1d1c1d; }
h1, h2, header p { max-width: 84rem; margin: 1.5rem auto 0.5rem; padding: 0 1rem; }
main { display: grid; grid-template-columns: repeat(auto-fill, minmax(22rem, 1fr)); gap: 1rem;
  align-items: start; max-width: 84rem; margin: 0 auto; padding: 0 1rem; }
.modal { border: 1px solid #bbb; border-radius: 0.6rem; box-shadow: 0 4px 14px #0002; overflow: hidden; }
.modal > b { display: block; padding: 0.7rem 1rem; border-bottom: 1px solid #ddd; }
.body { padding: 0.5rem 1rem; } .foot { padding: 0.6rem 1rem; border-top: 1px solid #ddd; text-align: right; }
.message { border-left: 4px solid #4a154b; padding: 0.2rem 0.8rem; }
.only { border-style: dashed; } .reply { margin-left: 1.5rem; } .theirs { border-color: #bbb; }
.line { display: flex; gap: 0.5rem; justify-content: space-between; align-items: start; margin: 0.5rem 0; }
nav { max-width: 84rem; margin: 0 auto; padding: 0 1rem; display: flex; gap: 1rem; }
.words { white-space: pre-line; overflow-wrap: anywhere; margin: 0.4rem 0; }
.row { display: flex; flex-wrap: wrap; gap: 0.4rem; margin: 0.5rem 0; }
.button { border: 1px solid #999; border-radius: 0.3rem; padding: 0.2rem 0.6rem; font-weight: 600;
  font-size: 0.85rem; white-space: nowrap; }
.primary { background: #007a5a; color: #fff; border-color: #007a5a; } .danger { color: #c01343; }
label { display: block; font-weight: 600; margin: 0.7rem 0 0.2rem; } small { color: #616061; }
.input { border: 1px solid #999; border-radius: 0.3rem; padding: 0.35rem 0.6rem; min-height: 1.3rem;
  overflow-wrap: anywhere; }
.wrong { color: #b3123e; font-size: 0.85rem; } code { color: #c01343; }
.fact { display: grid; grid-template-columns: 1fr 1.4fr auto; gap: 0.5rem; margin: 0.4rem 0;
  align-items: start; }
@media (prefers-color-scheme: dark) {
  body { background: #1a1d21; color: #d1d2d3; } small { color: #9a9b9d; }
  .wrong, code, .danger { color: #f2778f; }
}
"""


def words(block: dict[str, Any]) -> str:
    """Words with their styles."""
    marks = {"bold": "b", "italic": "i", "code": "code"}
    parts = []
    for section in block["elements"]:
        for element in section["elements"]:
            text = escape(element["text"])
            if element["type"] == "link":
                text = f"<a href='{escape(element['url'])}'>{text}</a>"
            for style in element.get("style", {}):
                text = f"<{marks[style]}>{text}</{marks[style]}>"
            parts.append(text)
    return f"<div class='words'>{''.join(parts)}</div>"


def pressable(element: dict[str, Any]) -> str:
    """A button, or a closed list."""
    if element["type"] == "button":
        return f"<span class='button {element.get('style', '')}'>{escape(element['text']['text'])}</span>"
    return f"<span class='button'>{escape(element['placeholder']['text'])} ▾</span>"


def filled(block: dict[str, Any], values: dict[str, Any], wrong: dict[str, str]) -> str:
    """A field with what stands in it, and what is wrong with that."""
    element = block["element"]
    given = values.get(block["block_id"], {}).get(element["action_id"], {})
    chosen = [given["selected_option"]] if given.get("selected_option") else given.get("selected_options", [])
    names = [option["text"]["text"] for option in chosen] + [file["name"] for file in given.get("files", [])]
    text = escape(", ".join(names) or given.get("value") or element.get("placeholder", {}).get("text", ""))
    if element["type"] == "radio_buttons":
        marks = (("◉" if o in chosen else "○") + " " + escape(o["text"]["text"]) for o in element["options"])
        inside = "<br>".join(marks)
    else:
        kinds = {"file_input": "📎", "external_select": "🔍"}
        sign = kinds.get(element["type"], "▾" if "select" in element["type"] else "")
        inside = f"<div class='input'>{text[:120]} {sign}</div>"
    hint = f"<small>{escape(block['hint']['text'])}</small>" if "hint" in block else ""
    error = wrong.get(block["block_id"])
    said = f"<div class='wrong'>⚠ {escape(error)}</div>" if error else ""
    return f"<label>{escape(block['label']['text'])}</label>{inside}{hint}{said}"


def looks(block: dict[str, Any], values: dict[str, Any], wrong: dict[str, str]) -> str:
    """A block."""
    match block["type"]:
        case "rich_text":
            return words(block)
        case "actions":
            return f"<div class='row'>{''.join(pressable(each) for each in block['elements'])}</div>"
        case "header":
            return f"<h3>{escape(block['text']['text'])}</h3>"
        case "divider":
            return "<hr>"
        case "context":
            return f"<small>{escape(' '.join(each['text'] for each in block['elements']))}</small>"
        case "section" if "text" in block:
            button = pressable(block["accessory"]) if "accessory" in block else ""
            return f"<div class='line'><span>{escape(block['text']['text'])}</span>{button}</div>"
        case "section":
            title, value = (escape(field["text"]) for field in block["fields"])
            change = pressable(block["accessory"]) if "accessory" in block else ""
            return f"<div class='fact'><small>{title}</small><span>{value}</span><span>{change}</span></div>"
        case _:
            return filled(block, values, wrong)


def modal(view: dict[str, Any], values: dict[str, Any], wrong: dict[str, str]) -> str:
    """A modal as it stands."""
    body = "".join(looks(block, values, wrong) for block in view["blocks"])
    submit = (
        f" <span class='button primary'>{escape(view['submit']['text'])}</span>" if "submit" in view else ""
    )
    foot = f"<span class='button'>{escape(view['close']['text'])}</span>{submit}"
    title = escape(view["title"]["text"])
    return (
        f"<div class='modal'><b>{title}</b><div class='body'>{body}</div><div class='foot'>{foot}</div></div>"
    )


class Watched(FormFiller):
    """A person whose modals are kept as they stood."""

    def __init__(self, slack: Slack, user: str, language: str) -> None:
        super().__init__(slack, user, language)
        self.seen: list[str] = []

    def looks(self) -> None:
        """Keep what stands there now."""
        self.seen.append(modal(self.view, self.values, self.errors))

    async def submits(self, wait: bool = True) -> None:
        self.looks()
        await super().submits(wait)
        if self.errors:
            self.looks()


def said(person: FormFiller) -> list[str]:
    """What the bot has said in the direct messages."""
    shown = (message for message in person.room.messages.values() if message.mine)
    blocks = ("".join(looks(block, {}, {}) for block in message.blocks) for message in shown)
    return [f"<div class='message'>{inside}</div>" for inside in blocks]


def filed(language: str, folder: Path, sample: Path) -> list[str]:
    """An RMA in modals, then what stays in the chat."""
    shown: list[str] = []

    async def story(world: World, person: FormFiller) -> None:
        watched = Watched(world.slack, person.user, language)
        await up_to_the_fault(watched, language)
        watched.chooses("fault", 0)
        watched.types("description", "x" * 2001)
        await watched.submits()
        watched.types("description", "No light since Monday.")
        watched.attaches("photos", "roof.jpg", photo())
        await watched.submits()
        await watched.submits()
        watched.looks()
        number = world.rows(SENT)[0][0]
        await world.slack.until(lambda: any(number in text for text in watched.hears_of()))
        shown.extend([*watched.seen, said(watched)[-1]])

    play(story, folder, sample, "sockets", language)
    return shown


def asked(language: str, folder: Path, sample: Path) -> list[str]:
    """The same work in the chat, question by question."""
    shown: list[str] = []

    async def story(_world: World, person: FormFiller) -> None:
        await (await person.says(NEW_RMA[language])).hears()
        shown.extend(said(person))

    play(story, folder, sample, "sockets", language)
    return shown


def homes(language: str, folder: Path, sample: Path) -> list[str]:
    """The Home of a stranger, and of somebody with RMAs, unfinished work and a question of the desk."""
    shown: list[str] = []

    async def story(world: World, person: FormFiller) -> None:
        for who in (world.person(language), person):
            if who is person:
                await (await who.says(NEW_RMA[language])).hears()
            view = await who.opens_home()
            inside = "".join(looks(block, {}, {}) for block in view["blocks"])
            shown.append(f"<div class='modal'><b>Home</b><div class='body'>{inside}</div></div>")

    play(story, folder, sample, "sockets", language)
    return shown


def in_a_channel(language: str, folder: Path, sample: Path) -> list[str]:
    """A question in a channel, answered where only the asker reads it; an RMA that the channel follows."""
    shown: list[str] = []

    async def story(world: World, person: FormFiller) -> None:
        room = person.channel()
        number = str(
            next(rma["number"] for rma in world.firm(language)["rmas"] if rma["status"] == "in_progress")
        )
        await person.mentions("help", room)
        await world.slack.until(lambda: any(message.only_for for message in room.messages.values()))
        await person.commands_in(f"{FOLLOW[language]} {number}", room.id)
        await person.opened()
        await person.submits()
        await world.slack.until(lambda: any(m.mine and not m.only_for for m in room.messages.values()))
        passes(world, number, "pending_approval")
        await world.slack.until(lambda: any(message.thread for message in room.messages.values()))
        for message in room.messages.values():
            inside = "".join(looks(block, {}, {}) for block in message.blocks) or words_of(message)
            place = (
                "only" if message.only_for else "reply" if message.thread else "theirs" * (not message.mine)
            )
            shown.append(f"<div class='message {place}'>{inside}</div>")

    play(story, folder, sample, "sockets", language)
    return shown


def words_of(message: Message) -> str:
    """What a message without blocks says."""
    return f"<div class='words'>{escape(message.words)}</div>"


def main() -> None:
    """Write the page."""
    parts = ["<!doctype html><html lang='en'><meta charset='utf-8'>"]
    parts.append("<meta name='viewport' content='width=device-width'><title>Solardesk on Slack</title>")
    parts.append(f"<style>{STYLE}</style><header><h1>Solardesk on Slack</h1>")
    parts.append(
        "<p>What the process showed in a workspace: Home, an RMA as a form, the same begun in the chat, and"
        " a channel that follows an RMA (what only one person sees is dashed).</p><nav>"
        + " ".join(f"<a href='#{name}'>{title}</a>" for name, title in TITLES.items())
        + "</nav></header>"
    )
    with tempfile.TemporaryDirectory() as made:
        sample = make_sample(Path(made) / "sample")
        for language, title in TITLES.items():
            shown = homes(language, Path(made) / f"home-{language}", sample)
            shown += filed(language, Path(made) / f"form-{language}", sample)
            shown += asked(language, Path(made) / f"chat-{language}", sample)
            channel = in_a_channel(language, Path(made) / f"channel-{language}", sample)
            shown.append(
                f"<div class='modal'><b>#channel</b><div class='body'>{''.join(channel)}</div></div>"
            )
            parts.append(
                f"<h2 id='{language}' lang='{language}'>{title}</h2>"
                f"<main lang='{language}'>{''.join(shown)}</main>"
            )
    PAGE.write_text("\n".join(parts) + "\n", encoding="utf-8")
    print(json.dumps({"page": PAGE.name, "bytes": PAGE.stat().st_size}))
    with launched() as browser:
        page = browser.new_page(viewport=SCREEN, color_scheme="light")
        page.goto(PAGE.as_uri())
        for language in TITLES:
            keep(page.locator(f"main[lang={language}]").screenshot(), f"slack-{language}")


if __name__ == "__main__":
    main()
