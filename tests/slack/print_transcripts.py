"""Play every journey on Slack in every language, and write down what stands there for people to read.

python -m tests.slack.print_transcripts writes docs/slack-transcripts/<journey>.<language>.md
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from tests.conversations.journeys import JOURNEYS
from tests.conversations.print_transcripts import CODE
from tests.slack import written
from tests.slack.carried import SlackChat, SlackWorld
from tests.telegram.journeys import LANGUAGES

FOLDER = Path(__file__).parents[2] / "docs" / "slack-transcripts"
CLOCK = re.compile(r"(?<= · )\d\d:\d\d")


def chat(name: str, language: str) -> str:
    """A journey in the chat."""
    journey = JOURNEYS[name]
    with tempfile.TemporaryDirectory() as folder:
        world = SlackWorld(Path(folder))
        try:
            played = journey(world, language)
            assert isinstance(played, SlackChat)
        finally:
            world.close()
    parts = [f"# {name} ({language})\n", f"{(journey.__doc__ or '').strip()}\n"]
    for words, messages in played.pages:
        parts += [f"**I** {words.strip()}\n", *map(written.message, messages)]
    return "\n".join(parts)


def main() -> None:
    """Write all of them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in JOURNEYS:
        for language in LANGUAGES:
            text = CODE.sub("ABCDE-FGHJK", chat(name, language))
            (FOLDER / f"{name}.{language}.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
