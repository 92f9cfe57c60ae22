"""The server of these tests is as strict as the service: python-telegram-bot is its client here."""

from __future__ import annotations

import asyncio
import io
import re
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.error import BadRequest, Conflict, Forbidden, NetworkError, RetryAfter, TimedOut
from telegram.request import HTTPXRequest

from tests.telegram import markup
from tests.telegram.phone import Phone
from tests.telegram.refusals import Refused
from tests.telegram.server import Server
from tests.telegram.service import Service

PATIENCE = 60

pytestmark = pytest.mark.filterwarnings("ignore:.*retry_after:telegram.warnings.PTBDeprecationWarning")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """One server for all tests of this file."""
    server = Server(Service())
    yield server
    server.stop()


@pytest.fixture
def service(server: Server) -> Service:
    """A fresh start for each test."""
    service = server.service
    service.updates.clear()
    service.violations.clear()
    service.faults.clear()
    service.polls = 0
    return service


@pytest.fixture
def phone(service: Service) -> Phone:
    """A person who talks to the bot."""
    return Phone(service, 42)


def ask(server: Server, work: Callable[[Bot], Awaitable[Any]]) -> Any:
    """Do something with a bot of the library."""

    async def run() -> Any:
        patient = HTTPXRequest(
            read_timeout=PATIENCE, write_timeout=PATIENCE, connect_timeout=PATIENCE, pool_timeout=PATIENCE
        )
        bot = Bot(
            server.service.token, server.url, server.file_url, request=patient, get_updates_request=patient
        )
        async with bot:
            return await work(bot)

    return asyncio.run(run())


async def begun(service: Service, polls: int) -> None:
    """Wait until so many polls have come in."""
    while service.polls < polls:  # noqa: ASYNC110
        await asyncio.sleep(0.01)


def text_of(update: Update) -> str:
    """What was said."""
    assert update.message
    return update.message.text or ""


def keyboard(*rows: list[tuple[str, str]]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(t, callback_data=d) for t, d in row] for row in rows])


def test_a_message_is_shown_as_it_was_meant(server: Server, phone: Phone) -> None:
    """HTML becomes words with entities, buttons stand below."""

    async def work(bot: Bot) -> Message:
        return await bot.send_message(
            42, "RMA <code>00517625</code> &amp; more", "HTML", reply_markup=keyboard([("Send", "a.1")])
        )

    message = ask(server, work)
    assert message.text == "RMA 00517625 & more"
    assert message.entities[0].type == "code"
    assert phone.labels() == ["Send"]
    assert server.service.violations == []


def test_updates_are_kept_until_they_are_confirmed(server: Server, phone: Phone) -> None:
    """A poll with a higher offset confirms; without one the same updates come again."""
    phone.says("/start").says("hello")

    async def work(bot: Bot) -> list[list[str]]:
        first = await bot.get_updates()
        again = await bot.get_updates()
        rest = await bot.get_updates(offset=first[0].update_id + 1)
        none = await bot.get_updates(offset=first[1].update_id + 1)
        return [[text_of(update) for update in batch] for batch in (first, again, rest, none)]

    assert ask(server, work) == [["/start", "hello"], ["/start", "hello"], ["hello"], []]


def test_a_long_poll_answers_as_soon_as_something_is_said(server: Server, phone: Phone) -> None:
    """It does not wait for its time to run out."""

    async def work(bot: Bot) -> Any:
        poll = asyncio.create_task(bot.get_updates(timeout=10 * PATIENCE))
        await begun(server.service, 1)
        phone.says("now")
        async with asyncio.timeout(PATIENCE):
            return text_of((await poll)[0])

    assert ask(server, work) == "now"


def test_a_second_poller_ends_the_first(server: Server, service: Service) -> None:
    """The first is told that there is another."""

    async def work(bot: Bot) -> None:
        first = asyncio.create_task(bot.get_updates(timeout=10 * PATIENCE))
        await begun(service, 1)
        async with httpx.AsyncClient(trust_env=False, timeout=PATIENCE) as other:
            await other.get(f"{server.url}{server.service.token}/getUpdates")
        with pytest.raises(Conflict):
            await first

    ask(server, work)


def test_a_press_is_answered_once(server: Server, phone: Phone) -> None:
    """The second answer is a fault of ours."""

    async def work(bot: Bot) -> None:
        await bot.send_message(42, "Which?", reply_markup=keyboard([("Yes", "t.0"), ("No", "t.1")]))
        phone.taps("No")
        press = (await bot.get_updates(timeout=5))[-1].callback_query
        assert press
        assert press.data == "t.1"
        await bot.answer_callback_query(press.id)
        with pytest.raises(BadRequest, match="Query is too old"):
            await bot.answer_callback_query(press.id)

    ask(server, work)
    assert phone.pressed[0].answered
    assert server.service.violations == ["answerCallbackQuery: answered twice"]


