"""The entrance of the desk: signing in and out, and who may come in."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.desk import door, words
from bot.desk.guard import Guard
from bot.ports import Clock
from bot.services import passwords
from flows.engine.phrases import Phrase
from storage import agents
from storage.agents import Agent
from storage.moments import micros
from storage.unit_of_work import UnitOfWork

SPOKEN: Final = ("nl", "fr", "en")
AT_THE_DOOR: Final = 20


class Entrance:
    """The handlers at the entrance."""

    def __init__(self, uow: UnitOfWork, clock: Clock, guard: Guard) -> None:
        self._uow = uow
        self._clock = clock
        self._guard = guard
        # A password takes a tenth of a second of a core: tried one after another they hold up nothing else.
        self._one = asyncio.Lock()
        self._waiting = 0

    def routes(self) -> list[Route]:
        """Signing in and out; for leads, who works there."""
        guard = self._guard
        return [
            Route("/desk/sign-in", guard.guarded(self.show_door), methods=["GET"]),
            Route("/desk/sign-in", guard.guarded(self.enter), methods=["POST"]),
            Route("/desk/sign-out", guard.sent(self.leave), methods=["POST"]),
            Route("/desk/agents", guard.known(self.people), methods=["GET"]),
            Route("/desk/agents", guard.sent(self.change_agent), methods=["POST"]),
        ]

    async def show_door(self, request: Request, problem: str = "", status: int = 200) -> Response:
        """Where agents sign in."""
        cookie = door.cookie_of(request) or door.new_cookie()
        paper = self._guard.paper(_language_of(request))
        values = {"token": door.token_of(cookie), "problem": problem, "agent": None}
        response = paper.page("sign_in.html", values, status)
        door.keep(response, request, cookie)
        return response

    async def enter(self, request: Request) -> Response:
        """Sign in; wrong, stopped and locked are answered alike."""
        form = await door.form_of(request)
        if form is None or not door.from_our_form(request, form, door.cookie_of(request)):
            return await self.show_door(request, "", 403)
        login, password = form.get("login", "")[:200], form.get("password", "")[:200]
        lock = await self._uow.read(lambda connection: agents.with_login(connection, login))
        kept = lock.password if lock else passwords.NOBODY
        if self._waiting >= AT_THE_DOOR:
            return await self.show_door(request, self._says(request, words.CROWDED), 429)
        right = await self._fits(password, kept)
        cookie, now = door.new_cookie(), micros(self._clock.now())
        agent = await self._uow.write(
            lambda connection: passwords.sign_in(connection, login, right, cookie, now)
        )
        if agent is None:
            return await self.show_door(request, self._says(request, words.WRONG), 403)
        response = RedirectResponse("/desk", 303)
        door.keep(response, request, cookie)
        return response

    async def _fits(self, password: str, kept: str) -> bool:
        self._waiting += 1
        try:
            async with self._one:
                return await asyncio.to_thread(passwords.fits, password, kept)
        finally:
            self._waiting -= 1

    def _says(self, request: Request, problem: Phrase) -> str:
        return self._guard.paper(_language_of(request)).say(problem)

    async def leave(self, request: Request, _agent: Agent, _form: Mapping[str, str]) -> Response:
        """Sign out."""
        hashed = passwords.session_hash(door.cookie_of(request))
        await self._uow.write(lambda connection: agents.sign_out(connection, hashed))
        response = RedirectResponse("/desk/sign-in", 303)
        door.drop(response)
        return response

    async def people(self, request: Request, agent: Agent) -> Response:
        """Who works at the desk: for leads."""
        if agent.role != "lead":
            return self._guard.page(request, agent, "nothing.html", {"says": words.NO_PAGE}, 404)
        everybody = await self._uow.read(agents.every)
        return self._guard.page(request, agent, "agents.html", {"everybody": everybody, "roles": words.ROLES})

    async def change_agent(self, request: Request, agent: Agent, form: Mapping[str, str]) -> Response:
        """Stop the access of somebody, or give it back: for leads, and never to themselves."""
        wanted = _number(form.get("agent", ""))
        if agent.role != "lead" or wanted == agent.id:
            return Response(status_code=403)
        active = form.get("active") == "yes"
        await self._uow.write(lambda connection: agents.change(connection, wanted, active=active))
        return RedirectResponse("/desk/agents", 303)


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def _language_of(request: Request) -> str:
    """Before we know who it is: the first language of the browser that we speak."""
    for part in request.headers.get("accept-language", "").split(","):
        if (code := part.strip()[:2].lower()) in SPOKEN:
            return code
    return "en"
