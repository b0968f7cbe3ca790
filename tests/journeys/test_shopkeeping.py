"""What a shopkeeper does in a week, on a phone: sell, pack, clear out, bring a list, share work."""

import re
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.journeys.street import Street
from tests.journeys.test_buying import eventually
from tests.journeys.thumb import Thumb, look, phone_in_hand

SHEET = """naam;prijs;voorraad;soort;zelf gemaakt
Plamuurmes;4,95;50;Huis en klussen;ja
Krijtverf op maat;24,50;8;Huis en klussen;ja
Verfrol;acht euro;5;Huis en klussen;ja
"""


def test_an_order_by_telephone_is_packed_and_handed_out_to_an_adult(
    street: Street, browser: Browser
) -> None:
    with phone_in_hand(browser, street, "stoker@example.nl") as thumb:
        page = thumb.page
        thumb.tap("Bestelling per telefoon", role="link")
        thumb.type_into(page.get_by_label(re.compile("^Jonge jenever")), "1")
        look(page)
        thumb.tap("Verder naar de koper")
        thumb.type("Naam van de koper", "Harm Tingen")
        page.get_by_label(re.compile("Afhalen in de winkel")).first.check()
        thumb.tick(re.compile("De koper zegt dat hij 18"))
        thumb.tick(re.compile("Aan mijn toonbank"))
        look(page)
        thumb.tap("Bestel voor de koper")
        expect(page.get_by_text("€\u00a024,50 aan je toonbank")).to_be_visible()
        look(page)
        pack(thumb)
        hand_out(thumb)
    assert street.rows(
        "SELECT part.status FROM shop_sellerorder part JOIN shop_purchase purchase"
        " ON purchase.id = part.purchase_id WHERE purchase.buyer_name = 'Harm Tingen'"
    ) == [("collected",)]


def pack(thumb: Thumb) -> None:
    """Take everything from the shelf by the list, look at slip and label, and say it is ready."""
    page = thumb.page
    page.goto("/mijn-winkel/")
    thumb.tap("Paklijst, pakbonnen en etiketten", role="link")
    thumb.tap(re.compile("^Alle dagen"), role="link")
    thumb.tick(re.compile("Jonge jenever"))
    slip = page.get_by_role("article").filter(has_text="Harm Tingen")
    expect(slip).to_contain_text("18+")
    look(page)
    thumb.tap("Etiketten", role="link")
    expect(page.get_by_role("listitem").filter(has_text="Harm Tingen")).to_contain_text("18+")
    look(page)
    thumb.tap("Terug naar inpakken", role="link")
    thumb.tap(re.compile("^Ingepakt en klaar ?: Harm Tingen"))
    expect(slip).to_contain_text("Klaar")


def hand_out(thumb: Thumb) -> None:
    """Be stopped without card and money, then hand the order to its buyer."""
    page = thumb.page
    page.goto("/mijn-winkel/")
    look(page)
    thumb.tap(re.compile("^Uitreiken ?: Harm Tingen"), role="link")
    look(page)
    thumb.tap("Uitgereikt")
    expect(page.locator("p.notice.error")).to_contain_text("Neem het geld aan")
    thumb.tick(re.compile("24,50 ontvangen"))
    thumb.tap("Uitgereikt")
    expect(page.locator("p.notice.error")).to_contain_text("legitimatie")
    thumb.tick(re.compile("24,50 ontvangen"))
    thumb.tick(re.compile("legitimatie"))
    thumb.tap("Uitgereikt")
    expect(page.get_by_role("status")).to_contain_text("is uitgereikt")


def test_what_must_go_is_on_the_street_and_the_rest_of_it_finds_a_place(
    street: Street, browser: Browser
) -> None:
    with phone_in_hand(browser, street, "bakker@example.nl") as thumb:
        page = thumb.page
        page.goto("/mijn-winkel/aanbod/")
        thumb.tap(re.compile("^Moet op ?: Appeltaart"), role="link")
        thumb.type("Hoeveel zijn er?", "6")
        look(page)
        thumb.tap("Start")
        expect(page.get_by_role("status")).to_contain_text("De prijs gaat vanzelf omlaag")
        look(page)
        here = page.url
        page.goto("/moet-op/norg/")
        expect(page.get_by_role("link", name=re.compile("Appeltaart"))).to_be_visible()
        page.goto(here)
        thumb.type("Hoeveel zijn er over?", "3")
        thumb.tap("Stop, zoveel zijn er over")
        place(thumb, "voedselbank", "2")
        look(page)
        thumb.tick("compost")
        thumb.tap("Schrijf op")
        expect(page.get_by_text("Alles heeft een plek")).to_be_visible()
        look(page)
    left = street.rows(
        "SELECT rest.destination, rest.pieces, rest.mass_g FROM shop_surplusleft rest"
        " JOIN shop_surplus surplus ON surplus.id = rest.surplus_id"
        " JOIN shop_listing listing ON listing.id = surplus.listing_id"
        " WHERE listing.title = 'Appeltaart' ORDER BY rest.id DESC LIMIT 2"
    )
    assert left == [("compost", 1, 1200), ("food_bank", 2, 2400)]


def place(thumb: Thumb, where: str, count: str) -> None:
    """Say where some of what is left went."""
    thumb.tick(where)
    thumb.page.get_by_text("Niet alles, of gewogen?").click()
    thumb.type("Hoeveel?", count)
    thumb.tap("Schrijf op")


