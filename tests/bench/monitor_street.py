"""A street of any size, written by the database itself, for benches and plans of the monitor.

Every order is a booked sale of four lines; three of four lines run in a chain with three
stretches, so that an order is thirty-four transfers. Triggers are off while it is written.
"""

from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from ketens.models import BookedLine
from ketens.operations.factors import load_factor_set, read_factor_folder
from ketens.operations.rollups import ADD_COVERAGE, READ_COVERAGE, add_in_pieces, last_id

NOW = datetime(2026, 12, 1, 3, tzinfo=UTC)
FACTORS = Path(settings.PROJECT_DIR) / "fixtures" / "reference" / "factors" / "nl-2026"
PIECE = 20_000


@dataclass(frozen=True)
class Size:
    """How large the street is; orders lie in so many days from the first."""

    orders: int
    shops: int
    villages: int = 219
    municipalities: int = 12
    chains: int = 100
    groups: int = 20
    products: int = 20_000
    days: int = 1_065
    first: date = date(2024, 1, 1)
    now: datetime = NOW


PLACES = """
INSERT INTO register_municipality (code, name, slug)
SELECT 'GM' || (5000 + n), 'Gemeente ' || n, 'gemeente-' || n
FROM generate_series(1, %(municipalities)s) n;
INSERT INTO register_village (code, name, slug, municipality_id, latitude, longitude, source,
    licence)
SELECT 'C' || n, 'Dorp ' || n, 'bench-dorp-' || n, (SELECT id FROM register_municipality
    WHERE code = 'GM' || (5001 + n %% %(municipalities)s)), 52.9, 6.6, 'bench', 'none'
FROM generate_series(1, %(villages)s) n;
CREATE TEMP TABLE places AS SELECT id, row_number() OVER (ORDER BY id) AS n
FROM register_village WHERE source = 'bench';
INSERT INTO register_enterprise (legal_name, trade_name, slug, kvk_number, vat_number,
    legal_form, street_address, postcode, village_id, email, phone, impact_stance, dimensions,
    drives, sdg_targets, status, registered_at)
SELECT 'Winkel ' || one, 'Winkel ' || one, 'bench-' || one, (70000000 + one)::text, '',
    'eenmanszaak', 'Brink 1', '9331 AA', places.id, 'x@example.nl', '', 'regular', '{}', '{}',
    '{}', 'verified', %(now)s
FROM generate_series(1, %(shops)s) one JOIN places ON places.n = 1 + one %% %(villages)s;
CREATE TEMP TABLE shops AS
SELECT id, village_id, row_number() OVER (ORDER BY id) AS n FROM register_enterprise
WHERE slug LIKE 'bench-%%';
"""
CHAINS = """
INSERT INTO ketens_chain (slug, name, summary, story, status, started_on)
SELECT 'bench-keten-' || n, 'Keten ' || n, '', '', 'running', %(first)s
FROM generate_series(1, %(chains)s) n;
CREATE TEMP TABLE chains AS SELECT id, row_number() OVER (ORDER BY id) AS n
FROM ketens_chain WHERE slug LIKE 'bench-keten-%%';
INSERT INTO ketens_chainmember (chain_id, enterprise_id, role, contribution)
SELECT chains.id, shops.id, 'maker', '' FROM chains JOIN shops ON shops.n = chains.n;
INSERT INTO ketens_socialwork (chain_id, member_id, description, source, minutes_per_kg)
SELECT chain_id, id, 'werk', 'bench', 6 FROM ketens_chainmember
WHERE chain_id IN (SELECT id FROM chains);
INSERT INTO ketens_productgroup (code, name, is_food)
SELECT 'groep-' || n, 'Groep ' || n, true FROM generate_series(1, %(groups)s) n;
INSERT INTO ketens_groupedproduct (product_ref, group_id)
SELECT (900000 + n)::text, 'groep-' || (1 + n %% %(groups)s)
FROM generate_series(1, %(products)s) n;
INSERT INTO ledger_account (ledger_id, code)
SELECT ledger.id, 'village:' || places.id || ':residents' FROM ledger_ledger ledger, places
ON CONFLICT DO NOTHING;
INSERT INTO ledger_account (ledger_id, code)
SELECT ledger.id, 'chain:' || chains.id || ':leg:' || leg
FROM ledger_ledger ledger, chains, generate_series(1, 3) leg ON CONFLICT DO NOTHING;
CREATE TEMP TABLE accounts AS
SELECT ledger.unit, account.ledger_id, account.id, split_part(code, ':', 2)::bigint AS owner,
    CASE WHEN code LIKE 'chain:%%' THEN split_part(code, ':', 4)::int ELSE 0 END AS leg
FROM ledger_account account JOIN ledger_ledger ledger ON ledger.id = account.ledger_id
WHERE code LIKE 'village:%%:residents' OR code LIKE 'chain:%%:leg:%%';
CREATE INDEX ON accounts (unit, owner, leg);
ANALYZE accounts; ANALYZE shops; ANALYZE places; ANALYZE chains;
"""
ORDERS = """
INSERT INTO ketens_salebooking (source, purchase_ref, enterprise_id, village_id, activity_date,
    pickup_distance_m, content_digest, booked_at)
SELECT 'bench:' || one, gen_random_uuid(), shops.id, shops.village_id,
    %(first)s::date + (one::bigint * 7919 %% %(days)s)::int,
    CASE WHEN one %% 4 > 0 THEN 300 + one %% 5000 END, '', %(now)s
FROM generate_series(%(after)s + 1, %(until)s) one
JOIN shops ON shops.n = 1 + one %% %(shops)s;
INSERT INTO ketens_bookedline (booking_id, line_ref, product_ref, chain_id, quantity, mass_g,
    price_cents, emission_mg_co2e, primary_mg_co2e, distance_m, work_minutes)
SELECT booking.id, booking.id || '-' || k,
    (900001 + (booking.id * 13 + k * 7) %% %(products)s)::text,
    chains.id, 1, 800, 450, CASE WHEN chains.id IS NOT NULL THEN 60 END,
    CASE WHEN chains.id IS NOT NULL THEN 20 END, CASE WHEN chains.id IS NOT NULL THEN 30 END,
    CASE WHEN chains.id IS NOT NULL THEN 5 END
FROM ketens_salebooking booking CROSS JOIN generate_series(1, 4) k
LEFT JOIN chains ON k < 4 AND chains.n = 1 + (booking.village_id * 5 + k) %% %(chains)s
WHERE booking.id > %(booked)s AND booking.source LIKE 'bench:%%';
INSERT INTO ketens_calculation (public_id, booking_id, line_id, chain_id, leg_id, formula,
    formula_version, method_version, inputs, factor_id, factor_set_version, result, result_unit,
    unknown_because, quality_level, activity_date, computed_by, created_at, digest)
SELECT gen_random_uuid(), booking.id, line.id, line.chain_id, leg, 'transport.tkm', 1, '2026.1',
    jsonb_build_object('sold_mass_g', '800', 'grams_per_kg_sold', '1000', 'distance_m', '9000'),
    factor.id, 'nl-2026-v1', 0.00002, 'kgCO2e', '', 3 + leg %% 3, booking.activity_date, 'bench',
    %(now)s, ''
FROM ketens_bookedline line JOIN ketens_salebooking booking ON booking.id = line.booking_id
CROSS JOIN generate_series(1, 3) leg
JOIN (SELECT id, row_number() OVER (ORDER BY id) AS n FROM ketens_factor LIMIT 3) factor
    ON factor.n = leg
WHERE line.id > %(lined)s AND line.chain_id IS NOT NULL;
INSERT INTO ledger_transfer (ledger_id, debit_id, credit_id, amount, source, reason,
    activity_date, booked_date, booked_at, memo, digest)
SELECT debit.ledger_id, debit.id, credit.id, amount, booking.source, what || line.line_ref,
    booking.activity_date, booking.activity_date, %(now)s, '', ''
FROM ketens_bookedline line JOIN ketens_salebooking booking ON booking.id = line.booking_id
CROSS JOIN LATERAL (
    SELECT 'grams' AS unit, 'grams:line:' AS what, 800 AS amount, 1 AS leg
    UNION ALL SELECT 'grams', 'grams:counter:line:', 800, 2 WHERE line.chain_id IS NOT NULL
    UNION ALL SELECT 'grams', 'grams:link:' || link || ':line:', 800, 3
        FROM generate_series(1, 2) link WHERE line.chain_id IS NOT NULL
    UNION ALL SELECT 'mg_co2e', 'co2:leg:' || stretch || ':line:', 20, stretch
        FROM generate_series(1, 3) stretch WHERE line.chain_id IS NOT NULL
    UNION ALL SELECT 'metres', 'metres:leg:' || stretch || ':line:', 10, stretch
        FROM generate_series(1, 3) stretch WHERE line.chain_id IS NOT NULL
    UNION ALL SELECT 'minutes', 'work:' || coalesce((SELECT id FROM ketens_socialwork
        WHERE chain_id = line.chain_id), 0) || ':line:', 5, 1 WHERE line.chain_id IS NOT NULL
) moved
JOIN accounts debit ON debit.unit = moved.unit AND debit.owner = booking.village_id
    AND debit.leg = 0
JOIN accounts credit ON credit.unit = moved.unit AND credit.leg = moved.leg
    AND credit.owner = coalesce(line.chain_id, (SELECT min(id) FROM chains))
WHERE line.id > %(lined)s;
"""


def write_street(size: Size) -> int:
    """Write places, chains and orders; return how many transfers stand there."""
    load_factor_set(content=read_factor_folder(FACTORS), now=NOW)
    words = asdict(size)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(PLACES, words)
        cursor.execute(CHAINS, words)
        for after in range(0, size.orders, PIECE):
            cursor.execute(
                "SELECT (SELECT coalesce(max(id), 0) FROM ketens_salebooking),"
                " (SELECT coalesce(max(id), 0) FROM ketens_bookedline)"
            )
            booked, lined = cursor.fetchone()
            until = min(after + PIECE, size.orders)
            piece = {"after": after, "until": until, "booked": booked, "lined": lined}
            cursor.execute(ORDERS, words | piece)
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("ANALYZE")
    last = last_id(BookedLine)
    add_in_pieces(
        ADD_COVERAGE.format(rows=READ_COVERAGE), last, "lines", say=lambda line: None, piece=last
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_transfer WHERE source LIKE 'bench:%'")
        return int(cursor.fetchone()[0])
