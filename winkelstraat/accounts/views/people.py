"""Pages about the signed-in person himself; allauth serves the rest under /account/."""

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from winkelstraat.accounts.permissions import sign_in_required
from winkelstraat.accounts.queries import has_second_factor


@require_GET
@sign_in_required
def second_factor(request: HttpRequest) -> HttpResponse:
    """Explain why a second factor is needed and how to add one."""
    return render(
        request,
        "accounts/second_factor.html",
        {
            "has_second_factor": has_second_factor(request.user),
            "may_be_skipped": settings.SECOND_FACTOR_MAY_BE_SKIPPED,
        },
    )


@require_GET
def back_office_sign_in(request: HttpRequest) -> HttpResponse:
    """Send Wagtail's own sign-in page to the one where limits and second factors hold."""
    target = request.GET.get("next") or reverse("wagtailadmin_home")
    if request.user.is_authenticated:
        return HttpResponseRedirect(reverse("accounts:second_factor"))
    return redirect_to_login(target)
