"""Book a sale: move grams, milligrams, metres and minutes to the residents of a village.

Every amount is a transfer in the ledger; every transfer that is a calculation has a
row that can be repeated. What is not known is written as unknown and moves nothing.
A sale is booked once per source: the same again changes nothing, other content is
refused.
"""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import uuid4

from django.db import IntegrityError, transaction

from ketens.domain import codes
from ketens.domain.booking import (
    FORMULA_VERSIONS,
    METHOD_VERSION,
    TRIP_FACTOR_KEY,
    Result,
    carried_mass_g,
    emission_of_leg,
    emission_of_trip,
    minutes_of_work,
    round_whole,
    vehicle_metres,
)
from ketens.domain.factors import digest_of
from ketens.domain.sales import ConflictingSale, SaleLine, SaleRecord
from ketens.models import BookedLine, Calculation, SaleBooking
from ketens.operations.rollups import add_to_rollups
from ketens.queries.routes import Route, get_routes
from winkelstraat.ledger.domain import Unit
from winkelstraat.ledger.operations import Posting, post_transfers

COMPUTED_BY = f"winkelstraat ketens {METHOD_VERSION}"


@dataclass(slots=True)
class BookedAmounts:
    """What one line moves, gathered before anything is written."""

    line: SaleLine
    route: Route | None
    postings: list[Posting] = field(default_factory=list)
    results: list[tuple[int | None, Result]] = field(default_factory=list)
    emission_mg: int | None = None
    primary_mg: int | None = None
    distance_m: int | None = None
    minutes: int | None = None


def book_sale(*, sale: SaleRecord, now: datetime) -> SaleBooking:
    """Book what a shop handed over, once per source.

    :raises ConflictingSale: when this source was booked with other content.
    """
    digest = digest_of({**asdict(sale), "lines": [canonical(line) for line in sale.lines]})
    try:
        with transaction.atomic():
            return write_booking(sale, digest, now)
    except IntegrityError:
        booked = SaleBooking.objects.filter(source=sale.source).first()
        if booked is None:
            raise
    if booked.content_digest != digest:
        raise ConflictingSale(sale.source)
    return booked


def canonical(line: SaleLine) -> dict[str, str]:
    """Return a line as text, so that 2 and Decimal("2.000") are the same quantity."""
    quantity = format(Decimal(line.quantity).normalize(), "f")
    return {**{name: str(value) for name, value in asdict(line).items()}, "quantity": quantity}


def write_booking(sale: SaleRecord, digest: str, now: datetime) -> SaleBooking:
    """Write the booking, its lines, its calculations and its transfers in one go."""
    booking = SaleBooking.objects.create(
        source=sale.source,
        purchase_ref=sale.purchase_ref or uuid4(),
        enterprise_id=sale.enterprise_id,
        village_id=sale.village_id,
        activity_date=sale.activity_date,
        pickup_distance_m=sale.pickup_distance_m,
        content_digest=digest,
        booked_at=now,
    )
    routes, factors = get_routes(
        product_refs=[line.product_ref for line in sale.lines],
        enterprise_id=sale.enterprise_id,
        on=sale.activity_date,
        extra_keys=[] if sale.pickup_distance_m is None else [TRIP_FACTOR_KEY],
    )
    amounts = [gather_line(sale, line, routes.get(line.product_ref)) for line in sale.lines]
    lines = BookedLine.objects.bulk_create(build_line(booking, each) for each in amounts)
    calculations = [
        build_calculation(booking, line, leg_id, result, now)
        for line, each in zip(lines, amounts, strict=True)
        for leg_id, result in each.results
    ]
    if sale.pickup_distance_m is not None:
        trip = emission_of_trip(sale.pickup_distance_m, factors.get(TRIP_FACTOR_KEY))
        calculations.append(build_calculation(booking, None, None, trip, now))
    Calculation.objects.bulk_create(calculations)
    postings = [posting for each in amounts for posting in each.postings]
    if postings:
        post_transfers(postings=postings, now=now)
    add_to_rollups(booking=booking, lines=lines, postings=postings)
    return booking


def gather_line(sale: SaleRecord, line: SaleLine, route: Route | None) -> BookedAmounts:
    """Work out everything that one line moves."""
    amounts = BookedAmounts(line=line, route=route)
    if line.mass_g:
        amounts.postings += goods_postings(sale, line, line.mass_g, route)
    if route is None:
        return amounts
    residents = codes.residents_account(sale.village_id)
    if line.mass_g is not None:
        gather_transport(sale, line.mass_g, route, amounts)
    minutes: list[int | None] = []
    for rate in route.work:
        result = minutes_of_work(
            line.mass_g,
            Decimal(line.quantity),
            per_kg=rate.per_kg,
            per_piece=rate.per_piece,
        )
        amounts.results.append((None, result))
        minutes.append(result.whole)
        account = codes.work_account(route.chain_id, rate.member_id)
        reason = f"work:{rate.work_id}:line:{line.line_ref}"
        add_posting(amounts, sale, (Unit.MINUTES, residents, account, result.whole, reason))
    amounts.minutes = add_known(minutes) if minutes else None
    return amounts


