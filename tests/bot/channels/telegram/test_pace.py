"""How fast Telegram is spoken to."""

from __future__ import annotations

from bot.channels.telegram.pace import Pace


class Hand:
    """A clock moved by hand."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


def said(pace: Pace, hand: Hand, chat: int, seconds: float) -> int:
    """How many messages one chat gets in this time."""
    until, count = hand.at + seconds, 0
    while True:
        mine, wait = pace.take(chat, 60)
        assert mine
        if hand.at + wait > until:
            return count
        hand.at += wait
        count += 1


def test_a_chat_gets_a_few_at_once_and_then_one_a_second() -> None:
    """A group 20 in a minute, and a few more at the start."""
    hand = Hand()
    assert said(Pace(hand), hand, 42, 10) == 14
    assert 20 <= said(Pace(hand), hand, -42, 60) <= 24


def test_one_chat_does_not_hold_up_another() -> None:
    """Its turns are its own."""
    hand = Hand()
    pace = Pace(hand)
    for _ in range(6):
        pace.take(1, 60)
    assert pace.take(2, 60) == (True, 0.0)


def test_all_chats_together_get_thirty_a_second() -> None:
    """However many they are."""
    hand = Hand()
    pace = Pace(hand)
    waits = [pace.take(chat, 60)[1] for chat in range(100)]
    assert waits[29] == 0
    assert 2.2 < waits[-1] < 2.5


def test_who_cannot_wait_so_long_takes_no_turn() -> None:
    """The next one is not later for it."""
    hand = Hand()
    pace = Pace(hand)
    for _ in range(4):
        pace.take(1, 0)
    assert pace.take(1, 0.5) == (False, 1.0)
    assert pace.take(1, 5) == (True, 1.0)
