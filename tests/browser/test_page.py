"""The page in a real browser: a thumb, a keyboard, a lost network, a slow server."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Route, expect

from flows.engine.data import Started
from flows.engine.events import Pressed, Said, Sent
from tests.bot.channels.web.nasty import NASTY
from tests.bot.channels.web.scene import MICROS
from tests.bot.channels.web.stage import Running
from tests.browser.phone import Phone, photo

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("page")]

LOOKS = (Path(__file__).parent / "looks.js").read_text()


def at_the_devices(phone: Phone) -> None:
    """A new RMA, up to the list of devices."""
    phone.press("New RMA")
    phone.press("Peeters")


def at_the_review(phone: Phone) -> None:
    """A new RMA, up to the review."""
    at_the_devices(phone)
    phone.press(MICROS[0])
    phone.press("Done")
    phone.press("Not reporting")
    phone.press("Skip")
    phone.press("Skip")
    phone.press("Leuven")


def said(running: Running) -> list[str]:
    """The words people typed, in order."""
    return [content.text for content in running.heard if isinstance(content, Said)]


def test_an_rma_is_filed_by_thumb(phone: Phone, running: Running) -> None:
    """Only by pressing, from the menu to its number."""
    at_the_review(phone)
    phone.press("Send")
    phone.see("00517990")
    assert [filed.devices for filed in running.stage.desk.filed] == [(MICROS[0],)]


def test_one_fact_is_changed_beside_it(phone: Phone) -> None:
    """The pencil asks that question again; the rest stays."""
    at_the_review(phone)
    phone.question.get_by_role("button", name="Change: Fault").click()
    phone.see("What do you see?")
    phone.press("Damaged")
    expect(phone.question.get_by_role("row", name="Fault")).to_contain_text("Damaged")
    expect(phone.question.get_by_role("row", name="System")).to_contain_text("Peeters")


def test_ticks_faster_than_the_server_are_all_taken(phone: Phone, running: Running) -> None:
    """Three quick taps while the first is under way tick three."""
    at_the_devices(phone)
    running.stage.held = True
    for serial in MICROS[:3]:
        phone.button(serial).click()
    expect(phone.question.locator('[aria-pressed="true"]')).to_have_count(3)
    running.stage.held = False
    phone.until(lambda: len(running.heard) == 6)
    phone.catches_up(running.newest)
    phone.press("Done")
    phone.see("What do you see?")
    expect(phone.page.locator(".chosen")).to_contain_text(MICROS[2])
    pressed = [(press.token, press.index) for press in running.heard if isinstance(press, Pressed)]
    assert len(set(pressed)) == len(pressed)


def test_a_page_of_rows_is_turned_in_place(phone: Phone) -> None:
    """The question stays one question."""
    at_the_devices(phone)
    before = phone.page.locator("#log > li").count()
    phone.press("More")
    expect(phone.button(MICROS[7])).to_be_visible()
    expect(phone.page.locator("#log > li")).to_have_count(before)


def test_only_the_open_question_has_its_buttons(phone: Phone) -> None:
    """Answered ones keep the answer; nothing on the screen is a dead end."""
    at_the_devices(phone)
    expect(phone.page.locator("li[data-prompt]:not([data-open]) .choices")).to_have_count(0)
    expect(phone.page.locator("li[data-open]")).to_have_count(1)


def test_opened_again_the_page_is_the_same(phone: Phone) -> None:
    """The words, the answers and the buttons that still work."""
    at_the_devices(phone)
    phone.press(MICROS[0])
    before = phone.page.locator("#log").inner_text().split()
    phone.page.reload()
    phone.see("which devices?")
    phone.until(lambda: phone.page.locator("#log").inner_text().split() == before)
    phone.press("Done")
    phone.see("What do you see?")


def test_what_is_done_without_network_waits_and_goes_once(
    phone: Phone, running: Running, tmp_path: Path
) -> None:
    """Words, a tick and a photo: marked as not sent, still there after a reload, sent in order."""
    at_the_devices(phone)
    phone.offline(True)
    phone.button(MICROS[1]).click()
    phone.type("since the storm")
    phone.attach(photo(tmp_path / "roof.jpg", 300, 200))
    expect(phone.own("since the storm").get_by_text("Not sent")).to_be_visible()
    expect(phone.page.locator("li.theirs:has(img)").get_by_text("Not sent")).to_be_visible()
    expect(phone.page.locator("#line")).to_contain_text("No connection")
    assert said(running) == []
    phone.offline(False)
    expect(phone.page.locator("#line")).to_be_hidden()
    expect(phone.page.get_by_text("Not sent")).to_have_count(0)
    phone.until(lambda: [type(content) for content in running.heard[3:]] == [Pressed, Said, Sent])
    assert len(running.stage.keys) == len(set(running.stage.keys)) == 6


def test_what_was_not_sent_survives_a_closed_page(phone: Phone, running: Running, tmp_path: Path) -> None:
    """The browser keeps it, photo and all, and sends it when the page is opened again."""
    phone.page.route("**/chat/**", lambda route: route.abort("internetdisconnected"))
    phone.type("since the storm")
    phone.attach(photo(tmp_path / "roof.jpg", 300, 200))
    expect(phone.page.get_by_text("Not sent")).to_have_count(2)
    phone.page.goto("about:blank")
    assert running.heard[1:] == []
    phone.page.unroute("**/chat/**")
    phone.open(running.url)
    phone.see("since the storm")
    expect(phone.page.get_by_text("Not sent")).to_have_count(0)
    expect(phone.page.locator("li.theirs img")).to_have_count(1)
    phone.until(lambda: [type(content) for content in running.heard[1:]] == [Said, Sent])


def test_an_answer_lost_on_the_way_is_asked_for_again_and_counted_once(
    phone: Phone, running: Running
) -> None:
    """The server had it, the browser did not know: the same deed goes again and changes nothing."""
    lost: list[str] = []

    def lose(route: Route) -> None:
        lost.append(route.fetch().text())
        route.abort("connectionreset")

    phone.page.route("**/chat/say/**", lose)
    phone.type("hello")
    expect(phone.own("hello").get_by_text("Not sent")).to_be_visible()
    phone.page.unroute("**/chat/say/**")
    expect(phone.own("hello")).to_have_attribute("data-state", "sent")
    assert lost[0] == '{"new":true}'
    phone.until(lambda: said(running) == ["hello"])
    phone.complaints.clear()


@pytest.mark.row("ESM-24")
def test_a_large_photo_is_made_smaller_first(phone: Phone, running: Running, tmp_path: Path) -> None:
    """A roof has little signal; the label can still be read."""
    phone.press("New RMA")
    large = photo(tmp_path / "large.jpg", 3200, 2400)
    assert large.stat().st_size > 1_500_000
    phone.attach(large)
    phone.until(lambda: any(isinstance(content, Sent) for content in running.heard))
    sent = next(content for content in running.heard if isinstance(content, Sent))
    stored = next(iter(running.stage.stored.values()))
    with Image.open(stored.path) as small:
        assert max(small.size) == 2048
    assert sent.files[0].size == stored.path.stat().st_size < large.stat().st_size


@pytest.mark.row("ESM-24")
def test_a_file_that_is_too_big_is_explained_and_nothing_else_is_lost(
    phone: Phone, running: Running, tmp_path: Path
) -> None:
    """In the person's language; the photo chosen with it arrives, and so do the next words."""
    phone.press("New RMA")
    (tmp_path / "huge.pdf").write_bytes(b"%PDF" + b"x" * 40_000_000)
    phone.attach(tmp_path / "huge.pdf", photo(tmp_path / "roof.jpg", 300, 200))
    expect(phone.page.locator("#toast")).to_contain_text("huge.pdf is larger than 30 MB")
    phone.until(lambda: any(isinstance(content, Sent) for content in running.heard))
    phone.attach(tmp_path / "huge.pdf")
    expect(phone.page.locator('[data-state="refused"]')).to_contain_text("Choose a smaller file")
    phone.type("still here")
    phone.see("still here")
    phone.until(lambda: said(running) == ["still here"])


