"""The twelve things that always hold in the books of the chains, in one place.

Others test how; this file tests that. Numbers are those of the accounting method.
"""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import pairwise

import pytest
from django.db import DatabaseError, transaction
from django.db.models import Sum

from ketens.domain.batches import Counted, Entry, balance_of
from ketens.domain.disclosure import COORDINATORS, PUBLIC, Ground, Group
from ketens.domain.measures import STREET, Measure, Scope, ScopeKind
from ketens.domain.social_return import EffortValue
from ketens.domain.transport import Stop, allocate_round
from ketens.domain.units import PhysicalUnit, Quantity, UnlikeUnits
from ketens.models import Baseline, BookedLine, Calculation, CoverageDay, Factor, WorkRelease
from ketens.operations import book_sale
from ketens.operations.baselines import freeze_baseline
from ketens.operations.chains import WrongScope, check_factor
from ketens.operations.factors import load_factor_set, read_factor_folder
from ketens.queries.coverage import get_coverage
from ketens.queries.figures import get_figures, get_sums
from tests.builders import build_village
from tests.ketens.street import (
    CARGO_BIKE,
    FACTORS,
    NOW,
    BreadChain,
    build_bread_chain,
    build_sale,
    line_of_bread,
)
from winkelstraat.ledger.domain import Unit
from winkelstraat.ledger.models import Transfer
from winkelstraat.ledger.operations import close_period
from winkelstraat.ledger.queries import sum_balances

pytestmark = pytest.mark.django_db

WTW_TOLERANCE = Decimal("0.002")
SCOPES = ("wtw", "ttw", "wtt")
MEASURES = [Measure.GOODS, Measure.EMISSION, Measure.DISTANCE]


@pytest.fixture
def bread() -> BreadChain:
    return build_bread_chain()


def sell(bread: BreadChain, number: int = 1, day: date = date(2026, 11, 19)) -> None:
    book_sale(sale=build_sale(bread, source=f"seller_order:{number}", day=day), now=NOW)


