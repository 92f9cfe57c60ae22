"""Slack with several workspaces: each installs the app, gets a token that ends, and has rooms of its own."""

from __future__ import annotations

import itertools
import time
from base64 import b64encode
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
from aiohttp import web

from tests.bot.channels.slack.workspace import APP
from tests.slack.api import Api
from tests.slack.methods import BY_APP, Refused, checked, wrong
from tests.slack.people import wrapped
from tests.slack.service import Call, Slack

CLIENT, CLIENT_SECRET = "123.456", "client-secret-of-the-app"
_numbers = itertools.count(1)


class Slacks(Slack):
    """`life`: seconds until a token ends."""

    def __init__(self, life: int = 43_200) -> None:
        super().__init__()
        self.life = life
        self.teams: dict[str, Api] = {}
        self.codes: dict[str, str] = {}
        self.good: dict[str, tuple[str, float]] = {}
        """Tokens, each of a workspace until some time."""
        self.refresh: dict[str, str] = {}
        self.used: list[str] = []
        """Refresh tokens that were used."""

    def team(self, name: str) -> Api:
        """A workspace, with its own rooms."""
        if name not in self.teams:
            self.teams[name] = Api("en-GB")
            self.teams[name].url = self.url
        return self.teams[name]

    def remove(self, team: str) -> None:
        """Its people remove the app: its tokens are good no more."""
        self.good = {token: known for token, known in self.good.items() if known[0] != team}

    def _performed(self, call: Call, token: str, *, as_json: bool) -> web.Response:
        self.tokens.add((call.method, token))
        try:
            answer = self._answered(call, token, as_json=as_json)
            call.status = 200
        except Refused as refused:
            call.status, call.error = 200, refused.error
            if refused.ours:
                self.violations.append(str(refused))
            answer = {"ok": False, "error": refused.error}
        self.happened()
        return web.json_response({"ok": True, **answer})

    def _answered(self, call: Call, token: str, *, as_json: bool) -> dict[str, Any]:
        if call.method == "oauth.v2.access":
            return self._access(call.values, token)
        values = checked(call.method, call.values, as_json=as_json)
        if call.method in BY_APP:
            if token != APP:
                raise wrong("invalid_auth", call.method)
            return {"url": self._address()}
        team, until = self.good.get(token, ("", 0.0))
        if not team:
            raise Refused("token_revoked")
        if until < time.time():
            raise Refused("token_expired")
        answer = self.team(team).perform(call.method, values)
        return {**answer, "team": team} if call.method == "auth.test" else answer

    def _access(self, values: dict[str, Any], who: str) -> dict[str, Any]:
        """A code, or a refresh token, for a token. Either is good once."""
        if who != "Basic " + b64encode(f"{CLIENT}:{CLIENT_SECRET}".encode()).decode():
            raise wrong("bad_client_secret", "")
        if values.get("grant_type") == "refresh_token":
            given = values["refresh_token"]
            self.used.append(given)
            team = self.refresh.pop(given, "")
            if not team:
                raise Refused("invalid_refresh_token")
        else:
            team = self.codes.pop(values.get("code", ""), "")
            if not team:
                raise Refused("invalid_code")
        number = next(_numbers)
        token, refresh = f"xoxe.xoxb-{team}-{number}", f"xoxe-1-{team}-{number}"
        self.good[token] = (team, time.time() + self.life)
        self.refresh[refresh] = team
        return {
            "app_id": "A1",
            "access_token": token,
            "token_type": "bot",
            "refresh_token": refresh,
            "expires_in": self.life,
            "scope": "chat:write",
            "bot_user_id": "UBOT",
            "team": {"id": team, "name": f"Firm {team}"},
            "enterprise": None,
            "is_enterprise_install": False,
            "authed_user": {"id": "UADMIN"},
        }

    async def install(self, base: str, team: str, *, agrees: bool = True, browser: bool = True) -> str:
        """Somebody opens the page of the app, agrees at Slack and comes back; the page they see."""
        async with aiohttp.ClientSession() as session:
            async with session.get(f"{base}/slack/install", allow_redirects=False) as answer:
                assert answer.status == 302, await answer.text()
                there = urlsplit(answer.headers["Location"])
                cookie = answer.headers["Set-Cookie"].partition(";")[0]
            asked = {name: values[0] for name, values in parse_qs(there.query).items()}
            assert asked["client_id"] == CLIENT
            assert f"{there.scheme}://{there.netloc}" == self.url
            assert asked["redirect_uri"].endswith("/slack/oauth_redirect")
            code = f"code-{next(_numbers)}"
            self.codes[code] = team
            back = {"state": asked["state"], **({"code": code} if agrees else {"error": "access_denied"})}
            headers = {"Cookie": cookie} if browser else {}
            where = f"{base}/slack/oauth_redirect"
            async with session.get(where, params=back, headers=headers) as answer:
                return await answer.text()

    async def says(self, team: str, user: str, text: str) -> str:
        """Somebody of a workspace types something to the app; the id of the payload."""
        self.team(team).direct(user)
        moment = f"{int(time.time())}.{next(_numbers):06d}"
        said = {"type": "message", "user": user, "text": text, "ts": moment, "event_ts": moment}
        room = {"channel": user.replace("U", "D", 1), "channel_type": "im", "team": team}
        return await self.deliver(of_team(wrapped({**said, **room}), team))

    async def leaves(self, team: str) -> str:
        """The app is removed from a workspace; the id of the payload."""
        return await self.deliver(of_team(wrapped({"type": "app_uninstalled"}), team))

    def heard(self, team: str, user: str) -> str:
        """All that somebody of a workspace was told."""
        messages = self.team(team).direct(user).messages.values()
        return "\n".join(message.words for message in messages if message.mine)


def of_team(payload: dict[str, Any], team: str) -> dict[str, Any]:
    """An event as it comes from that workspace."""
    [allowed] = payload["authorizations"]
    return {**payload, "team_id": team, "authorizations": [{**allowed, "team_id": team}]}
