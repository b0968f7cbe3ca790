"""An analyst goes from the province to one weighing; a resident reads his village's figures."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.journeys.street import Street
from tests.journeys.test_buying import check_axe, sign_in
from tests.journeys.thumb import PHONE

CLICKS = 6


def test_an_analyst_finds_the_source_of_bread_waste_within_six_clicks(
    browser: Browser, street: Street
) -> None:
    context = sign_in(browser, street, "analist@example.nl")
    page = context.new_page()
    page.goto("/monitor/")
    check_axe(page)
    page.get_by_role("link", name="Naar de live cijfers").click()
    expect(page.get_by_text("Live, alleen voor medewerkers")).to_be_visible()
    check_axe(page)
    clicks = 1
    for where in ("gemeente/", "dorp/", "dorp/[^/]+/[^/]+/", "/herkomst/"):
        follow(page, where)
        clicks += 1
        check_axe(page)
    assert clicks <= CLICKS
    expect(page.locator(".provenance-value")).to_contain_text(re.compile(r"\d+ (k?g)|\d+,\d kg"))
    expect(page.get_by_text("hoe het bepaald is")).to_be_visible()
    context.close()


def follow(page: Page, where: str) -> None:
    """Take the first link of a table that leads one step down."""
    pattern = re.compile(where if where.startswith("/") else f"/live/[^/]+/{where}")
    links = page.locator("main table a")
    for number in range(links.count()):
        if pattern.search(links.nth(number).get_attribute("href") or ""):
            links.nth(number).click()
            return
    raise AssertionError(f"{page.url} has no link to {where}")


def test_a_resident_reads_the_figures_of_his_village_on_a_phone_without_scripts(
    browser: Browser, street: Street
) -> None:
    context = browser.new_context(
        base_url=street.address, locale="nl-NL", viewport=PHONE, java_script_enabled=False
    )
    page = context.new_page()
    page.goto("/dorpen/norg/")
    page.get_by_role("link", name="Wat Norg bereikt, per kwartaal").click()
    expect(page.get_by_role("heading", level=1, name="Norg")).to_be_visible()
    expect(page.locator(".first-sentence")).to_contain_text("kwartaal")
    expect(page.get_by_text("Naar de live cijfers")).to_have_count(0)
    width = page.locator("html").evaluate("node => node.scrollWidth")
    assert width <= PHONE["width"]
    page.get_by_text("Hetzelfde als tabel").first.click()
    expect(page.locator(".table-behind table").first).to_be_visible()
    context.close()
