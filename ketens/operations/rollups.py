"""Keep the sums per day while booking, and rebuild or compare them from the books.

Rebuilding happens in one transaction, in pieces: readers see the old sums until the new
ones are whole, and bookings wait for it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection, transaction

from ketens.domain.codes import CHAIN_PREFIX
from ketens.models import BookedLine, CoverageDay, FlowDay, SaleBooking
from winkelstraat.ledger.models import Transfer
from winkelstraat.ledger.operations import Posting

LOCK = 7_203_411
PIECE = 200_000

SHARE = "SELECT pg_advisory_xact_lock_shared(%s) AS taken"
ALONE = "SELECT pg_advisory_xact_lock(%s)"

ADD_FLOWS = """
INSERT INTO ketens_flowday (unit, debit, credit, day, amount, transfers)
{rows}
ON CONFLICT (debit, credit, unit, day) DO UPDATE SET
    amount = ketens_flowday.amount + excluded.amount,
    transfers = ketens_flowday.transfers + excluded.transfers
"""

# A reversal is taken off the flow that it takes back.
READ_FLOWS = """
SELECT ledger.unit,
    CASE WHEN transfer.reverses_id IS NULL THEN debit.code ELSE credit.code END AS debit,
    CASE WHEN transfer.reverses_id IS NULL THEN credit.code ELSE debit.code END AS credit,
    transfer.activity_date AS day,
    sum(CASE WHEN transfer.reverses_id IS NULL THEN amount ELSE -amount END)::bigint AS amount,
    count(*)::int AS transfers
FROM ledger_transfer transfer
JOIN ledger_ledger ledger ON ledger.id = transfer.ledger_id
JOIN ledger_account debit ON debit.id = transfer.debit_id
JOIN ledger_account credit ON credit.id = transfer.credit_id
WHERE transfer.id > %(after)s AND transfer.id <= %(until)s
    AND (debit.code LIKE 'chain:%%' OR credit.code LIKE 'chain:%%')
GROUP BY 1, 2, 3, 4
"""

READ_COVERAGE = """
SELECT booking.activity_date AS day, booking.village_id, line.chain_id,
    count(*)::int AS lines, count(line.mass_g)::int AS with_mass,
    count(line.emission_mg_co2e)::int AS with_emission,
    count(line.distance_m)::int AS with_distance,
    count(line.work_minutes)::int AS with_work,
    coalesce(sum(line.mass_g), 0)::bigint AS mass_g,
    coalesce(sum(line.mass_g) FILTER (WHERE line.emission_mg_co2e IS NOT NULL), 0)::bigint
        AS mass_with_emission_g,
    coalesce(sum(line.emission_mg_co2e), 0)::bigint AS emission_mg,
    coalesce(sum(line.primary_mg_co2e), 0)::bigint AS primary_mg
FROM ketens_bookedline line JOIN ketens_salebooking booking ON booking.id = line.booking_id
WHERE line.id > %(after)s AND line.id <= %(until)s
GROUP BY 1, 2, 3
"""

SUMS = (
    "lines",
    "with_mass",
    "with_emission",
    "with_distance",
    "with_work",
    "mass_g",
    "mass_with_emission_g",
    "emission_mg",
    "primary_mg",
)
ADD_COVERAGE = (
    f"INSERT INTO ketens_coverageday (day, village_id, chain_id, {', '.join(SUMS)}) {{rows}}"
    " ON CONFLICT (day, village_id, chain_id) DO UPDATE SET "
    + ", ".join(f"{name} = ketens_coverageday.{name} + excluded.{name}" for name in SUMS)
)

FLOW_TYPES = ("text", "text", "text", "date", "bigint", "int")
COVERAGE_TYPES = ("date", "bigint", "bigint", *["bigint"] * len(SUMS))

Say = Callable[[str], object]


def add_to_rollups(
    *, booking: SaleBooking, lines: Iterable[BookedLine], postings: Iterable[Posting]
) -> None:
    """Add one booking to the sums of its day, in one statement of the booking's transaction.

    It waits while the sums are rebuilt, and what it adds comes on top of those.
    """
    flows = sum_flows(postings)
    coverage = sum_lines(booking, lines)
    parts = [
        ("flows", ADD_FLOWS, FLOW_TYPES, flows),
        ("coverage", ADD_COVERAGE, COVERAGE_TYPES, coverage),
    ]
    inserts = [
        f"{name} AS ({statement.format(rows=told(types, len(rows)))})"
        for name, statement, types, rows in parts
        if rows
    ]
    values: list[Any] = [value for *_words, rows in parts for row in rows for value in row]
    with connection.cursor() as cursor:
        cursor.execute(f"WITH held AS ({SHARE}), {', '.join(inserts)} SELECT 1", [LOCK, *values])


def told(types: tuple[str, ...], count: int) -> str:
    """Return `count` rows of typed places for values, in SQL, once the lock is held."""
    row = "(" + ", ".join(f"%s::{name}" for name in types) + ")"
    rows = ", ".join([row] * count)
    return f"SELECT told.* FROM (VALUES {rows}) told, held"  # noqa: S608 - places only


def sum_flows(postings: Iterable[Posting]) -> list[tuple[object, ...]]:
    """Return the flows of a chain's postings, in an order that two bookings share."""
    found: dict[tuple[str, str, str, object], list[int]] = defaultdict(list)
    for one in postings:
        if one.debit.startswith(CHAIN_PREFIX) or one.credit.startswith(CHAIN_PREFIX):
            found[str(one.unit), one.debit, one.credit, one.activity_date].append(one.amount)
    return [(*key, sum(amounts), len(amounts)) for key, amounts in sorted(found.items(), key=str)]


