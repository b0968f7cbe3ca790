"""Who acts is known to the audit log, and the back office opens only with a second factor."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from winkelstraat.accounts.domain.acting import Actor, acting
from winkelstraat.accounts.models.audit import Audited
from winkelstraat.accounts.operations.audit import Thing, record
from winkelstraat.accounts.queries import lacks_demanded_second_factor
from winkelstraat.common.limits import client_address

BACK_OFFICE = "/cms/"
OUR_SCREENS = "backoffice_"
SAFE = ("GET", "HEAD", "OPTIONS")

GetResponse = Callable[[HttpRequest], HttpResponse]


class BackOfficeSecondFactorMiddleware:
    """Guard every address under the back office, whichever package serves it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            request.path.startswith(BACK_OFFICE)
            and request.user.is_authenticated
            and lacks_demanded_second_factor(request.user)
        ):
            return HttpResponseRedirect(reverse("accounts:second_factor"))
        return self.get_response(request)


class ActingMiddleware:
    """Tell the audit log who makes this request, and from where.

    A form of our own back office that was taken and left no trace leaves one here, so
    that a forgotten line of code never means an action that nobody can find back.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        def who() -> Actor:
            real = getattr(request, "real_user", request.user)
            return Actor(real.pk, client_address(request))

        with acting(who) as one:
            response = self.get_response(request)
            if not one.recorded and response.status_code < 400 and _is_our_form(request):
                match = request.resolver_match
                label = f"{match.url_name} {match.kwargs}" if match else ""
                record(action=Audited.SENT, about=Thing("form", request.path[:60], label))
        return response


def _is_our_form(request: HttpRequest) -> bool:
    match = request.resolver_match
    name = (match.url_name or "") if match else ""
    return request.method not in SAFE and name.startswith(OUR_SCREENS)
