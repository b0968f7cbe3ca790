"""A guest buys from three shops in two villages; everybody does his part; the books close.

The base basket of the worked cases: 3 x 2,95 + 24,99 + 14,50 = 48,34.
"""

import re
import time
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.street import Street

PASSWORD = "drenthe-demo-2026"
BASKET = [
    ("Drents roggebrood", 3),
    ("Muurverf mat, wit", 1),
    ("Wandelen over de Norger es", 1),
]
SHOPKEEPERS = ["bakker@example.nl", "verf@example.nl", "boeken@example.nl"]
HOSTS = [
    ("gastheer@example.nl", "dorpshuis-de-brink-norg"),
    ("gastheer.zuid@example.nl", "kulturhus-de-hoeve-diever"),
]
WAYS = [
    pytest.param({"width": 1280, "height": 900}, True, id="at a desk"),
    pytest.param({"width": 360, "height": 740}, True, id="on a phone"),
    pytest.param({"width": 1280, "height": 900}, False, id="without scripts"),
]


def check_axe(page: Page) -> None:
    """Fail with every rule of axe-core that this page breaks."""
    found = Axe().run(page)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"


def eventually(ask: Callable[[], object], *, seconds: float = 45) -> object:
    """Ask again and again until the answer is true; return it."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        answer = ask()
        if answer:
            return answer
        time.sleep(0.5)
    return ask()


def sign_in(browser: Browser, street: Street, email: str) -> BrowserContext:
    """Return a browser of its own in which this person is signed in."""
    context = browser.new_context(base_url=street.address, locale="nl-NL")
    page = context.new_page()
    page.goto("/account/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form button[type=submit]").first.click()
    expect(page).not_to_have_url(re.compile("login"))
    return context


def buy(page: Page, street: Street, email: str, *, scripts: bool) -> str:
    """Go through the whole purchase as a guest; return the order's number."""
    look = check_axe if scripts else (lambda _page: None)
    page.goto("/dorpen/norg/")
    expect(page.get_by_role("heading", name="Norg", exact=True)).to_be_visible()
    look(page)
    for title, quantity in BASKET:
        page.goto(f"/zoeken/?q={title}")
        page.get_by_role("link", name=title).first.click()
        expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
        look(page)
        page.locator("main input[name=quantity]").fill(str(quantity))
        page.get_by_role("button", name="In mijn mandje").first.click()
        page.wait_for_load_state("networkidle")
    page.goto("/mandje/")
    expect(page.get_by_text("€\u00a048,34").first).to_be_visible()
    look(page)
    page.get_by_role("link", name="Afrekenen").click()
    page.get_by_label("Je naam").fill("Janna Veen")
    page.get_by_label("Je e-mailadres").fill(email)
    look(page)
    page.get_by_role("button", name="Naar het overzicht").click()
    expect(page.get_by_text("€\u00a048,34").first).to_be_visible()
    look(page)
    page.get_by_role("button", name="Bestelling met betalingsverplichting", exact=True).click()
    page.wait_for_url(re.compile(re.escape(street.sandbox_address)))
    look(page)
    pay_with_ideal(page)
    page.wait_for_url(re.compile(r"/bestelling/[0-9A-Z]{10}/"))
    expect(page.get_by_role("heading", name="Dank je wel, je bestelling is binnen")).to_be_visible()
    page.wait_for_load_state("networkidle")
    look(page)
    found = re.search(r"/bestelling/([0-9A-Z]{10})/", page.url)
    assert found is not None
    return found.group(1)


def pay_with_ideal(page: Page) -> None:
    """Choose iDEAL | Wero on the sandbox's pay page and pay."""
    ideal = page.get_by_label(re.compile("iDEAL"))
    if ideal.count():
        ideal.first.check()
    page.get_by_role("button", name=re.compile("^Betaal")).click()


def fulfil(browser: Browser, street: Street, number: str) -> None:
    """Let each shop pack its own part and the hosts hand everything out."""
    for email in SHOPKEEPERS:
        context = sign_in(browser, street, email)
        page = context.new_page()
        page.goto("/mijn-winkel/")
        row = page.locator("article", has_text=number)
        expect(row).to_have_count(1)
        assert "48,34" not in page.content()
        check_axe(page)
        row.get_by_role("button").click()
        expect(page.locator("p.notice", has_text="staat klaar")).to_be_visible()
        context.close()
    for email, point in HOSTS:
        context = sign_in(browser, street, email)
        page = context.new_page()
        page.goto(f"/uitreiken/{point}/?q={number}")
        check_axe(page)
        page.get_by_role("button", name=re.compile("Uitgereikt")).click()
        expect(page.locator("p.notice", has_text="Uitgereikt: ")).to_be_visible()
        context.close()


@pytest.mark.parametrize(("screen", "scripts"), WAYS)
def test_a_guest_buys_from_three_shops_and_both_books_close(
    browser: Browser, street: Street, screen: dict[str, int], scripts: bool
) -> None:
    email = f"janna.{screen['width']}.{scripts}@example.nl".lower()
    context = browser.new_context(
        base_url=street.address, locale="nl-NL", viewport=screen, java_script_enabled=scripts
    )
    page = context.new_page()
    number = buy(page, street, email, scripts=scripts)
    assert eventually(lambda: len(street.mails_to(email))) == 1
    fulfil(browser, street, number)
    page.reload()
    expect(page.locator("li.done.now")).to_have_count(3)
    check_books(street, number)
    assert len(street.mails_to(email)) == 1
    for address in ("/dorpen/norg/", "/ketens/", "/monitor/"):
        page.goto(address)
        expect(page.locator("h1")).to_be_visible()
        if scripts:
            check_axe(page)
    context.close()


def check_books(street: Street, number: str) -> None:
    """See each cent and each gram of this order in the ledger."""
    cents = eventually(
        lambda: (
            (
                found := street.rows(
                    "SELECT part.gross_cents, part.transfer_cents, transfer.state"
                    " FROM payments_paymentpart part"
                    " JOIN payments_shoptransfer transfer ON transfer.part_id = part.id"
                    " WHERE part.seller_order_ref LIKE %s ORDER BY part.sequence",
                    f"{number}-%",
                )
            )
            and all(row[2] == "sent" for row in found)
            and found
        )
    )
    assert cents == [(885, 885, "sent"), (2499, 2499, "sent"), (1450, 1450, "sent")]
    orders = street.rows("SELECT id FROM shop_sellerorder WHERE number LIKE %s", f"{number}-%")
    sources = [f"seller_order:{pk}" for (pk,) in orders]
    grams = eventually(
        lambda: street.rows(
            "SELECT sum(transfer.amount) FROM ledger_transfer transfer"
            " JOIN ledger_ledger ledger ON ledger.id = transfer.ledger_id"
            " WHERE ledger.unit = 'grams' AND transfer.source = ANY(%s)",
            sources,
        )[0][0]
    )
    assert grams
    assert "The ledger is right" in street.manage("verify_ledger")