def test_an_edit_changes_the_message_and_an_equal_one_is_refused(server: Server, phone: Phone) -> None:
    """The words of the service are the real ones, which the product reads."""

    async def work(bot: Bot) -> None:
        sent = await bot.send_message(42, "One", reply_markup=keyboard([("A", "x")]))
        await bot.edit_message_text("Two", 42, sent.message_id)
        with pytest.raises(BadRequest, match="Message is not modified"):
            await bot.edit_message_text("Two", 42, sent.message_id)
        with pytest.raises(BadRequest, match="Message to edit not found"):
            await bot.edit_message_text("Two", 42, 999_999)

    ask(server, work)
    assert phone.last().text == "Two"
    assert not phone.last().buttons
    assert server.service.violations == []


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("sendMessage", {"chat_id": 42, "text": ""}, "message text is empty"),
    ("sendMessage", {"chat_id": 42, "text": "<b> </b>", "parse_mode": "HTML"}, "message text is empty"),
    ("sendMessage", {"chat_id": 42, "text": "x" * 4097}, "message is too long"),
    ("sendMessage", {"chat_id": 42, "text": "😀" * 2049}, "message is too long"),
    ("sendMessage", {"chat_id": 42}, 'parameter "text" is required'),
    ("sendMessage", {"chat_id": 42, "text": "x", "colour": "red"}, 'unknown field "colour"'),
    ("sendMessage", {"chat_id": "x y", "text": "x"}, "chat not found"),
    ("sendMessage", {"chat_id": 42, "text": "x", "disable_notification": 3}, "Boolean expected"),
    ("sendMessage", {"chat_id": 42, "text": "a < b", "parse_mode": "HTML"}, "Unclosed start tag at byte"),
    ("sendMessage", {"chat_id": 42, "text": "<b>a", "parse_mode": "HTML"}, "Can't find end tag"),
    ("sendMessage", {"chat_id": 42, "text": "x", "reply_markup": {}}, "expected"),
    ("editMessageText", {"chat_id": 42, "text": "x"}, "message identifier is not specified"),
    ("getFile", {"file_id": ""}, "file_id"),
    ("setMyCommands", {"commands": [{"command": "Nieuw", "description": "x"}]}, "BOT_COMMAND_INVALID"),
    ("setMyCommands", {"commands": [{"command": "new", "description": ""}]}, "BOT_COMMAND_DESCRIPTION"),
    ("getUpdates", {"offset": -1}, "negative offset"),
    ("deleteWebhook", {"drop_pending_updates": True}, "drop_pending_updates"),
    ("sendVenue", {"chat_id": 42}, "Not Found"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "params", "says"), WRONG)
def test_a_wrong_call_is_refused(
    server: Server, phone: Phone, method: str, params: dict[str, Any], says: str
) -> None:
    """With the reason; and the test that made it would fail at its end."""
    answer = httpx.post(
        f"{server.url}{server.service.token}/{method}", json=params, trust_env=False, timeout=PATIENCE
    ).json()
    assert not answer["ok"]
    assert says in answer["description"]


BUTTONS: list[tuple[dict[str, str], str]] = [
    ({"text": "x", "callback_data": "é" * 33}, "BUTTON_DATA_INVALID"),
    ({"text": "x", "callback_data": ""}, "BUTTON_DATA_INVALID"),
    ({"text": " ", "callback_data": "x"}, "non-empty"),
    ({"text": "x"}, "unallowed"),
    ({"text": "x", "callback_data": "x", "color": "red"}, 'unknown field "color"'),
    ({"text": "x", "url": "javascript:1"}, "URL is invalid"),
]


@pytest.mark.parametrize(("button", "says"), BUTTONS)
def test_a_wrong_button_is_refused(server: Server, phone: Phone, button: dict[str, str], says: str) -> None:
    """Every limit of a button counts."""
    params = {"chat_id": 42, "text": "x", "reply_markup": {"inline_keyboard": [[button]]}}
    answer = httpx.post(
        f"{server.url}{server.service.token}/sendMessage", json=params, trust_env=False, timeout=PATIENCE
    )
    assert says in answer.json()["description"]
    assert server.service.violations


def test_more_than_a_hundred_buttons_are_refused(server: Server, phone: Phone) -> None:
    """A hundred are not."""

    async def work(bot: Bot) -> None:
        await bot.send_message(42, "x", reply_markup=keyboard(*[[("x", "y")]] * 100))
        with pytest.raises(BadRequest):
            await bot.send_message(42, "x", reply_markup=keyboard(*[[("x", "y")]] * 101))

    ask(server, work)


