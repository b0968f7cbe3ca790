"""At most a quarter may go off alcohol that is sold outside a shop's own four walls.

Article 2a of the Alcoholwet: an offer below three quarters of the regular price is
forbidden, whatever the road by which it comes.
"""


class TooCheapAlcohol(ValueError):
    """An offer goes too far; `lowest_cents` is the lowest price that may be asked."""

    def __init__(self, lowest_cents: int) -> None:
        super().__init__(f"The lowest price for an offer is {lowest_cents} cents.")
        self.lowest_cents = lowest_cents


def lowest_offer_cents(regular_cents: int) -> int:
    """Return the lowest price of an offer: three quarters, rounded up to a whole cent."""
    return -(-regular_cents * 3 // 4)


def check_alcohol_offer(price_cents: int, *, regular_cents: int) -> None:
    """Refuse an offer of more than a quarter off.

    :raises TooCheapAlcohol: naming the lowest price that may be asked.
    """
    lowest = lowest_offer_cents(regular_cents)
    if price_cents < lowest:
        raise TooCheapAlcohol(lowest)