def test_01_a_calculation_is_never_edited_and_what_supersedes_it_is_a_row_of_its_own(
    bread: BreadChain,
):
    sell(bread)
    for change in (
        lambda: Calculation.objects.update(result=1),
        lambda: Calculation.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    row = Calculation.objects.exclude(factor=None)[0]
    told = {"inputs", "formula", "formula_version", "method_version", "factor_id", "result"}
    assert all(getattr(row, name) not in (None, "") for name in told)
    assert len(row.digest) == 64
    assert row.supersedes is None


def test_02_a_factor_is_never_edited(bread: BreadChain):
    for change in (
        lambda: Factor.objects.update(value=1),
        lambda: Factor.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_03_well_to_wheel_is_the_sum_of_its_parts_or_says_how_far_it_is_off():
    for folder in sorted(FACTORS.parent.iterdir()):
        load_factor_set(content=read_factor_folder(folder), now=NOW)
    rows = {(row.factor_set_id, row.key): row for row in Factor.objects.filter(scope__in=SCOPES)}
    checked = 0
    for (listed, key), whole in rows.items():
        stem, _dot, scope = key.rpartition(".")
        parts = [rows.get((listed, f"{stem}.{part}")) for part in ("ttw", "wtt")]
        if scope != "wtw" or None in parts:
            continue
        difference = whole.value - sum(part.value for part in parts if part)
        checked += 1
        assert abs(difference) <= WTW_TOLERANCE or whole.rounding_difference == difference, key
    assert checked > 30


def test_04_unlike_units_do_not_add_up():
    for first, second in pairwise(PhysicalUnit):
        with pytest.raises(UnlikeUnits):
            Quantity(Decimal(1), first) + Quantity(Decimal(1), second)


def test_05_a_batch_balances_within_two_percent_and_a_round_to_the_milligram():
    counts = [Counted(Entry.IN, 100_000), Counted(Entry.SOLD, 91_000)]
    counts.append(Counted(Entry.RESIDUAL, 7_000, 4))
    assert balance_of(counts).holds
    assert not balance_of(counts[:2]).holds
    stops = [Stop(Decimal(mass), Decimal(km)) for mass, km in ((3, 7), (11, 13), (1, 1))]
    assert sum(allocate_round(999_999_999, stops)) == 999_999_999


@pytest.mark.parametrize("part", ["diesel_b7.biogenic", "diesel_b7.ttw", "diesel_b7.wtt"])
def test_06_biogenic_and_partial_amounts_are_booked_on_no_leg(bread: BreadChain, part: str):
    kinds = {row.scope for row in Factor.objects.filter(key__startswith="diesel_b7.")}
    assert kinds == {"wtw", "ttw", "wtt", "biogenic"}
    with pytest.raises(WrongScope):
        check_factor(replace(CARGO_BIKE, factor_key=part))
    sell(bread)
    booked = Calculation.objects.exclude(factor=None).values_list("factor__scope", flat=True)
    assert set(booked) <= {"wtw", "total"}


def test_07_what_the_leaves_hold_is_what_every_whole_holds(bread: BreadChain):
    other = build_village("Roden")
    sell(bread)
    sale = build_sale(bread, line_of_bread(3_200), source="seller_order:2")
    book_sale(sale=replace(sale, village_id=other.pk), now=NOW)
    street = get_sums(STREET, None)
    villages = [get_sums(Scope(ScopeKind.VILLAGE, pk), None) for pk in (bread.village.pk, other.pk)]
    chain = get_sums(Scope(ScopeKind.CHAIN, bread.chain.pk), None)
    for unit in (Unit.GRAMS, Unit.MG_CO2E, Unit.MINUTES):
        assert street[unit] == sum(found[unit] for found in villages) == chain[unit]
    lines = BookedLine.objects.aggregate(mass=Sum("mass_g"), mg=Sum("emission_mg_co2e"))
    assert (street[Unit.GRAMS], street[Unit.MG_CO2E]) == (lines["mass"], lines["mg"])
    days = CoverageDay.objects.aggregate(mass=Sum("mass_g"), mg=Sum("emission_mg"))
    assert days == lines


def test_08_a_late_entry_keeps_its_own_day_and_moves_no_closed_period(bread: BreadChain):
    sell(bread, 1, date(2026, 10, 20))
    closed = close_period(unit=Unit.GRAMS, until=date(2026, 10, 31), now=NOW)
    sell(bread, 2, date(2026, 10, 21))
    late = Transfer.objects.filter(source="seller_order:2", ledger__unit=Unit.GRAMS)
    assert {row.activity_date for row in late} == {date(2026, 10, 21)}
    assert {row.booked_date for row in late} == {date(2026, 11, 1)}
    before = sum_balances(unit=Unit.GRAMS, prefix="village:", at=date(2026, 10, 31))
    assert before.debits == 1_600
    assert sum_balances(unit=Unit.GRAMS, prefix="village:").debits == 3_200
    closed.refresh_from_db()
    assert (
        closed.transfer_count
        == Transfer.objects.filter(source="seller_order:1", ledger__unit=Unit.GRAMS).count()
    )


def test_09_coverage_and_the_measured_share_stand_beside_every_total(bread: BreadChain):
    sell(bread)
    sale = build_sale(bread, line_of_bread(None, line_ref="9"), source="seller_order:2")
    book_sale(sale=sale, now=NOW)
    coverage = get_coverage(STREET)
    assert (coverage.lines, coverage.with_mass) == (2, 1)
    assert coverage.mass_share_text == "50%"
    assert coverage.primary_share_text == "0%"
    for scope in (STREET, Scope(ScopeKind.CHAIN, bread.chain.pk)):
        for figure in get_figures(scope, None, MEASURES):
            assert "50%" in figure.sure_text or "0%" in figure.sure_text


def test_10_a_baseline_is_never_edited(bread: BreadChain):
    sell(bread)
    freeze_baseline(
        title="Nulmeting",
        first_day=date(2026, 11, 1),
        last_day=date(2026, 11, 30),
        user=None,
        now=datetime(2026, 12, 1, tzinfo=UTC),
    )
    for change in (
        lambda: Baseline.objects.update(method_version="x"),
        lambda: Baseline.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.parametrize("other", [1, Decimal(1), Quantity(Decimal(1), PhysicalUnit.KG)])
def test_11_social_return_adds_up_with_nothing_but_itself(other: object):
    assert EffortValue(Decimal(1)) + EffortValue(Decimal(2)) == EffortValue(Decimal(3))
    with pytest.raises(TypeError):
        EffortValue(Decimal(1)) + other
    with pytest.raises(TypeError):
        other + EffortValue(Decimal(1))


def test_12_a_release_is_suppressed_before_it_is_written_and_cannot_be_changed():
    few = Group(9, {1: Decimal(30), 2: Decimal(30), 3: Decimal(30)})
    assert PUBLIC.show_count(few, Ground.PROVINCE, is_split=True).value is None
    assert COORDINATORS.show_count(few, Ground.PROVINCE, is_split=True).value == 9
    row = WorkRelease.objects.create(
        quarter=date(2026, 7, 1), tables={}, hidden=[], digest="", released_at=NOW
    )
    for change in (
        lambda: WorkRelease.objects.update(tables={"group": {}}),
        lambda: WorkRelease.objects.filter(pk=row.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
