"""Transfers are posted once, for good, and balance by construction."""

from datetime import date
from io import StringIO
from threading import Barrier, Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from tests.ledger.books import NOW, TODAY, post, posting
from winkelstraat.ledger.domain import CannotReverse, ConflictingTransfer, InvalidPosting, Unit
from winkelstraat.ledger.models import Account, Ledger, Transfer
from winkelstraat.ledger.operations import reverse_transfer
from winkelstraat.ledger.queries import get_balance, list_transfers, sum_balances

pytestmark = pytest.mark.django_db


def run(statement: str) -> None:
    """Run one SQL statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement)


def settle() -> None:
    """Check now what is otherwise checked at the end of the transaction."""
    run("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_transfer_debits_one_account_and_credits_the_other() -> None:
    post(posting("a", 885))
    assert get_balance(unit=Unit.CENTS, account="shop:1:payable").net == 885
    assert get_balance(unit=Unit.CENTS, account="stripe:clearing").net == -885


def test_the_same_content_again_is_the_same_transfer() -> None:
    first = post(posting("a"), posting("b", 7))
    assert post(posting("b", 7), posting("a")) == first[::-1]
    assert Transfer.objects.count() == 2


def test_another_amount_under_the_same_reason_is_refused_and_changes_nothing() -> None:
    post(posting("a", 100))
    with pytest.raises(ConflictingTransfer):
        post(posting("new", 5), posting("a", 101))
    assert get_balance(unit=Unit.CENTS, account="shop:1:payable").debits == 100
    assert Transfer.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        posting("a", 0),
        posting("a", -5),
        posting("a", 1.5),  # type: ignore[arg-type]
        posting("a", debit="stripe:clearing"),
        posting(""),
    ],
)
def test_what_cannot_be_a_transfer_is_refused(wrong: object) -> None:
    with pytest.raises(InvalidPosting):
        post(posting("fine"), wrong)  # type: ignore[arg-type]
    assert not Transfer.objects.exists()


def test_units_keep_to_their_own_ledger() -> None:
    post(posting("cents", 10), posting("grams", 20, unit=Unit.GRAMS))
    assert get_balance(unit=Unit.GRAMS, account="shop:1:payable").debits == 20
    assert get_balance(unit=Unit.CENTS, account="shop:1:payable").debits == 10


def test_an_account_of_another_ledger_is_refused_by_the_database() -> None:
    post(posting("cents"), posting("grams", unit=Unit.GRAMS))
    cents = Ledger.objects.get(unit="cents")
    grams = Account.objects.get(ledger__unit="grams", code="shop:1:payable")
    other = Account.objects.get(ledger__unit="cents", code="stripe:clearing")
    mixed = Transfer(
        ledger=cents,
        debit=grams,
        credit=other,
        amount=1,
        source="x",
        reason="y",
        activity_date=TODAY,
        booked_date=TODAY,
        booked_at=NOW,
    )
    settle()
    with pytest.raises(IntegrityError), transaction.atomic():
        mixed.save()
    assert Transfer.objects.count() == 2


def test_a_reversal_takes_everything_back_once() -> None:
    (posted,) = post(posting("a", 300))
    first = reverse_transfer(transfer_id=posted, reason="vergissing", now=NOW)
    assert reverse_transfer(transfer_id=posted, reason="nog eens", now=NOW) == first
    assert get_balance(unit=Unit.CENTS, account="shop:1:payable").net == 0
    assert [row.reverses_id for row in list_transfers(source="test")] == [None, posted]


def test_a_reversal_is_not_reversed() -> None:
    (posted,) = post(posting("a"))
    reversal = reverse_transfer(transfer_id=posted, reason="vergissing", now=NOW)
    with pytest.raises(CannotReverse):
        reverse_transfer(transfer_id=reversal, reason="toch niet", now=NOW)
    assert Transfer.objects.count() == 2


def test_sums_by_prefix_take_the_prefix_to_the_letter() -> None:
    post(posting("a", 1, debit="shop:1:payable"), posting("b", 2, debit="shop:12:payable"))
    post(posting("c", 4, debit="shop_1:payable"))
    assert sum_balances(unit=Unit.CENTS, prefix="shop:1").debits == 3
    assert sum_balances(unit=Unit.CENTS, prefix="shop:1:").debits == 1
    assert sum_balances(unit=Unit.CENTS, prefix="shop_").debits == 4


def test_a_balance_at_a_date_counts_up_to_and_including_that_day() -> None:
    post(posting("old", 5, activity_date=date(2026, 11, 1)), posting("new", 7))
    at = date(2026, 11, 22)
    assert get_balance(unit=Unit.CENTS, account="shop:1:payable", at=at).debits == 5
    assert get_balance(unit=Unit.CENTS, account="shop:1:payable", at=TODAY).debits == 12


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_transfer SET amount = 1",
        "UPDATE ledger_transfer SET memo = 'x'",
        "DELETE FROM ledger_transfer",
        "TRUNCATE ledger_transfer CASCADE",
        "UPDATE ledger_accountday SET debits = debits + 1",
        "DELETE FROM ledger_accountday",
        "TRUNCATE ledger_accountday",
        "UPDATE ledger_account SET code = 'shop:2:payable' WHERE code = 'shop:1:payable'",
        "UPDATE ledger_ledger SET unit = 'pounds' WHERE unit = 'cents'",
    ],
)
def test_the_database_refuses_to_change_what_was_booked(statement: str) -> None:
    post(posting("a", 885))
    settle()
    with pytest.raises(IntegrityError), transaction.atomic():
        run(statement)
    assert get_balance(unit=Unit.CENTS, account="shop:1:payable").debits == 885


FORCED = [
    ("ledger_transfer", "UPDATE ledger_transfer SET amount = amount + 1 WHERE reason = 'a'"),
    ("ledger_transfer", "UPDATE ledger_transfer SET memo = 'changed' WHERE reason = 'a'"),
    ("ledger_transfer", "UPDATE ledger_transfer SET activity_date = '2020-01-01'"),
    ("ledger_transfer", "DELETE FROM ledger_transfer WHERE reason = 'a'"),
    ("ledger_accountday", "UPDATE ledger_accountday SET credits = credits + 1"),
]


@pytest.mark.parametrize(("table", "statement"), FORCED)
def test_what_is_forced_past_the_triggers_is_found(table: str, statement: str) -> None:
    post(posting("a", 885), posting("b", 5))
    call_command("verify_ledger", stdout=StringIO())
    settle()
    run(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    run(statement)
    run(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    with pytest.raises(CommandError):
        call_command("verify_ledger", stdout=StringIO())


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_eight_at_once_post_one_transfer() -> None:
    start, results = Barrier(8), []

    def post_once() -> None:
        start.wait()
        results.append(post(posting("same", 42)))
        connection.close()

    threads = [Thread(target=post_once) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 8
    assert len({tuple(result) for result in results}) == 1
    assert get_balance(unit=Unit.CENTS, account="shop:1:payable").debits == 42


def test_posting_costs_the_same_few_queries_however_many(django_assert_num_queries) -> None:
    post(*(posting(f"warm:{number}") for number in range(3)))
    for count in (1, 300):
        asked = [posting(f"{count}:{number}") for number in range(count)]
        with django_assert_num_queries(6):
            post(*asked)
