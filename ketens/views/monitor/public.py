"""What everybody may read of the monitor: releases, and nothing that is live."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ketens.domain.monitor import MEASURES, MonitorMeasure, find_measure
from ketens.domain.sdg import TARGETS
from ketens.queries.monitor_pages.goals import get_sdg_page
from ketens.queries.monitor_pages.measuring import get_measure_page
from ketens.queries.monitor_pages.overview import HEADLINE, get_overview
from ketens.queries.monitor_pages.placing import (
    PlacePage,
    get_chain_page,
    get_municipality_page,
    get_village_page,
)
from ketens.queries.monitor_pages.source import PeriodRefused, Source, get_released
from ketens.views.monitor.showing import show, show_empty, show_refused
from winkelstraat.common.page_cache import mark_cacheable

KEPT_SECONDS = 300
# Most villages leave nothing over, and every one of them has goods.
GOODS = MEASURES["goods_g"]
Find = Callable[[str, Source, MonitorMeasure], PlacePage | None]


@require_safe
def show_overview(request: HttpRequest) -> HttpResponse:
    """Show the province: a sentence, a map, figures, lines, and the flow of all chains."""
    return answer(
        request,
        "overview",
        lambda source: get_overview(source, timezone.localdate()),
    )


@require_safe
def show_measure(request: HttpRequest, name: str) -> HttpResponse:
    """Show one measure."""
    measure = find_measure(name)
    if measure is None or not measure.is_public:
        raise Http404(_("The monitor has no such measure."))
    return answer(
        request,
        "measure",
        lambda source: get_measure_page(measure, source, timezone.localdate()),
    )


@require_safe
def show_municipality(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one municipality; ``?maat=`` is the measure that is told in full."""
    return show_place(request, slug, get_municipality_page)


@require_safe
def show_village(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one village; ``?maat=`` is the measure that is told in full."""
    return show_place(request, slug, get_village_page, usual=GOODS)


@require_safe
def show_chain(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one chain; ``?maat=`` is the measure that is told in full."""
    return show_place(request, slug, get_chain_page, usual=GOODS)


@require_safe
def show_sdg(request: HttpRequest, code: str) -> HttpResponse:
    """Show one target with the figures that add to it; the agenda's own code works too."""
    target = TARGETS.get(code) or next(
        (row for row in TARGETS.values() if row.agenda == code), None
    )
    if target is None:
        raise Http404(_("The monitor has no such target."))
    return answer(request, "sdg", lambda source: get_sdg_page(target, source))


def show_place(
    request: HttpRequest, slug: str, find: Find, *, usual: MonitorMeasure = HEADLINE
) -> HttpResponse:
    """Show a place or a chain about one measure, the usual one when none was chosen."""
    name = request.GET.get("maat", "")
    focus = find_measure(name) if name else usual
    if focus is None or not focus.is_public:
        raise Http404(_("The monitor has no such measure."))

    def read(source: Source) -> PlacePage | None:
        page = find(slug, source, focus)
        if page is None and source.chosen is not None:
            raise Http404(_("The monitor has no such place or chain."))
        return page

    return answer(request, "place", read)


def answer(request: HttpRequest, name: str, read: Callable[[Source], Any]) -> HttpResponse:
    """Read a page from releases and show it; say plainly when a period cannot be shown."""
    try:
        source = get_released(request.GET.get("periode", ""))
    except PeriodRefused as refused:
        return show_refused(request, refused, get_released())
    page = read(source)
    if page is None:
        return keep(show_empty(request, source))
    return keep(show(request, name, page))


def keep(response: HttpResponse) -> HttpResponse:
    """Let an answer be kept for everybody, for a few minutes."""
    return mark_cacheable(response, topics=("monitor",), seconds=KEPT_SECONDS)
