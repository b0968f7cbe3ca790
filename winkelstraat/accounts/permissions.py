"""View guards: who is not signed in is asked to, who may not sees no page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from winkelstraat.accounts.models import Role
from winkelstraat.accounts.queries import has_any_role, lacks_demanded_second_factor

View = Callable[..., HttpResponseBase]


def sign_in_required(view: View) -> View:
    """Ask a guest to sign in and bring him back afterwards."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return guarded


def second_factor_required(view: View) -> View:
    """Send a signed-in person without a second factor to the page where he adds one."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if lacks_demanded_second_factor(request.user):
            return HttpResponseRedirect(reverse("accounts:second_factor"))
        return view(request, *args, **kwargs)

    return sign_in_required(guarded)


def require_role(role: Role) -> Callable[[View], View]:
    """Show a page to holders of `role` with a second factor, and to nobody else (404)."""
    return require_one_of(role)


def require_one_of(*roles: Role) -> Callable[[View], View]:
    """Show a page to holders of one of these roles with a second factor, to nobody else (404)."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not has_any_role(request.user, roles):
                raise Http404
            return second_factor_required(view)(request, *args, **kwargs)

        return sign_in_required(guarded)

    return guard
