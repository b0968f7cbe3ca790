"""Random slices of the monitor from a seed, the same for every road that is compared."""

from collections.abc import Sequence
from datetime import date
from random import Random

from dorpen.register.models import Municipality, Village
from ketens.domain.monitor import MEASURES, PROVINCE, Place, PlaceKind, Slice
from ketens.domain.work import months_later
from ketens.models import Chain, MonitorMonth


def draw_slices(number: int, *, seed: int = 6, measures: Sequence[str] = ()) -> list[Slice]:
    """Return slices that may be asked, over the months, places and chains that there are."""
    chance = Random(seed)
    codes = measures or [row.code for row in MEASURES.values() if not row.is_from_releases]
    months = sorted(set(MonitorMonth.objects.values_list("month", flat=True)))
    groups = sorted(set(MonitorMonth.objects.values_list("product_group", flat=True)) - {""})
    places = list_drawn_places()
    chains = list(Chain.objects.order_by("pk").values_list("pk", flat=True))
    return [draw_slice(chance, codes, months, places, chains, groups) for _one in range(number)]


def draw_slice(
    chance: Random,
    codes: Sequence[str],
    months: list[date],
    places: list[Place],
    chains: list[int],
    groups: list[str],
) -> Slice:
    """Return one slice; what a measure is not kept by is not asked."""
    measure = MEASURES[chance.choice(codes)]
    first = chance.choice(months)
    last = min(months[-1], months_later(first, chance.randint(0, 3)))
    place = chance.choice(places)
    chain = chance.choice([None, None, *chains]) if measure.is_by_chain else None
    group = chance.choice(["", "", *groups]) if measure.is_by_group else ""
    if chain is not None and group and place != PROVINCE:
        group = ""
    return Slice(measure.code, first, last, place, chain, group)


def list_drawn_places() -> list[Place]:
    """Return the province and every municipality and village."""
    municipalities = Municipality.objects.order_by("pk").values_list("pk", flat=True)
    villages = Village.objects.order_by("pk").values_list("pk", flat=True)
    return [
        PROVINCE,
        *(Place(PlaceKind.MUNICIPALITY, pk) for pk in municipalities),
        *(Place(PlaceKind.VILLAGE, pk) for pk in villages),
    ]
