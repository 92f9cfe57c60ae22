"""What the guides show takes less here than there."""

from __future__ import annotations

import pytest

from tests.conversations.chats import World
from tests.conversations.taps import PAGE, TASKS, counted


@pytest.mark.parametrize("locale", ["nl", "fr", "en"])
def test_everything_the_guides_show_takes_fewer_taps(world: World, locale: str) -> None:
    """In each language; what is one tap there is one here. The page says what was counted."""
    written = PAGE.read_text(encoding="utf-8")
    for task in TASKS.values():
        count, done = counted(world, task, locale)
        assert count < len(task.guide) or (count, len(task.guide)) == (1, 1), done
        assert f"| {task.name} | {task.rows} | {len(task.guide)} | {count} |" in written
