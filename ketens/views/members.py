"""The desk of who takes part in a chain: what to take down this week, and what waits."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dorpen.register.models import Enterprise
from dorpen.register.models.enterprises import MemberRole
from dorpen.register.queries import list_enterprises_of
from ketens.queries.doings import get_doings
from ketens.queries.members import get_overview
from winkelstraat.accounts.permissions import second_factor_required

CHOSEN = "chain_enterprise"
MemberView = Callable[..., HttpResponseBase]


def at_own_enterprise(view: MemberView) -> MemberView:
    """Give the view the enterprise of the person who asks; who works nowhere sees no page."""

    @never_cache
    @second_factor_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        own = list_enterprises_of(request.user)
        if not own:
            raise Http404(_("You do not work in an enterprise on the street yet."))
        wanted = request.GET.get("onderneming") or request.session.get(CHOSEN)
        row = next((one for one in own if one.slug == wanted), own[0])
        if request.session.get(CHOSEN) != row.slug:
            request.session[CHOSEN] = row.slug
        request.own_enterprises = own  # type: ignore[attr-defined]
        request.is_owner = row.role == MemberRole.OWNER  # type: ignore[attr-defined]
        return view(request, Enterprise.objects.get(pk=row.id), *args, **kwargs)

    return guarded


def for_owners(view: MemberView) -> MemberView:
    """Let only the owner in: groups of people are his to know, and nobody else's."""

    @wraps(view)
    def guarded(
        request: HttpRequest, enterprise: Enterprise, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        if not request.is_owner:  # type: ignore[attr-defined]
            raise Http404(_("Only the owner of the enterprise sees this."))
        return view(request, enterprise, *args, **kwargs)

    return guarded


@require_safe
@at_own_enterprise
def overview(request: HttpRequest, enterprise: Enterprise) -> HttpResponse:
    """Show the chains of an enterprise and what there is to take down."""
    found = get_overview(enterprise, today=timezone.localdate())
    return at_desk(request, enterprise, "overview", {"overview": found})


@require_safe
@at_own_enterprise
def doing(request: HttpRequest, enterprise: Enterprise) -> HttpResponse:
    """Show what an enterprise does for its chains, with where each number comes from."""
    return at_desk(request, enterprise, "doing", {"doings": get_doings(enterprise)})


def at_desk(
    request: HttpRequest,
    enterprise: Enterprise,
    name: str,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """Render a page of the members' desk."""
    around = {
        "enterprise": enterprise,
        "enterprises": request.own_enterprises,  # type: ignore[attr-defined]
        "is_owner": request.is_owner,  # type: ignore[attr-defined]
    }
    return render(request, f"chain_desk/{name}.html", around | context, status=status)
