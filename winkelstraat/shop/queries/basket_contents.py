"""What is in a basket, in plain values: lines, shops, and the whole; money in cents."""

from dataclasses import dataclass
from datetime import datetime

from winkelstraat.shop.models.purchases import Fulfilment
from winkelstraat.shop.queries.vouchers import ChosenVoucher
from winkelstraat.shop.queries.ways import WayToCollect


@dataclass(frozen=True)
class BasketLine:
    """Some of one listing; money in cents, `seen_cents` the price when it was put in."""

    line_id: int
    listing_id: int
    product_id: int
    stockrecord_id: int
    title: str
    url: str
    amount_text: str
    picture_url: str
    quantity: int
    available: int
    price_cents: int
    seen_cents: int
    vat_class: str
    mass_g: int | None
    withdrawal_class: str
    withdrawal_text: str
    is_alcohol: bool
    deposit_each_cents: int = 0
    sold_by_weight: bool = False
    prior_cents: int | None = None
    shop_discount_cents: int = 0
    platform_discount_cents: int = 0

    @property
    def discount_cents(self) -> int:
        """What a voucher takes off the line."""
        return self.shop_discount_cents + self.platform_discount_cents

    @property
    def deposit_cents(self) -> int:
        """The deposit on all of it."""
        return self.deposit_each_cents * self.quantity

    @property
    def line_cents(self) -> int:
        """Price times quantity."""
        return self.price_cents * self.quantity

    @property
    def price_changed(self) -> bool:
        """Whether the price differs from what the buyer saw."""
        return self.price_cents != self.seen_cents


@dataclass(frozen=True)
class BasketShop:
    """One shop's part of a basket."""

    seller_id: int
    partner_id: int
    enterprise_id: int
    name: str
    slug: str
    legal_name: str
    kvk_number: str
    vat_number: str
    legal_address: str
    email: str
    phone: str
    village_name: str
    pickup_point_id: int | None
    delivery_price_cents: int
    minimum_cents: int
    commission_basis_points: int
    is_closed: bool
    opens_at: datetime | None
    lines: tuple[BasketLine, ...]
    ways: tuple[WayToCollect, ...]

    @property
    def goods_cents(self) -> int:
        """The sum of the lines."""
        return sum(line.line_cents for line in self.lines)

    @property
    def deposit_cents(self) -> int:
        """The deposit on all lines."""
        return sum(line.deposit_cents for line in self.lines)

    @property
    def discount_cents(self) -> int:
        """What a voucher takes off at this shop."""
        return sum(line.discount_cents for line in self.lines)

    @property
    def sum_cents(self) -> int:
        """What the buyer pays here, without delivery."""
        return self.goods_cents - self.discount_cents + self.deposit_cents

    @property
    def missing_cents(self) -> int:
        """What is lacking for the shop's minimum order."""
        return max(0, self.minimum_cents - self.goods_cents)

    @property
    def has_alcohol(self) -> bool:
        """Whether an age must be stated and checked."""
        return any(line.is_alcohol for line in self.lines)

    def can(self, fulfilment: str) -> bool:
        """Tell whether the shop hands over this way."""
        return any(way.fulfilment == fulfilment for way in self.ways)

    def way(self, value: str) -> WayToCollect | None:
        """Return the way that a form sent back."""
        return next((way for way in self.ways if way.value == value), None)


@dataclass(frozen=True)
class BasketContents:
    """A whole basket."""

    basket_id: int
    shops: tuple[BasketShop, ...]
    voucher: ChosenVoucher | None = None

    @property
    def total_cents(self) -> int:
        """What all shops cost with deposit and discount, without delivery."""
        return sum(shop.sum_cents for shop in self.shops)

    @property
    def has_weighed(self) -> bool:
        """Whether something is weighed when it is packed."""
        return any(line.sold_by_weight for shop in self.shops for line in shop.lines)

    @property
    def count(self) -> int:
        """The number of things."""
        return sum(line.quantity for shop in self.shops for line in shop.lines)

    @property
    def changed_prices(self) -> dict[int, int]:
        """Today's price, in cents, of each line whose buyer saw another."""
        lines = (line for shop in self.shops for line in shop.lines)
        return {line.line_id: line.price_cents for line in lines if line.price_changed}

    @property
    def delivers(self) -> bool:
        """Whether any of the shops brings."""
        return any(shop.can(Fulfilment.DELIVERY) for shop in self.shops)

    @property
    def has_alcohol(self) -> bool:
        """Whether an age must be stated."""
        return any(shop.has_alcohol for shop in self.shops)

    @property
    def has_problem(self) -> bool:
        """Whether something must be mended before ordering."""
        return any(
            shop.is_closed
            or shop.missing_cents
            or not shop.ways
            or any(line.quantity > line.available for line in shop.lines)
            for shop in self.shops
        )
