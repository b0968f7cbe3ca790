"""Each night the kept months are looked at, and what stands out is written down once."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.utils import translation

from dorpen.register.models import Municipality
from ketens.domain.monitor import MEASURES, Guard
from ketens.domain.signals.watching import is_watched, list_watched
from ketens.domain.targets import Basis, Better
from ketens.models import Baseline, MonitorMonth, Signal, SignalStatus, SignalStep
from ketens.operations.signals import SignalRefused, find_signals, move_signal
from ketens.operations.targets import TargetDraft, set_target
from ketens.queries.baselines import may_be_told
from ketens.queries.steering.baseline_amounts import get_baseline_amount
from ketens.queries.steering.signal_page import get_signal_page
from ketens.queries.steering.signals import list_signals
from ketens.tasks import look_for_signals
from tests.ketens.steering.books import NOVEMBER, NOW, OCTOBER, SEPTEMBER, three_months
from winkelstraat.accounts.models import User

pytestmark = pytest.mark.django_db

LATER = datetime(2026, 12, 29, 3, tzinfo=UTC)


def found() -> set[tuple[str, str, str, str]]:
    return {
        (row.rule, row.measure, row.place, row.chain.slug if row.chain else row.product_group)
        for row in Signal.objects.select_related("chain")
    }


def test_waste_that_rises_is_told_of_province_municipality_chain_and_group():
    three_months(1000, 1200, 1500)
    assert find_signals(now=NOW) == 5
    rises = {one for one in found() if one[0] == "rise"}
    assert rises == {
        ("rise", "food_waste_g", "PV22", ""),
        ("rise", "food_waste_g", "PV22", "rogge-brood"),
        ("rise", "food_waste_g", "PV22", "brood"),
        ("rise", "food_waste_g", "GM1699", ""),
        ("rise", "food_waste_g", "GM1699", "brood"),
    }
    row = Signal.objects.get(rule="rise", place="GM1699", product_group="")
    # 1000 g in 30 days and 1500 g in 30 days.
    assert row.calculation["numbers"]["first"] == "33.333333"
    assert row.calculation["numbers"]["last"] == "50"
    assert row.calculation["months"][1]["amount"] == "1200"
    assert row.month == NOVEMBER
    with translation.override("nl"):
        told = {card.sentence: card.because for card in list_signals() if card.rule == "rise"}
    assert told["In Noordenveld stijgt de voedselverspilling."] == (
        "Drie maanden op rij, van 33 g per dag naar 50 g per dag."
    )
    assert "In Drenthe stijgt de voedselverspilling bij brood." in told
    assert "In keten ‘Van rogge tot roggebrood’ stijgt de voedselverspilling." in told


def test_the_same_night_again_finds_the_same_and_writes_nothing():
    three_months(1000, 1200, 1500)
    find_signals(now=NOW)
    before = list(Signal.objects.order_by("pk").values_list("pk", "digest"))
    assert find_signals(now=NOW) == 0
    assert list(Signal.objects.order_by("pk").values_list("pk", "digest")) == before


@pytest.mark.parametrize("grams", [(1000, 1000, 1000), (1000, 1050, 1080), (0, 0, 0)])
def test_steady_waste_a_small_rise_and_nothing_counted_are_no_signal(grams: tuple[int, ...]):
    three_months(*grams)
    assert find_signals(now=NOW) == 0


def test_an_empty_street_gives_no_signal():
    assert find_signals(now=NOW) == 0
    assert list_signals() == ()


def test_no_measure_of_people_or_of_money_is_watched():
    guarded = [row for row in MEASURES.values() if row.guard is not Guard.NONE]
    assert {"turnover_cents", "paid_minutes", "work_minutes"} <= {row.code for row in guarded}
    assert not any(is_watched(row) for row in guarded)
    assert {"food_waste_g", "emission_mg_co2e_per_kg"} <= {row.code for row in list_watched()}
    grows = {"emission_mg_co2e", "vehicle_metres", "goods_g"}
    assert not grows & {row.code for row in list_watched()}


def test_a_chain_that_falls_silent_is_told_once():
    three_months(0, 0, 0)
    assert find_signals(now=NOW) == 0
    assert find_signals(now=LATER) == 1
    assert find_signals(now=LATER.replace(month=12, day=30)) == 0
    (card,) = list_signals()
    with translation.override("nl"):
        (card,) = list_signals()
        assert card.sentence == (
            "In keten ‘Van rogge tot roggebrood’ is vier weken niets afgehaald."
        )
    assert card.month == date(2026, 12, 1)


def baseline() -> Baseline:
    return Baseline.objects.create(
        title="Nulmeting",
        first_day=SEPTEMBER,
        last_day=date(2026, 10, 31),
        method_version="2026.1",
        factor_sets=[],
        figures={},
        digest="0" * 64,
        frozen_at=NOW,
    )


def test_a_figure_behind_its_line_is_told_with_the_line():
    """Sixty-one days with 2,440 g are 40 a day; a fifth less by 2028 asks less than 40 now."""
    three_months(1200, 1240, 1290)
    start = baseline()
    amount = get_baseline_amount("food_waste_g", "PV22", start)
    assert amount == Decimal(40)
    draft = TargetDraft(
        measure="food_waste_g",
        place="PV22",
        year=2028,
        value=Decimal(-20),
        better=Better.LOWER,
        basis=Basis.CHANGE,
        baseline=start,
        baseline_amount=amount,
        source="Voorstel",
    )
    set_target(draft=draft, seen_version=0, user=None, now=NOW)
    assert find_signals(now=NOW) == 1
    row = Signal.objects.get()
    numbers = row.calculation["numbers"]
    assert (row.rule, row.target_year, numbers["rate"]) == ("behind", 2028, "43")
    # From 31 October 2026 to 31 December 2028 are 792 days, of which 30 are gone.
    assert Decimal(numbers["expected"]) == (40 - Decimal(8) * 30 / 792).quantize(
        Decimal("0.000001")
    )
    on_course = replace(draft, value=Decimal(20), reason="Ruimer")
    set_target(draft=on_course, seen_version=1, user=None, now=NOW)
    assert find_signals(now=LATER.replace(day=2)) == 0


def test_a_baseline_of_nothing_known_is_unknown():
    three_months(0, 0, 0)
    start = baseline()
    assert get_baseline_amount("consumer_metres", "PV22", start) is None
    # Three months of 16 kilos; two of them lie in the baseline.
    assert get_baseline_amount("goods_g", "PV22", start) == Decimal(32_000) / 61
    assert get_baseline_amount("active_chains", "GM1699", start) == Decimal(1)


@pytest.mark.parametrize(
    ("measure", "place", "enterprises", "is_told"),
    [
        ("turnover_cents", "PV22", 3, True),
        ("turnover_cents", "PV22", 2, False),
        ("turnover_cents", "GM1699", 3, False),
        ("work_minutes", "PV22", 9, False),
    ],
)
def test_a_target_tells_no_money_of_few_and_nothing_of_people(
    measure: str, place: str, enterprises: int, is_told: bool
):
    """What a target is measured from, anybody reads: the report tells what it asks by now."""
    three_months(1200, 1240, 1290)
    start = baseline()
    there = f"municipality:{Municipality.objects.get(code='GM1699').pk}"
    amounts = {"turnover_cents": 61_000, "work_minutes": 610, "active_enterprises": enterprises}
    start.figures = {"street": amounts, there: amounts}
    assert (get_baseline_amount(measure, place, start) is not None) is is_told
    for one, scope in (("turnover_cents", "street"), ("turnover_cents", there)):
        told = may_be_told(MEASURES[one], scope, start.figures)
        assert told is (scope == "street" and enterprises >= 3)


def test_a_signal_is_seen_and_closed_with_a_reason_and_never_edited():
    three_months(1000, 1200, 1500)
    find_signals(now=NOW)
    analyst = User.objects.create_user("analist@example.nl", name="Anna")
    row = Signal.objects.filter(place="GM1699").first()
    assert row is not None

    def move(status: SignalStatus, reason: str = "") -> SignalStep:
        return move_signal(signal=row, status=status, reason=reason, user=analyst, now=NOW)

    move(SignalStatus.SEEN)
    for status, reason in [(SignalStatus.CLOSED, "no_reason"), (SignalStatus.NEW, "not_new")]:
        with pytest.raises(SignalRefused, match=reason):
            move(status)
    move(SignalStatus.CLOSED, "Oven was stuk, is gemaakt")
    with pytest.raises(SignalRefused, match="closed"):
        move(SignalStatus.SEEN)
    with pytest.raises(DatabaseError), transaction.atomic():
        Signal.objects.update(calculation={})
    with pytest.raises(DatabaseError), transaction.atomic():
        SignalStep.objects.all().delete()
    assert [card.is_closed for card in list_signals()][-1] is True


def test_the_page_of_a_signal_shows_the_sum(django_assert_max_num_queries):
    three_months(1000, 1200, 3500)
    find_signals(now=NOW)
    row = Signal.objects.get(rule="waste", chain__isnull=False)
    with translation.override("nl"), django_assert_max_num_queries(7):
        page = get_signal_page(row.public_id)
    assert page is not None
    assert page.is_intact
    # 3500 of 19500, and before 1000 of 17000 and 1200 of 17200.
    assert [month.amount for month in page.months] == ["5,9%", "7,0%", "17,9%"]
    assert dict(page.numbers)["zekerheid"] == "95,5%"
    assert page.rule_version == 1


def test_signals_are_listed_in_few_queries(django_assert_num_queries):
    three_months(1000, 1200, 1500)
    find_signals(now=NOW)
    with django_assert_num_queries(3):
        cards = list_signals()
    assert len(cards) == Signal.objects.count()
    assert {card.since for card in cards} == {NOVEMBER}
    assert OCTOBER < NOVEMBER


def test_the_night_looks_for_signals():
    three_months(1000, 1200, 1500)
    MonitorMonth.objects.all().delete()
    look_for_signals()
    assert MonitorMonth.objects.exists()
    assert Signal.objects.exists()