def test_a_number_is_copied_with_one_tap(phone: Phone, running: Running) -> None:
    """And it is said that it was, also to who cannot see it."""
    at_the_review(phone)
    phone.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=running.url)
    phone.question.get_by_role("button", name=f"Copy {MICROS[0]}").click()
    expect(phone.page.locator("#toast[role=status]")).to_have_text(f"Copied: {MICROS[0]}")
    assert phone.page.evaluate("navigator.clipboard.readText()") == MICROS[0]


def test_without_https_a_number_is_copied_too(phone: Phone) -> None:
    """Where the browser has no clipboard to write to, the selection is copied."""
    at_the_review(phone)
    phone.page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    phone.question.get_by_role("button", name=f"Copy {MICROS[0]}").click()
    expect(phone.page.locator("#toast")).to_have_text(f"Copied: {MICROS[0]}")


def test_the_whole_page_changes_its_language(phone: Phone, running: Running) -> None:
    """Never two languages on one screen; what is being typed stays."""
    phone.press("New RMA")
    phone.page.fill("#words", "half a sen")
    phone.page.click("[data-sheet=menu-sheet]")
    phone.page.click("[data-speak=fr]")
    expect(phone.page.locator("html")).to_have_attribute("lang", "fr")
    expect(phone.page.locator("#words")).to_have_value("half a sen")
    expect(phone.page.locator("#words")).not_to_have_attribute("placeholder", "Write a message")
    phone.page.fill("#words", "")
    phone.question.locator("button.row").first.click()
    expect(phone.question.locator("[aria-pressed]").first).to_be_visible()
    expect(phone.page.locator("html")).to_have_attribute("lang", "fr")


