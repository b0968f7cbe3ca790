"""Open a shop for an enterprise, and keep its hours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from oscar.apps.partner.models import Partner

from dorpen.register.models import Enterprise
from winkelstraat.common.page_cache import move_topics
from winkelstraat.shop.domain.hours import OpenStretch
from winkelstraat.shop.models import OpeningHours, SellerProfile


@dataclass(frozen=True)
class ShopDraft:
    """What a shop tells its buyers; money in cents, VAT included."""

    name: str
    slug: str
    tagline: str = ""
    story: str = ""
    pickup_instructions: str = ""
    pickup_point_id: int | None = None
    collect_at_shop: bool = True
    delivers: bool = False
    delivery_price_cents: int = 0
    minimum_order_cents: int = 0
    lead_time_hours: int = 18
    commission_basis_points: int = 0


@transaction.atomic
def open_shop(*, enterprise: Enterprise, draft: ShopDraft) -> SellerProfile:
    """Open the shop of an enterprise, or bring it up to date."""
    partner, _made = Partner.objects.update_or_create(
        code=draft.slug, defaults={"name": draft.name}
    )
    values = {name: getattr(draft, name) for name in draft.__dataclass_fields__}
    seller, _made = SellerProfile.objects.update_or_create(
        enterprise=enterprise,
        defaults={**values, "partner": partner, "village_id": enterprise.village_id},
    )
    _renew_pages(seller)
    return seller


@transaction.atomic
def set_opening_hours(
    *, seller: SellerProfile, stretches: Sequence[OpenStretch], checked_on: date
) -> None:
    """Replace a shop's week and note on which day somebody checked it."""
    seller.opening_hours.all().delete()
    OpeningHours.objects.bulk_create(
        OpeningHours(
            seller=seller,
            weekday=stretch.weekday,
            opens_at=stretch.opens_at,
            closes_at=stretch.closes_at,
        )
        for stretch in stretches
    )
    seller.hours_checked_on = checked_on
    seller.save(update_fields=["hours_checked_on"])
    _renew_pages(seller)


@transaction.atomic
def go_on_holiday(*, seller: SellerProfile, first: date | None, last: date | None) -> None:
    """Close a shop for these days, both included; without days it is open again."""
    seller.holiday_from = first
    seller.holiday_until = last
    seller.save(update_fields=["holiday_from", "holiday_until"])
    _renew_pages(seller)


def _renew_pages(seller: SellerProfile) -> None:
    transaction.on_commit(lambda: move_topics("offer", f"shop:{seller.pk}"))
