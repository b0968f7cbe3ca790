"""The sums per day are what the books say, however they came about."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ketens.domain.sales import SaleLine
from ketens.models import CoverageDay, FlowDay, SaleBooking
from ketens.operations import book_sale
from ketens.operations.rollups import count_differences, rebuild_rollups
from ketens.queries.flows import list_flows
from tests.ketens.street import BREAD, COOKIES, NOW, BreadChain, build_bread_chain, build_sale

pytestmark = pytest.mark.django_db

RIGHT = {"flows": 0, "coverage": 0}
FLOWS = ("unit", "debit", "credit", "day", "amount", "transfers")


@pytest.fixture
def bread() -> BreadChain:
    return build_bread_chain()


def sell(bread: BreadChain, number: int, *lines: SaleLine, day: int = 19) -> None:
    sale = build_sale(bread, *lines, source=f"seller_order:{number}", day=date(2026, 11, day))
    book_sale(sale=sale, now=NOW)


line = st.builds(
    SaleLine,
    st.sampled_from([BREAD, COOKIES]),
    st.uuids().map(lambda one: one.hex[:8]),
    st.integers(1, 9),
    st.one_of(st.none(), st.integers(1, 5_000)),
    st.integers(1, 900),
)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.tuples(st.integers(1, 20), st.lists(line, min_size=1, max_size=4)), max_size=6))
def test_sums_kept_while_booking_equal_those_rebuilt(
    bread: BreadChain, sales: list[tuple[int, list[SaleLine]]]
) -> None:
    before = SaleBooking.objects.count()
    for number, (day, lines) in enumerate(sales, start=before + 1):
        sell(bread, number, *lines, day=day)
    assert count_differences() == RIGHT
    flows = list(FlowDay.objects.order_by(*FLOWS).values_list(*FLOWS))
    rebuild_rollups(say=lambda line: None, piece=7)
    assert count_differences() == RIGHT
    assert list(FlowDay.objects.order_by(*FLOWS).values_list(*FLOWS)) == flows


def test_a_sum_that_is_wrong_is_found_and_rebuilt(bread: BreadChain) -> None:
    sell(bread, 1)
    flow = FlowDay.objects.order_by("pk")[0]
    FlowDay.objects.filter(pk=flow.pk).update(amount=flow.amount + 1)
    CoverageDay.objects.all().delete()
    assert count_differences() == {"flows": 2, "coverage": 1}
    with pytest.raises(CommandError, match="flows: 2 differ"):
        call_command("rollups", stdout=StringIO())
    said = StringIO()
    call_command("rollups", "--rebuild", stdout=said)
    assert "transfers" in said.getvalue()
    assert count_differences() == RIGHT


def test_a_sale_that_was_booked_before_adds_nothing(bread: BreadChain) -> None:
    sell(bread, 1)
    flows = list_flows(prefix=f"chain:{bread.chain.pk}:")
    sell(bread, 1)
    assert list_flows(prefix=f"chain:{bread.chain.pk}:") == flows
    assert CoverageDay.objects.get().lines == 1


def test_booking_a_sale_with_its_chain_takes_at_most_twelve_statements(bread: BreadChain) -> None:
    sell(bread, 1)
    with CaptureQueriesContext(connection) as captured:
        sell(bread, 2)
    statements = [row["sql"] for row in captured if "SAVEPOINT" not in row["sql"]]
    assert len(statements) <= 12, "\n".join(statements)
