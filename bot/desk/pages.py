"""The pages of the desk: sign in, see what waits, look at a request, do something about it."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.desk import door, words
from bot.desk.deeds import Deeds, Problem
from bot.desk.paper import STATIC, Paper
from bot.faults import trace
from bot.ports import Clock
from bot.services import passwords
from bot.services.items import KINDS, name_of
from bot.services.office_sheet import sheet
from flows.engine.phrases import Moment
from storage import agents, office
from storage.agents import Agent
from storage.attachments import Attachment, Folder
from storage.moments import micros, moment
from storage.unit_of_work import Connection, UnitOfWork

log = logging.getLogger(__name__)

CLOSED: Final = {name: kind.closed for name, kind in KINDS.items()}
SPOKEN: Final = ("nl", "fr", "en")
Handler = Callable[[Request, Agent], Awaitable[Response]]
Sent = Callable[[Request, Agent, Mapping[str, str]], Awaitable[Response]]


class Desk:
    """The handlers. Nothing is shown without a session."""

    def __init__(self, uow: UnitOfWork, folder: Folder, clock: Clock, time_zone: str) -> None:
        self._uow = uow
        self._folder = folder
        self._clock = clock
        self._time_zone = time_zone
        self._deeds = Deeds(uow, clock)

    def routes(self) -> list[BaseRoute]:
        """Everything an agent's browser may ask for."""
        return [
            Mount("/desk/static", StaticFiles(directory=STATIC)),
            Route("/desk/sign-in", self._guarded(self.show_door), methods=["GET"]),
            Route("/desk/sign-in", self._guarded(self.enter), methods=["POST"]),
            Route("/desk/sign-out", self._sent(self.leave), methods=["POST"]),
            Route("/desk", self._known(self.queue), methods=["GET"]),
            Route("/desk/search", self._known(self.search), methods=["GET"]),
            Route("/desk/agents", self._known(self.people), methods=["GET"]),
            Route("/desk/agents", self._sent(self.change_agent), methods=["POST"]),
            Route("/desk/{kind}/{number}", self._known(self.show), methods=["GET"]),
            Route("/desk/{kind}/{number}/file/{id}", self._known(self.file), methods=["GET"]),
            Route("/desk/{kind}/{number}/{deed}", self._sent(self.do), methods=["POST"]),
            Route("/desk/{anything:path}", self._known(self.nothing), methods=["GET"]),
        ]

    # --- who asks ---

    def _guarded(
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

    def _known(self, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        """Only for agents; everybody else is led to the door, whatever the address."""

        async def answer(request: Request) -> Response:
            agent = await self._agent(request)
            if agent is None:
                return RedirectResponse("/desk/sign-in", 303)
            return await handler(request, agent)

        return self._guarded(answer)

    def _sent(self, handler: Sent) -> Callable[[Request], Awaitable[Response]]:
        """Only for agents, and only from a form of ours."""

        async def answer(request: Request) -> Response:
            agent, form = await self._agent(request), await door.form_of(request)
            if agent is None:
                return RedirectResponse("/desk/sign-in", 303)
            if form is None or not door.from_our_form(request, form, door.cookie_of(request)):
                return Response(status_code=403)
            return await handler(request, agent, form)

        return self._guarded(answer)

    async def _agent(self, request: Request) -> Agent | None:
        cookie = door.cookie_of(request)
        if not cookie:
            return None
        hashed, now = passwords.session_hash(cookie), micros(self._clock.now())
        return await self._uow.read(lambda connection: agents.signed_in(connection, hashed, now))

    # --- the door ---

    async def show_door(self, request: Request, problem: str = "", status: int = 200) -> Response:
        """Where agents sign in."""
        cookie = door.cookie_of(request) or door.new_cookie()
        paper = self._paper(_language_of(request))
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
        right = await asyncio.to_thread(passwords.fits, password, kept)
        cookie, now = door.new_cookie(), micros(self._clock.now())
        agent = await self._uow.write(
            lambda connection: passwords.sign_in(connection, login, right, cookie, now)
        )
        if agent is None:
            problem = self._paper(_language_of(request)).say(words.WRONG)
            return await self.show_door(request, problem, 403)
        response = RedirectResponse("/desk", 303)
        door.keep(response, request, cookie)
        return response

    async def leave(self, request: Request, _agent: Agent, _form: Mapping[str, str]) -> Response:
        """Sign out."""
        hashed = passwords.session_hash(door.cookie_of(request))
        await self._uow.write(lambda connection: agents.sign_out(connection, hashed))
        response = RedirectResponse("/desk/sign-in", 303)
        door.drop(response)
        return response

    # --- looking ---

    async def queue(self, request: Request, agent: Agent) -> Response:
        """What is open, oldest first."""
        asked = request.query_params
        waiting = "installer" if asked.get("waiting") == "installer" else "us"
        kind = asked.get("kind", "") if asked.get("kind", "") in KINDS else ""
        statuses = KINDS[kind].statuses if kind else {}
        status = asked.get("status", "") if asked.get("status", "") in statuses else ""
        start = _number(asked.get("start", ""))
        found = await self._uow.read(
            lambda connection: office.queue(
                connection, CLOSED, waiting_for=waiting, kind=kind, status=status, start=start
            )
        )
        values = {"waiting": waiting, "kind": kind, "status": status, "statuses": statuses, "query": ""}
        return self._list(request, agent, found, start, values)

    async def search(self, request: Request, agent: Agent) -> Response:
        """Requests by number, serial or company."""
        query, start = request.query_params.get("q", "")[:100], _number(request.query_params.get("start", ""))
        found = await self._uow.read(lambda connection: office.search(connection, query, start))
        values = {"waiting": "", "kind": "", "status": "", "statuses": {}, "query": query}
        return self._list(request, agent, found, start, values)

    def _list(
        self, request: Request, agent: Agent, found: list[office.Item], start: int, values: dict[str, Any]
    ) -> Response:
        more = request.url.include_query_params(start=start + office.ROWS)
        rows = [(item, name_of(item.about), KINDS[item.kind].statuses[item.status]) for item in found]
        return self._page(
            request,
            agent,
            "queue.html",
            {
                **values,
                "rows": rows[: office.ROWS],
                "kinds": {name: kind.title for name, kind in KINDS.items()},
                "more": f"?{more.query}" if len(found) > office.ROWS else "",
            },
        )

    async def show(
        self, request: Request, agent: Agent, problem: str = "", status: int = 200, typed: str = ""
    ) -> Response:
        """A request with everything about it and everything that can be done."""
        found = await self._uow.read(lambda connection: sheet(connection, _about(request)))
        if found is None:
            return await self.nothing(request, agent)
        done = request.query_params.get("done", "")
        return self._page(
            request,
            agent,
            "item.html",
            {
                "sheet": found,
                "deeds": words.DEEDS,
                "who": words.WHO,
                "nothing": words.NOTHING_YET,
                "key": secrets.token_hex(16),
                "problem": problem,
                "typed": typed,
                "done": words.DONE.get(done, ""),
                "statuses": KINDS[found.item.kind].statuses,
            },
            status,
        )

    async def file(self, request: Request, agent: Agent) -> Response:
        """A photo or document of this very request; everything else does not exist."""

        wanted = request.path_params["id"]

        def look(connection: Connection) -> Attachment | None:
            item = office.find(connection, _about(request))
            files = office.files_of(connection, item) if item else []
            return next((file for file in files if file.id == wanted), None)

        found = await self._uow.read(look)
        if found is None or not self._folder.path(found.id).exists():
            return await self.nothing(request, agent)
        inline = found.media_type in ("image/jpeg", "image/png", "image/webp")
        return FileResponse(
            self._folder.path(found.id),
            media_type=found.media_type,
            filename=found.name,
            content_disposition_type="inline" if inline else "attachment",
            headers={"Cache-Control": "private, no-store"},
        )

    async def nothing(self, request: Request, agent: Agent) -> Response:
        """An address that leads nowhere."""
        return self._page(request, agent, "nothing.html", {"says": words.NO_PAGE}, 404)

    # --- doing ---

    async def do(self, request: Request, agent: Agent, form: Mapping[str, str]) -> Response:
        """Something about a request; what cannot be done is said above it, with the words still there."""
        deed = request.path_params["deed"]
        if deed not in words.DONE:
            return await self.nothing(request, agent)
        try:
            await self._deeds.do(agent, _about(request), deed, form)
        except Problem as problem:
            says = self._paper(agent.language).say(problem.says)
            return await self.show(request, agent, says, problem.status, form.get("words", ""))
        return RedirectResponse(f"{request.url.path.rpartition('/')[0]}?done={deed}", 303)

    async def people(self, request: Request, agent: Agent) -> Response:
        """Who works at the desk: for leads."""
        if agent.role != "lead":
            return await self.nothing(request, agent)
        everybody = await self._uow.read(agents.every)
        return self._page(request, agent, "agents.html", {"everybody": everybody, "roles": words.ROLES})

    async def change_agent(self, request: Request, agent: Agent, form: Mapping[str, str]) -> Response:
        """Stop the access of somebody, or give it back: for leads, and never to themselves."""
        wanted = _number(form.get("agent", ""))
        if agent.role != "lead" or wanted == agent.id:
            return Response(status_code=403)
        active = form.get("active") == "yes"
        await self._uow.write(lambda connection: agents.change(connection, wanted, active=active))
        return RedirectResponse("/desk/agents", 303)

    def _page(
        self, request: Request, agent: Agent, name: str, values: Mapping[str, Any], status: int = 200
    ) -> Response:
        token = door.token_of(door.cookie_of(request))
        common = {"agent": agent, "token": token, "moment": lambda at: Moment(moment(at))}
        return self._paper(agent.language).page(name, {"query": "", **common, **values}, status)

    def _paper(self, language: str) -> Paper:
        return Paper(language, self._time_zone, self._clock.now().date())


def _about(request: Request) -> str:
    return f"{request.path_params['kind']} {request.path_params['number']}"


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def _language_of(request: Request) -> str:
    """Before we know who it is: the first language of the browser that we speak."""
    for part in request.headers.get("accept-language", "").split(","):
        if (code := part.strip()[:2].lower()) in SPOKEN:
            return code
    return "en"
