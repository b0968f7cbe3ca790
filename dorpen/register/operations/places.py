"""Load the places of Drenthe from the reference tables."""

import csv
from pathlib import Path

from django.core.cache import cache
from django.db import transaction

from dorpen.register.models import Municipality, PostalCode, Village, VillageAlias
from dorpen.register.queries.villages import CACHE_KEY

VILLAGE_SOURCE = "GeoNames (place), CBS PC4 1-1-2021 (people), BAG (code)"
POSTAL_SOURCES = {
    "geonames-postal": "GeoNames postal codes NL, 12-4-2024",
    "4pp": "4pp, 2014",
}
LICENCE = "CC BY 4.0"


def read_table(path: Path) -> list[dict[str, str]]:
    """Return the rows of a reference table."""
    with path.open(newline="") as source:
        return list(csv.DictReader(source))


@transaction.atomic
def load_places(*, folder: Path) -> dict[str, int]:
    """Bring municipalities, villages, aliases and postal codes up to date; return counts."""
    municipalities = {
        row["code"]: Municipality.objects.update_or_create(
            code=row["code"], defaults={"name": row["name"], "slug": row["slug"]}
        )[0]
        for row in read_table(folder / "municipalities.csv")
    }
    villages = {
        row["slug"]: _load_village(row, municipalities[row["municipality_code"]])
        for row in read_table(folder / "villages.csv")
    }
    aliases = read_table(folder / "aliases.csv")
    for row in aliases:
        VillageAlias.objects.update_or_create(
            slug=row["slug"],
            defaults={
                "name": row["name"],
                "village": villages[row["village_slug"]],
                "municipality": municipalities[row["municipality_code"]],
            },
        )
    codes = _load_postal_codes(read_table(folder / "postal_codes.csv"), villages)
    cache.delete(CACHE_KEY)
    return {
        "municipalities": len(municipalities),
        "villages": len(villages),
        "aliases": len(aliases),
        "postal codes": codes,
    }


def _load_village(row: dict[str, str], municipality: Municipality) -> Village:
    village, _made = Village.objects.update_or_create(
        slug=row["slug"],
        defaults={
            "code": row["code"] or None,
            "name": row["name"],
            "municipality": municipality,
            "latitude": float(row["latitude"]),
            "longitude": float(row["longitude"]),
            "population": int(row["population"]) if row["population"] else None,
            "source": VILLAGE_SOURCE,
            "licence": LICENCE,
        },
    )
    return village


def _load_postal_codes(rows: list[dict[str, str]], villages: dict[str, Village]) -> int:
    PostalCode.objects.bulk_create(
        (
            PostalCode(
                pc4=row["pc4"],
                village=villages[row["village_slug"]],
                latitude=float(row["latitude"]),
                longitude=float(row["longitude"]),
                source=POSTAL_SOURCES[row["source_key"]],
            )
            for row in rows
        ),
        update_conflicts=True,
        unique_fields=["pc4", "village"],
        update_fields=["latitude", "longitude", "source"],
    )
    return len(rows)
