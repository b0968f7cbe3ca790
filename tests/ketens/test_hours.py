"""Hours per group and month: possible or refused, asked again when unlikely, never lost."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from dorpen.register.models import Enterprise
from ketens.domain.work import ImpossibleHours, TargetGroup
from ketens.models import WorkMonth
from ketens.operations.hours import (
    Declaration,
    HoursDoubtful,
    MonthNotOver,
    NothingChanged,
    declare_hours,
)
from tests.builders import build_enterprise
from winkelstraat.ledger.domain import Unit
from winkelstraat.ledger.queries import get_balance, list_transfers

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
OCTOBER = date(2026, 10, 1)


def say(employer: Enterprise, hours: str, people: int = 4, **more: object) -> WorkMonth:
    group = TargetGroup.PARTICIPATION_OVER_2_YEARS
    said = Declaration(group, OCTOBER, Decimal(hours), people, **more)  # type: ignore[arg-type]
    return declare_hours(employer=employer, declaration=said, user=None, now=NOW)


def minutes_in_the_books(employer: Enterprise) -> int:
    found = get_balance(unit=Unit.MINUTES, account=f"work:{employer.pk}:paid")
    return abs(found.debits - found.credits)


def test_a_better_count_is_a_new_version_and_the_books_move_by_the_difference():
    bakery = build_enterprise()
    say(bakery, "312.5")
    assert minutes_in_the_books(bakery) == 18_750
    second = say(bakery, "300")
    assert (second.version, second.minutes) == (2, 18_000)
    assert minutes_in_the_books(bakery) == 18_000
    assert WorkMonth.objects.count() == 2


def test_the_same_count_twice_is_written_once():
    bakery = build_enterprise()
    say(bakery, "100")
    with pytest.raises(NothingChanged):
        say(bakery, "100")
    assert WorkMonth.objects.count() == 1


def test_the_books_never_tell_which_group_worked():
    bakery = build_enterprise()
    say(bakery, "100")
    said = [(row.debit, row.credit, row.memo) for row in list_transfers(source=f"work:{bakery.pk}")]
    assert said
    assert "PW" not in str(said)


@pytest.mark.parametrize(("hours", "people"), [("-1", 4), ("2977", 4), ("10", 0)])
def test_hours_that_no_month_holds_are_refused_and_nothing_is_written(hours: str, people: int):
    bakery = build_enterprise()
    with pytest.raises(ImpossibleHours):
        say(bakery, hours, people)
    assert not WorkMonth.objects.exists()
    assert minutes_in_the_books(bakery) == 0


def test_unlikely_hours_are_asked_again_and_the_answer_is_kept():
    bakery = build_enterprise()
    with pytest.raises(HoursDoubtful):
        say(bakery, "300", 1)
    assert not WorkMonth.objects.exists()
    assert say(bakery, "300", 1, is_confirmed=True).is_confirmed
    assert not say(bakery, "200", 1, is_confirmed=True).is_confirmed


def test_a_month_that_has_not_begun_has_no_paid_hours():
    said = Declaration(TargetGroup.WAJONG, date(2026, 12, 1), Decimal(10), 1)
    with pytest.raises(MonthNotOver):
        declare_hours(employer=build_enterprise(), declaration=said, user=None, now=NOW)


def test_the_database_refuses_impossible_hours_and_edits_by_itself():
    bakery = build_enterprise()
    row = say(bakery, "100")
    row.pk, row.version, row.minutes, row.people = None, 2, 44_641, 1
    with pytest.raises(IntegrityError, match="nobody_works_more"), transaction.atomic():
        row.save(force_insert=True)
    with pytest.raises(DatabaseError), transaction.atomic():
        WorkMonth.objects.update(minutes=1)
    assert WorkMonth.objects.get().minutes == 6_000
