"""The back office opens only with a second factor."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from winkelstraat.accounts.queries import lacks_demanded_second_factor

BACK_OFFICE = "/cms/"


class BackOfficeSecondFactorMiddleware:
    """Guard every address under the back office, whichever package serves it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            request.path.startswith(BACK_OFFICE)
            and request.user.is_authenticated
            and lacks_demanded_second_factor(request.user)
        ):
            return HttpResponseRedirect(reverse("accounts:second_factor"))
        return self.get_response(request)
