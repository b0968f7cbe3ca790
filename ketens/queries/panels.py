"""What a product page and an order page show of the chains."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from ketens.domain.booking import Result, emission_of_leg
from ketens.domain.graph import edges_of_product, layers, reachable
from ketens.domain.measures import Measure, Scope, ScopeKind
from ketens.domain.transport import MG_PER_KG
from ketens.models import (
    BookedLine,
    Calculation,
    ChainMember,
    ChainProduct,
    Leg,
    Role,
    SaleBooking,
    SocialWork,
)
from ketens.queries.figures import Figure, provenance_url
from ketens.queries.routes import build_leg, get_factors_on
from ketens.queries.wording import LABELS, UNKNOWN, say, say_emission, say_metres, say_rate

KILO_G = 1000


@dataclass(frozen=True, slots=True)
class Step:
    """A member on the way of a product."""

    name: str
    village: str
    role_text: str


@dataclass(frozen=True, slots=True)
class PanelLeg:
    """A stretch of transport, with what it adds to one kilo of the product."""

    from_name: str
    to_name: str
    vehicle: str
    distance_text: str
    per_kilo_text: str
    is_unknown: bool
    provenance_url: str


@dataclass(frozen=True, slots=True)
class ProductPanel:
    """The way of one product, per kilo, with the factors of today."""

    product_ref: str
    chain_name: str
    chain_summary: str
    chain_url: str
    steps: tuple[Step, ...]
    legs: tuple[PanelLeg, ...]
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class ProductWay:
    """The rows behind a product panel: its chain, legs and what a kilo of it takes."""

    product: ChainProduct
    members: dict[int, ChainMember]
    passed: tuple[int, ...]
    legs: tuple[Leg, ...]
    results: tuple[Result, ...]
    work: tuple[SocialWork, ...]

    @property
    def emission_mg_per_kilo(self) -> int | None:
        """The transport emission of a kilo, None when one leg of it is unknown."""
        known = [result.value for result in self.results if result.value is not None]
        if len(known) < len(self.results) or not known:
            return None
        return int(sum(known, Decimal(0)) * MG_PER_KG)

    @property
    def distance_m(self) -> int | None:
        """How far it travels in all, None when one leg of it is unknown."""
        known = [leg.distance_m for leg in self.legs if leg.distance_m is not None]
        return sum(known) if known and len(known) == len(self.legs) else None


def get_product_way(wanted: Q, *, today: date) -> ProductWay | None:
    """Return the way of a product to the first shop of its chain; five queries.

    `wanted` selects one chain product, by its reference or its id.
    """
    found = (
        ChainProduct.objects.filter(wanted, removed_at__isnull=True).select_related("chain").first()
    )
    if found is None:
        return None
    members = {
        member.pk: member
        for member in ChainMember.objects.filter(chain=found.chain_id).select_related(
            "enterprise__village"
        )
    }
    legs = list(Leg.objects.filter(link__chain=found.chain_id).select_related("link"))
    keys = {leg.factor_key for leg in legs} | {leg.infrastructure_factor_key for leg in legs}
    factors = get_factors_on(keys - {""}, today)
    edges = list({(leg.link.from_member_id, leg.link.to_member_id) for leg in legs})
    shops = [
        key for key in sorted(reachable(edges, found.maker_id)) if members[key].role == Role.SHOP
    ]
    seller = shops[0] if shops else found.maker_id
    used = edges_of_product(edges, found.maker_id, seller)
    passed = {node for edge in used for node in edge} | {found.maker_id, seller}
    depth = layers(used, sorted(passed))
    on_way = [leg for leg in legs if (leg.link.from_member_id, leg.link.to_member_id) in used]
    on_way.sort(key=lambda leg: (depth[leg.link.from_member_id], leg.pk))
    work = SocialWork.objects.filter(chain=found.chain_id)
    return ProductWay(
        product=found,
        members=members,
        passed=tuple(sorted(passed, key=lambda key: (depth[key], key))),
        legs=tuple(on_way),
        results=tuple(emission_of_leg(KILO_G, build_leg(leg, factors)) for leg in on_way),
        work=tuple(row for row in work if counts_for(members[row.member_id], passed)),
    )


def counts_for(member: ChainMember, passed: set[int]) -> bool:
    """Tell whether a member's social work is in a product: on its way, or as workplace."""
    return member.pk in passed or member.role == Role.SOCIAL_WORKPLACE


def get_product_panel(product_ref: str, *, today: date) -> ProductPanel | None:
    """Return the panel of a product, None when it runs in no chain."""
    way = get_product_way(Q(product_ref=product_ref), today=today)
    if way is None:
        return None
    chain = way.product.chain
    return ProductPanel(
        product_ref=product_ref,
        chain_name=chain.name,
        chain_summary=chain.summary,
        chain_url=reverse("ketens:chain", args=[chain.slug]),
        steps=tuple(build_step(way.members[key]) for key in way.passed),
        legs=tuple(
            build_panel_leg(leg, result, way.members)
            for leg, result in zip(way.legs, way.results, strict=True)
        ),
        figures=product_figures(way),
    )


def build_step(member: ChainMember) -> Step:
    """Return a member as a step."""
    return Step(
        name=member.enterprise.trade_name,
        village=member.enterprise.village.name,
        role_text=str(Role(member.role).label),
    )


