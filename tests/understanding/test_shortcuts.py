"""The commands: as many as there are flows, in three languages."""

from __future__ import annotations

import pytest

from bot.understanding import shortcuts
from flows.catalog import FLOWS
from flows.engine.data import Started

LOCALES = ("nl", "fr", "en")


@pytest.mark.parametrize("shortcut", shortcuts.SHORTCUTS, ids=lambda shortcut: shortcut.flow)
def test_a_command_is_there_when_its_flow_is(shortcut: shortcuts.Shortcut) -> None:
    """In a catalog without it there is no such command, and no line in the menu."""
    others = {name: flow for name, flow in FLOWS.items() if name != shortcut.flow}
    for locale in LOCALES:
        name = getattr(shortcut, locale)
        assert shortcuts.commands(FLOWS)[name] == shortcut.flow
        assert name in dict(shortcuts.menu(locale, FLOWS))
        assert shortcuts.commands(others).get(name) != shortcut.flow
        assert name not in dict(shortcuts.menu(locale, others))


@pytest.mark.parametrize("locale", LOCALES)
def test_the_menu_is_read_at_a_glance(locale: str) -> None:
    """At most seven (UX 3), each once."""
    names = [name for name, _title in shortcuts.menu(locale)]
    assert 1 <= len(names) <= 7
    assert len(set(names)) == len(names)


def test_every_flow_has_its_own_name_as_a_command() -> None:
    """Also the ones that come later, without a change here; words after it answer the first question."""
    assert set(FLOWS) <= set(shortcuts.COMMANDS)
    assert shortcuts.start("add_note", "00517624") == Started("add_note", {"rma": "00517624"})
    assert shortcuts.start("taal", "nl") == Started("change_language", {"language": "nl"})
    assert shortcuts.start("menu", "please") == Started("menu")
