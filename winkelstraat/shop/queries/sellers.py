"""Read shops: the list, and one shop with its hours and who stands behind it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from dorpen.register.models import Enterprise
from winkelstraat.shop.domain.hours import OpenStretch
from winkelstraat.shop.models import SellerProfile
from winkelstraat.shop.models.sellers import Weekday
from winkelstraat.shop.queries.clocks import SellerClock, read_clocks
from winkelstraat.shop.queries.order_times import say_order_times
from winkelstraat.shop.queries.wording import when_text

PHOTO_SPEC = "format-webp|width-640"


@dataclass(frozen=True)
class SellerCard:
    """What a list shows of one shop."""

    seller_id: int
    enterprise_id: int
    name: str
    slug: str
    tagline: str
    village_name: str
    village_slug: str
    is_open: bool
    on_holiday: bool
    when_text: str
    stance: str


@dataclass(frozen=True)
class LegalIdentity:
    """Who sells, by law (art. 6:230m BW, DSA art. 30; CON-01)."""

    legal_name: str
    kvk_number: str
    vat_number: str
    street_address: str
    postcode: str
    place: str
    email: str
    phone: str


@dataclass(frozen=True)
class Place:
    """Where goods are collected, as people say it."""

    name: str
    address: str
    instructions: str


@dataclass(frozen=True)
class DayRow:
    """One day of the week; `hours` is empty on a day when the shop is closed."""

    name: str
    hours: tuple[str, ...]
    is_today: bool


@dataclass(frozen=True)
class Shop:
    """One shop with all that its page tells; money in cents."""

    seller_id: int
    enterprise_id: int
    enterprise_slug: str
    name: str
    slug: str
    tagline: str
    story: str
    photo_url: str
    photo_credit: str
    village_name: str
    village_slug: str
    latitude: float
    longitude: float
    stance: str
    stance_label: str
    is_open: bool
    on_holiday: bool
    holiday_until: date | None
    holiday_message: str
    order_text: str
    week: tuple[DayRow, ...]
    hours_checked_on: date | None
    pickup_instructions: str
    pickup_place: Place | None
    point_when: str
    shop_when: str
    delivers: bool
    delivery_price_cents: int
    minimum_order_cents: int
    identity: LegalIdentity


def get_shop(slug: str, *, now: datetime | None = None) -> Shop | None:
    """Return the shop of a verified enterprise (3 queries, 1 more with a photo)."""
    now = now or timezone.now()
    seller = (
        SellerProfile.objects.select_related("village", "enterprise__village", "photo")
        .select_related("pickup_point")
        .filter(slug=slug, enterprise__status="verified")
        .first()
    )
    if seller is None:
        return None
    return describe_shop(
        seller, clock=read_clocks(now=now, seller_ids=[seller.pk])[seller.pk], now=now
    )


def describe_shop(seller: SellerProfile, *, clock: SellerClock, now: datetime) -> Shop:
    """Turn a shop, with its village, enterprise, photo and pick-up point, into plain values."""
    village, enterprise = seller.village, seller.enterprise
    return Shop(
        seller_id=seller.pk,
        enterprise_id=enterprise.pk,
        enterprise_slug=enterprise.slug,
        name=seller.name,
        slug=seller.slug,
        tagline=seller.tagline,
        story=seller.story,
        photo_url=_photo_url(seller),
        photo_credit=seller.photo.credit if seller.photo else "",
        village_name=village.name,
        village_slug=village.slug,
        latitude=village.latitude if enterprise.latitude is None else enterprise.latitude,
        longitude=village.longitude if enterprise.longitude is None else enterprise.longitude,
        stance=enterprise.impact_stance,
        stance_label=enterprise.get_impact_stance_display(),
        is_open=clock.is_open,
        on_holiday=clock.on_holiday,
        holiday_until=seller.holiday_until if clock.on_holiday else None,
        holiday_message=seller.holiday_message if clock.on_holiday else "",
        order_text=say_order_times(clock.times, now=now),
        week=tell_week(clock.stretches, now=now),
        hours_checked_on=seller.hours_checked_on,
        pickup_instructions=seller.pickup_instructions,
        pickup_place=_pickup_place(seller),
        point_when=when_text(clock.at_point, now=now),
        shop_when=when_text(clock.at_shop, now=now),
        delivers=seller.delivers,
        delivery_price_cents=seller.delivery_price_cents,
        minimum_order_cents=seller.minimum_order_cents,
        identity=_identity(enterprise),
    )


def list_shops(
    *,
    village_id: int | None = None,
    now: datetime | None = None,
    clocks: dict[int, SellerClock] | None = None,
) -> list[SellerCard]:
    """Return the shops of a village, or all of them, by name (3 queries, 1 with the clocks)."""
    now = now or timezone.now()
    sellers = SellerProfile.objects.filter(enterprise__status="verified")
    if village_id is not None:
        sellers = sellers.filter(village_id=village_id)
    rows = list(
        sellers.order_by("name").values(
            "id",
            "enterprise_id",
            "name",
            "slug",
            "tagline",
            "village__name",
            "village__slug",
            "enterprise__impact_stance",
        )
    )
    if clocks is None:
        clocks = read_clocks(now=now, seller_ids=[row["id"] for row in rows])
    return [
        SellerCard(
            seller_id=row["id"],
            enterprise_id=row["enterprise_id"],
            name=row["name"],
            slug=row["slug"],
            tagline=row["tagline"],
            village_name=row["village__name"],
            village_slug=row["village__slug"],
            is_open=clocks[row["id"]].is_open,
            on_holiday=clocks[row["id"]].on_holiday,
            when_text=when_text(clocks[row["id"]].soonest, now=now),
            stance=row["enterprise__impact_stance"],
        )
        for row in rows
    ]


def tell_week(stretches: tuple[OpenStretch, ...], *, now: datetime) -> tuple[DayRow, ...]:
    """Return the seven days with their hours; empty when nobody told any."""
    if not stretches:
        return ()
    hours: dict[int, list[str]] = defaultdict(list)
    for stretch in sorted(stretches, key=lambda part: part.opens_at):
        hours[stretch.weekday].append(f"{stretch.opens_at:%H.%M} - {stretch.closes_at:%H.%M}")
    today = timezone.localtime(now).isoweekday()
    return tuple(
        DayRow(str(day.label), tuple(hours[day.value]), day.value == today) for day in Weekday
    )


def _identity(enterprise: Enterprise) -> LegalIdentity:
    return LegalIdentity(
        legal_name=enterprise.legal_name,
        kvk_number=enterprise.kvk_number,
        vat_number=enterprise.vat_number,
        street_address=enterprise.street_address,
        postcode=enterprise.postcode,
        place=enterprise.village.name,
        email=enterprise.email,
        phone=enterprise.phone,
    )


def _pickup_place(seller: SellerProfile) -> Place | None:
    point = seller.pickup_point
    if point is None or not point.is_active:
        return None
    return Place(point.name, point.street_address, point.instructions)


def _photo_url(seller: SellerProfile) -> str:
    if seller.photo is None:
        return ""
    rendition = seller.photo.renditions.filter(filter_spec=PHOTO_SPEC).first()
    return f"{settings.MEDIA_URL}{rendition.file.name}" if rendition else seller.photo.file.url