def test_a_spreadsheet_is_looked_over_carried_out_and_undone(
    street: Street, browser: Browser, tmp_path: Path
) -> None:
    sheet = tmp_path / "voorjaar.csv"
    sheet.write_text(SHEET)

    def offered() -> list[tuple[object, ...]]:
        return street.rows(
            "SELECT listing.title, listing.price_cents, listing.status FROM shop_listing listing"
            " WHERE listing.title IN ('Plamuurmes', 'Krijtverf op maat', 'Verfrol') ORDER BY 1"
        )

    before = offered()
    with phone_in_hand(browser, street, "verf@example.nl") as thumb:
        page = thumb.page
        page.goto("/mijn-winkel/aanbod/lijst/")
        thumb.choose("Bestand", sheet)
        look(page)
        thumb.tap("Naar het overzicht")
        expect(page.get_by_role("button", name="Voer 2 rijen door")).to_be_visible(timeout=30_000)
        expect(page.get_by_role("row", name=re.compile("Verfrol"))).to_contain_text("3,40")
        look(page)
        assert offered() == before
        thumb.tap("Voer 2 rijen door")
        expect(page.get_by_text("Het is doorgevoerd.")).to_be_visible(timeout=30_000)
        look(page)
        assert ("Krijtverf op maat", 2450, "published") in offered()
        assert ("Plamuurmes", 495, "published") in offered()
        thumb.tap("Maak alles ongedaan")
        expect(page.get_by_text("Alles is weer zoals het was.")).to_be_visible(timeout=30_000)
    assert [row for row in offered() if row[2] == "published"] == before


def test_a_helper_without_the_right_packs_for_people_without_a_name(
    street: Street, browser: Browser
) -> None:
    with phone_in_hand(browser, street, "bakker@example.nl") as thumb:
        page = thumb.page
        page.goto("/mijn-winkel/mensen/")
        look(page)
        roel = page.get_by_role("article").filter(has_text="Roel Hofstee")
        for right in ("namen van kopers", "geld zien"):
            roel.get_by_label(re.compile(right)).uncheck()
        thumb.tap(re.compile("^Bewaar ?: Roel Hofstee"))
        page.goto("/mijn-winkel/")
        expect(page.get_by_role("link", name="Grietje Lanting").first).to_be_visible()
    with phone_in_hand(browser, street, "roel.hofstee@example.nl") as thumb:
        page = thumb.page
        expect(page.get_by_role("link", name="G. L.").first).to_be_visible()
        assert "Lanting" not in page.content()
        look(page)
        expect(page.get_by_role("link", name="Verdiend")).to_have_count(0)
        page.goto("/mijn-winkel/geld/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Dit is niet voor jou open")
        look(page)


def test_a_shop_joins_and_is_public_once_it_is_verified(
    street: Street, browser: Browser, tmp_path: Path
) -> None:
    extract = tmp_path / "uittreksel.pdf"
    extract.write_bytes(b"%PDF-1.7\n%%EOF\n")
    context = browser.new_context(
        base_url=street.address, locale="nl-NL", viewport={"width": 360, "height": 740}
    )
    thumb = Thumb(context.new_page())
    page = thumb.page
    page.goto("/meedoen/")
    look(page)
    thumb.tap("Begin", role="link")
    thumb.sign_in("grietje.lanting@example.nl")
    fill_in(thumb)
    look(page)
    thumb.tap("Lever in")
    expect(page.get_by_role("alert")).to_contain_text("uittreksel")
    look(page)
    thumb.choose("Uittreksel van het handelsregister", extract)
    thumb.type("Bankrekening (IBAN)", "NL91 ABNA 0417 1643 00")
    thumb.tap("Lever in")
    expect(page.get_by_text("Ingeleverd. We bekijken het en mailen je.")).to_be_visible()
    look(page)
    assert page.goto("/winkels/weverij-de-spoel/").status == 404  # type: ignore[union-attr]
    verify(browser, street)
    page.goto("/mijn-winkel/")
    expect(page.get_by_text("Niets in te pakken")).to_be_visible()
    look(page)
    page.goto("/winkels/weverij-de-spoel/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Weverij De Spoel")
    context.close()
    assert eventually(lambda: street.mails_to("grietje.lanting@example.nl"))


def fill_in(thumb: Thumb) -> None:
    """Answer what the law asks of who sells."""
    for label, text in {
        "KvK-nummer": "99911122",
        "Naam van je winkel": "Weverij De Spoel",
        "Naam in het handelsregister": "Weverij De Spoel",
        "Straat en huisnummer": "Brink 3",
        "Postcode": "9461 XA",
        "Telefoon": "0592-000111",
        "E-mail voor kopers": "spoel@example.nl",
        "Bankrekening (IBAN)": "NL91 ABNA 0417 1643 00",
        "Op wiens naam staat de rekening?": "G. Lanting",
    }.items():
        thumb.type(label, text)
    thumb.tick(re.compile("KOR"))
    thumb.tick(re.compile("Europese regels"))


def verify(browser: Browser, street: Street) -> None:
    """Let staff read the application in the back office and open the shop."""
    context = browser.new_context(base_url=street.address, locale="nl-NL")
    thumb = Thumb(context.new_page())
    thumb.page.goto("/account/login/")
    thumb.sign_in("staf@example.nl")
    thumb.page.goto("/cms/winkels/")
    waiting = thumb.page.get_by_role("region", name=re.compile("Weverij De Spoel"))
    expect(waiting).to_contain_text("99911122")
    waiting.get_by_role("button", name="Gecontroleerd, open de winkel").click()
    expect(thumb.page.get_by_role("heading", name="Gecontroleerd")).to_be_visible()
    context.close()
