"""What a command in a channel, or words in a thread of it, want of that channel or RMA: pure."""

from __future__ import annotations

import pytest

from bot.channels.slack.rooms import about, wish
from flows.engine.data import Started


@pytest.mark.parametrize(
    ("typed", "flow", "answers"),
    [
        ("follow", "follow_in_room", {}),
        ("follow 00517624", "follow_in_room", {"rma": "00517624"}),
        ("volg hier", "follow_in_room", {}),
        ("Volg 517624 hier", "follow_in_room", {"rma": "517624"}),
        ("suivre ici 517624", "follow_in_room", {"rma": "517624"}),
        ("unfollow", "stop_in_room", {}),
        ("stop hier", "stop_in_room", {}),
        ("Arrêter ici", "stop_in_room", {}),
        ("language fr here", "room_language", {"language": "fr"}),
        ("taal Frans hier", "room_language", {"language": "fr"}),
        ("langue ici français", "room_language", {"language": "fr"}),
        ("language here", "room_language", {}),
    ],
)
def test_words_about_a_channel_in_three_languages(typed: str, flow: str, answers: dict[str, str]) -> None:
    """*Here* says that the channel is meant; following and its end are about the channel anyway."""
    assert wish(typed, "C1", "abc") == Started(flow, {"room": "abc", **answers})


@pytest.mark.parametrize("typed", ["", "volg 517624", "language fr", "stop", "new rma", "follow me please"])
def test_other_words_are_about_the_person(typed: str) -> None:
    """As they are everywhere; in the direct messages *follow* is about oneself too."""
    assert typed == "follow me please" or wish(typed, "C1", "abc") is None
    assert wish(typed.removesuffix(" me please"), "D1", "abc") is None


@pytest.mark.parametrize(
    ("typed", "flow", "answers"),
    [
        ("", "track_rma", {}),
        ("what is happening?", "track_rma", {}),
        ("add a note: the dog bites", "add_note", {"note": "the dog bites"}),
        ("Notitie: de hond bijt", "add_note", {"note": "de hond bijt"}),
        ("ajouter une note", "add_note", {}),
        ("withdraw rma", "withdraw_rma", {}),
    ],
)
def test_words_in_a_thread_are_about_its_rma(typed: str, flow: str, answers: dict[str, str]) -> None:
    """Anything else shows how it stands."""
    assert about("00517624", typed) == Started(flow, {"rma": "00517624", **answers})


def test_other_work_can_begin_in_a_thread() -> None:
    """Words that start something about no RMA are read as anywhere."""
    assert about("00517624", "help") is None


@pytest.mark.parametrize(
    ("typed", "note"),
    [
        ("", ""),
        ("add photo", ""),
        ("track rma", ""),
        ("look here", "look here"),
        ("add a note: the dog bites\nand barks", "the dog bites\nand barks"),
    ],
)
def test_files_in_a_thread_are_for_its_rma(typed: str, note: str) -> None:
    """With the words beside them; work that takes files itself keeps them."""
    more = {"what": "noted", "note": note} if note else {"what": "photos"}
    assert about("00517624", typed, files=True) == Started("add_to_rma", {"rma": "00517624", **more})
    assert about("00517624", "claim labour", files=True) == about("00517624", "claim labour")
    assert about("00517624", "help", files=True) is None
