"""Which kind of thing a product is; the shop knows, and says so through a bridge."""

from collections.abc import Callable, Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GroupOfProduct:
    """A product with the code and name of its group, and whether that is food."""

    product_ref: str
    code: str
    name: str
    is_food: bool


Groups = Collection[GroupOfProduct]

_readers: list[Callable[[Collection[str]], Groups]] = []


def admit_product_groups(read: Callable[[Collection[str]], Groups]) -> None:
    """Say who knows the groups of products, asked by their references."""
    _readers[:] = [read]


def list_product_groups(product_refs: Collection[str]) -> Groups:
    """Return the groups of products; one that nobody knows is left out."""
    return [group for read in _readers for group in read(product_refs)]
