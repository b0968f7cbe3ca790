"""What staff may read: live figures per month, down to the single weighing or sale."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ketens.domain.monitor import MonitorMeasure, find_measure
from ketens.queries.monitor_pages.drilling import get_sources_page
from ketens.queries.monitor_pages.measuring import get_measure_page
from ketens.queries.monitor_pages.overview import get_overview
from ketens.queries.monitor_pages.placing import get_municipality_page, get_village_page
from ketens.queries.monitor_pages.source import PeriodRefused, Source, get_live
from ketens.views.monitor.showing import LIVE_ROLES, show, show_empty, show_refused
from winkelstraat.accounts.permissions import require_one_of

View = Callable[..., HttpResponse]


def for_staff(view: View) -> View:
    """Show a page to analysts and staff only, never from a cache."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return never_cache(require_safe(require_one_of(*LIVE_ROLES)(view)))(
            request, *args, **kwargs
        )

    return guarded


@for_staff
def show_overview(request: HttpRequest) -> HttpResponse:
    """Show the province live."""
    return answer(request, "overview", lambda source: get_overview(source, timezone.localdate()))


@for_staff
def show_measure(request: HttpRequest, name: str) -> HttpResponse:
    """Show one measure live."""
    measure = live_measure(name)
    return answer(
        request,
        "measure",
        lambda source: get_measure_page(measure, source, timezone.localdate()),
    )


@for_staff
def show_municipality(request: HttpRequest, name: str, slug: str) -> HttpResponse:
    """Show one measure in one municipality, by village."""
    measure = live_measure(name)
    return answer(request, "place", lambda source: get_municipality_page(slug, source, measure))


@for_staff
def show_village(request: HttpRequest, name: str, slug: str) -> HttpResponse:
    """Show one measure in one village, by chain."""
    measure = live_measure(name)
    return answer(request, "place", lambda source: get_village_page(slug, source, measure))


@for_staff
def show_sources(request: HttpRequest, name: str, chain: str, slug: str = "") -> HttpResponse:
    """Show the weighings or sales behind a figure of a chain, in one village or everywhere."""
    measure = live_measure(name)
    if not measure.is_by_chain:
        raise Http404(_("This measure is not told apart by chain."))
    return answer(request, "sources", lambda source: get_sources_page(measure, chain, source, slug))


def live_measure(name: str) -> MonitorMeasure:
    """Return a measure that may be seen live: nothing about people ever is.

    :raises Http404: when there is none.
    """
    measure = find_measure(name)
    if measure is None or measure.is_about_people or measure.is_from_releases:
        raise Http404(_("This measure is shown per released quarter only."))
    return measure


def answer(request: HttpRequest, name: str, read: Callable[[Source], Any]) -> HttpResponse:
    """Read a page from kept months and show it; say plainly when a period cannot be shown."""
    today = timezone.localdate()
    try:
        source = get_live(request.GET.get("periode", ""), today=today)
    except PeriodRefused as refused:
        return show_refused(request, refused, get_live(today=today))
    if source.chosen is None:
        return show_empty(request, source)
    page = read(source)
    if page is None:
        raise Http404(_("The monitor has no such place or chain."))
    return show(request, name, page)
