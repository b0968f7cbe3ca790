"""How much shops in the small business scheme sold on the street this year (TAX-06)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Sum

from winkelstraat.common.money import format_cents
from winkelstraat.shop.domain.hours import LOCAL
from winkelstraat.shop.domain.kor import LIMIT_CENTS, KorStand, in_scheme, kor_stand
from winkelstraat.shop.models import SellerOrder, SellerProfile
from winkelstraat.shop.models.purchases import SellerOrderStatus

SOLD = (SellerOrderStatus.PAID, SellerOrderStatus.READY, SellerOrderStatus.COLLECTED)


@dataclass(frozen=True)
class KorDesk:
    """What a shop in the scheme reads about it."""

    stand: KorStand
    turnover_text: str
    limit_text: str
    year: int

    @property
    def is_near(self) -> bool:
        """Whether four fifths were sold."""
        return self.stand == KorStand.NEAR

    @property
    def is_over(self) -> bool:
        """Whether nothing may be sold before VAT is charged."""
        return self.stand == KorStand.OVER


def sum_turnover_of(seller_ids: Iterable[int], *, day: date) -> dict[int, int]:
    """Return the cents that each shop sold in the year of a day (1 query).

    Goods and bringing them, less the shop's own discounts; deposits are no turnover. Parts
    that were cancelled do not count, what was given back in part still does.
    """
    first = datetime(day.year, 1, 1, tzinfo=LOCAL)
    sold = SellerOrder.objects.filter(
        seller_id__in=set(seller_ids),
        status__in=SOLD,
        purchase__placed_at__gte=first,
        purchase__placed_at__lt=first.replace(year=day.year + 1),
    )
    sums = sold.values("seller_id").annotate(
        cents=Sum(F("goods_cents") + F("delivery_cents") - F("shop_discount_cents"))
    )
    return dict(sums.order_by().values_list("seller_id", "cents"))


def list_over_kor(
    sellers: Iterable[tuple[int, date | None, date | None]], *, day: date
) -> set[int]:
    """Return which shops passed the limit and still charge no VAT (no query without the scheme)."""
    inside = [seller for seller, first, last in sellers if in_scheme(first, last, day)]
    if not inside:
        return set()
    turnover = sum_turnover_of(inside, day=day)
    return {one for one in inside if kor_stand(turnover.get(one, 0)) == KorStand.OVER}


def get_kor_desk(seller: SellerProfile, *, day: date) -> KorDesk | None:
    """Return how far a shop in the scheme is, None for one that charges VAT."""
    if not in_scheme(seller.kor_from, seller.kor_until, day):
        return None
    cents = sum_turnover_of([seller.pk], day=day).get(seller.pk, 0)
    return KorDesk(kor_stand(cents), format_cents(cents), format_cents(LIMIT_CENTS), day.year)
