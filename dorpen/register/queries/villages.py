"""Read villages; there are 219 of them, so the whole list is one cached value."""

from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Q

from dorpen.register.domain.checks import normalise_postcode
from dorpen.register.domain.distance import great_circle_m
from dorpen.register.models import PostalCode, Village

CACHE_KEY = "register.villages"
CACHE_SECONDS = 3600


@dataclass(frozen=True)
class VillageRow:
    """One village; coordinates in WGS84, `population` None where it is unknown."""

    id: int
    name: str
    slug: str
    municipality: str
    latitude: float
    longitude: float
    population: int | None

    def distance_m(self, other: "VillageRow") -> int:
        """Return the distance to another village's centre in metres."""
        return great_circle_m(self.latitude, self.longitude, other.latitude, other.longitude)


def list_villages() -> list[VillageRow]:
    """Return every village by name (1 query, then cached for an hour)."""
    found: list[VillageRow] | None = cache.get(CACHE_KEY)
    if not found:
        found = [
            _row(village)
            for village in Village.objects.select_related("municipality").order_by("name")
        ]
        cache.set(CACHE_KEY, found, CACHE_SECONDS)
    return found


def get_village(slug: str) -> VillageRow | None:
    """Return the village with this slug; a border part's slug leads to its village."""
    village = (
        Village.objects.select_related("municipality")
        .filter(Q(slug=slug) | Q(aliases__slug=slug))
        .first()
    )
    return _row(village) if village else None


def find_village_by_postcode(text: str) -> VillageRow | None:
    """Return the village of a postcode such as ``9331 AB`` or ``9331``, else None.

    Where a postal code covers several villages, it is the one with most people.
    """
    postcode = normalise_postcode(text)
    if postcode is None:
        return None
    found = (
        PostalCode.objects.filter(pc4=postcode[:4])
        .select_related("village__municipality")
        .order_by("-village__population")
        .first()
    )
    return _row(found.village) if found else None


def find_place_of_postcode(text: str) -> tuple[float, float] | None:
    """Return where a postcode's four digits lie, as latitude and longitude, else None."""
    postcode = normalise_postcode(text)
    if postcode is None:
        return None
    found = PostalCode.objects.filter(pc4=postcode[:4]).order_by("-village__population").first()
    return (found.latitude, found.longitude) if found else None


def find_villages_by_name(text: str, *, most: int = 8) -> list[VillageRow]:
    """Return villages whose name starts with, or else contains, this text."""
    wanted = text.strip().casefold()
    if not wanted:
        return []
    names = [(village.name.casefold(), village) for village in list_villages()]
    starting = [village for name, village in names if name.startswith(wanted)]
    inside = [village for name, village in names if wanted in name and village not in starting]
    return (starting + inside)[:most]


def list_nearby_villages(*, village_id: int, limit: int = 6) -> list[tuple[VillageRow, int]]:
    """Return the nearest other villages, each with its distance in metres."""
    villages = list_villages()
    here = next((village for village in villages if village.id == village_id), None)
    if here is None:
        return []
    others = [(village, here.distance_m(village)) for village in villages if village != here]
    return sorted(others, key=lambda pair: pair[1])[:limit]


def _row(village: Village) -> VillageRow:
    return VillageRow(
        id=village.pk,
        name=village.name,
        slug=village.slug,
        municipality=village.municipality.name,
        latitude=village.latitude,
        longitude=village.longitude,
        population=village.population,
    )
