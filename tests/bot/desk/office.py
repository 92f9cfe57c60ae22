"""An agent at the desk, with a browser that keeps cookies, fills in forms and follows redirects."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import httpx

from bot.desk.door import COOKIE, new_cookie
from bot.desk.pages import Desk
from bot.services.hire import hire
from bot.services.passwords import NOBODY, sign_in
from bot.web import application
from storage import agents
from storage.moments import micros
from storage.unit_of_work import Connection
from tests.conversations.chats import World


class Form(HTMLParser):
    """The hidden fields of every form of a page, by the address it is sent to."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fields: dict[str, dict[str, str]] = {}
        self._action = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._action = known.get("action", "")
            self.fields.setdefault(self._action, {})
        elif tag == "input" and known.get("type") == "hidden":
            self.fields[self._action][known["name"]] = known.get("value", "")


class Browser:
    """One browser at the desk of a world."""

    def __init__(self, world: World, language: str = "en") -> None:
        self.world = world
        desk = Desk(world.app.uow, world.app.folder, world.clock, "Europe/Brussels")
        self.client = httpx.AsyncClient(
            transport=httpx.ASGITransport(application(desk.routes())),
            base_url="http://desk.example",
            headers={"accept-language": language},
        )
        self.page = ""
        self.status = 0
        self.headers = httpx.Headers()

    def opens(self, path: str) -> Browser:
        """Go to an address."""
        return self._keeps(self.world.run(self.client.get(path, follow_redirects=True)))

    def sends(self, path: str, **fields: str) -> Browser:
        """Fill in the form of this page that is sent there; a field given replaces a hidden one."""
        hidden = Form(self.page).fields[path]
        return self.posts(path, **{**hidden, **fields})

    def posts(self, path: str, **fields: str) -> Browser:
        """Send fields as they are, as any program can."""
        return self._keeps(self.world.run(self.client.post(path, data=fields, follow_redirects=True)))

    def signs_in(self, login: str, password: str) -> Browser:
        """At the door."""
        return self.opens("/desk/sign-in").sends("/desk/sign-in", login=login, password=password)

    @property
    def text(self) -> str:
        """The page without its tags."""
        return re.sub(r"<[^>]+>", " ", self.page)

    def _keeps(self, answer: httpx.Response) -> Browser:
        self.page, self.status, self.headers = answer.text, answer.status_code, answer.headers
        return self


def hired(world: World, login: str = "mia", role: str = "agent", language: str = "en") -> str:
    """The password of a new agent."""

    def work(connection: Connection) -> str:
        return hire(connection, login, login.title(), role, language)

    return world.run(world.app.uow.write(work))


def at_the_desk(world: World, login: str = "mia", role: str = "agent", language: str = "en") -> Browser:
    """An agent who signed in this morning: making and checking a password is slow on purpose."""
    cookie = new_cookie()

    def signed_in(connection: Connection) -> None:
        agents.add(
            connection,
            {"login": login, "name": login.title(), "password": NOBODY, "role": role, "language": language},
        )
        assert sign_in(connection, login, True, cookie, micros(world.clock.now()))

    world.run(world.app.uow.write(signed_in))
    browser = Browser(world)
    browser.client.cookies.set(COOKIE, cookie, domain="desk.example", path="/desk")
    browser.opens("/desk")
    assert browser.status == 200
    return browser
