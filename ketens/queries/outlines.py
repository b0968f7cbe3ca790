"""The outlines of the municipalities, for drawn maps (CBS/Kadaster, CC BY 4.0)."""

import json
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

from ketens.domain.drawn_map import Ring


@dataclass(frozen=True, slots=True)
class MunicipalityOutline:
    """A municipality as rings of (longitude, latitude), and where its name stands."""

    code: str
    name: str
    label: tuple[float, float]
    rings: tuple[Ring, ...]


@lru_cache(maxsize=1)
def list_municipalities() -> tuple[MunicipalityOutline, ...]:
    """Return the outline of every municipality.

    Read once per process from the reference fixtures; without the file a map has dots
    only.
    """
    path = settings.PROJECT_DIR / "fixtures/reference/places/municipality_outlines.json"
    if not path.exists():
        return ()
    content = json.loads(path.read_text())
    return tuple(
        MunicipalityOutline(
            code=row["code"],
            name=row["name"],
            label=(row["label"][0], row["label"][1]),
            rings=tuple(
                tuple((longitude, latitude) for longitude, latitude in ring)
                for ring in row["rings"]
            ),
        )
        for row in content["municipalities"]
    )


def list_outlines() -> tuple[Ring, ...]:
    """Return the rings of all municipalities together."""
    return tuple(ring for outline in list_municipalities() for ring in outline.rings)
