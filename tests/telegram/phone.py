"""A person with a phone: says, taps, sends, and reads the chat as it now looks."""

from __future__ import annotations

import itertools
import re
import time
from functools import partial
from typing import Any

from tests.telegram.chats import Message, Room
from tests.telegram.markup import utf16
from tests.telegram.methods import posted
from tests.telegram.service import Query, Service

PATIENCE = 60.0
_albums = itertools.count(10**17)


class Phone:
    """One person in one chat; a private one unless a room is given."""

    def __init__(
        self, service: Service, id: int, name: str = "Els", language: str = "en", room: Room | None = None
    ) -> None:
        self.service = service
        self.id = id
        self.language = language
        self.person = {"id": id, "is_bot": False, "first_name": name, "language_code": language}
        about = {"id": id, "type": "private", "first_name": name}
        self.room = room or service.rooms.setdefault(id, Room(about))
        service.rooms.setdefault(self.room.id, self.room)
        self.since = 0
        self.patience = PATIENCE
        self.pressed: list[Query] = []

    def turns(self, name: str, id: int) -> Phone:
        """Another person in the same chat."""
        return Phone(self.service, id, name, room=self.room)

    # --- what the person does ---

    def sends(self, content: dict[str, Any]) -> Phone:
        """Send something unusual."""
        return self._sends(content)

    def says(self, text: str, **more: Any) -> Phone:
        """Type something; a command is marked as one, as the app does."""
        return self._sends({"text": text, **_marked(text), **more})

    def replies(self, text: str, to: Message) -> Phone:
        """Answer one message of the chat."""
        return self.says(text, reply_to_message=to.data)

    def taps(self, label: str) -> Phone:
        """Tap the newest button with this label, or with it in its label; waits until it is there."""
        message, button = self._until(lambda: self._button(label), f"a button {label!r}")
        return self.taps_on(message, button)

    def taps_on(self, message: Message, button: dict[str, Any]) -> Phone:
        """Tap a button of any message, also of one that has changed since."""
        self._mark()
        self.pressed.append(self.service.press(self.room, self.person, message, button["callback_data"]))
        return self

    def sends_photo(self, content: bytes, caption: str = "", **more: Any) -> Phone:
        """Send a photo; the app makes several sizes of it."""
        kept = self.service.keep_file("photo.jpg", content)
        small = {**self.service.keep_file("small.jpg", b"small"), "width": 90, "height": 68}
        photo = {"photo": [small, {**kept, "width": 640, "height": 480}]}
        return self._sends(photo | ({"caption": caption} if caption else {}) | more)

    def sends_album(self, *contents: bytes, caption: str = "") -> Phone:
        """Send several photos as one album: one update each, the words with the first."""
        group = str(next(_albums))
        for place, content in enumerate(contents):
            self.sends_photo(content, caption if place == 0 else "", media_group_id=group)
        return self

    def sends_file(
        self, name: str, content: bytes, mime: str, size: int = 0, *, told: bool = True, **more: Any
    ) -> Phone:
        """Send a file as a file; `size` pretends that it is larger, without `told` nobody says how large."""
        kept = self.service.keep_file(name, content)
        document = {**kept, "file_name": name, "mime_type": mime, "file_size": size or len(content)}
        if not told:
            del document["file_size"]
            self.service.untold.add(kept["file_id"])
        return self._sends({"document": document, **more})

    def sends_voice(self) -> Phone:
        """Send a voice message."""
        kept = self.service.keep_file("voice.ogg", b"OggS voice")
        return self._sends({"voice": {**kept, "duration": 3, "mime_type": "audio/ogg"}})

    def sends_sticker(self) -> Phone:
        """Send a sticker."""
        kept = self.service.keep_file("sticker.webp", b"RIFF")
        more = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        return self._sends({"sticker": {**kept, **more}})

    def shares_place(self, latitude: float, longitude: float) -> Phone:
        """Share a location."""
        return self._sends({"location": {"latitude": latitude, "longitude": longitude}})

    def shares_contact(self, phone: str, user_id: int | None = None) -> Phone:
        """Share a contact: one's own unless another user is named."""
        name = self.person["first_name"]
        contact = {"phone_number": phone, "first_name": name, "user_id": user_id or self.person["id"]}
        return self._sends({"contact": contact})

    def asked_to_share(self) -> dict[str, Any]:
        """The only button of the keyboard below the chat; waits for it."""
        keyboard = self._until(lambda: self.room.keyboard, "a keyboard")
        assert keyboard["one_time_keyboard"]
        [[button]] = keyboard["keyboard"]
        return dict(button)

    def types(self, typed: str, offset: str = "") -> dict[str, Any]:
        """Type after the name of the bot, in any chat; what is listed."""
        query = self.service.ask_inline(self.person, typed, offset)
        answer: dict[str, Any] = self._until(lambda: query.answer, "a list")
        return answer

    def picks(self, result: dict[str, Any]) -> Phone:
        """Post something of that list in this chat."""
        return self._sends({**posted(result), "via_bot": self.service.bot})

    def opens(self, link: str) -> Phone:
        """Open a link to the bot, and tap *Start* there."""
        found = re.fullmatch(
            rf"https://t\.me/{self.service.bot['username']}\?start=([A-Za-z0-9_-]{{1,64}})", link
        )
        assert found, link
        return self.says(f"/start {found[1]}")

    def edits(self, text: str) -> Phone:
        """Change the last thing this person said."""
        with self.service.changed:
            message = next(m for m in reversed(self.room.shown()) if not m.mine and "text" in m.data)
            message.data = {**message.data, "text": text, "edit_date": int(time.time())}
            self._mark()
            self.service.put({"edited_message": message.data})
        return self

    def blocks(self, blocked: bool = True) -> Phone:
        """Block the bot, or unblock it."""
        with self.service.changed:
            self.room.blocked = blocked
            was, now = ("member", "kicked") if blocked else ("kicked", "member")
            self.service.put(
                {
                    "my_chat_member": {
                        "chat": self.room.about,
                        "from": self.person,
                        "date": int(time.time()),
                        "old_chat_member": {"status": was, "user": self.service.bot, "until_date": 0},
                        "new_chat_member": {"status": now, "user": self.service.bot, "until_date": 0},
                    }
                }
            )
        return self

    def upgrades_to(self, new: Room) -> Phone:
        """The group becomes a supergroup; the service says so in both."""
        with self.service.changed:
            self.service.rooms[new.id] = new
            self.room.moved_to = new.id
            for room, news in (
                (self.room, {"migrate_to_chat_id": new.id}),
                (new, {"migrate_from_chat_id": self.room.id}),
            ):
                message = room.add({"from": self.person, **news}, False, self.service.order())
                self.service.put({"message": message.data})
        return self

    def says_nothing(self) -> Phone:
        """What is seen from now on is news."""
        self._mark()
        return self

    def _sends(self, content: dict[str, Any]) -> Phone:
        with self.service.changed:
            self._mark()
            message = self.room.add({"from": self.person, **content}, False, self.service.order())
            self.service.put({"message": message.data})
        return self

    def _mark(self) -> None:
        self.since = self.service.order()

    # --- what the person sees ---

    @property
    def news(self) -> list[Message]:
        """What the bot showed or changed since the last thing this person did, in that order."""
        fresh = [m for m in self.room.shown() if m.mine and m.order > self.since]
        return sorted(fresh, key=lambda message: message.order)

    def sees(self, *wanted: str) -> Phone:
        """The news has all of these words; waits for them."""
        for words in wanted:
            self._until(partial(self._reads, words), repr(words))
        return self

    def sees_one_of(self, *wanted: str) -> str:
        """Wait until the news has any of these words; all of the news."""
        self._until(lambda: any(map(self._reads, wanted)), " or ".join(map(repr, wanted)))
        return self.reads()

    def sees_not(self, *unwanted: str) -> Phone:
        """The news has none of these words now."""
        for words in unwanted:
            assert words not in self.reads(), f"{words!r} is in:\n{self.reads()}"
        return self

    def hears(self, count: int = 1) -> Phone:
        """Wait until the bot has shown or changed something."""
        self._until(lambda: len(self.news) >= count, f"{count} messages")
        return self

    def hears_nothing(self, seconds: float = 1.0) -> Phone:
        """The bot stays silent for so long."""
        time.sleep(seconds)
        assert not self.news, f"heard:\n{self.reads()}"
        return self

    def is_answered(self) -> Phone:
        """Every tap so far has stopped spinning; waits for it."""
        self._until(lambda: all(query.answered for query in self.pressed), "an answer to each tap")
        return self

    def reads(self) -> str:
        """The news as a person reads it, with the spaces that a keyboard types."""
        return _plain("\n\n".join(screen(message) for message in self.news))

    def chat(self) -> str:
        """The whole chat as it now looks."""
        return _plain("\n\n".join(screen(message) for message in self.room.shown()))

    def _reads(self, words: str) -> bool:
        return words in self.reads()

    def labels(self) -> list[str]:
        """The buttons of the newest message that has any."""
        found = next((m for m in reversed(self.room.shown()) if m.buttons), None)
        return [button["text"] for button in found.buttons] if found else []

    def last(self) -> Message:
        """The newest message of the bot."""
        return next(m for m in reversed(self.room.shown()) if m.mine)

    def number(self) -> str:
        """The first RMA number in the news."""
        found: re.Match[str] = self._until(lambda: re.search(r"\b\d{8}\b", self.reads()), "a number")
        return found[0]

    def _button(self, label: str) -> tuple[Message, dict[str, Any]] | None:
        on_screen = [
            (m, button) for m in reversed(self.news) for button in m.buttons if "callback_data" in button
        ]
        exact = (found for found in on_screen if _plain(found[1]["text"]) == label)
        partly = (found for found in on_screen if label in _plain(found[1]["text"]))
        return next(exact, None) or next(partly, None)

    def _until(self, truth: Any, what: str) -> Any:
        with self.service.changed:
            if self.service.changed.wait_for(truth, self.patience):
                return truth()
            raise AssertionError(f"{what} is not in:\n{self.reads()}\n--- the chat:\n{self.chat()}")


def screen(message: Message) -> str:
    """A bubble as text: what it says, and its buttons in brackets, row by row."""
    who = "" if message.mine else "I: "
    kind = next((k for k in ("photo", "document", "voice", "sticker", "location") if k in message.data), "")
    lines = [f"{who}{f'({kind}) ' if kind else ''}{message.text}"]
    lines += [" ".join(f"[{button['text']}]" for button in row) for row in message.rows]
    return "\n".join(lines)


def _marked(text: str) -> dict[str, Any]:
    command = re.match(r"/[A-Za-z0-9_]{1,32}(@\w+)?(?=\s|$)", text)
    if not command:
        return {}
    return {"entities": [{"type": "bot_command", "offset": 0, "length": utf16(command[0])}]}


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")
