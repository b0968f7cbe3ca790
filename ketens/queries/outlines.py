"""The outlines of the municipalities, for drawn maps (CBS/Kadaster, CC BY 4.0)."""

import json
from functools import lru_cache

from django.conf import settings

from ketens.domain.drawn_map import Ring


@lru_cache(maxsize=1)
def list_outlines() -> tuple[Ring, ...]:
    """Return the outline of every municipality as rings of (longitude, latitude).

    Read once per process from the reference fixtures; without the file a map has dots
    only.
    """
    path = settings.PROJECT_DIR / "fixtures/reference/places/municipality_outlines.json"
    if not path.exists():
        return ()
    content = json.loads(path.read_text())
    return tuple(
        tuple((longitude, latitude) for longitude, latitude in ring)
        for municipality in content["municipalities"]
        for ring in municipality["rings"]
    )
