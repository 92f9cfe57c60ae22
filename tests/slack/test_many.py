"""Many workspaces: each installs the app by itself, is spoken to with its own token, and leaves alone."""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from sqlalchemy import text

from storage import people
from storage.installations import forget_left
from storage.unit_of_work import open_engine
from tests.bot.channels.slack.workspace import APP
from tests.slack.many import CLIENT, CLIENT_SECRET, Slacks
from tests.slack.post import SECRET
from tests.slack.process import World

SAID = (
    ("conversations", "key"),
    ("inbox", "conversation"),
    ("states", "conversation"),
    ("chat_identities", "sender"),
    ("outbox", "conversation"),
)
Story = Callable[["Firms"], Awaitable[None]]


class Firms(World):
    """The real process, which any workspace may install."""

    slack: Slacks

    def __init__(self, folder: Path, sample: Path, way: str, life: int = 43_200) -> None:
        super().__init__(folder, sample, way)
        self.slack = Slacks(life)

    def environment(self) -> dict[str, str]:
        """With a client id in the place of a token."""
        way = {"SOLARDESK_SLACK_SIGNING_SECRET": SECRET}
        if self.way == "sockets":
            way = {"SOLARDESK_SLACK_APP_TOKEN": APP}
        return {"SOLARDESK_SLACK_CLIENT_ID": CLIENT, "SOLARDESK_SLACK_CLIENT_SECRET": CLIENT_SECRET, **way}

    @property
    def base(self) -> str:
        """Its web server."""
        return f"http://127.0.0.1:{self.port}"

    def link(self, team: str, user: str, email: str) -> None:
        """Somebody was linked before."""
        engine = open_engine(self.database)
        with engine.begin() as connection:
            installer = people.with_email(connection, email)
            assert installer
            people.link(connection, f"slack:-:{team}:{user}", installer.id, 1)
        engine.dispose()

    async def hears(self, team: str, user: str, *wanted: str) -> None:
        """Wait until somebody was told all of this."""
        for words in wanted:
            await self.slack.until(lambda words=words: words in self.slack.heard(team, user))


def latest(firm: dict[str, Any]) -> str:
    """The newest RMA of a company."""
    return str(max(rma["number"] for rma in firm["rmas"]))


def play(folder: Path, sample: Path, story: Story, way: str, life: int = 43_200) -> None:
    """A story, after which nothing was done that Slack forbids."""

    async def run() -> None:
        async with Firms(folder, sample, way, life) as world:
            await world.start()
            assert isinstance(world, Firms)
            await story(world)
            assert world.slack.violations == []

    asyncio.run(run())


def test_two_firms_install_the_app_and_never_hear_of_each_other(
    way: str, tmp_path: Path, sample: Path
) -> None:
    """Somebody with the same id in each of them is linked to another company there."""

    async def story(world: Firms) -> None:
        slack = world.slack
        for team in ("T1", "T2"):
            assert "is installed in this workspace" in await slack.install(world.base, team)
        dutch, french = (world.firm(language) for language in ("nl", "fr"))
        for team, firm in (("T1", dutch), ("T2", french)):
            world.link(team, "U1", firm["people"][0]["email"])
            await slack.says(team, "U1", "track rma")
            await world.hears(team, "U1", latest(firm))
        assert latest(french) not in slack.heard("T1", "U1")
        assert latest(dutch) not in slack.heard("T2", "U1")
        assert {token.split("-")[1] for method, token in slack.tokens if "xoxb" in token} == {"T1", "T2"}
        for team in ("T1", "T2"):
            posted = [token for method, token in slack.tokens if method == "chat.postMessage"]
            assert any(f"-{team}-" in token for token in posted)

    play(tmp_path, sample, story, way)


def test_who_does_not_agree_or_comes_from_another_browser_installs_nothing(
    way: str, tmp_path: Path, sample: Path
) -> None:
    """The page says so, and that nothing was changed."""

    async def story(world: Firms) -> None:
        assert "was not installed" in await world.slack.install(world.base, "T1", agrees=False)
        assert "was not installed" in await world.slack.install(world.base, "T1", browser=False)
        assert world.rows("SELECT count(*) FROM slack_installations") == [(0,)]

    play(tmp_path, sample, story, way)


def test_a_token_is_renewed_before_it_ends_and_only_once(way: str, tmp_path: Path, sample: Path) -> None:
    """One that ends within two hours is exchanged when it is needed, however many speak at that moment."""

    async def story(world: Firms) -> None:
        slack = world.slack
        await slack.install(world.base, "T1")
        slack.life = 43_200
        for user in ("U1", "U2", "U3", "U4"):
            await slack.says("T1", user, "help")
        for user in ("U1", "U2", "U3", "U4"):
            await slack.until(lambda user=user: slack.heard("T1", user))
        assert len(slack.used) == 1
        assert len(set(slack.used)) == 1

    play(tmp_path, sample, story, way, life=3_600)


def test_a_removed_app_is_silent_there_and_comes_back_where_it_stopped(
    way: str, tmp_path: Path, sample: Path
) -> None:
    """Others go on; its token is forgotten at once, in every process and after a restart."""

    async def story(world: Firms) -> None:
        slack = world.slack
        for team in ("T1", "T2"):
            await slack.install(world.base, team)
        await slack.says("T1", "U1", f"link {world.code(world.firm('nl')['people'][0]['email'])}")
        await world.hears("T1", "U1", world.firm("nl")["name"])
        slack.remove("T1")
        await slack.acked(await slack.leaves("T1"))
        assert world.rows("SELECT token, refresh_token FROM slack_installations WHERE team = 'T1'") == [
            ("", "")
        ]
        await world.end()
        await world.start()
        calls = len(slack.log)
        await slack.acked(await slack.says("T1", "U1", "menu"))
        await slack.says("T2", "U1", "help")
        await slack.until(lambda: slack.heard("T2", "U1"))
        assert not [call for call in slack.log[calls:] if call.error]
        await slack.install(world.base, "T1")
        before = slack.heard("T1", "U1")
        await slack.says("T1", "U1", "menu")
        await slack.until(lambda: slack.heard("T1", "U1") != before)
        assert world.rows("SELECT left_at FROM slack_installations WHERE team = 'T1'") == [(None,)]

    play(tmp_path, sample, story, way)


def test_what_was_said_is_erased_thirty_days_after_the_app_was_removed(
    way: str, tmp_path: Path, sample: Path
) -> None:
    """And not a day earlier; of the other workspace nothing is."""

    async def story(world: Firms) -> None:
        slack = world.slack
        for team in ("T1", "T2"):
            await slack.install(world.base, team)
            world.link(team, "U1", world.firm("nl")["people"][0]["email"])
            await slack.says(team, "U1", "track rma")
            await world.hears(team, "U1", latest(world.firm("nl")))
        await slack.acked(await slack.leaves("T1"))
        await world.end()
        now = datetime.datetime.now(datetime.UTC)
        for days, kept in ((29, True), (31, False)):
            engine = open_engine(world.database)
            with engine.begin() as connection:
                assert forget_left(connection, now + datetime.timedelta(days=days)) is not kept
                for table, column in SAID:
                    count = text(f"SELECT count(*) FROM {table} WHERE {column} LIKE :start")
                    assert bool(connection.scalar(count, {"start": "slack:-:T1:%"})) is kept, table
                    assert connection.scalar(count, {"start": "slack:-:T2:%"}), table
            engine.dispose()

    play(tmp_path, sample, story, way)
