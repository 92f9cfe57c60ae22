"""What stands in each chat now, as far as this process has seen."""

from __future__ import annotations

import datetime
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

MOST: Final = 10_000


@dataclass(slots=True)
class Chat:
    """`last` is the newest message in it, `said` how often something was shown or changed by us, `heard` when
    somebody wrote or tapped there. `phone`: the language of the person's phone; `menu`: that of the commands
    it shows. `invitation`: the message with the button to share something.
    """

    last: int = 0
    said: int = 0
    heard: datetime.datetime | None = None
    phone: str = ""
    menu: str = ""
    invitation: int = 0


class Chats:
    """The chats spoken in lately."""

    def __init__(self) -> None:
        self._chats: OrderedDict[str, Chat] = OrderedDict()

    def __getitem__(self, conversation: str) -> Chat:
        chat = self._chats.pop(conversation, None) or Chat()
        self._chats[conversation] = chat
        if len(self._chats) > MOST:
            self._chats.popitem(last=False)
        return chat
