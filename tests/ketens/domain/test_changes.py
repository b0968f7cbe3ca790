"""A change is per day, and is claimed only when the margins lie apart."""

from decimal import Decimal

from ketens.domain.monitor.changes import Change, Reading, change_between


def test_what_adds_up_is_compared_per_day() -> None:
    """30 kg in 30 days before, 50 kg in 60 days after: 10 kg less than was to be expected."""
    change = change_between(Reading(30_000, 30), Reading(50_000, 60), adds_up=True)
    assert change.difference == -10_000
    assert change.percent is not None
    assert change.percent.quantize(Decimal("0.1")) == Decimal("-16.7")
    assert change.is_sure


def test_an_average_is_compared_as_it_is() -> None:
    assert change_between(Reading(9_000, 30), Reading(8_000, 90), adds_up=False).difference == -1000


def test_margins_that_overlap_give_no_claim() -> None:
    before = Reading(100, 30, 80, 120)
    assert not change_between(before, Reading(90, 30, 70, 110), adds_up=True).is_sure
    assert change_between(before, Reading(60, 30, 50, 79), adds_up=True).is_sure
    assert change_between(before, Reading(300, 60, 241, 350), adds_up=True).is_sure


def test_from_nothing_there_is_no_percentage() -> None:
    assert change_between(Reading(0, 30), Reading(5, 30), adds_up=True) == Change(5, None, True)
