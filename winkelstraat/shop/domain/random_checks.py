"""Draw which offers staff look at this month: at random, and the same for whoever draws again."""

from collections.abc import Iterable
from datetime import date
from hashlib import sha256


def draw_sample(listing_ids: Iterable[int], *, month: date, size: int) -> list[int]:
    """Return `size` of the offers at most, each with the same chance (DSA art. 31(3)).

    The order follows from the month and the number alone: nobody can choose, and
    everybody can check.
    """
    return sorted(listing_ids, key=lambda number: _lot(month, number))[: max(0, size)]


def _lot(month: date, number: int) -> bytes:
    return sha256(f"{month:%Y-%m}:{number}".encode()).digest()
