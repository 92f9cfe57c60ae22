"""How fast Telegram is spoken to."""

from __future__ import annotations

from bot.channels.telegram.sending import BOT, rate_of
from bot.pace import Pace


class Hand:
    """A clock moved by hand."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


def said(pace: Pace[int], hand: Hand, chat: int, seconds: float) -> int:
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
    """A group four at once, and never more than 20 within a minute."""
    hand = Hand()
    assert said(Pace(rate_of, BOT, hand), hand, 42, 10) == 14
    pace = Pace(rate_of, BOT, hand)
    assert said(pace, hand, -42, 59.9) == 20
    assert said(pace, hand, -42, 59.9) <= 17


def test_one_chat_does_not_hold_up_another() -> None:
    """Its turns are its own."""
    hand = Hand()
    pace = Pace(rate_of, BOT, hand)
    for _ in range(6):
        pace.take(1, 60)
    assert pace.take(2, 60) == (True, 0.0)


def test_all_chats_together_get_a_hundred_at_once_and_thirty_a_second() -> None:
    """However many they are."""
    hand = Hand()
    pace = Pace(rate_of, BOT, hand)
    waits = [pace.take(chat, 60)[1] for chat in range(160)]
    assert waits[99] == 0
    assert 1.9 < waits[-1] < 2.1


def test_who_cannot_wait_so_long_keeps_the_turn_and_comes_back_for_it() -> None:
    """It costs one turn, whenever it is asked for again; who never comes back has lost it."""
    hand = Hand()
    pace = Pace(rate_of, BOT, hand)
    for _ in range(4):
        pace.take(1, 0)
    assert pace.take(1, 0.5) == (False, 1.0)
    assert pace.take(1, 0.5) == (False, 1.0)
    hand.at += 1
    assert pace.take(1, 0.5) == (True, 0.0)
    assert pace.take(1, 0.5) == (False, 1.0)
    hand.at += 60
    assert [pace.take(1, 0)[0] for _ in range(5)] == [True] * 4 + [False]


def test_turns_are_given_in_the_order_they_are_asked() -> None:
    """Who had to go away is not overtaken by who comes later, however many they are."""
    hand = Hand()
    pace = Pace(rate_of, BOT, hand)
    for chat in range(200):
        pace.take(chat, 0)
    mine = pace.take(1000, 0)[1]
    for chat in range(2000, 2200):
        assert pace.take(chat, 0)[1] > mine
    hand.at += mine
    assert pace.take(1000, 0) == (True, 0.0)


def test_a_chat_that_was_told_to_wait_waits_alone() -> None:
    """From each of its topics, and then one message at a time; nobody else is later for it."""
    hand = Hand()
    pace = Pace(rate_of, BOT, hand)
    pace.pause(1, 30)
    assert pace.take(1, 60) == (True, 30.0)
    assert pace.take(1, 60) == (True, 31.0)
    assert pace.take(2, 60) == (True, 0.0)


def test_the_longest_of_two_pauses_counts() -> None:
    """Two calls were on their way; what the second was told does not shorten what the first was."""
    pace = Pace(rate_of, BOT, Hand())
    pace.pause(1, 30)
    pace.pause(1, 5)
    assert pace.take(1, 60) == (True, 30.0)


def test_what_is_not_worth_waiting_for_takes_only_a_turn_that_is_free() -> None:
    """And books none; what must be said comes first."""
    hand = Hand()
    pace = Pace(rate_of, BOT, hand)
    assert [pace.spare(1) for _ in range(6)] == [True] * 4 + [False] * 2
    assert pace.take(1, 60) == (True, 1.0)
    hand.at += 2
    assert pace.spare(1)
