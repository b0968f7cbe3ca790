"""A baseline holds figures, profile, scope, words and factors; a second one says why."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dorpen.register.models import Enterprise
from ketens.models import Baseline, FigureRelease, ProfileRound
from ketens.operations import book_sale
from ketens.operations.baselines import (
    Basis,
    DaysReversed,
    ReasonMissing,
    TitleTaken,
    freeze_baseline,
)
from ketens.queries.baseline_pages import get_baseline_page
from ketens.queries.baselines import is_intact
from tests.ketens.profile.street import (
    REGISTERED,
    ask_everybody,
    build_enterprises,
    fill_in,
    sign_in_as,
)
from tests.ketens.street import build_bread_chain, build_sale
from winkelstraat.accounts.models import Role

pytestmark = pytest.mark.django_db

PAGE, FREEZE = "/monitor/nulmeting/", "/monitor/nulmeting/vastzetten/"
FIRST, LAST = date(2026, 9, 1), date(2026, 9, 30)
LATER = datetime(2026, 10, 5, 10, tzinfo=UTC)
TODAY = date(2026, 11, 1)


@pytest.fixture(autouse=True)
def skip_the_second_factor(settings: Any) -> None:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True


@pytest.fixture
def asked() -> ProfileRound:
    """Ten who lead, three who follow, nine regular ones; and bread that was sold."""
    bread = build_bread_chain()
    book_sale(sale=build_sale(bread, day=date(2026, 9, 20)), now=LATER)
    Enterprise.objects.update(registered_at=REGISTERED)
    leaders = build_enterprises(10, stance="impact_first")
    build_enterprises(3, stance="impact_second")
    build_enterprises(9)
    asked = ask_everybody()
    for one in leaders:
        fill_in(one)
    return asked


def freeze(title: str = "Nulmeting 2026", **basis: Any) -> Baseline:
    return freeze_baseline(
        title=title, first_day=FIRST, last_day=LAST, user=None, now=LATER, basis=Basis(**basis)
    )


def test_a_baseline_holds_all_that_it_was_made_of(asked: ProfileRound):
    row = freeze(round=asked)
    assert row.figures["street"]["grams"] == 1_600
    assert row.profile["tables"]["place"] == {
        "leader": 10,
        "follower": 7,
        "peloton": 9,
        "total": 26,
    }
    assert row.profile["answered"] == 10
    assert len(row.scope) == row.profile["total"] == 26
    assert row.questionnaire == asked.questionnaire
    assert row.factor_sets == ["nl-2026-v1"]
    assert "koploper" in row.definitions
    assert row.public_profile["stance"]["impact_second"] is None
    assert is_intact(row)


def test_a_changed_baseline_would_be_seen(asked: ProfileRound):
    row = freeze(round=asked)
    for change in ("profile", "figures", "scope", "definitions", "public_profile"):
        kept = getattr(row, change)
        setattr(row, change, {"iets": "anders"})
        assert not is_intact(row)
        setattr(row, change, kept)
    assert is_intact(row)


def test_a_second_baseline_needs_a_reason_and_the_first_stays(asked: ProfileRound):
    first = freeze(round=asked)
    with pytest.raises(ReasonMissing):
        freeze("Nulmeting 2026 b", round=asked, reason="  ")
    with pytest.raises(TitleTaken):
        freeze(round=asked, reason="beter")
    second = freeze("Nulmeting 2026 b", round=asked, reason="Twee winkels telden dubbel.")
    assert second.replaces == first
    assert Baseline.objects.get(pk=first.pk).figures == first.figures
    with pytest.raises(IntegrityError), transaction.atomic():
        Baseline(
            title="Zonder reden",
            first_day=FIRST,
            last_day=LAST,
            method_version="1",
            factor_sets=[],
            figures={},
            replaces=second,
            digest="x",
            frozen_at=LATER,
        ).save()


def test_nobody_edits_or_removes_a_baseline(asked: ProfileRound):
    row = freeze(round=asked)
    for change in (
        lambda: Baseline.objects.update(profile={}),
        lambda: Baseline.objects.filter(pk=row.pk).delete(),
        lambda: Baseline.objects.update(reason="toch"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_days_to_come_and_days_reversed_are_no_baseline(asked: ProfileRound):
    for first, last in ((LAST, FIRST), (FIRST, date(2026, 10, 6))):
        with pytest.raises(DaysReversed):
            freeze_baseline(title="X", first_day=first, last_day=last, user=None, now=LATER)
    assert not Baseline.objects.exists()


def test_a_profile_can_be_frozen_before_anything_was_sold():
    build_enterprises(6)
    asked = ask_everybody()
    row = freeze(round=asked)
    assert row.figures == {}
    assert row.profile["total"] == 6
    page = get_baseline_page(today=TODAY)
    assert page is not None
    assert page.figures == ()


def test_the_public_reads_hidden_groups_and_staff_exact_ones(asked: ProfileRound):
    freeze(round=asked)
    public = get_baseline_page(today=TODAY)
    staff = get_baseline_page(today=TODAY, sees_exact=True)
    assert public is not None
    assert staff is not None
    texts = {row.text for table in public.tables for row in table.rows if not row.is_hidden}
    assert all(int(text) % 5 == 0 for text in texts)
    stance = next(table for table in staff.tables if table.key == "stance")
    assert [row.text for row in stance.rows] == ["10", "3", "13"]
    assert public.made.scope == ()
    assert len(staff.made.scope) == 26


def release(quarter: date) -> None:
    FigureRelease.objects.create(
        quarter=quarter, method_version="1", factor_sets=[], digest="d", released_at=LATER
    )


def test_the_public_reads_nothing_of_days_that_are_not_released_and_no_money(asked: ProfileRound):
    """A window that slides a day each day would give away what was sold on its last one."""
    freeze(round=asked)
    public = get_baseline_page(today=TODAY)
    assert public is not None
    assert (public.figures, public.now_last) == ((), None)
    release(date(2026, 7, 1))
    pages = [get_baseline_page(today=day) for day in (TODAY, date(2026, 11, 2))]
    assert pages[0] == pages[1]
    assert pages[0] is not None
    assert (pages[0].now_first, pages[0].now_last) == (FIRST, LAST)
    assert len(pages[0].figures) == 3
    assert not any("€" in row.before_text + row.after_text for row in pages[0].figures)
    staff = get_baseline_page(today=TODAY, sees_exact=True)
    assert staff is not None
    assert staff.now_last == date(2026, 10, 31)
    assert len(staff.figures) > 3


def test_the_page_shows_digest_makings_and_comparison_within_its_budget(asked: ProfileRound):
    first = freeze(round=asked)
    freeze("Nulmeting 2026 b", round=asked, reason="Twee winkels telden dubbel.")
    release(date(2026, 7, 1))
    visitor, staff = Client(), sign_in_as(Role.PROVINCE_ANALYST)
    for client, budget in ((visitor, 4), (staff, 7)):
        with CaptureQueriesContext(connection) as queries:
            page = client.get(PAGE).content.decode()
        assert len(queries) == budget
        assert "Twee winkels telden dubbel." in page
        assert "nl-2026-v1" in page
        assert f"{PAGE}{first.pk}/" in page
        old = client.get(f"{PAGE}{first.pk}/").content.decode()
        assert first.digest in old
        assert "Zaak Noordenveld" not in old


def test_staff_freezes_at_the_page_and_what_was_typed_stays_when_refused(asked: ProfileRound):
    client = sign_in_as(Role.PLATFORM_STAFF)
    assert client.get(FREEZE).status_code == 200
    typed = {
        "title": "Nulmeting 2026",
        "first_day": FIRST.isoformat(),
        "last_day": LAST.isoformat(),
        "round": str(asked.public_id),
        "reason": "",
    }
    assert client.post(FREEZE, typed).status_code == 302
    again = client.post(FREEZE, {**typed, "title": "Nulmeting zoveel"})
    assert again.status_code == 422
    assert "Nulmeting zoveel" in again.content.decode()
    for other in (None, Role.COURIER):
        assert sign_in_as(other).post(FREEZE, {**typed, "title": "X"}).status_code == 404
    assert Baseline.objects.get().frozen_by is not None
