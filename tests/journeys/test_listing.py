"""A shopkeeper puts a product with a photo on the street, on a phone, between two customers."""

import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from tests.journeys.street import Street
from tests.journeys.thumb import PHONE, Thumb, look, look_without_scripts, phone_in_hand


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_product_is_on_the_street_within_nine_steps_and_a_minute(
    street: Street, browser: Browser, tmp_path: Path, scripts: bool
) -> None:
    photo = tmp_path / "IMG_0042.jpg"
    Image.new("RGB", (3000, 4000), (150, 110, 70)).save(photo, "JPEG")
    title = f"Mok {'een' if scripts else 'twee'}"
    reader = browser.new_page(base_url=street.address, viewport=PHONE)

    def see(thumb: Thumb) -> None:
        look(thumb.page) if scripts else look_without_scripts(thumb.page, reader)

    with phone_in_hand(
        browser, street, "bakker@example.nl", scripts=scripts, pace=scripts
    ) as thumb:
        page = thumb.page
        expect(page.get_by_role("heading", level=1, name="Vandaag")).to_be_visible()
        see(thumb)
        thumb.tap("Iets nieuws", role="link")
        see(thumb)
        thumb.choose("Foto", photo)
        thumb.type("Naam", title)
        thumb.type("Prijs met btw", "14,95")
        thumb.type("Hoeveel heb je er", "6")
        thumb.tap("Zet in de straat")
        expect(page.get_by_text(f"{title} staat in de straat.")).to_be_visible()
        see(thumb)
        print(f"{thumb.steps} steps, {thumb.seconds:.0f} seconds at a person's pace")
        assert thumb.steps <= 9
        assert thumb.seconds < 60

        page.goto(f"/zoeken/?q={title}")
        page.get_by_role("link", name=re.compile(title)).first.click()
        expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
        expect(page.get_by_text("€\u00a014,95").first).to_be_visible()
        picture = page.locator("main img").first
        assert (picture.get_attribute("src") or "").endswith(".webp")
    reader.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(
    street: Street, browser: Browser, scripts: bool
) -> None:
    reader = browser.new_page(base_url=street.address, viewport=PHONE)
    with phone_in_hand(browser, street, "groente@example.nl", scripts=scripts) as thumb:
        page = thumb.page
        page.goto("/mijn-winkel/aanbod/nieuw/")
        thumb.type("Naam", "Appelmoes")
        thumb.type("Prijs met btw", "drie")
        thumb.tap("Zet in de straat")
        expect(page.get_by_role("alert").first).to_contain_text("Wat je hebt ingevuld is bewaard")
        price = page.get_by_label("Prijs met btw", exact=True)
        expect(price).to_have_value("drie")
        expect(price).to_have_attribute("aria-invalid", "true")
        expect(price).to_have_accessible_description(re.compile("3,40"))
        expect(page.get_by_label("Naam", exact=True)).to_have_value("Appelmoes")
        if scripts:
            expect(price).to_be_focused()
            look(page)
        else:
            look_without_scripts(page, reader)
    reader.close()


def test_what_was_typed_survives_a_lost_connection(street: Street, browser: Browser) -> None:
    with phone_in_hand(browser, street, "verf@example.nl") as thumb:
        page = thumb.page
        page.goto("/mijn-winkel/aanbod/nieuw/")
        page.get_by_label("Naam", exact=True).fill("Kwast half")
        page.get_by_label("Prijs met btw", exact=True).press_sequentially("7,5")
        expect(page.locator("#saved")).to_contain_text("Bewaard om")
        page.context.set_offline(True)
        page.get_by_label("Hoeveel heb je er").fill("3")
        expect(page.locator("#saved")).to_contain_text("Geen verbinding")
        look(page)
        page.context.set_offline(False)
        expect(page.locator("#saved")).to_contain_text("Bewaard om")
        page.goto("/mijn-winkel/aanbod/")
        page.get_by_role("link", name="Kwast half").click()
        expect(page.get_by_label("Naam", exact=True)).to_have_value("Kwast half")
        expect(page.get_by_label("Prijs met btw", exact=True)).to_have_value("7,5")
        expect(page.get_by_label("Hoeveel heb je er")).to_have_value("3")


def test_a_tap_on_the_photo_says_what_stays_in_view(
    street: Street, browser: Browser, tmp_path: Path
) -> None:
    photo = tmp_path / "IMG_0043.jpg"
    Image.new("RGB", (1600, 1200), (150, 110, 70)).save(photo, "JPEG")
    with phone_in_hand(browser, street, "verf@example.nl") as thumb:
        page = thumb.page
        page.goto("/mijn-winkel/aanbod/nieuw/")
        thumb.choose("Foto", photo)
        drawn = page.locator("[data-focus-picture] canvas")
        expect(drawn).to_be_visible()
        box = drawn.bounding_box()
        assert box is not None
        drawn.click(position={"x": box["width"] * 0.9, "y": box["height"] * 0.1})
        corner = page.get_by_role("radio", name="rechtsboven")
        expect(corner).to_be_checked()
        assert (corner.get_attribute("value") or "") in {"90-10", "89-10", "90-9", "90-11"}
        expect(page.locator("[data-focus-mark]")).to_be_visible()
        page.keyboard.press("Escape")
        corner.press("ArrowLeft")
        expect(page.get_by_role("radio", name="middenboven")).to_be_checked()
        expect(page.get_by_role("radio", name="middenboven")).to_have_value("50-17")
        look(page)