def test_waiting_is_shown_after_a_moment(phone: Phone, running: Running) -> None:
    """Not for what is quick, and never for longer than it lasts."""
    phone.press("New RMA")
    expect(phone.page.locator("#waiting")).to_be_hidden()
    running.stage.held = True
    phone.type("peeters")
    expect(phone.page.locator("#waiting")).to_be_visible()
    running.stage.held = False
    phone.see("which devices?")
    expect(phone.page.locator("#waiting")).to_be_hidden()


def test_the_keyboard_does_everything(phones: Callable[..., Phone], running: Running) -> None:
    """Enter sends, Escape closes and goes back, the skip link skips, and the focus is never lost."""
    phone = phones(wide=True)
    phone.open(running.url)
    page = phone.page
    phone.see("What do you want to do?")
    expect(page.locator("#words")).to_be_focused()
    page.keyboard.type("one line")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("two")
    page.keyboard.press("Enter")
    phone.see("one line")
    phone.until(lambda: said(running) == ["one line\ntwo"])
    page.locator("[data-sheet=menu-sheet]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#menu-sheet button").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#menu-sheet")).to_be_hidden()
    expect(page.locator("[data-sheet=menu-sheet]")).to_be_focused()
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#words")).to_be_focused()
    phone.type("menu")
    phone.until(lambda: said(running)[1:] == ["menu"])
    phone.catches_up(running.newest)
    page.locator("li.ours button").first.focus()
    page.keyboard.press("Enter")
    expect(phone.question).to_be_focused()


def test_a_tick_keeps_the_focus(phones: Callable[..., Phone], running: Running) -> None:
    """Whoever ticks with the keyboard goes on where they were."""
    phone = phones(wide=True)
    phone.open(running.url)
    phone.see("What do you want to do?")
    at_the_devices(phone)
    phone.button(MICROS[2]).focus()
    phone.page.keyboard.press("Space")
    expect(phone.question.locator('[aria-pressed="true"]')).to_have_count(1)
    expect(phone.page.locator("li.pressed")).to_have_count(0)
    expect(phone.button(MICROS[2])).to_be_focused()


def test_a_screen_reader_hears_what_is_new(phone: Phone) -> None:
    """The conversation is a log, told politely, and says who speaks."""
    log = phone.page.locator("#log")
    expect(log).to_have_attribute("role", "log")
    expect(log).to_have_attribute("aria-live", "polite")
    phone.type("hello")
    phone.see("hello")
    assert phone.page.locator("li.theirs .unseen").first.text_content() == "You said: "
    assert phone.page.locator("li.ours .unseen").first.text_content() == "Solardesk says: "


