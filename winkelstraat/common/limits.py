"""Limits on how often one visitor may do something (ASVS 5.0 2.4.1).

Counts live in the shared cache, per action and visitor, in windows that start at the
first use. Who asks too often gets status 429 with the seconds to wait.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

View = Callable[..., HttpResponseBase]


def client_address(request: HttpRequest) -> str:
    """Return the visitor's address; a forwarded one counts only from our own proxies."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if settings.TRUSTED_PROXIES and len(forwarded) >= settings.TRUSTED_PROXIES:
        return str(forwarded[-settings.TRUSTED_PROXIES]).strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def count_use(key: str, *, seconds: int) -> tuple[int, int]:
    """Count one use of `key`; return how many there were and the seconds that are left."""
    until = time.time() + seconds
    ends = cache.get_or_set(f"limit.ends.{key}", until, seconds) or until
    cache.add(f"limit.{key}", 0, seconds)
    try:
        uses = cache.incr(f"limit.{key}")
    except ValueError:  # the window ended between the two lines above
        cache.set(f"limit.{key}", 1, seconds)
        uses = 1
    return uses, max(1, round(ends - time.time()))


def limit(action: str, *, most: int, seconds: int, method: str = "POST") -> Callable[[View], View]:
    """Let one visitor use a view `most` times in so many seconds; only `method` counts."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method != method:
                return view(request, *args, **kwargs)
            uses, wait = count_use(f"{action}.{client_address(request)}", seconds=seconds)
            if uses > most:
                answer = render(request, "429.html", {"wait_seconds": wait}, status=429)
                answer.headers["Retry-After"] = str(wait)
                return answer
            return view(request, *args, **kwargs)

        return guarded

    return guard
