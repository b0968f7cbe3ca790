"""What products are called; the shop knows, and says so through a bridge."""

from collections.abc import Callable, Sequence

Names = Sequence[tuple[str, str]]

_readers: list[Callable[[int], Names]] = []


def admit_product_names(read: Callable[[int], Names]) -> None:
    """Say who knows the products of an enterprise, as pairs of reference and title."""
    _readers[:] = [read]


def list_product_names(enterprise_id: int) -> Names:
    """Return the products of an enterprise; none when nobody knows them."""
    return [pair for read in _readers for pair in read(enterprise_id)]