def look(phone: Phone) -> None:
    """Everything to press is as large as a thumb, every word can be read in sunlight, all has a name."""
    fine = {"small": [], "faint": [], "unnamed": [], "wide": False}
    with contextlib.suppress(AssertionError):  # what moves comes to rest
        phone.until(lambda: phone.page.evaluate(LOOKS) == fine)
    assert phone.page.evaluate(LOOKS) == fine


def test_every_screen_is_for_a_thumb_in_sunlight(phone: Phone, tmp_path: Path) -> None:
    """48 pixels to press, a contrast of 7, nothing beside the screen: also on the smallest phone."""
    look(phone)
    at_the_devices(phone)
    look(phone)
    phone.press(MICROS[0])
    phone.page.click("[data-sheet=menu-sheet]")
    look(phone)
    phone.page.click("[data-sheet=attach-sheet]")
    look(phone)
    phone.page.keyboard.press("Escape")
    phone.press("Done")
    phone.press("Not reporting")
    phone.press("Skip")
    look(phone)
    phone.attach(photo(tmp_path / "roof.jpg", 300, 200))
    phone.see("Where should")
    phone.press("Leuven")
    look(phone)
    phone.page.set_viewport_size({"width": 320, "height": 568})
    look(phone)
    phone.offline(True)
    phone.type("no network")
    expect(phone.own("no network").get_by_text("Not sent")).to_be_visible()
    look(phone)


def test_the_panel_can_be_read_too(phones: Callable[..., Phone], running: Running) -> None:
    """On a wide screen in the demo: the flow, the answers, the step that is next."""
    phone = phones(wide=True)
    phone.open(running.url)
    phone.see("What do you want to do?")
    at_the_devices(phone)
    expect(phone.page.locator("#panel .current")).to_have_text("Devices")
    expect(phone.page.locator("#panel .done").first).to_contain_text("Peeters, Aarschot")
    look(phone)


def test_nasty_words_are_only_words(phone: Phone, running: Running) -> None:
    """No script runs, no element appears, and the page goes on."""
    for text in NASTY[:24]:
        phone.type(text)
    phone.type("the end")
    phone.see("the end")
    phone.until(lambda: said(running) == [*NASTY[:24], "the end"])
    assert phone.page.locator("#log script, #log iframe, #log style, #log meta, #log base").count() == 0
    phone.page.reload()
    phone.see("the end")
    assert phone.page.locator("#log script, #log iframe, #log style, #log meta, #log base").count() == 0


def test_a_second_page_of_the_same_person_follows(phone: Phone, running: Running) -> None:
    """What is typed on one is on the other."""
    second = phone.context.new_page()
    second.goto(running.url)
    second.wait_for_selector("body[data-ready]")
    phone.type("hello from the first")
    expect(second.locator("li.theirs", has_text="hello from the first")).to_have_count(1)
    expect(phone.page.locator("li.theirs", has_text="hello from the first")).to_have_count(1)


def test_a_link_is_followed_once(phones: Callable[..., Phone], running: Running) -> None:
    """The code is not left in the address, and a reload does not use it again."""
    phone = phones()
    phone.open(f"{running.url}/l/ABC-123")
    assert phone.page.url == f"{running.url}/"
    phone.page.wait_for_selector("li.ours")
    phone.page.reload()
    phone.page.wait_for_selector("body[data-ready]")
    phone.type("the end")
    phone.until(lambda: said(running) == ["the end"])
    assert running.heard[:-1] == [Started("link", {"code": "ABC-123"})]


def test_a_place_can_be_shared(phone: Phone, running: Running) -> None:
    """From the same button as photos."""
    phone.context.grant_permissions(["geolocation"])
    phone.context.set_geolocation({"latitude": 50.98, "longitude": 4.83})
    phone.page.click("[data-sheet=attach-sheet]")
    phone.page.click("[data-location]")
    phone.see("My location")
    phone.until(lambda: said(running) == ["geo:50.98000,4.83000"])


def test_what_moves_stands_still_for_who_asks(phones: Callable[..., Phone], running: Running) -> None:
    """With reduced motion nothing is animated."""
    phone = phones()
    phone.page.emulate_media(reduced_motion="reduce")
    phone.open(running.url)
    phone.see("What do you want to do?")
    moving = "document.getAnimations().filter((it) => it.effect.getTiming().duration > 1).length"
    assert phone.page.evaluate(moving) == 0
