"""VAT out of gross prices: the worked cases W01, W05 and W06, and the dated table."""

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winkelstraat.payments.domain.vat import (
    VatGroup,
    VatLine,
    apportion_delivery,
    group_by_rate,
    line_vat,
    seller_vat_groups,
    split_inclusive,
)
from winkelstraat.payments.queries import UnknownVatClass, get_vat_rate, list_vat_rates

LOW, HIGH = 900, 2100


def test_w01_vat_of_the_base_basket():
    bakery = seller_vat_groups([VatLine(885, LOW)])
    paint = seller_vat_groups([VatLine(2499, HIGH)])
    books = seller_vat_groups([VatLine(1450, LOW)])
    assert bakery == (VatGroup(LOW, 885, 812, 73),)
    assert paint == (VatGroup(HIGH, 2499, 2065, 434),)
    assert books == (VatGroup(LOW, 1450, 1330, 120),)
    groups = [*bakery, *paint, *books]
    assert sum(group.vat_cents for group in groups) == 627
    assert sum(group.gross_cents for group in groups) == 4834


def test_w05_delivery_follows_the_goods_in_proportion_to_their_net():
    goods = [VatLine(1290, LOW), VatLine(1495, HIGH)]
    assert [group.net_cents for group in group_by_rate(goods)] == [1183, 1236]
    assert apportion_delivery(495, goods) == [VatLine(242, LOW), VatLine(253, HIGH)]
    groups = seller_vat_groups(goods, delivery_cents=495)
    assert [(g.gross_cents, g.vat_cents) for g in groups] == [(1532, 126), (1748, 303)]
    assert sum(group.gross_cents for group in groups) == 3280


def test_w06_vat_is_rounded_per_group_and_shown_per_line():
    three = [VatLine(99, HIGH)] * 3
    assert [split_inclusive(99, HIGH)[1]] * 3 == [17, 17, 17]
    assert group_by_rate(three)[0].vat_cents == 52
    assert line_vat(three) == [18, 17, 17]
    ten = [VatLine(35, LOW)] * 10
    assert split_inclusive(35, LOW)[1] * 10 == 30
    assert group_by_rate(ten)[0].vat_cents == 29
    assert sum(line_vat(ten)) == 29


def test_free_delivery_and_an_empty_basket_make_no_group():
    assert apportion_delivery(0, [VatLine(100, LOW)]) == []
    assert seller_vat_groups([], delivery_cents=495) == ()


def test_a_negative_rate_is_refused():
    with pytest.raises(ValueError, match="not negative"):
        split_inclusive(100, -1)


lines = st.lists(
    st.builds(VatLine, st.integers(1, 1_000_000), st.sampled_from([0, LOW, HIGH])),
    min_size=1,
    max_size=12,
)


@given(lines, st.integers(0, 100_000))
def test_vat_and_net_always_make_the_gross_and_lines_add_up(goods, delivery_cents):
    groups = seller_vat_groups(goods, delivery_cents)
    assert sum(g.gross_cents for g in groups) == sum(g.gross_cents for g in goods) + delivery_cents
    assert all(g.net_cents + g.vat_cents == g.gross_cents for g in groups)
    assert sum(line_vat(goods)) == sum(g.vat_cents for g in group_by_rate(goods))


def test_lodging_went_to_21_percent_and_camping_stayed():
    assert get_vat_rate("lodging", date(2025, 12, 31)) == LOW
    assert get_vat_rate("lodging", date(2026, 1, 1)) == HIGH
    assert get_vat_rate("camping", date(2026, 1, 1)) == LOW


@pytest.mark.parametrize(
    ("vat_class", "rate"),
    [
        ("food", LOW),
        ("books", LOW),
        ("culture", LOW),
        ("repair_bicycle", LOW),
        ("hairdresser", LOW),
        ("plants", LOW),
        ("general", HIGH),
        ("alcohol", HIGH),
    ],
)
def test_rates_of_november_2026(vat_class, rate):
    assert get_vat_rate(vat_class, date(2026, 11, 23)) == rate


def test_an_unknown_class_or_day_is_refused_and_never_zero():
    with pytest.raises(UnknownVatClass):
        get_vat_rate("gold", date(2026, 11, 23))
    with pytest.raises(UnknownVatClass):
        get_vat_rate("food", date(2018, 12, 31))


def test_the_table_has_neither_gaps_nor_overlaps_and_names_its_sources():
    by_class = {}
    for rate in list_vat_rates():
        by_class.setdefault(rate.vat_class, []).append(rate)
        assert rate.source
    for rates in by_class.values():
        for before, after in itertools.pairwise(rates):
            assert (after.valid_from - before.valid_to).days == 1
        assert rates[-1].valid_to is None
    assert [r.vat_class for r in list_vat_rates() if not r.verified] == ["plants"]
