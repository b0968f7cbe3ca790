"""Staff freeze a baseline, close a month and release a quarter; a civil servant takes the file."""

import re
from pathlib import Path

from django.utils import translation
from openpyxl import load_workbook
from playwright.sync_api import Browser, Locator, Page, expect

from ketens.queries.monitor_pages.words import say_mass
from tests.journeys.street import Street
from tests.journeys.test_buying import check_axe, sign_in

WORKER_SECONDS = 60


def test_an_analyst_freezes_a_baseline_and_says_why_it_is_a_new_one(
    browser: Browser, street: Street
) -> None:
    context = sign_in(browser, street, "analist@example.nl")
    page = context.new_page()
    page.goto("/monitor/nulmeting/")
    check_axe(page)
    page.get_by_role("link", name="Een nieuwe nulmeting vastzetten").click()
    first, last = days_of(page)
    page.get_by_label("Naam van de nulmeting").fill("Nulmeting van de reis")
    page.get_by_label("Eerste dag").fill(first)
    page.get_by_label("Laatste dag").fill(last)
    page.get_by_role("button", name="Zet vast").click()
    expect(page.get_by_text("Er is al een nulmeting").first).to_be_visible()
    expect(page.get_by_label("Naam van de nulmeting")).to_have_value("Nulmeting van de reis")
    check_axe(page)
    page.get_by_label("Waarom is er een nieuwe nulmeting nodig?").fill("Meer ketens doen mee.")
    page.get_by_role("button", name="Zet vast").click()
    expect(page.get_by_text("De nulmeting staat vast").first).to_be_visible()
    expect(page.locator("main")).to_contain_text("Nulmeting van de reis")
    check_axe(page)
    context.close()


def days_of(page: Page) -> tuple[str, str]:
    """Return a stretch in which the small street sold: the last sixty days."""
    day = page.evaluate("new Date().toISOString().slice(0, 10)")
    first = page.evaluate("new Date(Date.now() - 60 * 86400000).toISOString().slice(0, 10)")
    return first, day


def test_staff_release_a_quarter_and_close_a_month(browser: Browser, street: Street) -> None:
    context = sign_in(browser, street, "staf@example.nl")
    page = context.new_page()
    page.goto("/cms/vrijgeven/")
    due = page.locator("section", has=page.get_by_role("button", name="Vrijgeven")).first
    name = due.get_by_role("heading").inner_text()
    send(page, due.get_by_role("button", name="Vrijgeven").first)
    wait_for_worker(page, "/cms/vrijgeven/")
    section = page.locator("section", has=page.get_by_role("heading", name=name))
    expect(section).to_contain_text("vrijgegeven op")
    page.goto("/cms/perioden/")
    before = page.locator("main p").first.inner_text()
    send(page, page.get_by_role("button", name="Boeken opnieuw nakijken"))
    wait_for_worker(page, "/cms/perioden/")
    expect(page.locator("main")).to_contain_text(re.compile("nagekeken op"))
    box = page.locator("input[name=accepts_open]")
    if box.count():
        box.check()
    send(page, page.get_by_role("button", name=re.compile("De boeken sluiten tot en met")))
    wait_for_worker(page, "/cms/perioden/")
    assert page.locator("main p").first.inner_text() != before
    context.close()


def send(page: Page, button: Locator) -> None:
    """Press a button and wait for the answer."""
    with page.expect_navigation():
        button.click()
    expect(page.locator(".messages .error, .messages .warning")).to_have_count(0)


def wait_for_worker(page: Page, address: str) -> None:
    """Open a page again until nothing on it is being worked at."""
    for _second in range(WORKER_SECONDS):
        page.goto(address)
        busy = page.locator("section.help-info .job").count()
        if not busy and "wordt nagekeken" not in page.locator("main").inner_text():
            return
        page.wait_for_timeout(1_000)
    raise AssertionError(f"the worker did not finish what {address} asked")


def test_a_civil_servant_finds_the_same_numbers_in_the_workbook(page: Page, tmp_path: Path) -> None:
    page.goto("/monitor/gegevens/")
    check_axe(page)
    release = page.locator("article").first
    with page.expect_download() as taken:
        release.get_by_role("link", name=re.compile("^Excel van Cijfers")).click()
    file = tmp_path / "cijfers.xlsx"
    taken.value.save_as(file)
    head, *lines = load_workbook(file, read_only=True).worksheets[0].iter_rows(values_only=True)
    rows = [dict(zip(head, line, strict=False)) for line in lines]
    goods = next(
        row["obs_value"]
        for row in rows
        if (row["indicator"], row["ref_area"], row["chain"], row["product_group"])
        == ("goods_g", "NL13", "_T", "_T")
    )
    page.goto("/monitor/verkochte-goederen/")
    with translation.override("nl"):
        expect(page.locator("main")).to_contain_text(say_mass(goods))
