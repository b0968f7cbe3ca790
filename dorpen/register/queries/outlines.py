"""The outlines of the municipalities, for drawn maps (CBS/Kadaster, CC BY 4.0)."""

import csv
import json
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

Corner = tuple[float, float]


@dataclass(frozen=True)
class Outline:
    """A municipality as rings of (longitude, latitude), and where its name can stand."""

    code: str
    name: str
    slug: str
    label: Corner
    rings: tuple[tuple[Corner, ...], ...]


@lru_cache(maxsize=1)
def list_outlines() -> tuple[Outline, ...]:
    """Return the twelve municipalities, read once per process from the reference tables."""
    folder = settings.PROJECT_DIR / "fixtures" / "reference" / "places"
    with (folder / "municipalities.csv").open(newline="") as table:
        slugs = {row["code"]: row["slug"] for row in csv.DictReader(table)}
    content = json.loads((folder / "municipality_outlines.json").read_text())
    return tuple(
        Outline(
            code=row["code"],
            name=row["name"],
            slug=slugs[row["code"]],
            label=(row["label"][0], row["label"][1]),
            rings=tuple(tuple((x, y) for x, y in ring) for ring in row["rings"]),
        )
        for row in content["municipalities"]
        if row["code"] in slugs
    )
