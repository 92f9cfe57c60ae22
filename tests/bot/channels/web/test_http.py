"""What the server answers to a browser, and to somebody who is none."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.channels.web.history import Stored, Told
from bot.channels.web.sessions import conversation_of
from flows.engine.data import Started
from flows.engine.enclosures import Chart, Kept, Part
from flows.engine.events import Said, Sent
from flows.engine.outputs import Say
from tests.bot.channels.web.stage import Running

PATIENCE = 60
PHOTO = b"\xff\xd8\xff not really a photo"


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    """A stage on a real port."""
    running = Running(tmp_path)
    yield running
    running.close()


class Browser:
    """A person's browser, its requests sent to a stage."""

    def __init__(self, running: Running) -> None:
        self.client = httpx.Client(base_url=running.url, timeout=PATIENCE)
        self.origin = {"Origin": running.url}
        self.first = self.client.get("/")

    @property
    def conversation(self) -> str:
        """The conversation of the session."""
        return conversation_of(self.client.cookies["solardesk"])

    def say(self, content: dict[str, Any] | bytes, id: str = "deed-1", **more: Any) -> httpx.Response:
        """Do something."""
        body = content if isinstance(content, bytes) else json.dumps({"content": content})
        return self.client.post(f"/chat/say/{id}", content=body, headers=self.origin, **more)

    def upload(self, content: bytes | Iterator[bytes], id: str = "file-1") -> httpx.Response:
        """Send a file."""
        return self.client.put(f"/chat/files/{id}", content=content, headers=self.origin)


@pytest.fixture
def browser(running: Running) -> Iterator[Browser]:
    """A browser with the page open."""
    browser = Browser(running)
    yield browser
    browser.client.close()


def told(running: Running, browser: Browser, said: Say) -> int:
    """Something the bot said in this conversation; its number."""
    lines = running.stage.lines_of(browser.conversation)
    lines.append(Told(9000 + len(lines), said))
    return 9000 + len(lines) - 1


@pytest.fixture
def stranger(running: Running) -> Iterator[Browser]:
    """The browser of somebody else."""
    browser = Browser(running)
    yield browser
    browser.client.close()


def sent(*ids: str) -> dict[str, Any]:
    """The announcement of files."""
    return {
        "type": "sent",
        "text": "",
        "files": [{"type": "file", "id": id, "kind": "image", "name": "a.jpg", "size": 1} for id in ids],
    }


def test_the_page_sets_a_session_nobody_can_guess_or_read(browser: Browser) -> None:
    """Random, out of reach of scripts and other sites."""
    cookie = browser.first.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie
    assert len(browser.client.cookies["solardesk"]) >= 32


def test_over_https_the_session_never_leaves_https(running: Running) -> None:
    """The cookie is marked as such."""

    async def ask() -> str:
        transport = httpx.ASGITransport(running.stage.app())
        async with httpx.AsyncClient(transport=transport, base_url="https://desk.example") as client:
            return (await client.get("/")).headers["set-cookie"]

    assert "Secure" in asyncio.run(ask())


def test_a_session_stays_and_a_misshapen_one_is_replaced(browser: Browser) -> None:
    """The same person comes back; nonsense in a cookie is a new visit."""
    mine = browser.client.cookies["solardesk"]
    browser.client.get("/")
    assert browser.client.cookies["solardesk"] == mine
    answer = httpx.get(f"{browser.client.base_url}/", cookies={"solardesk": "short"}, timeout=PATIENCE)
    assert len(answer.cookies["solardesk"]) >= 32


def test_the_cookie_is_nowhere_but_in_the_browser(browser: Browser) -> None:
    """Neither the conversation nor the page holds it."""
    cookie = browser.client.cookies["solardesk"]
    assert cookie not in browser.conversation
    assert cookie not in browser.client.get("/").text


def test_every_answer_is_guarded(browser: Browser) -> None:
    """Only our own scripts and styles, in no frame, guessed by no browser, told to no other site."""
    for path in ("/", "/static/chat.css", "/nowhere", "/chat/files/none"):
        headers = browser.client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
    assert "onclick" not in browser.first.text
    assert "style=" not in browser.first.text


def test_pages_are_kept_by_no_cache_and_their_parts_by_all(browser: Browser) -> None:
    """A new version of a part has a new address."""
    address = browser.first.text.split('rel="stylesheet" href="')[1].split('"')[0]
    assert "immutable" in browser.client.get(address).headers["cache-control"]
    assert browser.first.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("origin", [None, "https://evil.example", "null", "http://127.0.0.1:1"])
