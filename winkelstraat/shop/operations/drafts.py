"""What a shop wants to offer, and what keeps it from being offered."""

from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from winkelstraat.common.claims import Context, Evidence, Scope
from winkelstraat.payments.queries import get_vat_rate
from winkelstraat.shop.domain.duties import CannotPublish, Offer, list_missing
from winkelstraat.shop.domain.unit_price import Content
from winkelstraat.shop.models import Listing, NoticeStep, Outcome, SellerProfile
from winkelstraat.shop.queries.categories import CategoryRow, get_category

CLAIM_FIELDS = ("title", "description", "maker", "ingredients", "safety_warning")


@dataclass(frozen=True)
class ListingDraft:
    """One thing to offer; price in cents with VAT, mass in grams, quantity in `net_unit`."""

    title: str
    category_id: int
    unit: str
    net_quantity: Decimal
    net_unit: str
    price_cents: int
    vat_class: str
    stock: int
    description: str = ""
    mass_g: int | None = None
    withdrawal_class: str = "withdrawable"
    alcohol_class: str = "none"
    maker: str = ""
    origin_village_id: int | None = None
    ingredients: str = ""
    allergens: dict[str, str] = field(default_factory=dict)
    season_months: list[int] = field(default_factory=list)
    made_by_shop: bool = True
    manufacturer_name: str = ""
    manufacturer_address: str = ""
    manufacturer_email: str = ""
    safety_warning: str = ""
    deposit_cents: int = 0
    sold_by_weight: bool = False
    batch_code: str = ""
    pieces: int = 1
    drained_quantity: Decimal | None = None

    @property
    def content(self) -> Content:
        """Return what is in one, as the price per kilo is reckoned over it."""
        return Content(self.net_quantity, self.net_unit, self.pieces, self.drained_quantity)


def draft_of(listing: Listing, *, stock: int | None = None) -> ListingDraft:
    """Return an offered thing as the draft that would offer it again; stock as annotated."""
    names = [one.name for one in fields(ListingDraft) if one.name != "stock"]
    if stock is None:
        stock = int(listing.available)  # type: ignore[attr-defined]
    return ListingDraft(stock=stock, **{name: getattr(listing, name) for name in names})


def refuse_taken_off(listing: Listing) -> None:
    """Refuse what staff took off the street: only they bring it back (DSA art. 16).

    :raises CannotPublish: naming that.
    """
    decided = NoticeStep.objects.filter(notice__listing=listing).exclude(outcome="")
    last = decided.exclude(outcome=Outcome.NOTHING).order_by("-pk").values_list("outcome")[:1]
    if list(last) == [(Outcome.OFF,)]:
        raise CannotPublish(["taken_off"])


def check_draft(*, seller: SellerProfile, draft: ListingDraft, now: datetime) -> CategoryRow:
    """Return the category of what may be offered as it is.

    :raises CannotPublish: when something that the law asks is missing.
    """
    category = get_category(draft.category_id)
    if category is None:
        raise CannotPublish(["category"])
    get_vat_rate(draft.vat_class, now.date())
    offer = Offer(
        title=draft.title,
        is_food=category.is_food,
        ingredients=draft.ingredients,
        allergens=draft.allergens,
        alcohol_class=draft.alcohol_class,
        vat_class=draft.vat_class,
        seller_is_verified=seller.enterprise.status == "verified",
        made_by_shop=draft.made_by_shop,
        manufacturer=(
            draft.manufacturer_name,
            draft.manufacturer_address,
            draft.manufacturer_email,
        ),
        texts={name: getattr(draft, name) for name in CLAIM_FIELDS},
        claims=claims_of(seller, is_food=category.is_food, today=timezone.localdate(now)),
    )
    missing = list(list_missing(offer))
    if missing:
        raise CannotPublish(missing)
    return category


def claims_of(seller: SellerProfile, *, is_food: bool, today: date) -> Context:
    """Return what is proven of a shop's goods: so far its organic certificate alone."""
    certificate = Evidence(
        "organic", Scope.PRODUCT, seller.organic_until, reference=seller.organic_code
    )
    return Context(
        today=today, is_food=is_food, evidence=(certificate,) if seller.organic_code else ()
    )
