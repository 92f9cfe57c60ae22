"""Only in the demo: links that open the page as somebody, and a panel with what the engine knows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct, structs
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.channels.web import notices, render, sessions
from flows.engine.conversation import Conversation
from flows.engine.language import Act, Flow, Review, Show, Step
from flows.engine.phrases import Text, _
from flows.engine.runs import applies, next_step
from flows.engine.screens import filled
from flows.engine.work import Run
from locales.speaker import gaps_of

if TYPE_CHECKING:
    from bot.channels.web.adapter import WebChannel

LETTERS: Final = 8

PANEL: Final = {
    "knows": _("What the bot knows"),
    "nothing": _("Nothing is open at the moment."),
    "parked": _("Drafts put aside"),
    "mailbox": _("Mailbox"),
    "no_mail": _("No mail yet."),
    "to": _("To {who}"),
}


class Letter(Struct, frozen=True):
    """A mail as the panel shows it."""

    id: int
    to: str
    locale: str
    subject: Text
    body: Text


class Demo(Struct, frozen=True):
    """`people` gives the session cookie behind each link; `letters` the latest mails, newest first."""

    people: Mapping[str, str]
    flows: Mapping[str, Flow]
    letters: Callable[[int], Awaitable[Sequence[Letter]]]


class Stop(Struct, frozen=True):
    """A step on the drawing of a flow, and what was answered there."""

    name: str
    title: Text
    state: Literal["done", "current", "ahead", "apart"]
    answer: Text = ""


def routes(channel: WebChannel, demo: Demo) -> list[BaseRoute]:
    """The links and the panel."""

    async def enter(request: Request) -> Response:
        cookie = demo.people.get(request.path_params["person"])
        if cookie is None:
            return await notices.nothing_here(request)
        response = RedirectResponse("/", 303)
        sessions.keep(response, request, cookie)
        return response

    async def panel(request: Request) -> Response:
        cookie = sessions.cookie_of(request)
        if cookie is None:
            return Response(status_code=404)
        state = await channel.memory.state(sessions.conversation_of(cookie))
        letters = await demo.letters(LETTERS)
        pen = channel.pen((state and state.locale) or sessions.language_of(request))
        known = [run for run in state.runs if run.flow in demo.flows] if state else []
        return Response(
            render.page(
                "panel.html",
                words={name: pen.p(phrase) for name, phrase in PANEL.items() if name != "to"},
                to=lambda who: pen.p(PANEL["to"](who=who)),
                p=pen.p,
                state=state,
                stack=[demo.flows[run.flow].title for run in known],
                flow=known[-1].flow if known else "",
                stops=list(stops(demo.flows[known[-1].flow], known[-1])) if known else [],
                parked=_titles(state, demo.flows),
                letters=[_said(letter, channel.pen(letter.locale)) for letter in letters],
            ),
            media_type="text/html",
        )

    return [Route("/demo/{person}", enter), Route("/panel", panel)]


def _said(letter: Letter, pen: render.Pen) -> Letter:
    """The letter in its reader's language, not in that of whoever looks on."""
    return structs.replace(letter, subject=pen.p(letter.subject), body=pen.p(letter.body))


def stops(flow: Flow, run: Run) -> Iterator[Stop]:
    """The steps of a flow in order: where the run is, what was answered, what does not apply."""
    current = next_step(flow, run)
    for step in flow.steps:
        answer = run.answers.get(step.name)
        title = _title(flow, step, run)
        if step is current:
            yield Stop(step.name, title, "current")
        elif answer:
            yield Stop(step.name, title, "done", answer.label)
        else:
            yield Stop(step.name, title, "ahead" if applies(step, run) else "apart")


def _title(flow: Flow, step: Step, run: Run) -> Text:
    match step:
        case Show():
            unknown = gaps_of(step.text.msgid) - run.answers.keys()
            return filled(step.text, run, dict.fromkeys(unknown, "…"))
        case Act():
            return flow.title
        case Review():
            return step.send
        case _:
            return step.title


def _titles(state: Conversation | None, flows: Mapping[str, Flow]) -> list[Text]:
    return [flows[run.flow].title for run in state.parked if run.flow in flows] if state else []
