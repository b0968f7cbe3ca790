"""What is fixed stays fixed, and what the public reads of work gives nobody away."""

from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random

import pytest
from django.db import DatabaseError, transaction

from dorpen.register.models import Enterprise, Municipality
from ketens.domain.disclosure import PUBLIC
from ketens.domain.suppression import TableRefused, suppress_line
from ketens.domain.work import TargetGroup, months_later
from ketens.models import Baseline, Calculation, WorkRelease
from ketens.operations import book_sale
from ketens.operations.baselines import NothingToFreeze, freeze_baseline
from ketens.operations.hours import Declaration, declare_hours
from ketens.operations.releases import AlreadyReleased, QuarterNotOver, release_quarter
from ketens.queries.baselines import compare
from ketens.tasks import forget
from ketens.tasks import release as release_nightly
from tests.builders import build_enterprise, build_village
from tests.ketens.street import build_bread_chain, build_sale

pytestmark = pytest.mark.django_db

SUMMER, AUTUMN = date(2026, 7, 1), date(2026, 10, 1)
LATER = datetime(2027, 2, 1, 10, tzinfo=UTC)
WAJONG, WSW, NUG = TargetGroup.WAJONG, TargetGroup.SHELTERED_ACT, TargetGroup.NO_BENEFIT


def employers(number: int) -> list[Enterprise]:
    village = build_village("Norg")
    return [build_enterprise(f"Werkgever {one}", village=village) for one in range(number)]


def work(employer: Enterprise, group: TargetGroup, people: int, month: date = SUMMER) -> None:
    said = Declaration(group, month, Decimal(people * 80), people)
    declare_hours(employer=employer, declaration=said, user=None, now=LATER)


def release(quarter: date = SUMMER) -> WorkRelease:
    return release_quarter(quarter=quarter, user=None, now=LATER)


def people(row: WorkRelease, group: TargetGroup) -> int | None:
    return row.tables["group"][group.value]["people"]


def test_a_small_group_is_hidden_with_another_and_nobody_can_subtract_it():
    for one in employers(4):
        work(one, WAJONG, 12)
        work(one, NUG, 6)
        work(one, WSW, 1)
    row = release()
    assert people(row, WAJONG) == 50
    assert people(row, WSW) is None
    assert people(row, NUG) is None
    assert row.tables["group"]["total"]["people"] == 75
    assert row.tables["group"][WSW.value]["hours"] is None
    assert row.tables["municipality"]["Noordenveld"]["people"] == 75


def test_two_employers_or_a_large_one_are_withheld():
    two = employers(3)
    for one in two[:2]:
        work(one, WAJONG, 20)
    for one, number in zip(two, (40, 15, 15), strict=True):
        work(one, NUG, number)
    row = release()
    assert people(row, WAJONG) is None
    assert people(row, NUG) is None


def test_the_same_person_in_three_months_is_counted_once():
    for one in employers(3):
        for step in range(3):
            work(one, WAJONG, 10, months_later(SUMMER, step))
        work(one, NUG, 10)
    row = release()
    assert people(row, WAJONG) == 30
    assert row.tables["group"][WAJONG.value]["hours"] == 7200


def test_a_quarter_is_released_late_once_and_never_edited():
    with pytest.raises(QuarterNotOver):
        release_quarter(quarter=AUTUMN, user=None, now=datetime(2027, 1, 30, tzinfo=UTC))
    release(date(2026, 8, 15))
    with pytest.raises(AlreadyReleased):
        release()
    with pytest.raises(DatabaseError), transaction.atomic():
        WorkRelease.objects.update(tables={})
    assert WorkRelease.objects.get().quarter == SUMMER


def test_what_was_withheld_once_stays_withheld():
    own = employers(4)
    for one in own:
        work(one, WAJONG, 2)
        work(one, WSW, 9)
        work(one, NUG, 30)
    first = release()
    assert people(first, WAJONG) is None
    for one in own:
        for group in (WAJONG, WSW, NUG):
            work(one, group, 30, AUTUMN)
    second = release(AUTUMN)
    assert people(second, WAJONG) is None
    assert people(second, NUG) == 120


def test_subtracting_two_releases_gives_no_small_group_away():
    """Differencing: what one quarter hides must not follow from another quarter's numbers."""
    own = employers(5)
    for one in own:
        work(one, WAJONG, 3)
        work(one, NUG, 8)
        work(one, WSW, 7)
        work(one, WAJONG, 3, AUTUMN)
        work(one, NUG, 8, AUTUMN)
        work(one, WSW, 7, AUTUMN)
    work(own[0], TargetGroup.WIA, 4, AUTUMN)
    before, after = release(), release(AUTUMN)
    # The four who came are in no cell, and the totals move by rounded fives only.
    assert people(after, TargetGroup.WIA) is None
    difference = (
        after.tables["group"]["total"]["people"] - before.tables["group"]["total"]["people"]
    )
    shown = [
        (row, other)
        for key, row in after.tables["group"].items()
        if (other := before.tables["group"].get(key)) and key != "total"
    ]
    moved = sum(
        row["people"] - other["people"]
        for row, other in shown
        if row["people"] is not None and other["people"] is not None
    )
    assert difference % 5 == 0
    assert (difference, moved) != (4, 0)
    hidden = [key for key, row in after.tables["group"].items() if row["people"] is None]
    assert len(hidden) >= 2


