"""Staff look up who saw or changed what; the log itself cannot be changed."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from winkelstraat.accounts.models import Audited
from winkelstraat.accounts.queries.audit import KINDS, TrailFilter, list_trail

PERMISSION = "accounts.view_auditentry"


@never_cache
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the newest traces, or those that were asked for, fifty at a time."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    wanted, problem = read_filter(request)
    before = request.GET.get("ouder", "")
    page = list_trail(wanted=wanted, older_than=int(before) if before.isdecimal() else None)
    query = request.GET.copy()
    query["ouder"] = str(page.older_than or "")
    context = {
        "page": page,
        "wanted": wanted,
        "typed_day": request.GET.get("dag", ""),
        "problem": problem,
        "actions": Audited.choices,
        "kinds": sorted(KINDS.items(), key=lambda kind: str(kind[1])),
        "next": f"?{query.urlencode()}" if page.older_than else "",
        "header_title": _("Who saw or changed what"),
    }
    return render(request, "backoffice/trail.html", context)


def read_filter(request: HttpRequest) -> tuple[TrailFilter, str]:
    """Return what is asked for, and what of it could not be read."""
    given = {
        name: request.GET.get(name, "").replace("\x00", "").strip()[:100]
        for name in ("persoon", "soort", "wat", "handeling", "dag")
    }
    try:
        day = parse_date(given["dag"])
    except ValueError:
        day = None
    problem = "" if day or not given["dag"] else _("That is no day. Write it like 2026-11-28.")
    wanted = TrailFilter(
        person=given["persoon"],
        kind=given["soort"],
        thing=given["wat"],
        action=given["handeling"],
        day=day,
    )
    return wanted, problem
