"""How pages of the monitor are rendered, and who may see live figures."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ketens.queries.monitor_pages.source import PeriodRefused, Source
from winkelstraat.accounts.models import Role
from winkelstraat.accounts.queries import has_any_role

LIVE_ROLES = (Role.PROVINCE_ANALYST, Role.PLATFORM_STAFF)
NOT_THERE, NOT_UNDERSTOOD = 404, 400


def may_see_live(request: HttpRequest) -> bool:
    """Tell whether whoever asks may see figures that are not released; no query for guests."""
    return request.user.is_authenticated and has_any_role(request.user, LIVE_ROLES)


def show(request: HttpRequest, name: str, page: Any, *, status: int = 200) -> HttpResponse:
    """Show a page that was read."""
    context = {"page": page, "source": page.source, "here": "overview"}
    context["may_see_live"] = page.source.is_live or may_see_live(request)
    return render(request, f"monitor/{name}.html", context, status=status)


def show_empty(request: HttpRequest, source: Source) -> HttpResponse:
    """Say that nothing is published or kept yet."""
    context = {"source": source, "here": "overview", "may_see_live": may_see_live(request)}
    return render(request, "monitor/empty.html", context)


def show_refused(request: HttpRequest, refused: PeriodRefused, source: Source) -> HttpResponse:
    """Say which period cannot be shown and which can; what was typed stays in its field."""
    context = {
        "source": source,
        "reason": refused.reason,
        "typed": refused.typed,
        "here": "overview",
        "may_see_live": source.is_live or may_see_live(request),
    }
    status = NOT_UNDERSTOOD if refused.is_none else NOT_THERE
    return render(request, "monitor/refused.html", context, status=status)
