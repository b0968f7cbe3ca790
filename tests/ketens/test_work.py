"""Hours, full-time jobs, agreement jobs, retention."""

from datetime import date
from decimal import Decimal

import pytest

from ketens.domain.work import (
    ImpossibleHours,
    Placement,
    agreement_jobs,
    are_doubtful,
    check_hours,
    full_time_equivalents,
    months_later,
    net_new_jobs,
    retention,
    weekly_hours,
)


def test_a_job_of_the_agreement_is_25_and_a_half_hours_a_week():
    result = agreement_jobs([Decimal(34), Decimal(12), Decimal("25.5")])
    assert [round(job, 4) for job in result.jobs] == [
        Decimal("1.3333"),
        Decimal("0.4706"),
        Decimal(1),
    ]
    assert round(result.total, 4) == Decimal("2.8039")


@pytest.mark.parametrize(("base", "expected"), [(36, "1.0556"), (38, "1"), (40, "0.95")])
def test_the_same_hours_are_other_full_time_jobs_on_another_base(base, expected):
    assert round(full_time_equivalents(Decimal(38), Decimal(base)), 4) == Decimal(expected)


def test_hours_of_a_month_are_averaged_over_52_weeks():
    assert weekly_hours(Decimal(104)) == Decimal(24)
    assert weekly_hours(Decimal(312), months=3) == Decimal(24)


def test_a_month_holds_no_more_hours_than_its_days():
    check_hours(Decimal(672), month=date(2026, 2, 1))
    with pytest.raises(ImpossibleHours):
        check_hours(Decimal("672.1"), month=date(2026, 2, 1))
    check_hours(Decimal(1344), month=date(2026, 2, 1), people=2)
    with pytest.raises(ImpossibleHours):
        check_hours(Decimal(-1), month=date(2026, 2, 1))
    with pytest.raises(ImpossibleHours):
        check_hours(Decimal(0), month=date(2026, 2, 1), people=0)


def test_more_than_sixty_hours_a_week_is_doubtful_and_not_impossible():
    assert not are_doubtful(Decimal(240), month=date(2026, 2, 1))
    assert are_doubtful(Decimal("240.1"), month=date(2026, 2, 1))
    assert not are_doubtful(Decimal(480), month=date(2026, 2, 1), people=2)


def test_negative_hours_make_no_job():
    with pytest.raises(ImpossibleHours):
        agreement_jobs([Decimal(-1)])
    with pytest.raises(ImpossibleHours):
        full_time_equivalents(Decimal(10), Decimal(0))
    with pytest.raises(ImpossibleHours):
        weekly_hours(Decimal(10), months=0)


def test_net_new_jobs_leave_out_what_the_baseline_had():
    assert net_new_jobs(Decimal("5.5"), Decimal(2)) == Decimal("3.5")
    assert net_new_jobs(Decimal(2), Decimal(3)) == Decimal(-1)


def test_retention_counts_only_who_began_long_enough_ago():
    placements = [
        Placement(date(2025, 1, 1)),
        Placement(date(2025, 1, 1), ended=date(2025, 6, 30)),
        Placement(date(2025, 1, 1), ended=date(2025, 7, 1)),
        Placement(date(2026, 1, 1)),
    ]
    at_six = retention(placements, months=6, today=date(2026, 6, 30))
    assert (at_six.kept, at_six.of) == (2, 3)
    assert at_six.share == Decimal(2) / 3
    at_twelve = retention(placements, months=12, today=date(2026, 6, 30))
    assert (at_twelve.kept, at_twelve.of) == (1, 3)
    assert retention([], months=6, today=date(2026, 6, 30)).share is None


def test_a_month_later_never_leaves_the_month():
    assert months_later(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert months_later(date(2026, 12, 1), 1) == date(2027, 1, 1)
