"""Numbers and codes that people read to each other: random, and never misread."""

import secrets

# Crockford's base 32: no I, L, O or U, so nothing is misread.
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# No vowels, so that no code is a word; no letters that sound or look alike.
CODE_LETTERS = "BCDFGHJKMNPRSTVWXZ"


def make_order_number() -> str:
    """Return ten random signs (50 bits), not counting up and not to be enumerated (OSC-02)."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(10))


def make_pickup_code() -> str:
    """Return the four letters that a host asks for; the name and the point go with them."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(4))
