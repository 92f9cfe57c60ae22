"""Play the main conversations in every language and write them down for people to read.

python -m tests.conversations.print_transcripts writes docs/transcripts/<journey>.<language>.md
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from flows.engine.conversation import Button
from flows.engine.outputs import Prompt, Say
from locales.speaker import Speaker
from tests.conversations.chats import Chat, World
from tests.conversations.journeys import JOURNEYS

FOLDER = Path(__file__).parents[2] / "docs" / "transcripts"
CODE = re.compile(r"\b[0-9A-HJ-NP-Z]{5}-[0-9A-HJ-NP-Z]{5}\b")


def written(chat: Chat) -> Iterator[str]:
    """The conversation as Markdown: what the person did, and under it what they saw."""
    for words, answer in chat.everything:
        yield f"**I** {CODE.sub('ABCDE-FGHJK', words.strip())}\n"
        for out in answer:
            speaker = Speaker(out.locale, out.time_zone, chat.world.clock.now().date())
            lines = list(shown(out.output, speaker))
            if lines:
                yield "\n".join(f"> {line}  " for line in lines) + "\n"


def shown(output: object, speaker: Speaker) -> Iterator[str]:
    """One message, line by line."""
    match output:
        case Say(lines):
            for line in lines:
                yield from speaker.say(line, copy=marked).split("\n")
        case Prompt():
            for text in (
                *output.lines,
                *(part for f in output.fields for part in (f.text, f.problem, f.hint)),
            ):
                yield from speaker.say(text, copy=marked).split("\n") if text else ()
            for fact in output.facts:
                yield f"*{speaker.say(fact.title)}*: {speaker.say(fact.value, copy=marked)}"
            yield from (labelled(button, speaker) for button in buttons(output) if button.detail)
            short = [labelled(button, speaker) for button in buttons(output) if not button.detail]
            if short:
                yield " ".join(short)


def buttons(prompt: Prompt) -> list[Button]:
    """The buttons on screen; those that change one answer are behind "change"."""
    every = [button for field in prompt.fields for button in field.options] + list(prompt.buttons)
    reviewing = any(button.group == "change" for button in every)
    return [button for button in every if not (reviewing and button.group == "redo")]


def labelled(button: Button, speaker: Speaker) -> str:
    """A button in brackets, with what stands beside it."""
    detail = f" {speaker.say(button.detail)}" if button.detail else ""
    return f"[{'✓ ' if button.picked else ''}{speaker.say(button.label)}]{detail}"


def marked(text: str) -> str:
    """Words that one tap copies."""
    return f"`{text}`"


def main() -> None:
    """Write every journey in every language."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, journey in JOURNEYS.items():
        for locale in ("nl", "fr", "en"):
            with tempfile.TemporaryDirectory() as folder:
                world = World(Path(folder))
                chat = journey(world, locale)
                about = (journey.__doc__ or "").strip()
                text = f"# {name} ({locale})\n\n{about}\n\n" + "\n".join(written(chat))
                (FOLDER / f"{name}.{locale}.md").write_text(text, encoding="utf-8")
                world.close()


if __name__ == "__main__":
    main()
