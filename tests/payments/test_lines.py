"""A part's lines: who pays its discounts, what is deposit, and what its units cost."""

import random
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winkelstraat.common.allocation import allocate
from winkelstraat.payments.domain.lines import (
    LineKind,
    PartLine,
    delivery_lines,
    deposit_of,
    vat_groups_of,
)
from winkelstraat.payments.domain.requests import PartRequest, PaymentRequest, check_request
from winkelstraat.payments.domain.splitting import SplitError, split_part

CHEESE = PartLine("1", LineKind.GOODS, "Kaas", 1, 1290, 900)
MUG = PartLine("2", LineKind.GOODS, "Mok", 1, 1495, 2100)
CANS = PartLine("3", LineKind.GOODS, "Limonade", 6, 894, 900)
CAN_DEPOSIT = PartLine("3-deposit", LineKind.DEPOSIT, "Statiegeld", 6, 90, 900)


def part_of(*lines: PartLine, basis_points: int = 250) -> PartRequest:
    """Return the part that these lines make."""
    return PartRequest(
        enterprise_id=1,
        seller_order_ref="K7QX-1",
        gross_cents=sum(line.gross_cents for line in lines),
        vat_groups=vat_groups_of(lines),
        commission_basis_points=basis_points,
        platform_discount_cents=sum(line.platform_discount_cents for line in lines),
        lines=lines,
    )


def request_of(*parts: PartRequest) -> PaymentRequest:
    """Return the payment that these parts make."""
    return PaymentRequest(uuid4(), "K7QX", parts, "/", "/", datetime(2026, 11, 23, tzinfo=UTC))


def test_w03_a_discount_of_the_platform_leaves_the_shops_their_full_due() -> None:
    prices = {"A": (885, 900), "B": (2499, 2100), "C": (1450, 900)}
    discounts = allocate(500, [gross for gross, _rate in prices.values()])
    parts = [
        part_of(PartLine("1", LineKind.GOODS, name, 1, gross, rate, "", 0, discount))
        for (name, (gross, rate)), discount in zip(prices.items(), discounts, strict=True)
    ]
    request = request_of(*[replace(part, seller_order_ref=str(n)) for n, part in enumerate(parts)])
    check_request(request)
    assert request.amount_cents == 4334
    shares = [part.share() for part in parts]
    assert [part.vat_groups[0].vat_cents for part in parts] == [73, 434, 120]
    assert [share.fee_cents for share in shares] == [22, 62, 36]
    assert [share.transfer_cents for share in shares] == [863, 2437, 1414]
    assert [share.linked_cents for share in shares] == [793, 2241, 1300]
    assert [share.top_up_cents for share in shares] == [70, 196, 114]


def test_w34_a_deposit_knows_no_discount_and_no_commission() -> None:
    cans = replace(CANS, shop_discount_cents=89)
    part = part_of(cans, CAN_DEPOSIT)
    check_request(request_of(part))
    assert CANS.price_cents + CAN_DEPOSIT.price_cents == 984
    assert part.gross_cents == 895
    assert deposit_of(part.lines) == 90
    assert part.share().fee_cents == 20, "2,5% of 8,05 and not of 8,95"
    with pytest.raises(SplitError, match="deposit"):
        check_request(request_of(part_of(cans, replace(CAN_DEPOSIT, shop_discount_cents=9))))


def test_w05_delivery_becomes_a_line_for_each_rate_of_the_goods() -> None:
    lines = delivery_lines(495, [CHEESE, MUG, CAN_DEPOSIT], "Bezorgen")
    assert [(line.rate_basis_points, line.price_cents) for line in lines] == [
        (900, 242),
        (2100, 253),
    ]
    groups = vat_groups_of([CHEESE, MUG, *lines])
    assert [(group.gross_cents, group.vat_cents) for group in groups] == [(1532, 126), (1748, 303)]
    assert part_of(CHEESE, MUG, *lines).gross_cents == 3280


@given(st.integers(0, 50_000), st.lists(st.integers(1, 9), min_size=1, max_size=6))
def test_the_units_of_a_line_cost_the_line_in_whatever_order(paid: int, steps: list[int]) -> None:
    line = PartLine("1", LineKind.GOODS, "Brood", sum(steps), paid, 900)
    unit_shares = allocate(paid, [1] * line.quantity)
    before, total = 0, 0
    for units in steps:
        share = line.paid_for(before, units)
        assert share == sum(unit_shares[before : before + units])
        before, total = before + units, total + share
    assert total == paid


def test_three_loaves_for_7_93_cost_2_65_and_2_64_and_2_64() -> None:
    loaves = PartLine("1", LineKind.GOODS, "Brood", 3, 885, 900, shop_discount_cents=92)
    assert [loaves.paid_for(unit, 1) for unit in range(3)] == [265, 264, 264]


@pytest.mark.parametrize(
    "wrong",
    [
        replace(CHEESE, quantity=0),
        replace(CHEESE, shop_discount_cents=1291),
        replace(CHEESE, shop_discount_cents=-1),
        replace(CHEESE, platform_discount_cents=1291),
    ],
)
def test_an_impossible_line_is_refused(wrong: PartLine) -> None:
    with pytest.raises(SplitError):
        check_request(request_of(part_of(wrong, MUG)))


def test_lines_that_miss_the_part_are_refused() -> None:
    part = part_of(CHEESE, MUG)
    for wrong in (
        replace(part, lines=(CHEESE,)),
        replace(part, lines=(CHEESE, replace(MUG, line_ref="1"))),
        replace(part, platform_discount_cents=5),
    ):
        with pytest.raises(SplitError):
            check_request(request_of(wrong))


def test_a_hundred_thousand_random_splits_drift_not_one_cent() -> None:
    chance = random.Random(2026)
    drift = 0
    for _ in range(100_000):
        gross = [chance.randint(1, 20_000) for _ in range(chance.randint(1, 6))]
        discounts = allocate(chance.randint(0, sum(gross)), gross, gross)
        paid = due = fees = topped = 0
        for part, discount in zip(gross, discounts, strict=True):
            share = split_part(part, chance.randint(0, 10_000), platform_discount_cents=discount)
            paid += part - discount
            due += share.transfer_cents
            fees += share.fee_cents
            topped += share.top_up_cents
            assert 0 <= share.linked_cents <= part - discount
        drift += due + fees - paid - sum(discounts)
        assert topped <= sum(discounts)
    assert drift == 0