def sum_lines(booking: SaleBooking, lines: Iterable[BookedLine]) -> list[tuple[object, ...]]:
    """Return how much is known of a booking's lines, by chain."""
    by_chain: dict[int | None, list[BookedLine]] = defaultdict(list)
    for line in lines:
        by_chain[line.chain_id].append(line)
    return [
        (
            booking.activity_date,
            booking.village_id,
            chain,
            len(found),
            *(
                sum(getattr(line, name) is not None for line in found)
                for name in ("mass_g", "emission_mg_co2e", "distance_m", "work_minutes")
            ),
            sum(line.mass_g or 0 for line in found),
            sum(line.mass_g or 0 for line in found if line.emission_mg_co2e is not None),
            sum(line.emission_mg_co2e or 0 for line in found),
            sum(line.primary_mg_co2e or 0 for line in found),
        )
        for chain, found in sorted(by_chain.items(), key=lambda pair: pair[0] or 0)
    ]


@transaction.atomic
def rebuild_rollups(*, say: Say, piece: int = PIECE) -> None:
    """Throw the sums away and add them up again from the books, saying how far it is."""
    with connection.cursor() as cursor:
        cursor.execute(ALONE, [LOCK])
    FlowDay.objects.all().delete()
    CoverageDay.objects.all().delete()
    add_in_pieces(
        ADD_FLOWS.format(rows=READ_FLOWS), last_id(Transfer), "transfers", say=say, piece=piece
    )
    add_in_pieces(
        ADD_COVERAGE.format(rows=READ_COVERAGE), last_id(BookedLine), "lines", say=say, piece=piece
    )


def add_in_pieces(statement: str, last: int, what: str, *, say: Say, piece: int) -> None:
    """Run a statement over ranges of ids until the last."""
    with connection.cursor() as cursor:
        for after in range(0, last, piece):
            until = min(after + piece, last)
            cursor.execute(statement, {"after": after, "until": until})
            say(f"{until} of {last} {what}")


def last_id(model: type[Transfer] | type[BookedLine]) -> int:
    """Return the highest id of a table, nought when it is empty."""
    return model.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def count_differences() -> dict[str, int]:
    """Return how many sums of each kind are not what the books say; all nought is right."""
    whole = {"after": 0, "until": 2**62}
    flow_columns = "unit, debit, credit, day, amount, transfers"
    coverage_columns = f"day, village_id, chain_id, {', '.join(SUMS)}"
    return {
        "flows": _count_difference(READ_FLOWS, "ketens_flowday", flow_columns, whole),
        "coverage": _count_difference(READ_COVERAGE, "ketens_coverageday", coverage_columns, whole),
    }


def _count_difference(read: str, table: str, columns: str, ids: dict[str, int]) -> int:
    # All parts are texts of this module; nothing of them comes from outside.
    statement = (
        f"WITH told AS ({read}), kept AS (SELECT {columns} FROM {table}) "  # noqa: S608
        f"SELECT (SELECT count(*) FROM (TABLE told EXCEPT TABLE kept) AS missing)"
        f" + (SELECT count(*) FROM (TABLE kept EXCEPT TABLE told) AS extra)"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, ids)
        return int(cursor.fetchone()[0])
