"""Who may read what we exchange: client credentials for a token of an hour (RFC 6749 4.4).

Clients stand in the setting `EXCHANGE_CLIENTS` as an id with the SHA-256 of a long random
secret. A token is signed and holds no state. Errors have the shape that PACT asks for.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from winkelstraat.common.limits import client_address, count_use

SALT = "ketens.exchange.token"
LIFETIME_SECONDS = 3600
MOST_ATTEMPTS = 20
ATTEMPTS_SECONDS = 300
View = Callable[..., HttpResponseBase]


@require_safe
def show_page(request: HttpRequest) -> HttpResponse:
    """Show what programs of partners can read, and by which standard."""
    return render(request, "ketens/exchange.html")


@csrf_exempt
@never_cache
@require_POST
def give_token(request: HttpRequest) -> JsonResponse:
    """Give a client that knows its secret a token of an hour."""
    uses, wait = count_use(f"exchange_token.{client_address(request)}", seconds=ATTEMPTS_SECONDS)
    if uses > MOST_ATTEMPTS:
        answer = JsonResponse({"error": "slow_down"}, status=429)
        answer.headers["Retry-After"] = str(wait)
        return answer
    if request.POST.get("grant_type") != "client_credentials":
        return JsonResponse({"error": "unsupported_grant_type"}, status=400)
    client = read_client(request)
    if client is None:
        answer = JsonResponse({"error": "invalid_client"}, status=401)
        answer.headers["WWW-Authenticate"] = "Basic"
        return answer
    token = signing.dumps({"client": client}, salt=SALT)
    return JsonResponse(
        {"access_token": token, "token_type": "bearer", "expires_in": LIFETIME_SECONDS}
    )


@sensitive_variables()
def read_client(request: HttpRequest) -> str | None:
    """Return the client that a request proves to be, None when it proves nothing."""
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        client, _, secret = base64.b64decode(given, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    known = settings.EXCHANGE_CLIENTS.get(client, "")
    offered = hashlib.sha256(secret.encode()).hexdigest()
    return client if hmac.compare_digest(known, offered) else None


def token_required(view: View) -> View:
    """Let a view in only with a token that still counts, for a client that is still known."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        try:
            if scheme.lower() != "bearer":
                raise signing.BadSignature("no bearer token")
            said = signing.loads(token, salt=SALT, max_age=LIFETIME_SECONDS)
        except signing.SignatureExpired:
            return refuse(401, "TokenExpired", "The token is older than an hour; ask for another.")
        except signing.BadSignature:
            return refuse(403, "AccessDenied", "This needs a token from /auth/token.")
        if said.get("client") not in settings.EXCHANGE_CLIENTS:
            return refuse(403, "AccessDenied", "This client is no longer let in.")
        return view(request, *args, **kwargs)

    return guarded


def refuse(status: int, code: str, message: str) -> JsonResponse:
    """Return an error as PACT 3 shapes it: a code for programs, a message for people."""
    return JsonResponse({"code": code, "message": message}, status=status)