def test_another_site_can_do_nothing(browser: Browser, running: Running, origin: str | None) -> None:
    """Neither say, nor send, nor listen."""
    browser.origin = {"Origin": origin} if origin else {}
    assert browser.say({"type": "said", "text": "x"}).status_code == 403
    assert browser.upload(PHOTO).status_code == 403
    if origin:
        assert browser.client.get("/chat/events", headers=browser.origin).status_code == 403
    assert running.heard == []


def test_without_a_session_nothing_is_taken(running: Running) -> None:
    """There is nobody to answer."""
    with httpx.Client(base_url=running.url, headers={"Origin": running.url}, timeout=PATIENCE) as client:
        assert client.post("/chat/say/deed-1", content=b"{}").status_code == 401
        assert client.get("/chat/events").status_code == 401


def test_what_is_sent_twice_is_taken_once(browser: Browser, stranger: Browser) -> None:
    """A browser that heard no answer sends it again."""
    first, second = (browser.say({"type": "said", "text": "hello"}) for _ in range(2))
    assert (first.status_code, first.json()) == (202, {"new": True})
    assert (second.status_code, second.json()) == (202, {"new": False})
    assert stranger.say({"type": "said", "text": "hello"}).json() == {"new": True}


def test_a_hundred_kilobytes_of_text_are_taken_and_a_megabyte_is_not(
    browser: Browser, running: Running
) -> None:
    """A long message gets an answer, an absurd one is refused."""
    assert browser.say({"type": "said", "text": "é" * 100_000}).status_code == 202
    assert browser.say({"type": "said", "text": "x" * 1_000_001}, "deed-2").status_code == 413
    assert Said("é" * 100_000) in running.heard


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"[]", b"\xff", b"[" * 10_000, b'{"content":{"type":"elapsed"}}']
)
def test_nonsense_is_refused_and_the_next_deed_is_served(browser: Browser, body: bytes) -> None:
    """One bad request hurts nobody."""
    assert browser.say(body).status_code == 400
    assert browser.say({"type": "said", "text": "x"}, "deed-2").status_code == 202


@pytest.mark.parametrize("id", ["a", "x" * 65, "..%2f..%2fetc", "a%00bcd", "a:b:c:d"])
def test_a_deed_has_a_plain_id(browser: Browser, id: str) -> None:
    """Nothing that could be read as something else."""
    assert browser.say({"type": "said", "text": "x"}, id).status_code == 404


