"""Splitting a payment: W02, W03, W04 and W07, and no cent lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winkelstraat.payments.domain.splitting import (
    SplitError,
    commission_cents,
    share_discount,
    split_part,
    split_payment,
)
from winkelstraat.payments.domain.vat import VatLine, seller_vat_groups

BASKET = [885, 2499, 1450]
RATES = [900, 2100, 900]


def test_w02_a_discount_of_the_shops_lowers_each_part_and_its_vat():
    shares = share_discount(500, BASKET)
    assert shares == [92, 258, 150]
    nets = [gross - share for gross, share in zip(BASKET, shares, strict=True)]
    assert nets == [793, 2241, 1300]
    vat = [
        seller_vat_groups([VatLine(net, rate)])[0].vat_cents
        for net, rate in zip(nets, RATES, strict=True)
    ]
    assert vat == [65, 389, 107]
    assert sum(nets) == 4334


def test_w03_fees_on_the_full_gross():
    shares = split_payment([(gross, 250) for gross in BASKET])
    assert [share.fee_cents for share in shares] == [22, 62, 36]
    assert [share.transfer_cents for share in shares] == [863, 2437, 1414]
    assert sum(share.transfer_cents for share in shares) == 4714


def test_w04_ties_go_to_the_first_and_a_discount_is_shared_with_its_sign():
    assert share_discount(1000, [1000, 1000, 1000]) == [334, 333, 333]
    assert share_discount(1, [5, 5, 5]) == [1, 0, 0]
    assert share_discount(2, [5, 5, 5]) == [1, 1, 0]
    assert share_discount(1000, [1000, 1000, 1000]) == [334, 333, 333]


def test_w07_commission_is_rounded_per_shop_and_not_on_the_total():
    shares = split_payment([(793, 250), (2241, 250), (1300, 250)])
    assert [share.fee_cents for share in shares] == [20, 56, 33]
    assert [share.transfer_cents for share in shares] == [773, 2185, 1267]
    assert sum(share.fee_cents for share in shares) == 109
    assert commission_cents(4334, 250) == 108
    fee_vat = [seller_vat_groups([VatLine(s.fee_cents, 2100)])[0].vat_cents for s in shares]
    assert fee_vat == [3, 10, 6]


def test_without_commission_everything_goes_to_the_shops():
    shares = split_payment([(gross, 0) for gross in BASKET])
    assert [share.transfer_cents for share in shares] == BASKET


@pytest.mark.parametrize(("gross", "basis_points"), [(0, 0), (-1, 0), (100, -1), (100, 10_001)])
def test_an_impossible_part_is_refused(gross, basis_points):
    with pytest.raises(SplitError):
        split_part(gross, basis_points)


def test_a_payment_without_parts_is_refused():
    with pytest.raises(SplitError):
        split_payment([])


@given(st.lists(st.tuples(st.integers(1, 10**7), st.integers(0, 10_000)), min_size=1, max_size=9))
def test_fee_and_transfer_always_make_the_gross(parts):
    for share, (gross, _basis_points) in zip(split_payment(parts), parts, strict=True):
        assert share.fee_cents + share.transfer_cents == gross
        assert 0 <= share.fee_cents <= gross
