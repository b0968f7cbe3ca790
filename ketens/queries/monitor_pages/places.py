"""The municipalities and villages of the register, and their outlines."""

from dataclasses import dataclass

from dorpen.register.models import Village
from ketens.queries.outlines import MunicipalityOutline, list_municipalities


@dataclass(frozen=True, slots=True)
class VillagePlace:
    """A village with where it lies."""

    id: int
    name: str
    slug: str
    latitude: float
    longitude: float
    municipality_id: int


@dataclass(frozen=True, slots=True)
class MunicipalityPlace:
    """A municipality with its outline, where we have one."""

    id: int
    code: str
    name: str
    slug: str
    outline: MunicipalityOutline | None


@dataclass(frozen=True, slots=True)
class Places:
    """Every place, by its number in the register."""

    municipalities: dict[int, MunicipalityPlace]
    villages: dict[int, VillagePlace]

    def villages_in(self, municipality: int) -> list[VillagePlace]:
        """Return the villages of a municipality by name."""
        found = [row for row in self.villages.values() if row.municipality_id == municipality]
        return sorted(found, key=lambda row: row.name)


def read_places() -> Places:
    """Return every village with its municipality; one query."""
    outlines = {outline.code: outline for outline in list_municipalities()}
    municipalities: dict[int, MunicipalityPlace] = {}
    villages: dict[int, VillagePlace] = {}
    rows = Village.objects.order_by("name").values_list(
        "pk",
        "name",
        "slug",
        "latitude",
        "longitude",
        "municipality_id",
        "municipality__code",
        "municipality__name",
        "municipality__slug",
    )
    for pk, name, slug, latitude, longitude, above, code, above_name, above_slug in rows:
        villages[pk] = VillagePlace(pk, name, slug, latitude, longitude, above)
        municipalities[above] = MunicipalityPlace(
            above, code, above_name, above_slug, outlines.get(code)
        )
    return Places(municipalities, villages)
