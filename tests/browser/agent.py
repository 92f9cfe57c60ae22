"""An agent of the desk at a screen: signs in, looks something up, and does what a person would do."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.demo import RunningDemo


class Agent:
    """Somebody at the desk."""

    def __init__(self, page: Page, demo: RunningDemo) -> None:
        self.page = page
        page.goto(demo.links["desk"])
        login, password = demo.agent
        page.get_by_label("Name to sign in with").fill(login)
        page.get_by_label("Password").fill(password)
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", name="Queue")).to_be_visible()

    def looks_up(self, number: str) -> None:
        """Find a request by its number and open it."""
        self.page.get_by_role("searchbox").fill(number)
        self.page.get_by_role("button", name="Search").click()
        self.page.locator(f'a[href$="/{number}"]').click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(number)
        self.page.wait_for_load_state()  # the words can be there before the style is

    def does(self, box: str, words: str, button: str) -> None:
        """Type in one of the boxes and send it."""
        self.page.get_by_role("textbox", name=box, exact=True).fill(words)
        self.page.get_by_role("button", name=button, exact=True).click()
        expect(self.page.get_by_role("status")).to_be_visible()
