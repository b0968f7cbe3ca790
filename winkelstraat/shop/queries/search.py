"""Dutch full-text search over the stored search words, ranked over a capped set.

Words are stemmed as Dutch ("broden" finds "brood") and looked for as they are, the last
one also as a beginning, so that a search half typed already finds something.
"""

import re
import unicodedata
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchQueryField, SearchVector
from django.db import connection
from django.db.models import ExpressionWrapper, Q, QuerySet

from winkelstraat.shop.domain.ranking import WEIGHTS
from winkelstraat.shop.models import Listing, SellerProfile

CANDIDATES = 1001
LONGEST_TEXT = 80
MOST_WORDS = 8
SCORE = 1_000_000


@dataclass(frozen=True)
class FoundListings:
    """Ids in order of rank; `total` is how many fit, at most `CANDIDATES`."""

    ids: list[int]
    after: str | None
    total: int


@dataclass(frozen=True)
class FoundShop:
    """A shop whose own words fit the search."""

    name: str
    slug: str
    village_name: str
    tagline: str


def fold(text: str) -> str:
    """Return the text in small letters without accents: ``Crème`` becomes ``creme``."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def parse(text: str) -> SearchQuery | None:
    """Return the query for what somebody typed, or None when there is no word in it."""
    words = _words(text)
    if not words:
        return None
    whole = SearchQuery(" ".join(words), config="dutch", search_type="plain")
    started = " & ".join([*words[:-1], f"{words[-1]}:*"])
    return whole | SearchQuery(started, config="simple", search_type="raw")


def find_listings(
    wanted: QuerySet[Listing], *, text: str, after: str | None, limit: int
) -> FoundListings:
    """Return the best matching ids of `wanted` (1 query).

    At most `CANDIDATES` matches are ranked; equal ranks stand newest first.
    """
    query = parse(text)
    if query is None:
        return FoundListings([], None, 0)
    candidates = wanted.filter(search_vector=query).annotate(
        asked=ExpressionWrapper(query, SearchQueryField())
    )
    inner, params = (
        candidates.values("id", "search_vector", "asked")[:CANDIDATES]
    ).query.sql_with_params()
    score, listing_id = _read_cursor(after)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT id, score, total FROM (
                SELECT id, count(*) OVER () AS total,
                       round(ts_rank(%s::float4[], search_vector, asked) * {SCORE})::int AS score
                FROM ({inner}) AS candidates
            ) AS ranked
            WHERE (score, id) < (%s, %s) ORDER BY score DESC, id DESC LIMIT %s
            """,  # noqa: S608 - the inner text is Django's own SQL, its values are parameters
            [list(WEIGHTS.as_array()), *params, score, listing_id, limit + 1],
        )
        rows = cursor.fetchall()
    kept = rows[:limit]
    more = f"{kept[-1][1]}-{kept[-1][0]}" if len(rows) > limit else None
    return FoundListings([row[0] for row in kept], more, rows[0][2] if rows else 0)


def find_shops(*, text: str, most: int = 4) -> list[FoundShop]:
    """Return shops whose name, tagline or village fits the text (1 query)."""
    query = parse(text)
    if query is None:
        return []
    shops = (
        SellerProfile.objects.annotate(
            words=SearchVector("name", "tagline", "village__name", config="dutch")
        )
        .filter(Q(words=query) | Q(name__icontains=" ".join(_words(text))))
        .filter(enterprise__status="verified")
        .order_by("name")
        .values_list("name", "slug", "village__name", "tagline")[:most]
    )
    return [FoundShop(*row) for row in shops]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text[:LONGEST_TEXT]))[:MOST_WORDS]


def _read_cursor(after: str | None) -> tuple[int, int]:
    score, _dash, listing_id = (after or "").partition("-")
    # Nine digits are more than any score or id here and fit PostgreSQL's integer.
    if score.isdecimal() and listing_id.isdecimal() and len(score) < 10 and len(listing_id) < 18:
        return int(score), int(listing_id)
    return 2**31 - 1, 2**62