def test_a_line_that_breaks_off_in_the_middle_is_no_fault(
    browser: Browser, running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    """On a roof it happens all day: nothing is taken, and nothing is logged."""
    host = running.url.removeprefix("http://")
    head = (
        f"POST /chat/say/deed-0 HTTP/1.1\r\nHost: {host}\r\nOrigin: {running.url}\r\nContent-Length: 99\r\n"
    )
    cookie = browser.client.cookies["solardesk"]
    with socket.create_connection((host.split(":")[0], int(host.split(":")[1]))) as line:
        line.sendall(f"{head}Cookie: solardesk={cookie}\r\n\r\n{{".encode())
    assert browser.say({"type": "said", "text": "again"}).json() == {"new": True}
    assert caplog.messages == []


def test_a_file_is_sent_first_and_announced_after(browser: Browser, running: Running) -> None:
    """What was never sent cannot be announced."""
    assert browser.say(sent("file-1")).status_code == 409
    assert browser.upload(PHOTO).status_code == 201
    assert browser.say(sent("file-1")).status_code == 202
    last = running.heard[-1]
    assert isinstance(last, Sent)
    assert last.files[0].size == len(PHOTO)


def test_nobody_can_announce_the_file_of_another(browser: Browser, stranger: Browser) -> None:
    """The same id in another session is another file."""
    browser.upload(PHOTO)
    assert stranger.say(sent("file-1")).status_code == 409


def test_a_file_over_thirty_megabytes_is_refused_with_an_answer(browser: Browser, running: Running) -> None:
    """The browser hears why, though it was still sending; nothing is kept of it."""
    part = b"x" * 1_000_000
    answer = browser.upload(part for _ in range(40))
    assert answer.status_code == 413
    assert browser.say(sent("file-1")).status_code == 409
    assert browser.say({"type": "said", "text": "still here"}, "deed-2").status_code == 202


def test_a_stored_file_is_only_for_whose_it_is(
    browser: Browser, stranger: Browser, running: Running, tmp_path: Path
) -> None:
    """For everybody else it does not exist."""
    path = tmp_path / "kept"
    path.write_bytes(PHOTO)
    running.stage.stored[browser.conversation, "f0f0f0"] = Stored(path, "roof.jpg", "image/jpeg")
    mine = browser.client.get("/chat/files/f0f0f0")
    assert (mine.status_code, mine.content, mine.headers["content-type"]) == (200, PHOTO, "image/jpeg")
    assert mine.headers["content-disposition"].startswith("inline")
    assert stranger.client.get("/chat/files/f0f0f0").status_code == 404
    assert httpx.get(f"{running.url}/chat/files/f0f0f0", timeout=PATIENCE).status_code == 401


def test_a_document_is_downloaded_and_never_shown(browser: Browser, running: Running, tmp_path: Path) -> None:
    """What a browser would run does not run on our page."""
    path = tmp_path / "kept"
    path.write_bytes(b"%PDF")
    running.stage.stored[browser.conversation, "f0f0f0"] = Stored(path, "invoice.pdf", "application/pdf")
    assert browser.client.get("/chat/files/f0f0f0").headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize(
    "path",
    [
        "/static/../adapter.py",
        "/static/..%2fadapter.py",
        "/static/%2e%2e/adapter.py",
        "/static//etc/passwd",
        "/chat/files/..%2f..%2fetc%2fpasswd",
        "/chat/files/../../etc/passwd",
    ],
)
def test_no_path_leads_out(browser: Browser, path: str) -> None:
    """Neither from the parts of the page nor from the photos."""
    request = browser.client.build_request("GET", "/")
    request.url = request.url.copy_with(raw_path=path.encode())
    assert browser.client.send(request).status_code == 404


@pytest.mark.parametrize(
    ("language", "words"),
    [("nl", "Probeer het over een minuut opnieuw"), ("fr", "Réessayez dans une minute"), ("en", "is kept")],
)
def test_a_page_that_cannot_be_shown_says_so_in_words(
    browser: Browser, running: Running, language: str, words: str
) -> None:
    """What happened, that nothing is lost, what to do; and it is there again afterwards."""
    running.stage.memory_is_away = True
    answer = browser.client.get("/", headers={"Accept-Language": language})
    assert (answer.status_code, words in answer.text, 'href="/"' in answer.text) == (503, True, True)
    running.stage.memory_is_away = False
    assert browser.client.get("/").status_code == 200


def test_an_address_without_a_page_leads_to_the_conversation(browser: Browser) -> None:
    """Mistyped, or from an old message."""
    answer = browser.client.get("/old/page", headers={"Accept-Language": "nl-BE"})
    assert (answer.status_code, "Naar het gesprek" in answer.text) == (404, True)


def test_a_link_is_followed_by_the_page_and_not_by_opening_it(browser: Browser, running: Running) -> None:
    """Whoever only fetches the address (a preview, a scanner) uses nothing up."""
    page = browser.client.get("/l/ABC-123").text
    start = json.loads(page.split('id="start">')[1].split("</script>")[0])
    assert start["deed"] == {"type": "started", "flow": "link", "answers": {"code": "ABC-123"}}
    assert running.heard == []


def test_a_link_can_start_a_flow_and_nothing_else(browser: Browser) -> None:
    """A name of another shape opens the page as always."""
    assert '"flow": "create_rma"' in browser.client.get("/?start=create_rma").text
    assert "<script>alert" not in browser.client.get("/?start=<script>alert(1)</script>").text
    assert "</script><script>" not in browser.client.get("/l/</script><script>alert(1)").text


@pytest.mark.parametrize(
    ("languages", "locale"),
    [
        ("nl-BE,nl;q=0.9,en;q=0.8", "nl"),
        ("de,fr-FR;q=0.5", "fr"),
        ("de", "en"),
        ("", "en"),
        ("x" * 5000, "en"),
    ],
)
def test_a_stranger_is_met_in_the_language_of_the_browser(
    running: Running, languages: str, locale: str
) -> None:
    """The first one that we speak."""
    answer = httpx.get(running.url, headers={"Accept-Language": languages}, timeout=PATIENCE)
    assert f'<html lang="{locale}">' in answer.text


async def events(running: Running, client: httpx.AsyncClient, count: int, **headers: str) -> list[str]:
    """The first few things a page hears."""
    found: list[str] = []
    async with client.stream("GET", f"{running.url}/chat/events?locale=en", headers=headers) as stream:
        async for line in stream.aiter_lines():
            if line.startswith("id: "):
                found.append(line[4:])
            if len(found) == count:
                return found
    return found


async def talk(running: Running) -> AsyncIterator[httpx.AsyncClient]:
    """A client with a session."""
    async with httpx.AsyncClient(headers={"Origin": running.url}, timeout=PATIENCE) as client:
        await client.get(running.url)
        yield client


def test_a_page_that_was_away_hears_what_it_missed_and_nothing_twice(running: Running) -> None:
    """It says what it heard last."""

    async def away() -> list[list[str]]:
        async for client in talk(running):
            for number in range(3):
                body = json.dumps({"content": {"type": "said", "text": f"word {number}"}})
                await client.post(f"{running.url}/chat/say/deed-{number}", content=body)
            first = await events(running, client, 2)
            return [first, await events(running, client, 1, **{"Last-Event-ID": first[0]})]
        return []

    first, second = asyncio.run(away())
    assert second == first[1:]


def test_a_page_in_another_language_is_told_to_renew_itself(running: Running) -> None:
    """Never two languages on one screen."""

    async def switch() -> str:
        async for client in talk(running):
            body = json.dumps({"content": {"type": "spoke", "locale": "fr"}, "locale": "en"})
            await client.post(f"{running.url}/chat/say/deed-1", content=body)
            async with client.stream("GET", f"{running.url}/chat/events?locale=en") as stream:
                async for line in stream.aiter_lines():
                    if line.startswith("event: "):
                        return line + (await client.get(running.url)).text
        return ""

    answer = asyncio.run(switch())
    assert answer.startswith("event: locale")
    assert '<html lang="fr">' in answer


def test_a_picture_is_shown_and_only_to_whom_it_was_given(
    running: Running, browser: Browser, stranger: Browser
) -> None:
    """Its words are there for who cannot see it; for everybody else it does not exist."""
    number = told(
        running, browser, Say(("31 open",), enclosed=Chart("RMA", (Part("New", 31, "busy"),), "31 open"))
    )
    page, where = browser.client.get("/").text, f"/chat/enclosed/{number}"
    assert f'<img src="{where}" alt="31 open">' in page
    picture = browser.client.get(where)
    assert (picture.headers["content-type"], picture.content[:4]) == ("image/png", b"\x89PNG")
    assert stranger.client.get(where).status_code == 404
    for nonsense in ("1", "99999999999999999999", "-1", "x"):
        assert browser.client.get(f"/chat/enclosed/{nonsense}").status_code == 404


def test_a_document_is_handed_out_to_be_kept(running: Running, browser: Browser) -> None:
    """Under its own name, whatever is in that, and never opened in the page."""
    name = 'rapport "août"\r\n.xlsx'
    (running.stage.channel.uploads._folder / "a1").write_bytes(b"content")
    number = told(running, browser, Say(("Your report",), enclosed=Kept("a1", name, "document", 7)))
    page = browser.client.get("/").text
    assert f'href="/chat/enclosed/{number}" download' in page
    assert "Your report" in page
    answer = browser.client.get(f"/chat/enclosed/{number}")
    assert answer.content == b"content"
    assert answer.headers["content-disposition"] == (
        "attachment; filename*=utf-8''rapport%20%22ao%C3%BBt%22%0D%0A.xlsx"
    )


def test_outside_the_demo_there_is_no_panel_and_no_door(browser: Browser) -> None:
    """Their addresses do not exist."""
    assert browser.client.get("/panel").status_code == 404
    assert browser.client.get("/demo/nl").status_code == 404
    assert 'id="panel"' not in browser.first.text


def test_in_the_demo_a_link_opens_the_page_as_somebody(tmp_path: Path) -> None:
    """And the panel shows what the bot knows of that chat."""
    running = Running(tmp_path, demo=True)
    running.stage.people["nl"] = "n" * 32
    with httpx.Client(base_url=running.url, headers={"Origin": running.url}, timeout=PATIENCE) as client:
        assert client.get("/panel").status_code == 404
        assert client.get("/demo/nobody").status_code == 404
        answer = client.get("/demo/nl")
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        assert client.cookies["solardesk"] == "n" * 32
        client.post(
            "/chat/say/deed-1", content=json.dumps({"content": {"type": "started", "flow": "create_rma"}})
        )
        assert running.heard == [Started("create_rma")]
        panel = client.get("/panel").text
    running.close()
    assert 'class="current" aria-current="step"' in panel
    assert "create_rma" in panel
