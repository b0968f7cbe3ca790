"""What must be known of a thing before it may be offered."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from winkelstraat.common.claims import Context, check_text
from winkelstraat.shop.domain.allergens import is_complete

# Tobacco, medicines, fireworks, weapons and live animals (PRD-04). Compounds count: a
# "jachtgeweer" is a geweer. A coat of arms ("wapen van Norg") and a toy gun may be sold.
FORBIDDEN = re.compile(
    r"\b(?:"
    r"(?:\w*-)?(?:sigaret|sigaretten|sigaar|sigaren)\w*|\w+sigaret(?:ten)?|\w*tabak\w*|shag|snus"
    r"|vapes?|vape[nr]s?|vape[- ]\w+|e-?liquids?|nicotine(?!vrij)\w*"
    r"|medicijn\w*|geneesmiddel\w*|paracetamol|ibuprofen|aspirine|antibiotic\w*|slaappil\w*"
    r"|\w*vuurwerk\w*|rotjes?|vuurpijl\w*|knalvuur\w*|strijker(?:tje)?s?|nitraatbom\w*"
    r"|(?:vuur|slag|steek|lucht|jacht|gas|schiet|nep)-?wapens?|wapens|wapenhandel|munitie"
    r"|(?:\w*geweer|\w*geweren)|luchtbuks\w*|revolvers?"
    r"|(?:gas|alarm|lucht)?pistool|(?:gas|alarm|lucht)?pistolen|boksbeugels?|stiletto\w*"
    r"|vlindermes\w*|pepperspray|stroomstoot\w*|taser\w*"
    r"|pups?|puppy\w*|kittens?|levende? (?:kip|kippen|hanen?|konijn|konijnen|dier|dieren|vissen"
    r"|schapen?|geit(?:en)?|hond(?:en)?|kat(?:ten)?|eenden?|ganzen?)"
    r")\b"
)
TOYS = re.compile(
    r"\b(?:water|speelgoed|nerf|lijm|kit|verf|spuit)[- ]?(?:pistool|pistolen|geweer|geweren)\b"
)


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
    made_by_shop: bool = True
    manufacturer: tuple[str, str, str] = ("", "", "")
    seller_licence_known: bool = True
    texts: Mapping[str, str] = field(default_factory=dict)
    claims: Context | None = None


def list_missing(offer: Offer) -> Iterator[str]:
    """Yield the name of every field that keeps an offer from being published.

    Food needs ingredients and an answer on all fourteen allergens before it is bought
    (Regulation (EU) 1169/2011 art. 14); alcohol is never taxed as food; only a verified
    enterprise sells (DSA art. 30). What is no food names a maker who can be reached: name,
    address and e-mail, unless the shop made it (Regulation (EU) 2023/988 art. 19). Some
    things are not sold here at all.
    """
    if not offer.title.strip():
        yield "title"
    if not offer.seller_is_verified:
        yield "seller"
    if offer.is_food and not offer.ingredients.strip():
        yield "ingredients"
    if offer.is_food and not is_complete(offer.allergens):
        yield "allergens"
    if not offer.is_food and not offer.made_by_shop and not all(offer.manufacturer):
        yield "manufacturer"
    if is_forbidden(offer.title):
        yield "forbidden"
    if offer.alcohol_class != "none" and offer.vat_class != "alcohol":
        yield "vat_class"
    yield from list_bare_claims(offer)


def list_bare_claims(offer: Offer) -> Iterator[str]:
    """Yield ``claim:field:rule:words`` for every claim that nothing proves (ECGT, Annex I).

    Names of fields come with the rule that was broken and the words that broke it.
    """
    if offer.claims is None:
        return
    for name, text in offer.texts.items():
        for finding in check_text(text, offer.claims):
            if finding.is_blocking:
                yield f"claim:{name}:{finding.rule}:{finding.words}"


def is_forbidden(title: str) -> bool:
    """Tell whether a name is of something that may not be sold on the street (PRD-04)."""
    return FORBIDDEN.search(TOYS.sub(" ", title.casefold())) is not None
