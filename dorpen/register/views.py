"""Where the facts of the street come from."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dorpen.register.queries.sources import list_sources
from winkelstraat.common.page_cache import mark_cacheable

HOUR = 3600


@require_safe
def show_sources(request: HttpRequest) -> HttpResponse:
    """Show every source with its year and licence."""
    context = {"groups": list_sources()}
    return mark_cacheable(
        render(request, "register/sources.html", context), topics=("pages",), seconds=HOUR
    )
