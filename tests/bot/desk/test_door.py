"""Nobody sees or does anything at the desk without an account, and not with somebody else's form."""

from __future__ import annotations

import asyncio

import pytest

from tests.bot.desk.office import Browser, Form, at_the_desk, hired
from tests.conversations.chats import World
from tests.conversations.sample import Sample

PAGES = (
    "/desk",
    "/desk/search?q=00517624",
    "/desk/rma/00517624",
    "/desk/rma/00517624/file/x",
    "/desk/agents",
    "/desk/../desk/rma/00517624",
    "/desk/anything/else/at/all",
)
WRONG = "That is not right, or you tried too often."


def test_without_a_session_every_address_leads_to_the_door(world: World) -> None:
    """The same page for what exists and what does not; no number, no name."""
    for path in PAGES:
        browser = Browser(world).opens(path)
        assert "Sign in" in browser.text
        assert "00517624" not in browser.text
        assert "Zonnebouw" not in browser.page


def test_wrong_unknown_and_locked_are_answered_alike_and_five_tries_lock(world: World) -> None:
    """Also the right password is refused then, for a quarter of an hour."""
    password = hired(world)
    browser = Browser(world)
    answers = {browser.signs_in("nobody", "x").text}
    for _try in range(5):
        browser.signs_in("mia", "wrong")
        answers.add(browser.text)
        assert browser.status == 403
    answers.add(browser.signs_in("mia", password).text)
    assert len(answers) == 1
    assert WRONG in answers.pop()
    world.clock.pass_(minutes=16)
    assert "Queue" in browser.signs_in("MIA ", password).text


def test_a_crowd_at_the_door_is_asked_to_come_back(world: World) -> None:
    """Passwords are tried one after another; who is further back than the twentieth is not kept waiting."""
    browser = Browser(world).opens("/desk/sign-in")
    fields = {**Form(browser.page).fields["/desk/sign-in"], "login": "mia", "password": "wrong"}

    async def crowd() -> list[int]:
        tries = (browser.client.post("/desk/sign-in", data=fields) for _try in range(30))
        return [answer.status_code for answer in await asyncio.gather(*tries)]

    answers = world.run(crowd())
    assert set(answers) == {403, 429}
    assert answers.count(403) >= 20


def test_a_session_ends(world: World) -> None:
    """When the agent says so, after a working day, or when a lead stops their access."""
    mia = at_the_desk(world)
    mia.sends("/desk/sign-out")
    assert "Sign in" in mia.opens("/desk").text
    tom = at_the_desk(world, "tom")
    lead = at_the_desk(world, "lea", "lead").opens("/desk/agents")
    fields = {"token": token(lead), "agent": number(lead, "tom"), "active": "no"}
    lead.posts("/desk/agents", **fields)
    assert "No access" in lead.text
    assert "Sign in" in tom.opens("/desk").text
    world.clock.pass_(hours=13)
    assert "Sign in" in lead.opens("/desk").text


def token(browser: Browser) -> str:
    """What the forms of this page carry."""
    return browser.page.split('name="token" value="')[1].split('"')[0]


def number(browser: Browser, login: str) -> str:
    """The number of an agent, as the list of leads has it."""
    return browser.page.split(f" {login}, ")[1].split('name="agent" value="')[1].split('"')[0]


def test_the_cookie_is_out_of_reach_and_changes_at_sign_in(world: World) -> None:
    """HttpOnly, only for the desk, not sent along from other sites."""
    browser = Browser(world).opens("/desk/sign-in")
    before = browser.client.cookies["solardesk_desk"]
    cookie = browser.headers["set-cookie"]
    assert all(word in cookie for word in ("HttpOnly", "SameSite=lax", "Path=/desk"))
    browser.signs_in("mia", hired(world))
    assert browser.client.cookies["solardesk_desk"] != before


@pytest.mark.parametrize("how", ["no token", "token of another", "another site"])
def test_a_form_of_another_page_does_nothing(world: World, how: str) -> None:
    """Neither without our token, nor with that of a colleague, nor from another site."""
    rma = f"/desk/rma/{Sample(world, 'nl').rmas('in_progress')[0].number}"
    mia, tom = at_the_desk(world).opens(rma), at_the_desk(world, "tom").opens(rma)
    fields = {"token": token(mia), "key": "0" * 32, "words": "sent by a stranger"}
    if how == "no token":
        del fields["token"]
    elif how == "token of another":
        fields["token"] = token(tom)
    else:
        mia.client.headers["sec-fetch-site"] = "cross-site"
    assert mia.posts(f"{rma}/note", **fields).status == 403
    assert "sent by a stranger" not in tom.opens(rma).text


def test_only_leads_see_and_change_who_works_there(world: World) -> None:
    """For others the page does not exist; nobody stops themselves."""
    mia = at_the_desk(world)
    assert mia.opens("/desk/agents").status == 404
    mia.opens("/desk")
    assert mia.posts("/desk/agents", token=token(mia), agent="1", active="no").status == 403
    lead = at_the_desk(world, "lea", "lead").opens("/desk/agents")
    assert lead.posts("/desk/agents", token=token(lead), agent="2", active="no").status == 403


def test_a_form_that_is_too_long_or_no_form_is_refused(world: World) -> None:
    """Before anything is done with it."""
    mia = at_the_desk(world)
    for body in (b"x" * 70_000, b"\xff\xfe=1", b"&".join([b"a=1"] * 50)):
        answer = world.run(mia.client.post("/desk/rma/00517624/note", content=body))
        assert answer.status_code == 403
