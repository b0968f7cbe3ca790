"""What the books say of one month, at the finest grain: village, chain and product group.

Amounts come from the ledger's transfers, found by their booking; what is known of them
from the booked lines. Nothing here reads the kept months.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import connection

from ketens.domain.batches import SURPLUS_ORIGIN, Entry
from ketens.domain.monitor import UNKNOWN_GROUP
from ketens.domain.monitor.folding import Fact, Grain
from ketens.domain.transport import DEFAULT_TRIP_SHARE
from ketens.models import Weighing

LINES = """
SELECT booking.village_id, line.chain_id, coalesce(grouped.group_id, %(unknown)s),
    booking.enterprise_id, shop.municipality_id = place.municipality_id,
    count(*), count(line.mass_g), count(line.emission_mg_co2e), count(line.distance_m),
    count(line.work_minutes), coalesce(sum(line.mass_g), 0)::bigint,
    coalesce(sum(line.mass_g) FILTER (WHERE line.emission_mg_co2e IS NOT NULL), 0)::bigint,
    coalesce(sum(line.emission_mg_co2e), 0)::bigint,
    coalesce(sum(line.primary_mg_co2e), 0)::bigint, sum(line.price_cents)::bigint
FROM ketens_salebooking booking
JOIN ketens_bookedline line ON line.booking_id = booking.id
JOIN register_village place ON place.id = booking.village_id
JOIN register_enterprise seller ON seller.id = booking.enterprise_id
JOIN register_village shop ON shop.id = seller.village_id
LEFT JOIN ketens_groupedproduct grouped ON grouped.product_ref = line.product_ref
WHERE booking.activity_date >= %(first)s AND booking.activity_date < %(after)s
GROUP BY 1, 2, 3, 4, 5
"""
LINE_PARTS = (
    "lines",
    "with_mass",
    "with_emission",
    "with_distance",
    "with_work",
    "mass_g",
    "mass_with_emission_g",
    "complete_emission_mg",
    "primary_mg",
    "turnover_cents",
)

# A transfer and what takes it back have one source; both are left out. OFFSET 0 holds the
# planner to one look into the index per booking, however large the ledger is.
MOVED = """
WITH moved AS MATERIALIZED (
    SELECT transfer.id, transfer.reason, transfer.amount, transfer.reverses_id,
        booking.id AS booking_id, booking.village_id
    FROM ketens_salebooking booking CROSS JOIN LATERAL (
        SELECT id, reason, amount, reverses_id FROM ledger_transfer
        WHERE source = booking.source OFFSET 0
    ) transfer
    WHERE booking.activity_date >= %(first)s AND booking.activity_date < %(after)s
), standing AS (
    SELECT booking_id, village_id, amount, split_part(reason, ':', 1) AS what,
        split_part(reason, ':line:', 2) AS line_ref,
        CASE WHEN reason LIKE 'co2:leg:%%' THEN split_part(reason, ':', 3)::bigint END AS leg,
        CASE WHEN reason LIKE 'work:%%' THEN split_part(reason, ':', 2)::bigint END AS work
    FROM moved
    WHERE (reason LIKE 'grams:line:%%' OR reason LIKE 'co2:leg:%%'
            OR reason LIKE 'metres:leg:%%' OR reason LIKE 'work:%%')
        AND id NOT IN (SELECT reverses_id FROM moved WHERE reverses_id IS NOT NULL)
)
SELECT standing.village_id, line.chain_id, coalesce(grouped.group_id, %(unknown)s), what,
    coalesce(calculation.factor_set_version || '|' || factor.key || '/'
        || calculation.quality_level, ''),
    member.enterprise_id, sum(amount)::bigint
FROM standing
JOIN ketens_bookedline line
    ON line.booking_id = standing.booking_id AND line.line_ref = standing.line_ref
LEFT JOIN ketens_groupedproduct grouped ON grouped.product_ref = line.product_ref
LEFT JOIN ketens_calculation calculation ON calculation.line_id = line.id
    AND calculation.leg_id = standing.leg AND NOT EXISTS (
        SELECT FROM ketens_calculation newer WHERE newer.supersedes_id = calculation.id)
