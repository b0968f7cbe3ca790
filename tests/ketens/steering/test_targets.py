"""Targets are versions on a straight line; a change is measured from a baseline."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from ketens.domain.targets import Basis, Better, Line, Standing, aim, judge
from ketens.models import Baseline, Target
from ketens.operations.targets import TargetChanged, TargetDraft, TargetRefused, set_target
from ketens.queries.steering.amounts import say_amount
from ketens.queries.targets import list_all_targets, list_targets

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
LINE = Line(date(2026, 12, 31), Decimal(1000), date(2028, 12, 30), Decimal(800))


def baseline(title: str = "Nulmeting najaar 2026") -> Baseline:
    return Baseline.objects.create(
        title=title,
        first_day=date(2026, 9, 1),
        last_day=date(2026, 11, 30),
        method_version="2026.1",
        factor_sets=[],
        figures={},
        digest="0" * 64,
        frozen_at=NOW,
    )


def draft(**changes: object) -> TargetDraft:
    plain = TargetDraft(
        measure="goods_g",
        place="PV22",
        year=2028,
        value=Decimal(5_000_000),
        better=Better.HIGHER,
        basis=Basis.AMOUNT,
        source="Voorstel van de straat",
    )
    return replace(plain, **changes)


def put(seen: int = 0, **changes: object) -> Target:
    return set_target(draft=draft(**changes), seen_version=seen, user=None, now=NOW)


def test_halfway_the_line_is_halfway():
    assert LINE.at(date(2027, 12, 31)) == Decimal(900)
    assert LINE.at(date(2026, 1, 1)) == Decimal(1000)
    assert LINE.at(date(2030, 1, 1)) == Decimal(800)


def test_a_change_is_a_percentage_of_the_baseline_and_unknown_without_it():
    assert aim(Decimal(-20), Basis.CHANGE, Decimal(1000)) == Decimal(800)
    assert aim(Decimal(-20), Basis.CHANGE, None) is None
    assert aim(Decimal(750), Basis.AMOUNT, None) == Decimal(750)


def test_a_figure_is_judged_by_the_line_and_an_unknown_one_is_not():
    day = date(2027, 12, 31)
    assert judge(Decimal(950), LINE, day, Better.LOWER) is Standing.BEHIND
    assert judge(Decimal(900), LINE, day, Better.LOWER) is Standing.ON_COURSE
    assert judge(Decimal(800), LINE, day, Better.LOWER) is Standing.REACHED
    assert judge(None, LINE, day, Better.LOWER) is Standing.UNKNOWN
    assert judge(Decimal(900), None, day, Better.LOWER) is Standing.UNKNOWN


@given(
    first=st.integers(0, 10_000),
    last=st.integers(0, 10_000),
    day=st.dates(date(2025, 1, 1), date(2031, 1, 1)),
)
def test_the_line_stays_between_its_ends(first: int, last: int, day: date):
    line = Line(date(2026, 11, 30), Decimal(first), date(2028, 12, 31), Decimal(last))
    assert min(first, last) <= line.at(day) <= max(first, last)


@pytest.mark.django_db
def test_a_change_is_a_new_version_with_a_reason_and_the_old_one_stays():
    put()
    put(1, value=Decimal(6_000_000), reason="Er kwamen dorpen bij", decision="PS 2027-12")
    assert [(row.version, int(row.value or 0)) for row in Target.objects.order_by("version")] == [
        (1, 5_000_000),
        (2, 6_000_000),
    ]
    (standing,) = list_targets("goods_g", "PV22")
    assert (standing.value, standing.is_proposal) == (Decimal(6_000_000), False)
    with pytest.raises(DatabaseError), transaction.atomic():
        Target.objects.update(value=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        Target.objects.all().delete()


@pytest.mark.django_db
def test_two_who_change_the_same_target_do_not_overwrite_each_other():
    put()
    put(1, value=Decimal(6_000_000), reason="Er kwamen dorpen bij")
    with pytest.raises(TargetChanged):
        put(1, value=Decimal(7_000_000), reason="Ik zag versie 1")
    assert Target.objects.count() == 2


@pytest.mark.django_db
def test_a_withdrawn_target_stands_no_longer_and_stays_readable():
    put()
    put(1, value=None, reason="De Staten wilden het niet")
    assert list_targets("goods_g") == ()
    assert Target.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"source": " "}, "no_source"),
        ({"basis": Basis.CHANGE}, "no_baseline"),
        ({"value": Decimal(-1)}, "below_nothing"),
        ({"value": None, "reason": "weg"}, "nothing_to_withdraw"),
    ],
)
def test_what_is_no_target_is_refused_with_its_reason(changes: dict[str, object], reason: str):
    with pytest.raises(TargetRefused, match=reason):
        put(**changes)
    assert not Target.objects.exists()


@pytest.mark.django_db
def test_the_database_asks_a_place_a_year_and_a_baseline():
    for changes in ({"place": "Assen"}, {"year": 1999}, {"basis": Basis.CHANGE.value}):
        fields = {
            "measure": "goods_g",
            "place": "PV22",
            "year": 2028,
            "value": 1,
            "better": "lower",
        }
        fields |= {"basis": Basis.AMOUNT.value, "source": "x", "set_at": NOW} | changes
        with pytest.raises(IntegrityError), transaction.atomic():
            Target.objects.create(**fields)


@pytest.mark.django_db
def test_targets_are_read_in_one_query_by_place_and_year(django_assert_num_queries):
    start = baseline()
    put()
    put(year=2030, value=Decimal(25), basis=Basis.CHANGE, baseline=start)
    put(
        place="GM1681",
        measure="emission_mg_co2e",
        value=Decimal(-20),
        basis=Basis.CHANGE,
        baseline=start,
    )
    with django_assert_num_queries(1), translation.override("nl"):
        ours = list_targets("goods_g", "PV22")
        assert [(row.year, row.sentence) for row in ours] == [
            (2028, "minstens 5,0 ton in 2028"),
            (2030, "25% meer in 2030 dan in ‘Nulmeting najaar 2026’"),
        ]
    (standing,) = list_targets("emission_mg_co2e", "GM1681")
    assert standing.last_day == date(2028, 12, 31)
    assert len(list_all_targets()) == 3


def test_a_part_of_a_count_is_said_in_one_decimal():
    with translation.override("nl"):
        assert say_amount("count", Decimal(884) / 99) == "8,9"
        assert say_amount("count", Decimal(8)) == "8"
