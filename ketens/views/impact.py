"""The public impact pages; readable without signing in, gone when they may not stand."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from ketens.queries.impactpad.indicators import get_indicator_page
from ketens.queries.impactpad.pages import get_impact_page, get_impact_tip


@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what an enterprise aims at, how, and how it knows."""
    page = get_impact_page(slug, today=timezone.localdate())
    if page is None:
        raise Http404(_("This enterprise has no impact page on the street now."))
    return render(request, "ketens/impact.html", {"page": page})


@require_safe
def show_indicator(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show how a value of an indicator is known, period by period."""
    found = get_indicator_page(slug, key, today=timezone.localdate())
    if found is None:
        raise Http404(_("This enterprise has no such indicator on the street now."))
    return render(request, "ketens/impact_indicator.html", {"found": found})


@require_safe
@vary_on_headers("HX-Request")
def show_tip(request: HttpRequest, slug: str) -> HttpResponse:
    """Point to an impact page from the shop's page, or say that there is none."""
    tip = get_impact_tip(slug, today=timezone.localdate())
    if tip is None:
        raise Http404(_("There is no such enterprise."))
    name = "impact_tip" if request.headers.get("HX-Request") == "true" else "impact_tip_page"
    return render(request, f"ketens/{name}.html", {"tip": tip})
