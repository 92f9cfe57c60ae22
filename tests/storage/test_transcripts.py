"""Who said what can be read back in order."""

from __future__ import annotations

import datetime

from sqlalchemy import Connection

from bot.ports import Received
from flows.engine.conversation import Button, Press
from flows.engine.data import File
from flows.engine.events import Content, Filled, Pressed, Said, Sent
from flows.engine.outputs import Closed, Field, Prompt, Say
from flows.engine.phrases import Lines, _, n_
from storage import inbox, outbox
from storage.codec import Message, encode
from storage.inbox import Finished
from storage.transcripts import history, transcript

NOW = datetime.datetime(2026, 11, 20, 9, 30, tzinfo=datetime.UTC)
YES = Button(0, _("Yes"), "answer", Press("option", "yes"))
SEND = Button(1, _("Send"), "answer", Press("done"))


def talk(connection: Connection, key: str, content: Content, *answers: Message) -> None:
    """One turn, as the drain writes it."""
    inbox.receive(connection, [Received("test", key, "a", b"", NOW)], NOW)
    [taken] = inbox.take(connection, inbox.pick(connection, NOW, 1))
    outbox.add(connection, [outbox.New("a", "test", taken.sequence, item, "nl", "") for item in answers], NOW)
    inbox.finish(connection, [Finished(taken.id, "done", encode(content))], NOW)


def test_a_transcript_says_in_words_what_was_pressed(connection: Connection) -> None:
    """Each answer stands after what it answers; what nobody said aloud is left out."""
    question = Prompt("1", (), (Field("sure", "one", _("Sure?"), (YES,)),), buttons=(SEND,))
    talk(connection, "1", Said("hello"), Say((_("Hello."),)), question)
    talk(connection, "2", Pressed("1", 1), Closed("1", _("Send")))
    talk(connection, "3", Sent((File("f", "image", "x.jpg", 5),), "see"))
    talk(connection, "4", Filled("2", {"a": "b", "c": ("d", "e")}))
    photo = n_("{n} file", "{n} files")(n=1)
    assert [(line.who, line.text) for line in transcript(connection, "a")] == [
        ("person", "hello"),
        ("bot", Lines((_("Hello."),))),
        ("bot", Lines((_("Sure?"),))),
        ("person", _("Send")),
        ("person", Lines(("see", photo))),
        ("person", Lines(("b", "d, e"))),
    ]


def test_the_history_is_of_one_conversation_and_not_longer_than_asked(connection: Connection) -> None:
    """The newest part of it."""
    for n in range(5):
        talk(connection, str(n), Said(str(n)), Say((f"re {n}",)))
    found = history(connection, "a", limit=2)
    assert [entry.what for entry in found] == [Said("3"), Say(("re 3",)), Said("4"), Say(("re 4",))]
    assert history(connection, "b") == []