def gather_transport(sale: SaleRecord, mass_g: int, route: Route, amounts: BookedAmounts) -> None:
    """Work out the emission and the vehicle's metres of every leg for one line."""
    residents = codes.residents_account(sale.village_id)
    emissions: list[int | None] = []
    metres: list[int | None] = []
    for leg in route.legs:
        result = emission_of_leg(mass_g, leg)
        driven = vehicle_metres(mass_g, leg)
        amounts.results.append((leg.leg_id, result))
        emissions.append(result.whole)
        metres.append(driven)
        account = codes.leg_account(route.chain_id, leg.leg_id)
        where = f"leg:{leg.leg_id}:line:{amounts.line.line_ref}"
        add_posting(amounts, sale, (Unit.MG_CO2E, residents, account, result.whole, f"co2:{where}"))
        add_posting(amounts, sale, (Unit.METRES, residents, account, driven, f"metres:{where}"))
    amounts.emission_mg = add_known(emissions)
    if amounts.emission_mg is not None:
        measured = [result.whole or 0 for _leg, result in amounts.results if result.is_primary]
        amounts.primary_mg = sum(measured)
    amounts.distance_m = add_known(metres)


def goods_postings(
    sale: SaleRecord, line: SaleLine, mass_g: int, route: Route | None
) -> list[Posting]:
    """Return the transfers of goods from their origin to the residents, in grams."""
    residents = codes.residents_account(sale.village_id)
    ref = line.line_ref
    if route is None:
        loose = codes.loose_goods_account(sale.enterprise_id)
        return [posting(sale, (Unit.GRAMS, residents, loose, mass_g, f"grams:line:{ref}"))]
    chain = route.chain_id
    counter = codes.counter_account(chain)
    moves = [
        (
            Unit.GRAMS,
            codes.member_account(chain, *link.to_member),
            codes.member_account(chain, *link.from_member),
            round_whole(carried_mass_g(mass_g, link.grams_per_kg_sold)),
            f"grams:link:{link.link_id}:line:{ref}",
        )
        for link in route.links
    ]
    seller = codes.member_account(chain, *route.seller)
    moves.append((Unit.GRAMS, counter, seller, mass_g, f"grams:counter:line:{ref}"))
    moves.append((Unit.GRAMS, residents, counter, mass_g, f"grams:line:{ref}"))
    return [posting(sale, move) for move in moves if move[3] > 0]


Move = tuple[Unit, str, str, int | None, str]


def add_posting(amounts: BookedAmounts, sale: SaleRecord, move: Move) -> None:
    """Add a transfer unless its amount is unknown or rounds to nothing."""
    if move[3]:
        amounts.postings.append(posting(sale, move))


def posting(sale: SaleRecord, move: Move) -> Posting:
    """Return a transfer of the sale's day: unit, debit, credit, amount, reason."""
    unit, debit, credit, amount, reason = move
    return Posting(
        unit=unit,
        debit=debit,
        credit=credit,
        amount=amount or 0,
        source=sale.source,
        reason=reason,
        activity_date=sale.activity_date,
    )


def add_known(values: list[int | None]) -> int | None:
    """Return the sum, or None when one part of it is unknown."""
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def build_line(booking: SaleBooking, amounts: BookedAmounts) -> BookedLine:
    """Return the row of a line, not yet written."""
    line = amounts.line
    return BookedLine(
        booking=booking,
        line_ref=line.line_ref,
        product_ref=line.product_ref,
        chain_id=amounts.route.chain_id if amounts.route else None,
        quantity=line.quantity,
        mass_g=line.mass_g,
        price_cents=line.price_cents,
        emission_mg_co2e=amounts.emission_mg,
        primary_mg_co2e=amounts.primary_mg,
        distance_m=amounts.distance_m,
        work_minutes=amounts.minutes,
    )


def build_calculation(
    booking: SaleBooking,
    line: BookedLine | None,
    leg_id: int | None,
    result: Result,
    now: datetime,
) -> Calculation:
    """Return the row of a calculation, not yet written, with the digest of its content."""
    calculation = Calculation(
        booking=booking,
        line=line,
        chain_id=line.chain_id if line else None,
        leg_id=leg_id,
        formula=result.formula,
        formula_version=FORMULA_VERSIONS[result.formula],
        method_version=METHOD_VERSION,
        inputs=result.inputs,
        factor_id=result.factor.factor_id if result.factor else None,
        factor_set_version=result.factor.set_version if result.factor else "",
        result=None if result.value is None else result.value.quantize(Decimal("0.000001")),
        result_unit=result.unit,
        unknown_because=result.unknown_because,
        quality_level=result.quality_level,
        activity_date=booking.activity_date,
        computed_by=COMPUTED_BY,
        created_at=now,
    )
    calculation.digest = digest_of_calculation(calculation)
    return calculation


def digest_of_calculation(calculation: Calculation) -> str:
    """Return the SHA-256 of what a calculation says, to be found again by an auditor."""
    return digest_of(
        {
            "source": calculation.booking.source,
            "line": calculation.line.line_ref if calculation.line else None,
            "formula": f"{calculation.formula} v{calculation.formula_version}",
            "method": calculation.method_version,
            "inputs": calculation.inputs,
            "result": None if calculation.result is None else f"{calculation.result:f}",
            "unit": calculation.result_unit,
            "unknown": calculation.unknown_because,
            "date": calculation.activity_date.isoformat(),
        }
    )