LEFT JOIN ketens_factor factor ON factor.id = calculation.factor_id
LEFT JOIN ketens_socialwork work ON work.id = standing.work
LEFT JOIN ketens_chainmember member ON member.id = work.member_id
GROUP BY 1, 2, 3, 4, 5, 6
"""
MOVED_PARTS = {
    "grams": "goods_g",
    "co2": "emission_mg",
    "metres": "vehicle_metres",
    "work": "work_minutes",
}

# Only what is known on every stretch of its way: half a way is no way.
WAYS = """
SELECT village_id, chain_id, group_code, sum(mass_g)::bigint, sum(round(gram_metres))::bigint
FROM (
    SELECT booking.village_id, line.chain_id, line.mass_g,
        coalesce(grouped.group_id, %(unknown)s) AS group_code,
        bool_and(inputs->>'distance_m' <> 'unknown') AS is_known,
        sum(CASE WHEN inputs->>'distance_m' <> 'unknown' THEN
            (inputs->>'sold_mass_g')::numeric * (inputs->>'grams_per_kg_sold')::numeric / 1000
            * (inputs->>'distance_m')::numeric END) AS gram_metres
    FROM ketens_salebooking booking
    JOIN ketens_bookedline line ON line.booking_id = booking.id
    JOIN ketens_calculation calculation ON calculation.line_id = line.id
    LEFT JOIN ketens_groupedproduct grouped ON grouped.product_ref = line.product_ref
    WHERE booking.activity_date >= %(first)s AND booking.activity_date < %(after)s
        AND line.mass_g IS NOT NULL AND calculation.leg_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM ketens_calculation newer WHERE newer.supersedes_id = calculation.id)
    GROUP BY booking.village_id, line.id, line.chain_id, line.mass_g, group_code
) ways WHERE is_known GROUP BY 1, 2, 3
"""

# Who fetches goods of three shops at one place makes one trip.
TRIPS = """
SELECT village_id, count(*), count(pickup_distance_m),
    coalesce(sum(round(pickup_distance_m * 2 * %(share)s)), 0)::bigint
FROM (
    SELECT DISTINCT village_id, coalesce(purchase_ref::text, source), activity_date,
        pickup_distance_m
    FROM ketens_salebooking WHERE activity_date >= %(first)s AND activity_date < %(after)s
) trips GROUP BY 1
"""

ENTRIES = """
SELECT enterprise.village_id, batch.chain_id,
    coalesce(grouped.group_id, %(unknown)s),
    entry.kind, entry.rung, coalesce(made.is_food, true), entry.origin LIKE %(surplus)s,
    entry.weighing = %(weighed)s, count(*), sum(entry.mass_g)::bigint, sum(entry.id)::bigint
FROM ketens_batchentry entry
JOIN ketens_batch batch ON batch.id = entry.batch_id
JOIN ketens_chainmember member ON member.id = batch.member_id
JOIN register_enterprise enterprise ON enterprise.id = member.enterprise_id
LEFT JOIN ketens_groupedproduct grouped ON grouped.product_ref =
    CASE WHEN batch.product_ref = '' THEN 'batch:' || batch.id ELSE batch.product_ref END
LEFT JOIN ketens_productgroup made ON made.code = grouped.group_id
WHERE entry.activity_date >= %(first)s AND entry.activity_date < %(after)s
    AND entry.takes_back_id IS NULL AND NOT EXISTS (
        SELECT FROM ketens_batchentry back WHERE back.takes_back_id = entry.id)
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
"""

Row = tuple[Any, ...]

FOODS = """
WITH foods AS (
    SELECT DISTINCT ON (product_ref) product_ref, food FROM ketens_foodmatch match
    WHERE quality <> 'none' AND NOT EXISTS (
        SELECT FROM ketens_foodmatch newer WHERE newer.supersedes_id = match.id)
    ORDER BY product_ref, id DESC
)
SELECT booking.village_id, line.chain_id, coalesce(grouped.group_id, %(unknown)s), foods.food,
    sum(line.mass_g)::bigint
FROM ketens_salebooking booking
JOIN ketens_bookedline line ON line.booking_id = booking.id
JOIN foods ON foods.product_ref = line.product_ref
LEFT JOIN ketens_groupedproduct grouped ON grouped.product_ref = line.product_ref
WHERE booking.activity_date >= %(first)s AND booking.activity_date < %(after)s
    AND line.mass_g IS NOT NULL
