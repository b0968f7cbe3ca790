"""What must be known of a thing before it may be offered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from winkelstraat.shop.domain.allergens import is_complete


class CannotPublish(Exception):
    """Something that the law asks is missing; `missing` names each field."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(f"Missing before publishing: {', '.join(missing)}")
        self.missing = missing


@dataclass(frozen=True)
class Offer:
    """What the duties look at."""

    title: str
    is_food: bool
    ingredients: str
    allergens: Mapping[str, str]
    alcohol_class: str
    vat_class: str
    seller_is_verified: bool
    seller_licence_known: bool = True


def list_missing(offer: Offer) -> Iterator[str]:
    """Yield the name of every field that keeps an offer from being published.

    Food needs ingredients and an answer on all fourteen allergens before it is bought
    (Regulation (EU) 1169/2011 art. 14); alcohol is never taxed as food; only a verified
    enterprise sells (DSA art. 30).
    """
    if not offer.title.strip():
        yield "title"
    if not offer.seller_is_verified:
        yield "seller"
    if offer.is_food and not offer.ingredients.strip():
        yield "ingredients"
    if offer.is_food and not is_complete(offer.allergens):
        yield "allergens"
    if offer.alcohol_class != "none" and offer.vat_class != "alcohol":
        yield "vat_class"
