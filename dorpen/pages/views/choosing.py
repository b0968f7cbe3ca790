"""Choose your own village by postcode or name."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dorpen.register.domain.checks import normalise_postcode
from dorpen.register.queries import (
    VillageRow,
    find_village_by_postcode,
    find_villages_by_name,
    list_villages,
)

COOKIE = "dorp"
COOKIE_SECONDS = 365 * 24 * 3600
LONGEST = 60


@require_safe
def choose_village(request: HttpRequest) -> HttpResponse:
    """Lead to the village of a postcode or name; say so when there is none like it."""
    text = request.GET.get("waar", "").strip()[:LONGEST]
    found = find_villages(text)
    if len(found) == 1:
        return _lead_to(request, found[0])
    context = {
        "text": text,
        "found": found,
        "is_postcode": normalise_postcode(text) is not None,
    }
    return render(request, "pages/choose_village.html", context)


def find_villages(text: str) -> list[VillageRow]:
    """Return the one village of a postcode or an exact name, else those that look like it."""
    if normalise_postcode(text):
        village = find_village_by_postcode(text)
        return [village] if village else []
    exact = [row for row in list_villages() if row.name.casefold() == text.casefold()]
    return exact[:1] or find_villages_by_name(text)


def _lead_to(request: HttpRequest, village: VillageRow) -> HttpResponse:
    response = HttpResponseRedirect(f"/dorpen/{village.slug}/")
    response.set_cookie(
        COOKIE,
        village.slug,
        max_age=COOKIE_SECONDS,
        samesite="Lax",
        secure=request.is_secure(),
        httponly=True,
    )
    return response