GROUP BY 1, 2, 3, 4
"""


def read_facts(first: date, after: date) -> Iterator[Fact]:
    """Yield everything that the books say of some days, without the day `after`; six queries.

    A month is read while nothing is booked: `refresh_months` holds the lock.
    """
    words: dict[str, Any] = {
        "first": first,
        "after": after,
        "unknown": UNKNOWN_GROUP,
        "share": DEFAULT_TRIP_SHARE,
        "surplus": f"{SURPLUS_ORIGIN}%",
        "weighed": Weighing.WEIGHED.value,
    }
    entries = list(ask(ENTRIES, words))
    yield from facts_of_entries(entries)
    yield from facts_of_lines(ask(LINES, words), counted={row[1] for row in entries})
    yield from facts_of_moved(ask(MOVED, words))
    for village, chain, group, mass, gram_metres in ask(WAYS, words):
        grain = Grain(village, chain, group)
        yield Fact(grain, "mass_with_way_g", mass)
        yield Fact(grain, "mass_distance_gm", gram_metres)
    for village, trips, with_way, metres in ask(TRIPS, words):
        grain = Grain(village)
        yield Fact(grain, "trips", trips)
        yield Fact(grain, "trips_with_way", with_way)
        yield Fact(grain, "consumer_metres", metres)
    for village, chain, group, food, mass in ask(FOODS, words):
        grain = Grain(village, chain, group)
        yield Fact(grain, "sold_g_by_food", mass, food)
        yield Fact(grain, "matched_g", mass)


def facts_of_lines(rows: Iterator[Row], *, counted: set[int]) -> Iterator[Fact]:
    """Yield what is known of booked lines; `counted` are the chains that counted leftovers."""
    for village, chain, group, enterprise, is_own, *sums in rows:
        grain = Grain(village, chain, group)
        told = dict(zip(LINE_PARTS, sums, strict=True))
        for name, amount in told.items():
            if amount:
                yield Fact(grain, name, amount)
        cents = told["turnover_cents"]
        yield Fact(grain, "lines_by_enterprise", told["lines"], str(enterprise))
        yield Fact(grain, "turnover_by_enterprise", cents, str(enterprise))
        if is_own:
            yield Fact(grain, "own_municipality_cents", cents)
            yield Fact(grain, "own_municipality_by_enterprise", cents, str(enterprise))
        if chain is None:
            continue
        yield Fact(grain, "lines_by_chain", told["lines"], str(chain))
        yield Fact(grain, "chain_lines_by_village", told["lines"], str(village))
        yield Fact(grain, "chain_g", told["mass_g"])
        yield Fact(grain, "counted_chain_g", told["mass_g"] if chain in counted else 0)


def facts_of_moved(rows: Iterator[Row]) -> Iterator[Fact]:
    """Yield what the ledger moved to residents, the emission by factor as well."""
    for village, chain, group, what, factor, employer, amount in rows:
        grain = Grain(village, chain, group)
        yield Fact(grain, MOVED_PARTS[what], amount)
        if factor:
            yield Fact(grain, "emission_mg_by_factor", amount, factor)
        if employer is not None:
            yield Fact(grain, "minutes_by_employer", amount, str(employer))


def facts_of_entries(rows: list[Row]) -> Iterator[Fact]:
    """Yield what members counted of batches, in the village where it was left over."""
    for village, chain, group, kind, rung, is_food, at_risk, weighed, number, mass, ids in rows:
        grain = Grain(village, chain, group)
        yield Fact(grain, "entries", number)
        yield Fact(grain, "entry_ids", ids)
        yield Fact(grain, "entered_g", mass)
        yield Fact(grain, "weighed_g", mass if weighed else 0)
        if kind == Entry.RESIDUAL.value:
            name = "left_over_g_by_rung" if is_food else "other_left_over_g_by_rung"
            yield Fact(grain, name, mass, str(rung))
            if at_risk and is_food:
                yield Fact(grain, "at_risk_g_by_rung", mass, str(rung))
        elif kind == Entry.SOLD.value and at_risk:
            yield Fact(grain, "sold_as_surplus_g", mass)


def ask(statement: str, words: dict[str, Any]) -> Iterator[Row]:
    """Yield the rows of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, words)
        yield from cursor.fetchall()