def test_a_photo_goes_both_ways(server: Server, phone: Phone) -> None:
    """What a person sent can be fetched; what the bot sends arrives."""
    phone.sends_photo(b"\xff\xd8 a photo", "the label")

    async def work(bot: Bot) -> bytes:
        message = (await bot.get_updates(timeout=5))[-1].message
        assert message
        assert message.caption == "the label"
        file = await bot.get_file(message.photo[-1].file_id)
        content = await file.download_as_bytearray()
        sent = await bot.send_photo(42, io.BytesIO(bytes(content)), "Seen")
        assert sent.photo
        return bytes(content)

    assert ask(server, work) == b"\xff\xd8 a photo"
    assert server.service.violations == []


def test_who_blocked_the_bot_is_not_reached(server: Server, phone: Phone) -> None:
    """As the service says it."""
    phone.blocks()

    async def work(bot: Bot) -> None:
        with pytest.raises(Forbidden, match="bot was blocked by the user"):
            await bot.send_message(42, "Hello")

    ask(server, work)
    phone.blocks(False)


def test_commands_are_kept_per_language(server: Server, phone: Phone) -> None:
    """And read back."""

    async def work(bot: Bot) -> list[str]:
        await bot.set_my_commands([BotCommand("nieuw", "Nieuwe RMA")], language_code="nl")
        return [c.command for c in await bot.get_my_commands(language_code="nl")]

    assert ask(server, work) == ["nieuw"]


FAULTS: list[tuple[str, type[Exception], int]] = [
    ("429", RetryAfter, 0),
    ("500", NetworkError, 0),
    ("html", NetworkError, 0),
    ("drop before", NetworkError, 0),
    ("drop after", NetworkError, 1),
    ("truncated", Exception, 1),
]


@pytest.mark.parametrize(("kind", "error", "shown"), FAULTS)
def test_faults_happen_when_ordered(
    server: Server, service: Service, kind: Any, error: type[Exception], shown: int
) -> None:
    """Once, with or without the effect."""
    phone = Phone(service, 100 + [fault for fault, *_ in FAULTS].index(kind))
    service.faults.order(kind, "sendMessage", chat=phone.room.id)

    async def work(bot: Bot) -> None:
        with pytest.raises(error):
            await bot.send_message(phone.room.id, "Hello")
        assert len(phone.news) == shown
        service.punish(phone.room.id, 0)
        await bot.send_message(phone.room.id, "Hello again")

    ask(server, work)
    phone.sees("Hello again")


def test_a_call_can_hang(server: Server, service: Service) -> None:
    """Until the client gives up."""
    phone = Phone(service, 60)
    service.faults.order("hang", "sendMessage", seconds=2)

    async def work(bot: Bot) -> None:
        with pytest.raises(TimedOut):
            await bot.send_message(phone.room.id, "Hello", read_timeout=0.3)

    ask(server, work)


def test_a_send_before_it_is_due_is_noticed(server: Server, service: Service) -> None:
    """Whoever was told to wait must wait."""
    phone = Phone(service, 61)
    service.faults.order("429", "sendMessage", seconds=30)

    async def work(bot: Bot) -> None:
        with pytest.raises(RetryAfter):
            await bot.send_message(phone.room.id, "Hello")
        await bot.send_message(phone.room.id, "Hello")

    ask(server, work)
    assert "before it was due" in service.violations[0]


def test_an_update_can_come_again(server: Server, service: Service, phone: Phone) -> None:
    """Although it was confirmed."""
    phone.says("twice")

    async def work(bot: Bot) -> None:
        (first,) = await bot.get_updates()
        service.put_again(service.updates[0].update)
        (again,) = await bot.get_updates(offset=first.update_id + 1)
        assert again.update_id == first.update_id

    ask(server, work)


HTML: list[tuple[str, str]] = [
    ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
    ("x</b>", "Unexpected end tag at byte offset 1"),
    ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
    ("é <div>x</div>", 'Unsupported start tag "div" at byte offset 3'),
    ("3 < 4", "Unclosed start tag at byte offset 2"),
    ("<", "Unclosed start tag at byte offset 0"),
]


@pytest.mark.parametrize(("html", "says"), HTML)
def test_html_is_read_strictly(html: str, says: str) -> None:
    """Each mistake has its own words."""
    with pytest.raises(Refused, match=re.escape(f"Bad Request: can't parse entities: {says}")):
        markup.parse(html)


def test_entities_count_in_utf16() -> None:
    """An emoji counts twice."""
    text, (entity,) = markup.parse('😀 <a href="https://e.example/?a=1&amp;b=2">x&lt;</a> &nbsp;')
    assert text == "😀 x< &nbsp;"
    assert entity == {"type": "text_link", "offset": 3, "length": 2, "url": "https://e.example/?a=1&b=2"}


@given(st.text())
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    """Three letters must be escaped, no more."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert markup.parse(escaped) == (text, [])
