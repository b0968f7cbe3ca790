"""Whoever left the back office open signs in again: after half an hour, or half a day."""

from datetime import datetime, timedelta

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from winkelstraat.accounts.middleware.acting import BACK_OFFICE, GetResponse

IDLE, LONGEST = timedelta(minutes=30), timedelta(hours=12)
# Each note is a write, so a minute is near enough.
NOTED_EVERY = timedelta(minutes=1)
SINCE, SEEN = "back_office_since", "back_office_seen"


class BackOfficeSessionMiddleware:
    """End a session that lies idle in the back office, or is too old for it (ASVS 5.0 7.3)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(BACK_OFFICE) and request.user.is_authenticated:
            now = timezone.now()
            if _is_over(request, now):
                logout(request)
                messages.info(request, _("You were away for a while. Sign in again to go on."))
                return redirect_to_login(request.get_full_path())
            _note(request, now)
        return self.get_response(request)


def _is_over(request: HttpRequest, now: datetime) -> bool:
    since, seen = request.session.get(SINCE), request.session.get(SEEN)
    if since is None or seen is None:
        return False
    moment = now.timestamp()
    return moment - seen > IDLE.total_seconds() or moment - since > LONGEST.total_seconds()


def _note(request: HttpRequest, now: datetime) -> None:
    moment = now.timestamp()
    request.session.setdefault(SINCE, moment)
    if moment - request.session.get(SEEN, 0) >= NOTED_EVERY.total_seconds():
        request.session[SEEN] = moment
