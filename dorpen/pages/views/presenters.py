"""What each kind of page gets to show."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import slugify

from dorpen.pages.models import EventPage, StoryPage, VillagePage
from dorpen.pages.models.presenting import presents
from dorpen.pages.queries.home import get_street
from dorpen.pages.queries.villages import get_village_street
from dorpen.pages.views.choosing import COOKIE
from dorpen.register.queries import VillageRow, list_villages
from winkelstraat.shop.queries.categories import list_categories


@presents("HomePage")
def present_home(page: Any, request: HttpRequest) -> dict[str, Any]:
    """Show the front page, nearer to home for who chose a village."""
    chosen = request.COOKIES.get(COOKIE, "")
    return {"street": get_street(chosen_slug=chosen, now=timezone.now())}


@presents("VillageIndexPage")
def present_villages(page: Any, request: HttpRequest) -> dict[str, Any]:
    """Show all villages by municipality."""
    return {"municipalities": list_by_municipality()}


@presents("VillagePage")
def present_village(page: VillagePage, request: HttpRequest) -> dict[str, Any]:
    """Show a village."""
    now = timezone.now()
    return {
        "street": get_village_street(page, now=now),
        "today": timezone.localdate(now),
        "roots": [row for row in list_categories() if row.parent_id is None],
    }


@presents("StoryPage")
@presents("EventPage")
def present_below_village(page: StoryPage | EventPage, request: HttpRequest) -> dict[str, Any]:
    """Show a story or an event with the way back."""
    return {"parent": page.get_parent()}


@dataclass(frozen=True)
class MunicipalityRow:
    """A municipality with its villages by name."""

    name: str
    slug: str
    villages: tuple[VillageRow, ...]


def list_by_municipality() -> list[MunicipalityRow]:
    """Return the villages of each municipality, both by name."""
    rows = sorted(list_villages(), key=lambda row: (row.municipality, row.name))
    return [
        MunicipalityRow(name, slugify(name), tuple(found))
        for name, found in groupby(rows, lambda row: row.municipality)
    ]
