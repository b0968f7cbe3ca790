"""A shopkeeper puts a product with a photo on the street, on a phone, between two customers."""

import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.journeys.street import Street
from tests.journeys.test_buying import PASSWORD, check_axe

PHONE = {"width": 360, "height": 740}
# How long a person takes, after the keystroke-level model: to find and tap, and to type.
TAP_S, KEY_S = 1.5, 0.28
WITHOUT_A_NAME = """
() => [...document.querySelectorAll("a, button, input:not([type=hidden]), select, textarea")]
  .filter(one => one.checkVisibility() && !(one.labels?.length || one.textContent.trim()
    || one.getAttribute("aria-label")))
  .map(one => one.outerHTML.slice(0, 120))
"""


class Thumb:
    """Taps and types as a person does, and counts it."""

    def __init__(self, page: Page) -> None:
        self.page, self.steps, self.seconds = page, 0, 0.0

    def tap(self, name: str, role: str = "button") -> None:
        """Tap a button or a link by the name that a screen reader says."""
        self.page.get_by_role(role, name=name).first.click()
        self._count(0)

    def type(self, label: str, text: str) -> None:
        """Fill in a field by its label."""
        self.page.get_by_label(label, exact=True).fill(text)
        self._count(len(text))

    def choose(self, label: str, file: Path) -> None:
        """Take a photo."""
        self.page.get_by_label(label, exact=True).set_input_files(file)
        self._count(0)

    def _count(self, keys: int) -> None:
        self.steps += 1
        self.seconds += TAP_S + keys * KEY_S


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_product_is_on_the_street_within_nine_steps_and_a_minute(
    street: Street, browser: Browser, tmp_path: Path, scripts: bool
) -> None:
    photo = tmp_path / "IMG_0042.jpg"
    Image.new("RGB", (3000, 4000), (150, 110, 70)).save(photo, "JPEG")
    title = f"Mok van Drentse klei {'een' if scripts else 'twee'}"
    context = browser.new_context(
        base_url=street.address, locale="nl-NL", viewport=PHONE, java_script_enabled=scripts
    )
    page = context.new_page()
    look = check_axe if scripts else (lambda _page: None)
    thumb = Thumb(page)

    page.goto("/mijn-winkel/")
    page.locator("input[name=login]").fill("bakker@example.nl")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form button[type=submit]").first.click()
    thumb.steps += 3
    thumb.seconds += 3 * TAP_S + len("bakker@example.nl" + PASSWORD) * KEY_S
    expect(page.get_by_role("heading", name="Vandaag")).to_be_visible()
    look(page)
    thumb.tap("Iets nieuws", role="link")
    look(page)
    if scripts:
        assert page.evaluate(WITHOUT_A_NAME) == []
    thumb.choose("Foto", photo)
    thumb.type("Naam", title)
    thumb.type("Prijs met btw", "14,95")
    thumb.type("Hoeveel heb je er", "6")
    thumb.tap("Zet in de straat")
    expect(page.get_by_text(f"{title} staat in de straat.")).to_be_visible()
    look(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"] or not scripts
    assert thumb.steps <= 9
    assert thumb.seconds < 60

    page.goto(f"/zoeken/?q={title}")
    page.get_by_role("link", name=re.compile(title)).first.click()
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
    expect(page.get_by_text("€\u00a014,95").first).to_be_visible()
    picture = page.locator("main img").first
    assert (picture.get_attribute("src") or "").endswith(".webp")
    context.close()


def test_what_was_typed_survives_a_lost_connection(street: Street, browser: Browser) -> None:
    context = browser.new_context(base_url=street.address, locale="nl-NL", viewport=PHONE)
    page = context.new_page()
    page.goto("/mijn-winkel/aanbod/nieuw/")
    page.locator("input[name=login]").fill("verf@example.nl")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form button[type=submit]").first.click()
    page.get_by_label("Naam", exact=True).fill("Kwast half")
    page.get_by_label("Prijs met btw", exact=True).press_sequentially("7,5")
    expect(page.locator("#saved")).to_contain_text("Bewaard om")
    context.set_offline(True)
    page.get_by_label("Hoeveel heb je er").fill("3")
    page.wait_for_timeout(2500)
    context.set_offline(False)
    page.goto("/mijn-winkel/aanbod/")
    page.get_by_role("link", name="Kwast half").click()
    expect(page.get_by_label("Naam", exact=True)).to_have_value("Kwast half")
    expect(page.get_by_label("Prijs met btw", exact=True)).to_have_value("7,5")
    context.close()
