"""Play every journey on Slack in every language, and write down what stands there for people to read.

python -m tests.slack.print_transcripts writes docs/slack-transcripts: <journey>.<language>.md as it goes in
the chat, <journey>-modal.<language>.md as it goes in forms.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from tests.conversations.chats import Chat
from tests.conversations.journeys import JOURNEYS
from tests.conversations.print_transcripts import CODE
from tests.slack.carried import SlackChat, SlackWorld
from tests.slack.filled import FormWorld
from tests.slack.form_journeys import FORMS
from tests.telegram.journeys import LANGUAGES

FOLDER = Path(__file__).parents[2] / "docs" / "slack-transcripts"
World = TypeVar("World", bound=SlackWorld)


def transcript(
    title: str, make: Callable[[Path], World], journey: Callable[[World, str], Chat], language: str
) -> str:
    """One journey as Markdown."""
    with tempfile.TemporaryDirectory() as folder:
        world = make(Path(folder))
        try:
            played = journey(world, language)
            assert isinstance(played, SlackChat)
        finally:
            world.close()
    parts = [f"# {title} ({language})\n", f"{(journey.__doc__ or '').strip()}\n"]
    for words, shown in played.pages:
        parts += [f"**I** {words.strip()}\n", *shown]
    return CODE.sub("ABCDE-FGHJK", "\n".join(parts))


def main() -> None:
    """Write all of them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        for name, journey in JOURNEYS.items():
            text = transcript(name, SlackWorld, journey, language)
            (FOLDER / f"{name}.{language}.md").write_text(text, encoding="utf-8")
        for name, filling in FORMS.items():
            text = transcript(f"{name} in forms", FormWorld, filling, language)
            (FOLDER / f"{name}-modal.{language}.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
