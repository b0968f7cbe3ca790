"""The yearly report says what was released, once per state, and its PDF says the same."""

import re
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import translation
from pypdf import PdfReader

from dorpen.register.models import Municipality
from ketens.domain.monitor import MEASURES, PlaceKind
from ketens.models import ActionStatus, AgendaAction, ReleasedFigure, YearReport
from ketens.operations.agenda import StateDraft, load_agenda, tell_state
from ketens.operations.figure_releases import release_figures
from ketens.operations.reports import KIND, draw_report, work_report
from ketens.operations.signals import find_signals
from ketens.queries.monitor import list_released
from ketens.queries.monitor_pages.words import say_label
from ketens.queries.steering.amounts import say_amount
from ketens.queries.steering.report.content import build_content
from ketens.queries.steering.report.reading import read_told
from tests.ketens.monitor.street import SUMMER, close_books
from tests.ketens.monitor.world import build_world
from winkelstraat.accounts.domain.jobs import JobOrder, list_kinds
from winkelstraat.accounts.models import Job, Role, RoleGrant, User

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
FOLDER: Path = settings.PROJECT_DIR / "fixtures" / "reference" / "agenda"


@pytest.fixture
def released() -> None:
    load_agenda(folder=FOLDER)
    build_world()
    close_books(date(2026, 9, 30))
    release_figures(quarter=SUMMER, user=None, now=NOW)


def draw(year: int = 2026) -> YearReport:
    return draw_report(year=year, user=None, now=NOW, tell=lambda *_words: None)


def content(year: int = 2026) -> dict[str, Any]:
    with translation.override("nl"):
        return build_content(year, made_on=NOW.date())


def read_pdf(report: YearReport) -> str:
    pages = PdfReader(BytesIO(bytes(report.pdf))).pages
    return squeeze("".join(page.extract_text() for page in pages))


def squeeze(text: str) -> str:
    """Take out what a line break or a soft hyphen does to words."""
    return re.sub(r"[\s\u00ad\u2010-]", "", text)


@pytest.mark.usefixtures("released")
def test_every_figure_of_the_province_is_that_of_its_released_row():
    rows = {
        row.measure: row
        for row in list_released(quarter=SUMMER, place_kind=PlaceKind.PROVINCE)
        if not row.chain and not row.product_group
    }
    told = {row["label"]: row for group in content()["results"] for row in group["rows"]}
    compared = 0
    with translation.override("nl"):
        for code, row in rows.items():
            line = told[say_label(MEASURES[code])]
            expected = "niet getoond" if row.withheld else say_amount(row.unit, row.value)
            assert line["quarters"] == [expected]
            assert line["year"] == expected
            compared += row.value is not None
    assert compared >= 10


@pytest.mark.usefixtures("released")
def test_fifty_random_slices_of_the_report_equal_their_released_rows():
    chance = Random(50)
    rows = list(
        ReleasedFigure.objects.filter(
            place_kind=PlaceKind.MUNICIPALITY.value, chain=None, product_group=""
        ).order_by("pk")
    )
    told = read_told(2026)
    codes = dict(Municipality.objects.values_list("pk", "code"))
    assert len(rows) > 20
    for row in chance.sample(rows, min(50, len(rows))):
        whole = told.municipalities[row.measure][codes[row.place or 0]].whole
        assert (whole.value, whole.low, whole.high) == (row.value, row.low, row.high)
        assert (whole.known == "withheld") == bool(row.withheld)


@pytest.mark.usefixtures("released")
def test_the_pdf_holds_the_same_numbers_as_the_page(client: Client):
    report = draw()
    printed = read_pdf(report)
    page = client.get("/monitor/jaarverslag/2026/")
    text = page.content.decode()
    assert page.status_code == 200
    assert report.digest in text
    compared = 0
    for group in report.content["results"]:
        for row in group["rows"]:
            for value in (row["label"], *row["quarters"], row["year"], row["interval"]):
                assert squeeze(value) in printed, value
                assert value in text.replace("&#x27;", "'"), value
                compared += 1
    assert compared > 100
    for sentence in report.content["summary"]:
        assert squeeze(sentence) in printed, sentence
    for row in report.content["method"]["releases"]:
        assert row["digest"] in printed
    assert printed.startswith("DrentseWinkelstraatJaarverslag")


