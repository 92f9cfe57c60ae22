"""The pages of the desk: see what waits, look at a request, do something about it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.desk import words
from bot.desk.deeds import Deeds, Problem
from bot.desk.entrance import Entrance
from bot.desk.guard import Guard
from bot.desk.paper import STATIC
from bot.ports import Clock
from bot.services.items import KINDS, name_of
from bot.services.money import amount_text
from bot.services.office_sheet import sheet
from flows.engine.phrases import Lines, Text
from storage import office
from storage.agents import Agent
from storage.attachments import Attachment, Folder
from storage.unit_of_work import Connection, UnitOfWork

CLOSED: Final = {name: kind.closed for name, kind in KINDS.items()}


class Desk:
    """The handlers. Nothing is shown without a session."""

    def __init__(self, uow: UnitOfWork, folder: Folder, clock: Clock, time_zone: str) -> None:
        self._uow = uow
        self._folder = folder
        self._guard = Guard(uow, clock, time_zone)
        self._entrance = Entrance(uow, clock, self._guard)
        self._deeds = Deeds(uow, clock)

    def routes(self) -> list[BaseRoute]:
        """Everything an agent's browser may ask for."""
        guard = self._guard
        return [
            Mount("/desk/static", StaticFiles(directory=STATIC)),
            *self._entrance.routes(),
            Route("/desk", guard.known(self.queue), methods=["GET"]),
            Route("/desk/search", guard.known(self.search), methods=["GET"]),
            Route("/desk/{kind}/{number}", guard.known(self.show), methods=["GET"]),
            Route("/desk/{kind}/{number}/file/{id}", guard.known(self.file), methods=["GET"]),
            Route("/desk/{kind}/{number}/{deed}", guard.sent(self.do), methods=["POST"]),
            Route("/desk/{anything:path}", guard.known(self.nothing), methods=["GET"]),
        ]

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
        return self._guard.page(
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
        self,
        request: Request,
        agent: Agent,
        problem: str = "",
        status: int = 200,
        typed: Mapping[str, str] | None = None,
    ) -> Response:
        """A request with everything about it and everything that can be done."""
        found = await self._uow.read(lambda connection: sheet(connection, _about(request)))
        if found is None:
            return await self.nothing(request, agent)
        return self._guard.page(
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
                "typed": typed or {},
                "done": _done(request.query_params),
                "amount": amount_text,
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
        return self._guard.page(request, agent, "nothing.html", {"says": words.NO_PAGE}, 404)

    # --- doing ---

    async def do(self, request: Request, agent: Agent, form: Mapping[str, str]) -> Response:
        """Something about a request; what cannot be done is said above it, with the words still there."""
        deed = request.path_params["deed"]
        if deed not in words.DONE:
            return await self.nothing(request, agent)
        try:
            told = await self._deeds.do(agent, _about(request), deed, form)
        except Problem as problem:
            says = self._guard.paper(agent.language).say(problem.says)
            return await self.show(request, agent, says, problem.status, {deed: form.get("words", "")})
        return RedirectResponse(f"{request.url.path.rpartition('/')[0]}?done={deed}&told={told}", 303)


def _about(request: Request) -> str:
    return f"{request.path_params['kind']} {request.path_params['number']}"


def _done(asked: Mapping[str, str]) -> Text:
    """What was done, and whether anybody hears of it."""
    done = asked.get("done", "")
    if done not in words.DONE or done == "note":
        return words.DONE.get(done, "")
    told = _number(asked.get("told", ""))
    return Lines((words.DONE[done], words.TOLD(n=told) if told else words.NOBODY))


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