def build_panel_leg(leg: Leg, result: Result, members: dict[int, ChainMember]) -> PanelLeg:
    """Return a leg with what it adds to a kilo."""
    return PanelLeg(
        from_name=members[leg.link.from_member_id].enterprise.trade_name,
        to_name=members[leg.link.to_member_id].enterprise.trade_name,
        vehicle=leg.vehicle,
        distance_text=str(UNKNOWN) if leg.distance_m is None else say_metres(leg.distance_m),
        per_kilo_text=str(UNKNOWN) if result.whole is None else say_emission(result.whole),
        is_unknown=result.value is None,
        provenance_url=reverse("ketens:provenance", args=[leg.public_id]),
    )


def product_figures(way: ProductWay) -> tuple[Figure, ...]:
    """Return the emission and distance of a kilo, and the work in it where there is some."""
    scope = Scope(ScopeKind.PRODUCT, way.product.pk)
    emission, distance = way.emission_mg_per_kilo, way.distance_m
    figures = [
        Figure(
            value_text=say(Measure.EMISSION, emission),
            label=_("transport of one kilo, up to the shop"),
            sure_text=_("estimate") if emission is not None else _("not known yet"),
            provenance_url=provenance_url(scope, Measure.EMISSION),
            measure=Measure.EMISSION,
            is_unknown=emission is None,
        ),
        Figure(
            value_text=say(Measure.DISTANCE, distance),
            label=_("from origin to shop, all stretches together"),
            sure_text=_("as told by the members"),
            provenance_url=provenance_url(scope, Measure.DISTANCE),
            measure=Measure.DISTANCE,
            is_unknown=distance is None,
        ),
    ]
    if way.work:
        figures.append(
            Figure(
                value_text=", ".join(say_rate(row) for row in way.work),
                label=_("social work in it"),
                sure_text=_("by agreement with the workplace"),
                provenance_url=provenance_url(scope, Measure.WORK),
                measure=Measure.WORK,
            )
        )
    return tuple(figures)


@dataclass(frozen=True, slots=True)
class PurchaseLine:
    """One booked line of a purchase."""

    shop_name: str
    chain_name: str
    chain_url: str
    mass_text: str
    emission_text: str
    calculations: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PurchasePanel:
    """What one basket did, as far as it was handed over and is known."""

    figures: tuple[Figure, ...]
    lines: tuple[PurchaseLine, ...]
    line_count: int
    without_emission: int
    trip_text: str
    trip_url: str


def get_purchase_panel(
    sources: tuple[str, ...] = (), *, purchase_ref: UUID | None = None
) -> PurchasePanel | None:
    """Return what the sales of one basket did, None before one of them was booked.

    Sales are named by their sources or by the purchase they belong to; three queries.
    """
    bookings = SaleBooking.objects.select_related("enterprise").prefetch_related(
        Prefetch("lines", BookedLine.objects.select_related("chain").order_by("pk")),
        Prefetch("calculations", Calculation.objects.select_related("leg").order_by("pk")),
    )
    if purchase_ref is not None:
        found = list(bookings.filter(purchase_ref=purchase_ref))
    else:
        found = list(bookings.filter(source__in=sources))
    if not found:
        return None
    lines = [line for booking in found for line in booking.lines.all()]
    calculations = [row for booking in found for row in booking.calculations.all()]
    trips = [row for row in calculations if row.formula == "trip.consumer" and row.result]
    trip = max(trips, key=lambda row: row.result or Decimal(0), default=None)
    return PurchasePanel(
        figures=purchase_figures(found[0].purchase_ref, lines),
        lines=tuple(
            build_purchase_line(booking, line) for booking in found for line in booking.lines.all()
        ),
        line_count=len(lines),
        without_emission=sum(line.emission_mg_co2e is None for line in lines),
        trip_text=say_emission(int((trip.result or 0) * MG_PER_KG)) if trip else "",
        trip_url=reverse("ketens:provenance", args=[trip.public_id]) if trip else "",
    )


def purchase_figures(purchase_ref: UUID | None, lines: list[BookedLine]) -> tuple[Figure, ...]:
    """Return the grams and the emission of a purchase, each with what it covers."""
    address = reverse("ketens:provenance", args=[purchase_ref])
    masses = [line.mass_g for line in lines if line.mass_g is not None]
    emissions = [line.emission_mg_co2e for line in lines if line.emission_mg_co2e is not None]
    covered = _("known for %(known)s of %(lines)s lines")
    return tuple(
        Figure(
            value_text=say(measure, sum(known) if known else None),
            label=str(LABELS[measure]),
            sure_text=f"{prefix}{covered % {'known': len(known), 'lines': len(lines)}}",
            provenance_url=address,
            measure=measure,
            is_unknown=not known,
        )
        for measure, known, prefix in (
            (Measure.GOODS, masses, ""),
            (Measure.EMISSION, emissions, _("estimate") + "; "),
        )
    )


def build_purchase_line(booking: SaleBooking, line: BookedLine) -> PurchaseLine:
    """Return a line with links to the calculations of its legs."""
    calculations = [
        (row.leg.vehicle, reverse("ketens:provenance", args=[row.public_id]))
        for row in booking.calculations.all()
        if row.line_id == line.pk and row.leg is not None
    ]
    emission = line.emission_mg_co2e
    return PurchaseLine(
        shop_name=booking.enterprise.trade_name,
        chain_name=line.chain.name if line.chain else "",
        chain_url=reverse("ketens:chain", args=[line.chain.slug]) if line.chain else "",
        mass_text=say(Measure.GOODS, line.mass_g),
        emission_text=say(Measure.EMISSION, emission),
        calculations=tuple(calculations),
    )
