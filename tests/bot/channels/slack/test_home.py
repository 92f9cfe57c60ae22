"""App Home: what somebody has open, in their language, and nothing of others."""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import Sequence
from typing import Any

import pytest
from msgspec import structs

from bot.channels.slack.home import Homes, home
from bot.channels.slack.lookups import Lookups
from bot.channels.slack.people import People, Profile
from bot.channels.slack.workspaces import Workspaces
from bot.services.glance import Glance
from flows.engine.phrases import _, n_
from flows.engine.work import Row
from locales.speaker import Speaker
from tests.bot.channels.slack.workspace import BOT, Workspace
from tests.bot.fakes import RealClock

TODAY = datetime.date(2026, 11, 20)
RMAS = tuple(Row(f"0051762{n}", f"0051762{n}: in progress") for n in range(5))
ASKED = (Row("4", "RMA 00517621: Which colour?"),)
OPEN = (n_("{n} open RMA", "{n} open RMAs")(n=7), n_("{n} open case", "{n} open cases")(n=1))
ELS = Glance("nl", "Els Peeters, Zonnewind", OPEN, ASKED, RMAS, (_("New RMA"),))


def shown(found: Glance, locale: str = "nl") -> list[dict[str, Any]]:
    """The blocks of this Home."""
    view = home(found, Speaker(locale, "Europe/Brussels", TODAY))
    assert view["type"] == "home"
    blocks: list[dict[str, Any]] = view["blocks"]
    return blocks


def buttons(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every button, from top to bottom."""
    return [
        button
        for block in blocks
        if block["type"] != "context"
        for button in (*block.get("elements", ()), *([block["accessory"]] if "accessory" in block else ()))
    ]


def test_home_shows_what_is_open_and_one_way_to_begin() -> None:
    """Counts, the latest RMAs with something to do, the draft, and one primary action."""
    blocks = shown(ELS)
    words = str(blocks)
    for expected in (
        "Els Peeters, Zonnewind",
        "7 lopende RMA's",
        "1 lopend dossier",
        "00517620",
        "Nog niet af: Nieuwe RMA",
    ):
        assert expected in words
    primary = [button["action_id"] for button in buttons(blocks) if button.get("style") == "primary"]
    assert primary == ["start.create_rma"]
    looks = [button["value"] for button in buttons(blocks) if button["action_id"] == "start.track_rma"]
    assert looks == [row.id for row in RMAS]
    assert [button["action_id"] for button in buttons(blocks) if button["action_id"] == "open"] == ["open"]


def test_what_was_begun_stands_above_what_is_with_the_desk() -> None:
    """After what is new; whether the account is linked and which language is spoken stand at the end."""
    blocks = shown(ELS)
    texts = [str(block.get("text", {}).get("text", "")) for block in blocks]
    asked = texts.index("Onze dienst vraagt over RMA 00517621: Which colour?")
    draft = texts.index("Nog niet af: Nieuwe RMA")
    assert 1 < asked < draft < texts.index("00517620: in progress")
    assert [
        (b["action_id"], b["value"]) for b in buttons(blocks) if b["action_id"] == "start.answer_desk"
    ] == [("start.answer_desk", "4")]
    assert blocks[-1]["elements"][0]["text"] == "Dit account is gekoppeld. Ik schrijf u in het Nederlands."
    assert shown(Glance(), "fr")[-1]["elements"][0]["text"] == "Je vous écris en français."


def test_of_several_drafts_the_others_are_one_press_away() -> None:
    """One alone needs no list."""
    several = Glance("nl", ELS.who, OPEN, drafts=(_("New RMA"), _("Report")), others=True)
    starts = [[b["action_id"] for b in buttons(shown(each))] for each in (several, ELS)]
    assert ["start.drafts" in each for each in starts] == [True, False]


@pytest.mark.parametrize("locale", ["nl", "fr", "en"])
def test_an_empty_home_names_the_first_step(locale: str) -> None:
    """Somebody without RMAs files one; somebody we do not know links first, and sees no data."""
    nothing = shown(Glance(who="Els, Zonnewind"), locale)
    stranger = shown(Glance(), locale)
    assert [b["action_id"] for b in buttons(nothing) if b.get("style")] == ["start.create_rma"]
    assert [b["action_id"] for b in buttons(stranger) if b.get("style")] == ["start.link"]


@pytest.mark.parametrize("locale", ["nl", "fr", "en"])
def test_nothing_on_home_is_marked_up_or_too_long(locale: str) -> None:
    """Names of people and towns cannot ping, and Slack takes every part."""
    nasty = "<!channel> *x* <https://evil.example|bank> " + "x" * 4000
    found = Glance(locale, nasty, OPEN, (Row("4", nasty),), (Row("00517620", nasty),), (nasty,))
    blocks = shown(found, locale)
    assert len(blocks) <= 100
    assert "mrkdwn" not in str(blocks)
    for block in blocks:
        assert len(block.get("text", {}).get("text", "")) <= (150 if block["type"] == "header" else 3000)
        assert len(block.get("elements", ())) <= 25
    for button in buttons(blocks):
        assert 0 < len(button["text"]["text"]) <= 75
        assert len(button.get("accessibility_label", "")) <= 75


class SlowPeople(People):
    """Nobody's profile is there before that of a second one is asked for."""

    def __init__(self, workspaces: Workspaces) -> None:
        super().__init__(workspaces)
        self._two = asyncio.Barrier(2)

    async def profile(self, person: str) -> Profile:
        """An empty one."""
        await self._two.wait()
        return Profile()


def test_nobody_waits_for_the_profiles_of_those_before_them() -> None:
    """Slack may take a second for each, and many may look at their Home."""

    async def look(people: Sequence[str]) -> list[Glance]:
        return [Glance("nl") for _ in people]

    async def search(_person: str, _question: str, _text: str) -> tuple[Sequence[Row], bool]:
        return (), False

    async def story() -> None:
        async with Workspace() as workspace:
            workspaces = Workspaces(workspace.api, BOT)
            homes = Homes(workspaces, SlowPeople(workspaces), Lookups(look, search), RealClock())
            homes.opened("slack:-:T1:U1")
            homes.opened("slack:-:T1:U2")
            running = asyncio.create_task(homes.run())
            await workspace.until(lambda: len(workspace.called("views.publish")) == 2)
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            await workspaces.close()

    asyncio.run(story())


def test_practice_is_marked_with_the_way_out_of_it() -> None:
    """Under the name, before anything that is invented."""
    practised = shown(structs.replace(ELS, practises=True), "nl")
    assert practised[1]["text"]["text"] == "Oefening: niets hiervan is echt."
    assert practised[1]["accessory"]["action_id"] == "start.end_practice"
    assert len(practised) == len(shown(ELS, "nl")) + 1
