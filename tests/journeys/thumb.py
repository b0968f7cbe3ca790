"""A person with a phone in one hand: taps, types, and hears what a screen reader says."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.street import Street
from tests.journeys.test_buying import PASSWORD, check_axe

PHONE = {"width": 360, "height": 740}
# How long a person takes, after the keystroke-level model: to find and tap, and to type.
TAP_S, KEY_S = 1.5, 0.28
# The roles of what one can tap, tick or fill in, as Chromium calls them.
CONTROLS = {
    *("button", "checkbox", "combobox", "link", "listbox", "radio", "searchbox", "slider"),
    *("spinbutton", "switch", "textbox", "Date", "DateTime", "DisclosureTriangle", "InputTime"),
}


@dataclass
class Thumb:
    """Taps and types on a page, and counts it; with `pace` it takes a person's time over it."""

    page: Page
    pace: bool = False
    steps: int = 0
    seconds: float = 0.0

    def tap(self, name: str | re.Pattern[str], role: str = "button") -> None:
        """Tap a button or a link by the name that a screen reader says."""
        self._take_time()
        self.page.get_by_role(role, name=name).first.click()  # type: ignore[arg-type]

    def tick(self, label: str | re.Pattern[str]) -> None:
        """Tick a box, or choose one of several."""
        self._take_time()
        self.page.get_by_label(label).first.check()

    def type(self, label: str, text: str) -> None:
        """Fill in a field by its label."""
        self.type_into(self.page.get_by_label(label, exact=True), text)

    def type_into(self, place: Locator, text: str) -> None:
        """Fill in a field that was found already."""
        self._take_time(len(text))
        if self.pace:
            place.fill("")
            place.press_sequentially(text, delay=KEY_S * 1000)
        else:
            place.fill(text)

    def choose(self, label: str, file: Path) -> None:
        """Take a photo, or choose a file."""
        self._take_time()
        self.page.get_by_label(label, exact=True).set_input_files(file)

    def sign_in(self, email: str) -> None:
        """Sign in on the page that asks for it."""
        self.type_into(self.page.locator("input[name=login]"), email)
        self.type_into(self.page.locator("input[name=password]"), PASSWORD)
        self._take_time()
        self.page.locator("form button[type=submit]").first.click()
        expect(self.page).not_to_have_url(re.compile("/account/login/"))

    def _take_time(self, keys: int = 0) -> None:
        self.steps += 1
        self.seconds += TAP_S + keys * KEY_S
        if self.pace:
            self.page.wait_for_timeout(TAP_S * 1000)


@contextmanager
def phone_in_hand(
    browser: Browser, street: Street, email: str, *, scripts: bool = True, pace: bool = False
) -> Iterator[Thumb]:
    """Give a phone with which somebody has signed in at his desk."""
    context = browser.new_context(
        base_url=street.address, locale="nl-NL", viewport=PHONE, java_script_enabled=scripts
    )
    thumb = Thumb(context.new_page(), pace)
    thumb.page.goto("/mijn-winkel/")
    thumb.sign_in(email)
    yield thumb
    context.close()


def look(page: Page) -> None:
    """Fail where axe, a screen reader or a narrow screen finds something wrong."""
    check_axe(page)
    listen(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], page.url


def listen(page: Page) -> None:
    """Fail where a screen reader has no name for something to tap, tick or fill in."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    heard = [
        (node["role"]["value"], node.get("name", {}).get("value", "").strip())
        for node in nodes
        if not node["ignored"] and node["role"]["value"] in CONTROLS
    ]
    assert len(heard) > 3, page.url
    assert [role for role, name in heard if not name] == [], page.url


def look_without_scripts(page: Page, reader: Page) -> None:
    """Look at a page whose scripts are off; axe itself needs them, so it reads a copy."""
    listen(page)
    answer = page.content()
    reader.route(page.url, lambda route: route.fulfill(body=answer, content_type="text/html"))
    reader.goto(page.url)
    check_axe(reader)
    reader.unroute(page.url)
