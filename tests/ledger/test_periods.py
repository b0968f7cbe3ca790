"""A closed period is sealed; what comes late is booked on the first open day."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from tests.ledger.books import NOW, TODAY, post, posting
from winkelstraat.ledger.domain import Balance, CannotClose, Unit
from winkelstraat.ledger.models import Period, PeriodBalance, Transfer
from winkelstraat.ledger.operations import close_period
from winkelstraat.ledger.queries import get_balance, list_transfers, sum_between

pytestmark = pytest.mark.django_db

OCTOBER, NOVEMBER = date(2026, 10, 15), date(2026, 11, 10)
OCTOBER_END = date(2026, 10, 31)


def close(until: date = OCTOBER_END) -> Period:
    """Close the ledger of cents."""
    return close_period(unit=Unit.CENTS, until=until, now=NOW)


def balance(at: date | None = None) -> Balance:
    """The shop's balance."""
    return get_balance(unit=Unit.CENTS, account="shop:1:payable", at=at)


def test_balances_are_the_same_before_and_after_closing() -> None:
    post(posting("oct", 5, activity_date=OCTOBER), posting("nov", 7, activity_date=NOVEMBER))
    days = (date(2026, 9, 30), OCTOBER, OCTOBER_END, NOVEMBER, TODAY, None)
    before = [balance(day) for day in days]
    close()
    assert [balance(day) for day in days] == before
    assert [kept.debits for kept in PeriodBalance.objects.order_by("debits")] == [0, 5]


def test_what_comes_late_is_booked_on_the_first_open_day_and_keeps_its_own_date() -> None:
    close()
    post(posting("late", 3, activity_date=OCTOBER))
    (row,) = list_transfers(source="test")
    assert (row.activity_date, row.booked_date) == (OCTOBER, date(2026, 11, 1))
    assert balance(OCTOBER_END).debits == 0
    assert balance(date(2026, 11, 1)).debits == 3


def test_posting_again_after_the_close_is_still_the_same_transfer() -> None:
    first = post(posting("oct", activity_date=OCTOBER))
    close()
    assert post(posting("oct", activity_date=OCTOBER)) == first


def test_the_database_refuses_a_row_in_a_closed_period() -> None:
    post(posting("oct", activity_date=OCTOBER))
    close()
    row = Transfer.objects.get()
    row.pk, row.reason = None, "smuggled"
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)
    assert Transfer.objects.count() == 1


def test_periods_are_chained() -> None:
    post(posting("oct", activity_date=OCTOBER), posting("nov", activity_date=NOVEMBER))
    first = close()
    second = close(date(2026, 11, 15))
    assert second.previous_digest == first.digest
    assert (first.transfer_count, second.transfer_count) == (1, 1)
    call_command("verify_ledger", stdout=StringIO())


@pytest.mark.parametrize("until", [TODAY, OCTOBER_END, date(2026, 10, 1)])
def test_a_day_that_is_not_over_or_already_closed_is_refused(until: date) -> None:
    close()
    with pytest.raises(CannotClose):
        close(until)
    assert Period.objects.count() == 1


def test_a_closed_row_that_is_forced_with_a_fitting_digest_breaks_the_seal() -> None:
    post(posting("oct", activity_date=OCTOBER))
    close()
    statements = [
        "SET CONSTRAINTS ALL IMMEDIATE",
        "ALTER TABLE ledger_transfer DISABLE TRIGGER USER",
        "UPDATE ledger_transfer SET memo = 'smuggled'",
        "UPDATE ledger_transfer t SET digest = ledger_transfer_digest(t)",
        "ALTER TABLE ledger_transfer ENABLE TRIGGER USER",
    ]
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    with pytest.raises(CommandError, match="the seal does not fit"):
        call_command("verify_ledger", stdout=StringIO())


def test_a_stretch_of_days_is_the_difference_of_two_balances() -> None:
    post(posting("oct", 5, activity_date=OCTOBER), posting("nov", 7, activity_date=NOVEMBER))
    found = sum_between(
        unit=Unit.CENTS, prefix="shop:", since=date(2026, 11, 1), until=date(2026, 11, 30)
    )
    assert found == Balance(7, 0)
