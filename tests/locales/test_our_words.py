"""What the bot really says: complete, in the house style, short enough for a button, in each language."""

from __future__ import annotations

import datetime

import pytest

from bot.services import asking, rma_card, system_card
from flows.catalog import FLOWS
from flows.engine import screens
from flows.engine.check import button_labels
from flows.engine.phrases import NOW_SPEAKING, Copy, Phrase, Text, _
from locales.check import problems, too_long
from locales.speaker import Speaker


def said(locale: str, phrase: Text) -> str:
    """A phrase in a language."""
    return Speaker(locale, "Europe/Brussels", datetime.date(2026, 11, 20)).say(phrase)


@pytest.mark.row("SMA-18")
def test_everything_is_translated() -> None:
    """As `python -m bot check` says it."""
    assert problems(FLOWS) == []


def test_what_the_engine_and_the_cards_write_on_buttons_fits() -> None:
    """The labels that are not in a flow file."""
    own = [value for value in vars(screens).values() if isinstance(value, Phrase)]
    turns = [*rma_card.TITLES.values(), *system_card.TITLES.values(), asking.MORE, asking.PREVIOUS]
    phrases = [phrase for phrase in (*own, *turns) if isinstance(phrase, Phrase)]
    assert len(phrases) > 15
    assert too_long(phrases) == []


@pytest.mark.parametrize("locale", ["nl", "fr", "en"])
def test_no_two_buttons_of_a_menu_say_the_same(locale: str) -> None:
    """Following and tracking, linking and unlinking stay apart in every language."""
    titles = {said(locale, flow.title) for flow in FLOWS.values()}
    assert len(titles) == len(FLOWS)
    labels = {label.msgid: said(locale, label) for label in button_labels(tuple(FLOWS.values()))}
    assert len(set(labels.values())) == len(labels)


@pytest.mark.parametrize(
    ("locale", "line"),
    [
        ("nl", "RMA 00517990 staat bij onze dienst, nog niet bij Enphase."),
        ("fr", "La RMA 00517990 est chez notre support, pas encore chez Enphase."),
        ("en", "RMA 00517990 is with our desk, not yet with Enphase."),
    ],
)
def test_who_holds_an_rma_reads_as_one_sentence(locale: str, line: str) -> None:
    """Parts that are put together agree with each other."""
    holder = _("with our desk, not yet with Enphase")
    sentence = _("RMA {number} is {holder}.")(number=Copy("00517990"), holder=holder)
    assert said(locale, sentence) == line


@pytest.mark.parametrize("locale", ["nl", "fr", "en"])
def test_a_language_is_called_by_its_own_name(locale: str) -> None:
    """Whoever cannot read this screen finds the way out."""
    names = [said(locale, name) for name in (_("Nederlands"), _("Français"), _("English"))]
    assert names == ["Nederlands", "Français", "English"]


def test_the_switch_of_language_is_said_in_the_new_one() -> None:
    """And stays so when the conversation is shown again in another one."""
    for now in ("nl", "fr", "en"):
        said_so = [said(now, NOW_SPEAKING[locale]) for locale in ("nl", "fr", "en")]
        assert ["Nederlands" in said_so[0], "français" in said_so[1], "English" in said_so[2]] == [True] * 3
