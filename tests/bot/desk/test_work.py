"""What agents do reaches the installer once, in their language; what is internal never does."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import quote

import pytest

from bot.services.office import LONGEST
from storage import mails
from storage.desk_tables import installers
from tests.bot.channels.web.nasty import NASTY
from tests.bot.desk.office import Browser, at_the_desk
from tests.conversations.chats import World
from tests.conversations.sample import Sample, mails_to, photo

LOCALES = pytest.mark.parametrize("locale", ["nl", "fr", "en"])
WORDS = "Bring the ladder <b>& more</b>"


def number_of(world: World, locale: str = "nl") -> str:
    """An RMA that the person of that language filed and that is still with us."""
    rmas = Sample(world, locale).rmas("in_progress")
    return next(rma.number for rma in rmas if rma.installer_email == world.people[locale])


def opened(world: World, locale: str = "nl", login: str = "mia") -> tuple[Browser, str]:
    """An agent who looks at such an RMA."""
    path = f"/desk/rma/{number_of(world, locale)}"
    return at_the_desk(world, login).opens(path), path


@LOCALES
def test_a_new_status_is_told_once_in_the_chat_and_by_mail(world: World, locale: str) -> None:
    """Only what may follow is offered."""
    chat = world.chat(locale)
    desk, path = opened(world, locale)
    assert "Pending approval" in desk.text
    assert 'value="shipped"' not in desk.page
    desk.sends(f"{path}/status", status="pending_approval")
    assert "The status is changed.\nIt is on its way to 1 person." in desk.text
    assert "In progress → Pending approval" in desk.text
    chat.hears().sees("RMA {number}: {status}. It is {holder}.", path[-8:])
    assert len([s for s in mails_to(world, world.people[locale]) if "RMA {number}: {status}" in s]) == 1


@pytest.mark.parametrize(
    ("left", "says"),
    [
        (["technician"], "It is on its way to 2 people."),
        (["technician", "office", "admin"], "Nobody is told of it, in the chat or by mail."),
    ],
)
def test_the_page_says_how_many_hear_of_it(world: World, left: list[str], says: str) -> None:
    """When who filed it has left it is the office of their company, or nobody at all."""
    desk, path = opened(world)
    leave = installers.update().where(installers.c.role.in_(left)).values(active=False)
    world.run(world.app.uow.write(lambda connection: connection.execute(leave)))
    desk.sends(f"{path}/message", words=WORDS)
    assert "The message is kept." in desk.text
    assert says in desk.text


def test_a_form_sent_twice_is_done_once(world: World) -> None:
    """A second tap, or the browser that sends again."""
    chat = world.chat("nl")
    desk, path = opened(world)
    page = desk.page
    for _time in range(2):
        desk.page = page
        desk.sends(f"{path}/message", words=WORDS)
        assert desk.status == 200
    assert len([out for out in chat.hears().answer if "ladder" in str(out.output)]) == 1
    assert desk.text.count("Bring the ladder") == 1


def test_a_page_gone_back_to_does_what_is_chosen_there_now(world: World) -> None:
    """Another status is refused when it is no longer so; a number set back is set back."""
    desk, path = opened(world)
    page = desk.page
    desk.sends(f"{path}/status", status="pending_approval")
    desk.page = page
    desk.sends(f"{path}/status", status="cancelled")
    assert "it is now Pending approval" in desk.text
    for seen, number in (("", "A1"), ("A1", "B2"), ("B2", "A1")):
        desk.page = page
        desk.sends(f"{path}/number", seen=seen, words=number)
    assert 'value="A1"' in desk.opens(path).page


def test_of_two_agents_at_once_one_wins_and_the_other_is_told(world: World) -> None:
    """The second sees what it is now; nothing is overwritten."""
    mia, path = opened(world)
    tom, _path = opened(world, login="tom")
    mia.sends(f"{path}/status", status="pending_approval")
    tom.sends(f"{path}/status", status="cancelled")
    assert tom.status == 409
    assert "A colleague changed this meanwhile: it is now Pending approval." in tom.text
    mia.opens(path)
    tom.opens(path)
    mia.sends(f"{path}/number", words="M-1")
    tom.sends(f"{path}/number", words="M-2")
    assert "it is now M-1" in tom.text
    assert "M-1" in mia.opens(path).page
    assert "M-2" not in mia.page


@LOCALES
def test_the_number_of_the_manufacturer_is_told_and_shown(world: World, locale: str) -> None:
    """From then on the card says under which number it is entered."""
    chat = world.chat(locale)
    desk, path = opened(world, locale)
    desk.sends(f"{path}/number", words="ENP-7788")
    assert "empty → ENP-7788" in desk.text
    chat.hears().sees("{request} is entered at Enphase under {number}.", "ENP-7788")
    chat.says(path[-8:]).sees("entered at Enphase under {number}", "ENP-7788")


@LOCALES
def test_a_message_is_said_in_the_chat_and_an_internal_note_never_is(world: World, locale: str) -> None:
    """Not in the chat, not on any block of the card, not in a mail."""
    chat = world.chat(locale)
    desk, path = opened(world, locale)
    desk.sends(f"{path}/note", words="He always complains")
    assert "The note is kept. Only the desk sees it." in desk.text
    assert "He always complains" in desk.text
    desk.sends(f"{path}/message", words=WORDS)
    chat.hears().sees("The desk about {request}: {words}", WORDS)
    chat.says(path[-8:])
    for block in ("History", "Notes", "Description", "Contact"):
        chat.presses(block).sees_not("complains")
    assert "complains" not in chat.transcript()
    assert not any("complains" in letter for letter in mails_to(world, world.people[locale]))


def test_a_question_waits_for_the_installer_and_the_answer_brings_it_back(world: World) -> None:
    """With its photo, which only this request serves."""
    chat = world.chat("nl")
    desk, path = opened(world)
    desk.sends(f"{path}/question", words="A photo of the label, please.")
    assert "Not answered yet" in desk.text
    assert path[-8:] in desk.opens("/desk?waiting=installer").text
    chat.hears().sends(("label.jpg", photo(30)), text="Hier")
    assert path[-8:] not in desk.opens("/desk?waiting=installer").text
    desk.opens(path)
    assert "Els Wouters: Hier" in desk.text
    file = desk.page.split(f"{path}/file/")[1].split('"')[0]
    desk.opens(f"{path}/file/{file}")
    assert desk.headers["content-type"] == "image/jpeg"
    assert desk.headers["x-content-type-options"] == "nosniff"
    other = Sample(world, "fr").rmas("approved")[0].number
    assert desk.opens(f"/desk/rma/{other}/file/{file}").status == 404
    assert desk.opens(f"/desk/case/{path[-8:]}/file/{file}").status == 404


@pytest.mark.row("SMA-08")
def test_a_device_of_the_cashback_is_shown_like_any_request(world: World) -> None:
    """Its days as people write them, its documents as pictures that open, its fields for the website."""
    chat = world.chat("nl").starts("register_device").says("3012345678").presses("Today").presses("Register")
    desk = at_the_desk(world).opens("/desk/search?q=3012345678")
    path = re.findall(r"/desk/cashback/\d+", desk.page)[0]
    desk.opens(path).sends(f"{path}/status", status="more_info")
    chat.hears().sends(("invoice.jpg", photo(30)))
    desk.opens(path)
    assert "Documents by Fri 4 Dec" in " ".join(desk.text.split())
    assert "2026-1" not in desk.text
    copied = desk.page.split('id="portal-text"')[1].split("</textarea>")[0]
    for words in ("Model: Sunny Tripower Smart Energy", "Serial number: 3012345678", "Documents: 1"):
        assert words in copied
    picture = desk.page.split(f'<img src="{path}/file/')[1].split('"')[0]
    assert desk.opens(f"{path}/file/{picture}").headers["content-type"] == "image/jpeg"


def test_requests_are_found_by_number_serial_and_company(world: World) -> None:
    """With or without zeros."""
    sample = Sample(world, "nl")
    rma = sample.rmas("approved")[0]
    desk = at_the_desk(world)
    for words in (
        rma.number,
        rma.number.lstrip("0"),
        sample.serials_of(rma.number)[0],
        rma.manufacturer_number,
    ):
        assert rma.number in desk.opens(f"/desk/search?q={words}").text
    assert "Zonnebouw" in desk.opens("/desk/search?q=zonnebouw").text
    assert "Ardenne" not in desk.text
    assert "Nothing here." in desk.opens("/desk/search?q=%25").text


def test_the_queue_is_filtered_and_paged(world: World) -> None:
    """Oldest first; every open request is on exactly one page."""
    desk = at_the_desk(world).opens("/desk")
    assert 'href="/desk/case/' in desk.page
    desk.opens("/desk?kind=rma&status=approved")
    assert 'href="/desk/case/' not in desk.page
    assert "In progress" not in desk.text.split("Show", 1)[1]
    seen: list[str] = []
    path = "/desk"
    while path:
        desk.opens(path)
        seen += [part.split('"')[0] for part in desk.page.split('<li><a href="')[1:]]
        more = desk.page.split('class="button" href="')
        path = f"/desk{more[1].split(chr(34))[0].replace('&amp;', '&')}" if len(more) > 1 else ""
    assert len(seen) == len(set(seen)) > 25


@LOCALES
def test_the_pages_speak_the_language_of_the_agent(world: World, locale: str) -> None:
    """Whatever the browser says."""
    title = {"nl": "Wachtrij", "fr": "File d'attente", "en": "Queue"}[locale]
    desk = at_the_desk(world, "kim", language=locale)
    assert f'<html lang="{locale}">' in desk.page
    assert title.replace("'", "&#39;") in desk.page


def test_the_portal_gets_every_field_in_its_order(world: World) -> None:
    """Ready to paste."""
    rma = Sample(world, "nl").rmas("approved")[0]
    desk = at_the_desk(world).opens(f"/desk/rma/{rma.number}")
    text = desk.page.split('id="portal-text"')[1].split("</textarea>")[0]
    titles = (
        "Request type",
        "Site or system ID",
        "Description",
        "Subject",
        "Serial numbers",
        "Delivery address",
    )
    places = [text.index(f"{title}: ") for title in titles]
    assert places == sorted(places)
    assert str(rma.system) in text
    assert "Copy for the portal" in desk.text


def test_what_people_type_is_never_markup(world: World) -> None:
    """Fifty nasty texts in every field that an agent or an installer fills in, and in the search."""
    chat = world.chat("nl")
    desk, path = opened(world)
    known = shape(desk.page)
    for words in NASTY:
        desk.sends(f"{path}/note", words=f"{words}.")
        assert shape(desk.page) <= known | MORE, words
        desk.opens(f"/desk/search?q={quote(words)}")
        assert shape(desk.page) <= known | MORE, words
        desk.opens(path)
    everything = "\n".join(NASTY)
    for deed in ("message", "question"):
        desk.sends(f"{path}/{deed}", words=everything)
    desk.sends(f"{path}/number", words=NASTY[3][:40])
    chat.hears().says(everything)
    desk.opens(path)
    assert shape(desk.page) <= known | MORE


MORE = {
    ("li", ""),
    ("li", "class"),
    ("ul", "class"),
    ("ol", "class"),
    ("p", ""),
    ("b", ""),
    ("span", "class"),
} | {
    ("p", "class"),
    ("p", "class role"),
    ("section", "class aria-labelledby"),
    ("a", "href"),
    ("a", "class href"),
    ("h2", "id"),
}
"""What our own pages add when there is more to show."""


class _Shape(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[tuple[str, str]] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add((tag, " ".join(name for name, _value in attrs)))


def shape(page: str) -> set[tuple[str, str]]:
    """The kinds of element of a page, with the names of their attributes."""
    parser = _Shape()
    parser.feed(page)
    return parser.tags


@pytest.mark.parametrize(
    ("deed", "fields", "status"),
    [
        ("message", {"words": "  "}, 422),
        ("message", {"words": "x" * (LONGEST + 1)}, 422),
        ("number", {"words": "x" * 41}, 422),
        ("status", {"status": "shipped"}, 409),
        ("status", {"status": "nonsense"}, 409),
        ("note", {"words": "x", "key": "short"}, 409),
        ("remove", {"words": "x"}, 404),
    ],
)
def test_what_cannot_be_done_changes_nothing(
    world: World, deed: str, fields: dict[str, str], status: int
) -> None:
    """And says why."""
    desk, path = opened(world)
    hidden = {"token": desk.page.split('name="token" value="')[1].split('"')[0], "key": "a" * 32}
    seen = {"seen": "in_progress"} if deed == "status" else {"seen": ""}
    assert desk.posts(f"{path}/{deed}", **{**hidden, **seen, **fields}).status == status
    desk.opens(path)
    assert "In progress" in desk.text
    assert "Nothing here." in desk.text.split("Log of the desk")[1]


def test_a_stranger_hears_of_their_request_in_the_chat_it_came_from(world: World) -> None:
    """They can be told something, but not asked: nobody knows for whom they would answer."""
    chat = world.stranger().starts("talk_to_person").says("+32 470 11 22 33").presses("Please contact me")
    number = chat.number()
    desk = at_the_desk(world).opens(f"/desk/case/{number}")
    assert "somebody we do not know yet" in desk.text
    assert "Ask the installer" not in desk.text
    desk.sends(f"/desk/case/{number}/message", words="Nothing at all.")
    chat.hears().sees("The desk about {request}: {words}", "Nothing at all.")
    desk.sends(f"/desk/case/{number}/status", status="resolved")
    chat.hears().sees("{request}: {status}.", "Resolved")


@pytest.mark.parametrize("deed", ["note", "message", "question"])
def test_words_that_were_not_taken_stay_in_their_own_box(world: World, deed: str) -> None:
    """What was meant for colleagues never turns up in the box of what installers get."""
    desk, path = opened(world)
    words = "Not for outsiders " + "x" * LONGEST
    desk.sends(f"{path}/{deed}", words=words)
    assert desk.status == 422
    boxes = {name: desk.page.split(f'id="{name}"')[1].split("</textarea>")[0] for name in BOXES.values()}
    assert [name for name, kept in boxes.items() if "Not for outsiders" in kept] == [BOXES[deed]]


BOXES = {"note": "note", "message": "message", "question": "ask"}


@pytest.mark.row("ESM-32")
def test_a_return_is_followed_until_it_is_received(world: World) -> None:
    """It has its own place in the queue; its installer hears of each step."""
    desk = at_the_desk(world).opens("/desk?kind=return")
    path = desk.page.split('<li><a href="')[1].split('"')[0]
    desk.opens(path)
    assert "Copy for the portal" in desk.text
    desk.sends(f"{path}/status", status="received")
    assert "→ Received" in desk.text
    assert 'name="status" value=' not in desk.page
    told = world.run(world.app.uow.read(lambda connection: mails.latest(connection, 5)))
    assert any("Return {number}" in str(mail.subject) for mail in told)


@pytest.mark.row("ESM-33")
@LOCALES
def test_the_return_address_is_told_and_shown(world: World, locale: str) -> None:
    """From then on it is on the card beside where is delivered; who saw another one is told so."""
    chat = world.chat(locale)
    desk, path = opened(world, locale)
    tom = at_the_desk(world, "tom").opens(path)
    desk.sends(f"{path}/address", words="Dock 7, Venlo")
    assert "empty → Dock 7, Venlo" in desk.text
    chat.hears().sees("{request}: the return address is {address}.", "Dock 7, Venlo")
    chat.says(path[-8:]).presses("Addresses").sees("Return address: {address}", "Dock 7, Venlo")
    delivered = next(rma for rma in Sample(world, locale).rmas() if rma.number == path[-8:]).shipping_address
    chat.sees("Delivery address: {address}", delivered)
    assert delivered != "Dock 7, Venlo"
    tom.sends(f"{path}/address", words="Dock 8")
    assert "it is now Dock 7, Venlo" in tom.text


@pytest.mark.row("ESM-29", "ESM-30")
def test_a_claim_is_copied_to_the_portal_and_its_amount_is_told(world: World) -> None:
    """The account stands in full where it is copied, and nowhere else; who saw another amount is told so."""
    path = "/desk/claim/00039992"
    desk, tom = at_the_desk(world).opens(path), at_the_desk(world, "tom").opens(path)
    before, rest = desk.page.split('id="portal-text"')
    portal, after = rest.split("</textarea>")
    assert "IBAN: BE92999900000123" in portal
    assert "BE92999900000123" not in before + after
    desk.sends(f"{path}/amount", words="12O,5")
    assert "This is no amount of at most €10,000.00." in desk.text
    desk.sends(f"{path}/amount", words="120,50")
    assert "€200.00 → €120.50" in desk.text
    tom.sends(f"{path}/amount", words="1 EUR")
    assert "it is now €120.50" in tom.text
    told = world.run(world.app.uow.read(lambda connection: mails.latest(connection, 9)))
    assert len([mail for mail in told if "12050" in str(mail.body)]) == 1
