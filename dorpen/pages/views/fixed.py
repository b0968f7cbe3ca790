"""Pages whose text is ours: the style guide, the accessibility statement, for robots."""

from email.utils import parseaddr

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from dorpen.pages.domain.heads import LAYERS, compose_head
from winkelstraat.common.page_cache import mark_cacheable
from winkelstraat.shop.queries.cards import CardFilters, list_cards

HOUR = 3600


@require_safe
def show_style_guide(request: HttpRequest) -> HttpResponse:
    """Show every component of the theme once."""
    cards = list_cards(filters=CardFilters(), limit=4, now=timezone.now()).cards
    heads = [(layer, compose_head(f"stijlgids-{layer}", [layer])) for layer in LAYERS]
    return render(request, "pages/styleguide.html", {"cards": cards, "heads": heads})


@require_safe
def show_accessibility(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement."""
    context = {"mail": parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}
    return mark_cacheable(
        render(request, "pages/accessibility.html", context), topics=("pages",), seconds=HOUR
    )


@require_safe
@cache_control(max_age=HOUR, public=True)
def show_robots(request: HttpRequest) -> HttpResponse:
    """Tell robots what is public and where the list of pages is."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in ("/cms/", "/account/", "/mandje/", "/afrekenen/")),
        *(f"Disallow: {path}" for path in ("/bestelling/", "/betalen/", "/mijn-winkel/")),
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain")
