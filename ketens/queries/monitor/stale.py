"""Which kept months are behind the books: found from sums per day, never from transfers."""

from datetime import date

from django.db import connection

# Late sales show in the sums per day, late counts in the sum of their numbers, and a food
# that was approved since shows by the product that was sold.
STALE = """
WITH kept AS (
    SELECT month, refreshed_at, coalesce((numbers->>'lines')::bigint, 0) AS lines,
        coalesce((numbers->>'mass_g')::bigint, 0) AS mass_g,
        coalesce((numbers->>'complete_emission_mg')::bigint, 0) AS emission_mg,
        coalesce((numbers->>'entry_ids')::bigint, 0) AS entry_ids
    FROM ketens_monitormonth
    WHERE place_kind = 'province' AND chain_id IS NULL AND product_group = ''
), sold AS (
    SELECT date_trunc('month', day)::date AS month, sum(lines)::bigint AS lines,
        sum(mass_g)::bigint AS mass_g, sum(emission_mg)::bigint AS emission_mg
    FROM ketens_coverageday GROUP BY 1
), counted AS (
    SELECT date_trunc('month', activity_date)::date AS month, sum(entry.id)::bigint AS entry_ids
    FROM ketens_batchentry entry WHERE takes_back_id IS NULL AND NOT EXISTS (
        SELECT FROM ketens_batchentry back WHERE back.takes_back_id = entry.id)
    GROUP BY 1
), approved AS (
    SELECT DISTINCT kept.month
    FROM ketens_foodmatch match
    JOIN ketens_bookedline line ON line.product_ref = match.product_ref
    JOIN ketens_salebooking booking ON booking.id = line.booking_id
    JOIN kept ON kept.month = date_trunc('month', booking.activity_date)::date
    WHERE match.approved_at > kept.refreshed_at
)
SELECT month FROM kept FULL JOIN sold USING (month) FULL JOIN counted USING (month)
WHERE (kept.lines, kept.mass_g, kept.emission_mg, kept.entry_ids) IS DISTINCT FROM
    (coalesce(sold.lines, 0), coalesce(sold.mass_g, 0), coalesce(sold.emission_mg, 0),
     coalesce(counted.entry_ids, 0))
UNION SELECT month FROM approved
ORDER BY month
"""


def list_stale_months() -> tuple[date, ...]:
    """Return the first days of the months that are not what the books say; one query."""
    with connection.cursor() as cursor:
        cursor.execute(STALE)
        return tuple(row[0] for row in cursor.fetchall())
