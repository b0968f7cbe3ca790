"""What may stand after "van" (W32): computed from what was asked, never typed."""

from datetime import UTC, datetime, timedelta

from winkelstraat.shop.domain.prior_price import PricePoint, PriorPrice, find_prior_price


def day(month: int, number: int) -> datetime:
    return datetime(2026, month, number, 9, tzinfo=UTC)


REGULAR = [PricePoint(day(1, 1), 2000), PricePoint(day(11, 2), 2500)]
FIRST_STEP = PricePoint(day(11, 20), 1800, is_offer=True)
SECOND_STEP = PricePoint(day(12, 5), 1500, is_offer=True)


def test_w32_the_lowest_of_thirty_days_counts_and_not_the_last() -> None:
    assert find_prior_price([*REGULAR, FIRST_STEP], at=day(11, 21)) == PriorPrice(2000, 10)


def test_w32_a_second_step_down_keeps_the_price_from_before_the_first() -> None:
    history = [*REGULAR, FIRST_STEP, SECOND_STEP]
    assert find_prior_price(history, at=day(12, 6)) == PriorPrice(2000, 25)


def test_a_series_is_over_after_three_months() -> None:
    last = PricePoint(datetime(2027, 3, 1, tzinfo=UTC), 1400, is_offer=True)
    history = [*REGULAR, FIRST_STEP, SECOND_STEP, last]
    found = find_prior_price(history, at=last.at)
    assert found == PriorPrice(1500, 6), "compared with the lowest of the thirty days before"


def test_a_series_that_went_up_in_between_starts_anew() -> None:
    dear = PricePoint(day(12, 1), 1900, is_offer=True)
    history = [*REGULAR, FIRST_STEP, dear, SECOND_STEP]
    assert find_prior_price(history, at=day(12, 6)) == PriorPrice(1800, 16)


def test_w32_a_new_product_is_compared_with_its_price_directly_before() -> None:
    new = [PricePoint(day(11, 10), 900), PricePoint(day(11, 15), 1000)]
    offer = PricePoint(day(11, 20), 800, is_offer=True)
    assert find_prior_price([*new, offer], at=offer.at) == PriorPrice(1000, 20)


def test_w32_what_spoils_is_compared_with_its_price_directly_before() -> None:
    history = [*REGULAR, FIRST_STEP]
    assert find_prior_price(history, at=day(11, 21), spoils_quickly=True) == PriorPrice(2500, 28)


def test_nothing_is_announced_without_a_real_reduction() -> None:
    assert find_prior_price(REGULAR, at=day(11, 21)) is None
    dear = PricePoint(day(11, 20), 2200, is_offer=True)
    assert find_prior_price([*REGULAR, dear], at=day(11, 21)) is None
    assert find_prior_price([FIRST_STEP], at=day(11, 21)) is None
    assert find_prior_price([], at=day(11, 21)) is None
    assert find_prior_price([*REGULAR, FIRST_STEP], at=FIRST_STEP.at - timedelta(1)) is None


def test_exactly_thirty_days_on_sale_is_no_longer_new() -> None:
    history = [
        PricePoint(day(10, 21), 900),
        PricePoint(day(11, 15), 1000),
        PricePoint(day(11, 20), 800, is_offer=True),
    ]
    assert find_prior_price(history, at=day(11, 20)) == PriorPrice(900, 11)
