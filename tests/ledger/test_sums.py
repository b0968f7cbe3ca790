"""Sums per account are the same whatever is closed, from any day on."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ledger.books import NOW, TODAY, post, posting
from winkelstraat.ledger.domain import Unit
from winkelstraat.ledger.models import Transfer
from winkelstraat.ledger.operations import close_period
from winkelstraat.ledger.queries import AccountSum, sum_accounts

pytestmark = pytest.mark.django_db

FIRST = date(2026, 8, 1)
ENDS = (date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31))
moves = st.lists(
    st.tuples(st.integers(0, 110), st.integers(1, 900), st.sampled_from("abc")), max_size=25
)


def post_moves(told: list[tuple[int, int, str]]) -> None:
    for number, (after, amount, shop) in enumerate(told):
        day = min(FIRST + timedelta(days=after), TODAY)
        code = f"shop:{shop}:payable"
        post(posting(str(number), amount, debit=code, activity_date=day))


def add_up(since: date | None) -> list[AccountSum]:
    """Add up every transfer by hand."""
    found: dict[str, int] = {}
    for row in Transfer.objects.select_related("debit"):
        if since is None or row.booked_date >= since:
            found[row.debit.code] = found.get(row.debit.code, 0) + row.amount
    return [AccountSum(Unit.CENTS, code, amount, 0) for code, amount in sorted(found.items())]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(told=moves, closed=st.sets(st.sampled_from(ENDS)), after=st.integers(-40, 130))
def test_sums_do_not_depend_on_what_is_closed(
    told: list[tuple[int, int, str]], closed: set[date], after: int
) -> None:
    day = FIRST + timedelta(days=after)
    with transaction.atomic():
        post_moves(told)
        for until in sorted(closed):
            close_period(unit=Unit.CENTS, until=until, now=NOW)
        for since in (None, day):
            found = sum_accounts(prefix="shop:", since=since)
            assert sorted(found, key=lambda row: row.code) == add_up(since)
        transaction.set_rollback(True)


def test_a_prefix_is_taken_to_the_letter_and_asked_once() -> None:
    post(posting("one", 5, debit="shop:1:payable"), posting("two", 7, debit="shop_1:payable"))
    with CaptureQueriesContext(connection) as captured:
        assert sum_accounts(prefix="shop_") == [AccountSum(Unit.CENTS, "shop_1:payable", 7, 0)]
    assert len(captured) == 1
