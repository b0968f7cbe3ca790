"""One living street for all journeys of a test process, and a browser that visits it."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.database import make_template, migration_digests, run_sql
from tests.journeys.street import Street
from winkelstraat.settings.embedded import start_server
from winkelstraat.settings.environment import DATA_DIR

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

PREPARE = (
    ("messages", "compile"),
    ("collectstatic", "--noinput", "--verbosity", "0"),
    ("load_register",),
    ("load_factors",),
    ("equip_back_office",),
    ("make_village_pages",),
    ("load_demo", "--orders", "12"),
)


@pytest.fixture(scope="session")
def street(
    tmp_path_factory: pytest.TempPathFactory, django_db_blocker: pytest.FixtureRequest
) -> Iterator[Street]:
    """A street with a small living Drenthe, all of its processes running."""
    name = f"street_{os.getpid()}"
    with django_db_blocker.unblock():
        template = make_template(migration_digests())
        run_sql(
            f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)',
            f'CREATE DATABASE "{name}" TEMPLATE "{template}"',
        )
    server = start_server(DATA_DIR / "test")
    street = Street(tmp_path_factory.mktemp("street"), server.get_uri(database=name))
    try:
        for step in PREPARE:
            street.manage(*step)
        street.start_sandbox()
        street.start_web()
        street.start_worker()
        yield street
    finally:
        street.stop()
        with django_db_blocker.unblock():
            run_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture(scope="module")
def browser(street: Street) -> Iterator[Browser]:
    """Debian's Chromium; without it the journeys are skipped, and the run says so.

    It lives as long as one file of tests: while Playwright runs, Django refuses to use
    the database in the same thread.
    """
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: no journey was made in a browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, street: Street) -> Iterator[Page]:
    """A fresh visitor at a wide screen."""
    context = browser.new_context(base_url=street.address, locale="nl-NL")
    page = context.new_page()
    page.set_viewport_size({"width": 1280, "height": 900})
    yield page
    context.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep everything that needs the one street in the same process."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.xdist_group("street"))
