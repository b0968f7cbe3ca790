"""Tell a price that is probably a slip of the finger; nobody is refused, he is asked once."""

ASK_ABOVE_CENTS = 50_000
ASK_FACTOR = 5


def is_odd_price(cents: int, *, old_cents: int | None) -> bool:
    """Tell whether a price should be asked about: five times up or down, or dear at first."""
    if old_cents is None:
        return cents > ASK_ABOVE_CENTS
    return cents > old_cents * ASK_FACTOR or cents * ASK_FACTOR < old_cents
