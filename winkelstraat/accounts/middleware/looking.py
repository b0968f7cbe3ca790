"""Staff look along with a person: they read his pages, and nothing can be changed.

Three locks stand behind each other: whatever is not reading is refused, pages that are
not on the list are refused, and the database itself takes no writes while a page is made.
"""

from typing import Any

from django.contrib import messages
from django.db import InternalError, connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from winkelstraat.accounts.domain.looking import is_shown
from winkelstraat.accounts.middleware.acting import SAFE, GetResponse
from winkelstraat.accounts.models import User
from winkelstraat.accounts.operations.looking import end_looking
from winkelstraat.accounts.queries.looking import Looking, find_looking

SESSION_KEY = "looking_along"
STOP = "accounts:stop_looking"
WROTE = "_wrote_while_looking_along"


class LookingAlongMiddleware:
    """Show who looks along the person's pages, and refuse the rest."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        looking_id = request.session.get(SESSION_KEY)
        if not looking_id:
            return self.get_response(request)
        staff = request.user
        looking = (
            find_looking(looking_id=looking_id, staff=staff, now=timezone.now())
            if isinstance(staff, User)
            else None
        )
        if looking is None:
            return self._end(request, looking_id)
        name = _name_of(request)
        if name == STOP:
            return self.get_response(request)
        return self._show(request, looking, name)

    def _show(self, request: HttpRequest, looking: Looking, name: str) -> HttpResponse:
        request.real_user, request.user = request.user, looking.person  # type: ignore[attr-defined]
        request.looking_along = looking  # type: ignore[attr-defined]
        if request.method not in SAFE:
            return refuse(request, "write")
        if name and not is_shown(name):
            return refuse(request, "page")
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION READ ONLY")
            response = self.get_response(request)
            transaction.set_rollback(True)
        if getattr(request, WROTE, False):
            return refuse(request, "page")
        add_never_cache_headers(response)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Say that a page cannot be shown because it would write something."""
        if hasattr(request, "looking_along") and isinstance(exception, InternalError):
            setattr(request, WROTE, True)
            return HttpResponse(status=403)
        return None

    def _end(self, request: HttpRequest, looking_id: Any) -> HttpResponse:
        """End it; what was asked for is not done, since it was meant as the other person."""
        del request.session[SESSION_KEY]
        end_looking(looking_id=looking_id, now=timezone.now())
        messages.info(request, _("You no longer look along: the time is over."))
        return HttpResponseRedirect(reverse("wagtailadmin_home"))


def refuse(request: HttpRequest, why: str) -> HttpResponse:
    """Say what cannot be done while looking along, and how to stop."""
    return render(request, "accounts/looking_refused.html", {"why": why}, status=403)


def _name_of(request: HttpRequest) -> str:
    """Return the name of the page that is asked for; empty for an address that is none."""
    try:
        return str(resolve(request.path_info).view_name)
    except Resolver404:
        return ""
