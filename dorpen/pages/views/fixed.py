"""Pages whose text is ours: the style guide, the accessibility statement, for robots."""

from email.utils import parseaddr

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from dorpen.pages.domain.heads import LAYERS, compose_head
from dorpen.pages.queries.figures import StreetFigure
from dorpen.pages.queries.home import get_layers
from ketens.queries.monitor_pages.examples import build_examples
from winkelstraat.common.page_cache import mark_cacheable
from winkelstraat.shop.queries.cards import CardFilters, list_cards

HOUR = 3600


COLOURS = (
    ("moss", _lazy("what you can do")),
    ("heather", _lazy("chains and impact")),
    ("brick", _lazy("what must go today")),
    ("sand", _lazy("quiet ground")),
    ("sky", _lazy("behind drawings")),
    ("sun", _lazy("look out")),
    ("ink", _lazy("text")),
    ("paper", _lazy("the page")),
)


@require_safe
def show_style_guide(request: HttpRequest) -> HttpResponse:
    """Show every component of the theme once."""
    example = _("Here stands where the figure comes from.")
    context = {
        "colours": COLOURS,
        "cards": list_cards(filters=CardFilters(), limit=4, now=timezone.now()).cards,
        "monitor": build_examples(),
        "heads": [(name, compose_head(f"stijlgids-{name}", [name])) for name in LAYERS],
        "figures": (
            StreetFigure("126\u00a0kg", _("bread and vegetables"), _("exact"), provenance=example),
            StreetFigure(_("unknown"), _("transport"), _("not known yet"), is_unknown=True),
        ),
    }
    return render(request, "pages/styleguide.html", context)


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


@require_safe
@cache_control(max_age=HOUR, public=True)
def show_head(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the drawing of a village as a picture of its own, for tiles."""
    layers = get_layers(slug)
    if layers is None:
        raise Http404
    context = {"head": compose_head(slug, layers)}
    return render(request, "pages/head.svg", context, content_type="image/svg+xml")
