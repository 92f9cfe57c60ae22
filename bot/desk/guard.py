"""Who stands before the desk: only agents get in, and only forms of ours are taken."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.desk import door
from bot.desk.paper import Paper
from bot.faults import trace
from bot.ports import Clock
from bot.services import passwords
from flows.engine.phrases import Moment
from storage import agents
from storage.agents import Agent
from storage.moments import micros, moment
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

Handler = Callable[[Request, Agent], Awaitable[Response]]
Sent = Callable[[Request, Agent, Mapping[str, str]], Awaitable[Response]]


class Guard:
    """Lets agents in, and gives their pages what every page of the desk has."""

    def __init__(self, uow: UnitOfWork, clock: Clock, time_zone: str) -> None:
        self._uow = uow
        self._clock = clock
        self._time_zone = time_zone

    def guarded(
        self, handler: Callable[[Request], Awaitable[Response]]
    ) -> Callable[[Request], Awaitable[Response]]:
        """A failure is logged without what people say."""

        async def answer(request: Request) -> Response:
            try:
                return await handler(request)
            except Exception as error:  # the edge of a page
                log.error("a page of the desk failed: %s", trace(error))
                return Response(status_code=503)

        return answer

    def known(self, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        """Only for agents; everybody else is led to the door, whatever the address."""

        async def answer(request: Request) -> Response:
            agent = await self._agent(request)
            if agent is None:
                return RedirectResponse("/desk/sign-in", 303)
            return await handler(request, agent)

        return self.guarded(answer)

    def sent(self, handler: Sent) -> Callable[[Request], Awaitable[Response]]:
        """Only for agents, and only from a form of ours."""

        async def answer(request: Request) -> Response:
            agent, form = await self._agent(request), await door.form_of(request)
            if agent is None:
                return RedirectResponse("/desk/sign-in", 303)
            if form is None or not door.from_our_form(request, form, door.cookie_of(request)):
                return Response(status_code=403)
            return await handler(request, agent, form)

        return self.guarded(answer)

    async def _agent(self, request: Request) -> Agent | None:
        cookie = door.cookie_of(request)
        if not cookie:
            return None
        hashed, now = passwords.session_hash(cookie), micros(self._clock.now())
        return await self._uow.read(lambda connection: agents.signed_in(connection, hashed, now))

    def page(
        self, request: Request, agent: Agent, name: str, values: Mapping[str, Any], status: int = 200
    ) -> Response:
        token = door.token_of(door.cookie_of(request))
        common = {"agent": agent, "token": token, "moment": lambda at: Moment(moment(at))}
        return self.paper(agent.language).page(name, {"query": "", **common, **values}, status)

    def paper(self, language: str) -> Paper:
        return Paper(language, self._time_zone, self._clock.now().date())
