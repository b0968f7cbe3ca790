"""What a visitor asks of a list, read from the address; a wrong value is no value."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from dorpen.register.queries import VillageRow, find_village_by_postcode, list_villages
from winkelstraat.shop.domain.ranking import WEIGHTS
from winkelstraat.shop.queries.cards import CardFilters, CardPage
from winkelstraat.shop.queries.categories import CategoryRow, list_categories

LONGEST_TEXT = 80
# Kilometres from the chosen village; 0 is the village itself, nothing is all of Drenthe.
DISTANCES = (
    ("", _("all of Drenthe")),
    ("0", _("only this village")),
    ("5", _("within 5 km")),
    ("10", _("within 10 km")),
    ("25", _("within 25 km")),
)


@dataclass(frozen=True)
class Asked:
    """The words and the choices of a visitor, each valid or empty."""

    text: str
    village_text: str
    village: VillageRow | None
    distance: str
    category: CategoryRow | None
    open_now: bool
    pickup_today: bool

    @property
    def filters(self) -> CardFilters:
        """Return what the list query asks; an address is near the chosen village's centre."""
        village = self.village
        return CardFilters(
            village_id=village.id if village and self.distance == "0" else None,
            category_id=self.category.id if self.category else None,
            text=self.text,
            near=(village.latitude, village.longitude) if village else None,
            within_m=int(self.distance) * 1000
            if village and self.distance not in ("", "0")
            else None,
            open_now=self.open_now,
            pickup_today=self.pickup_today,
        )

    @property
    def query(self) -> str:
        """Return the choices as the tail of an address, without the place in the list."""
        chosen = {
            "q": self.text,
            "dorp": self.village.slug if self.village else "",
            "binnen": self.distance if self.village else "",
            "categorie": self.category.slug if self.category else "",
            "open": "1" if self.open_now else "",
            "vandaag": "1" if self.pickup_today else "",
        }
        return urlencode({name: value for name, value in chosen.items() if value})

    @property
    def village_is_unknown(self) -> bool:
        """Tell whether a place was typed that is not a village or postcode of Drenthe."""
        return bool(self.village_text) and self.village is None

    @property
    def is_narrowed(self) -> bool:
        """Tell whether anything but words was chosen."""
        return bool(self.village or self.category or self.open_now or self.pickup_today)


def read_asked(request: HttpRequest) -> Asked:
    """Read what is asked from the address."""
    wanted = request.GET
    place = _clean(wanted.get("dorp", ""))
    village = _find_village(place)
    category = wanted.get("categorie", "")
    distance = wanted.get("binnen", "")
    return Asked(
        text=_clean(wanted.get("q", "")),
        village_text=village.name if village else place,
        village=village,
        distance=distance if distance in dict(DISTANCES) else "",
        category=next((row for row in list_categories() if row.slug == category), None),
        open_now=wanted.get("open") == "1",
        pickup_today=wanted.get("vandaag") == "1",
    )


def describe_list(page: CardPage, *, asked: Asked, after: str) -> dict[str, Any]:
    """Return what a page with a list of cards shows, as plain values."""
    query = asked.query
    more = f"?{query}&" if query else "?"
    return {
        "asked": asked,
        "search_text": asked.text,
        "cards": page.cards,
        "total": page.total,
        "total_is_capped": page.total_is_capped,
        "more_url": f"{more}{urlencode({'na': page.after})}" if page.after else "",
        "first_url": (f"?{query}" if query else ".") if after else "",
        "categories": list_categories(),
        "distances": DISTANCES,
        "weights": WEIGHTS,
    }


def _clean(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())[:LONGEST_TEXT]


def _find_village(place: str) -> VillageRow | None:
    wanted = place.casefold()
    if not wanted:
        return None
    if wanted[0].isdecimal():
        return find_village_by_postcode(place)
    return next((row for row in list_villages() if wanted in (row.slug, row.name.casefold())), None)
