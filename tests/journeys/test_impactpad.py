"""An enterprise writes its Impactpad on a phone, looks, publishes; a visitor reads it."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.journeys.street import Street
from tests.journeys.test_buying import check_axe
from tests.journeys.thumb import look, phone_in_hand

GOALS = ("Bostel gaat naar koeien in de buurt", "Flessen komen terug", "Gerst van de es")


def test_a_brewer_writes_his_pad_and_puts_it_on_the_street(
    street: Street, browser: Browser, page: Page
) -> None:
    with phone_in_hand(browser, street, "bier@example.nl") as thumb:
        own = thumb.page
        own.goto("/mijn-keten/impactpad/")
        look(own)
        expect(own.get_by_text("Schrijf waarom impact op de eerste")).to_be_visible()
        thumb.tap("Missie", role="link")
        thumb.type("Waarom", "De brouwerij moet haar eigen rekening betalen.")
        look(own)
        thumb.tap("Bewaren")
        thumb.tap("Doelen", role="link")
        rows = own.locator("fieldset.pad-row")
        for place, text in enumerate(GOALS):
            thumb.type_into(rows.nth(place).get_by_label("Wat wil je bereiken"), text)
            rows.nth(place).get_by_label("Aan welk werelddoel draagt het bij").select_option("12.5")
        look(own)
        thumb.tap("Bewaren")
        for name in ("Stappen van je verandering", "Verbanden tussen stappen", "Indicatoren"):
            thumb.tap(name, role="link")
            look(own)
            own.goto("/mijn-keten/impactpad/")
        thumb.tap("Bekijk de pagina en publiceer", role="link")
        look(own)
        thumb.tap("Publiceer")
        expect(own.get_by_text("Je impactpagina staat in de straat.")).to_be_visible()
        thumb.tap(re.compile("^Ik heb dit niveau"), role="link")
        look(own)
        thumb.type("Wat bewijst het", "Ons jaarplan, bladzijde 3.")
        thumb.type("Webadres", "https://voorbeeld.nl/jaarplan")
        thumb.tap("Lever in")
        expect(own.get_by_text("Een beoordelaar kijkt er eerst naar.")).to_be_visible()
    page.goto("/winkels/brouwerij-de-groene-hop/")
    page.get_by_role("link", name=re.compile("De impact van Brouwerij")).click()
    expect(page.get_by_text(GOALS[0])).to_be_visible()
    check_axe(page)
    page.goto("/impact/bakkerij-de-esrand/")
    expect(page.get_by_role("img", name=re.compile("verandering"))).to_be_visible()
    check_axe(page)