@pytest.mark.usefixtures("released")
def test_a_state_is_drawn_once_and_a_new_state_is_another_report():
    first = draw()
    assert draw().pk == first.pk
    state = StateDraft(ActionStatus.RUNNING, "Team economie", "Drie dorpen")
    action = AgendaAction.objects.get(pk="ketens")
    tell_state(action=action, draft=state, seen_version=0, user=None, now=NOW)
    second = draw()
    assert second.pk != first.pk
    assert "Team economie" in str(second.content["actions"])
    assert second.state != first.state
    with pytest.raises(DatabaseError), transaction.atomic():
        YearReport.objects.update(content={})
    with pytest.raises(DatabaseError), transaction.atomic():
        YearReport.objects.all().delete()


def test_a_year_without_releases_is_told_as_unknown_and_has_no_empty_part():
    load_agenda(folder=FOLDER)
    told = content(2025)
    assert "nog geen kwartaal uitgegeven" in told["standing"]
    assert all(row["year"] == "–" for group in told["results"] for row in group["rows"])
    assert told["map"] is None
    report = draw(2025)
    printed = read_pdf(report)
    for sentence in (
        "Van geen enkele gemeente is al een cijfer uitgegeven",
        "Er is nog geen kwartaal uitgegeven, dus is er geen verloop",
        "Er zijn nog geen doelen gesteld.",
        "Van dit jaar is nog geen kwartaal over werk uitgegeven",
        "Er is nog geen nulmeting bevroren",
        "Van dit jaar zijn nog geen cijfers uitgegeven.",
    ):
        assert squeeze(sentence) in printed, sentence


@pytest.mark.usefixtures("released")
def test_a_signal_of_a_month_that_is_not_released_stays_with_staff():
    find_signals(now=datetime(2026, 12, 20, 3, tzinfo=UTC))
    months = {row["month"] for row in content()["signals"]}
    assert months <= {"juli 2026", "augustus 2026", "september 2026"}


@pytest.mark.usefixtures("released")
def test_everybody_downloads_the_pdf_and_reading_costs_few_queries(
    client: Client, django_assert_max_num_queries
):
    report = draw()
    with django_assert_max_num_queries(3):
        assert client.get("/monitor/jaarverslag/").status_code == 200
    with django_assert_max_num_queries(3):
        client.get("/monitor/jaarverslag/2026/")
    with django_assert_max_num_queries(2):
        answer = client.get(f"/monitor/jaarverslag/2026/{report.digest}.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content == bytes(report.pdf)
    assert client.get(f"/monitor/jaarverslag/2025/{report.digest}.pdf").status_code == 404
    assert client.get("/monitor/jaarverslag/1999/").status_code == 404
    before = YearReport.objects.count()
    client.get("/monitor/jaarverslag/2026/")
    assert YearReport.objects.count() == before


def test_only_staff_have_a_report_drawn(settings: Any):
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True
    people = {}
    for name in ("bewoner", "analist"):
        user = User.objects.create_user(f"{name}@example.nl", name=name)
        people[name] = Client()
        people[name].force_login(user)
    RoleGrant.objects.create(
        user=User.objects.get(email="analist@example.nl"), role=Role.PROVINCE_ANALYST
    )
    path = "/monitor/jaarverslag/2026/maken/"
    assert people["bewoner"].post(path).status_code == 404
    assert Client().post(path).status_code == 302
    assert not Job.objects.exists()
    answer = people["analist"].post(path)
    job = Job.objects.get()
    assert (job.kind, job.arguments) == (KIND, {"year": 2026})
    assert answer.url.endswith(f"{job.public_id}/")
    assert people["analist"].post("/monitor/jaarverslag/1999/maken/").status_code == 404


@pytest.mark.usefixtures("released")
def test_the_worker_draws_it_and_tells_how_far_it_is():
    assert KIND in list_kinds()
    told: list[tuple[int, int]] = []
    order = JobOrder(1, KIND, {"year": 2026}, None, 1)
    address = work_report(order, lambda done, total, message="": told.append((done, total)))
    assert address == "/monitor/jaarverslag/2026/"
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert YearReport.objects.count() == 1
