"""How payloads reach an app: over sockets or signed HTTP, confirmed or brought again."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"


@dataclass
class Parcel:
    """One payload on its way."""

    id: str
    payload: dict[str, Any]
    kind: str
    tries: int = 0
    at: float = field(default_factory=time.monotonic)
    confirmed: float = 0.0
    answer: dict[str, Any] | None = None
    failed: bool = False

    @property
    def is_event(self) -> bool:
        """Events come again until they are confirmed; after what people do in vain, they see a warning."""
        return self.kind == "events_api"

    @property
    def on_its_way(self) -> bool:
        """Neither confirmed nor given up."""
        return not self.confirmed and not self.failed

    @property
    def took(self) -> float:
        """Seconds from the first try to the confirmation."""
        return self.confirmed - self.at

    def envelope(self) -> dict[str, Any]:
        """It as it goes over a socket; each try has a name of its own."""
        again = {"retry_attempt": self.tries - 1, "retry_reason": "timeout"} if self.is_event else {}
        return {
            "envelope_id": f"{self.id}.{self.tries}",
            "type": self.kind,
            "payload": self.payload,
            "accepts_response_payload": not self.is_event,
            **again,
        }

    def body(self) -> tuple[bytes, str]:
        """It as it goes over HTTP, and of which type that is."""
        form = "application/x-www-form-urlencoded"
        match self.kind:
            case "events_api":
                return json.dumps(self.payload).encode(), "application/json"
            case "slash_commands":
                return urlencode(self.payload, errors="replace").encode(), form
            case _:
                return urlencode({"payload": json.dumps(self.payload)}).encode(), form


def signed(body: bytes, content_type: str, at: float | None = None, secret: str = SECRET) -> dict[str, str]:
    """The headers of a request of Slack."""
    moment = str(int(time.time() if at is None else at))
    digest = hmac.new(secret.encode(), b"v0:" + moment.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {
        "Content-Type": content_type,
        "X-Slack-Request-Timestamp": moment,
        "X-Slack-Signature": f"v0={digest}",
        "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
    }