def test_who_subtracts_himself_from_what_is_hidden_never_reads_another_employer():
    """Two towns with one employer each: hidden side by side, each would read the other."""
    for one in employers(4):
        work(one, WAJONG, 12)
    for name, number in (("Emmen", 1), ("Meppel", 9)):
        village = build_village(f"{name}-dorp")
        village.municipality = Municipality.objects.create(name=name, code=name, slug=name.lower())
        village.save()
        work(build_enterprise(f"Werkgever te {name}", village=village), WAJONG, number)
    places = release().tables["municipality"]
    # Together they are ten; whoever knows his own nine would have the one of the other.
    assert {name: one["people"] for name, one in places.items()} == {
        "Emmen": None,
        "Meppel": None,
        "Noordenveld": None,
        "total": 60,
    }


def test_both_tables_hide_their_total_or_neither_does():
    own = employers(3)
    for one in own[:2]:
        work(one, WAJONG, 20)
    for one, number in zip(own, (40, 15, 15), strict=True):
        work(one, NUG, number)
    row = release()
    assert row.tables["group"]["total"]["people"] is None
    assert row.tables["municipality"]["total"]["people"] is None
    assert row.tables["municipality"]["Noordenveld"]["people"] is None


@pytest.mark.parametrize("seed", range(20))
def test_a_line_with_its_total_never_gives_a_hidden_cell_away(seed: int):
    chance = Random(seed)
    counts = [chance.choice([0, 1, 4, 9, 10, 12, 40]) for _cell in range(chance.randint(2, 8))]
    hidden = suppress_line(counts, threshold=10)
    if not hidden:
        return
    together = sum(counts[index] for index in hidden)
    # Each hidden cell may be anything from nought to all that is hidden.
    assert len(hidden) >= 2
    assert together >= 10
    assert {index for index, count in enumerate(counts) if 0 < count < 10} <= hidden


def test_a_total_goes_when_hiding_is_not_enough():
    assert suppress_line([3, 0, 0], threshold=10) is None
    assert PUBLIC.show_line([3, 0, 0]) == ((None, None, None), None)
    assert PUBLIC.show_line([30, 0]) == ((None, None), None)
    with pytest.raises(TableRefused):
        suppress_line([], threshold=10)


def test_a_baseline_is_frozen_and_a_change_of_method_is_flagged():
    bread = build_bread_chain()
    october = (date(2026, 10, 1), date(2026, 10, 31))
    november = (date(2026, 11, 1), date(2026, 11, 30))
    now = datetime(2026, 12, 1, tzinfo=UTC)
    with pytest.raises(NothingToFreeze):
        freeze_baseline(title="Leeg", first_day=october[0], last_day=october[1], user=None, now=now)
    book_sale(sale=build_sale(bread, day=date(2026, 10, 20)), now=now)
    book_sale(sale=build_sale(bread, source="seller_order:2"), now=now)
    row = freeze_baseline(
        title="Nulmeting", first_day=october[0], last_day=october[1], user=None, now=now
    )
    assert row.figures["street"]["grams"] == 1_600
    street, chain = row.figures["street"], row.figures[f"chain:{bread.chain.pk}"]
    assert {unit: chain[unit] for unit in ("grams", "mg_co2e", "metres", "minutes")} == {
        unit: street[unit] for unit in ("grams", "mg_co2e", "metres", "minutes")
    }
    assert street["goods_g"] == chain["goods_g"] == 1_600
    assert street["turnover_cents"] == 680
    assert "food_waste_g" not in street, "nobody counted it, which is not nought"
    village = bread.village
    assert row.figures[f"municipality:{village.municipality_id}"]["active_enterprises"] == 1
    assert row.figures[f"village:{village.pk}"]["emission_mg_co2e"] == street["mg_co2e"]
    with pytest.raises(DatabaseError), transaction.atomic():
        Baseline.objects.update(figures={})
    found = compare(row, first_day=november[0], last_day=november[1])
    grams = next(m for m in found.movements if (m.scope, m.unit) == ("street", "grams"))
    assert grams.change == Decimal(31) / 30 - 1
    assert found.breaks == ()
    other = Baseline(
        first_day=october[0],
        last_day=october[1],
        method_version="2025.3",
        factor_sets=["defra-2025-v1"],
        figures=row.figures,
    )
    breaks = compare(other, first_day=november[0], last_day=november[1]).breaks
    assert breaks == ("method:2025.3:2026.1", "database:defra", "database:nl")
    assert Calculation.objects.count() > 0


def test_the_night_releases_what_is_due_once_and_forgets_what_is_old():
    for _twice in range(2):
        release_nightly()
        forget()
    assert WorkRelease.objects.count() == 1
