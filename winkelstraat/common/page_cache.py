"""Whole pages for anonymous visitors, kept as bytes.

A view marks its answer as cacheable and names the topics that it tells about. The
answer is kept under its address, language and chosen village, with the versions that
the topics had; once a topic moves on, the answer is not used any more. What is personal
is not in it: the basket's count is a fragment of its own, and the token of its forms is
put in when the page is given out.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.middleware.csrf import get_token
from django.utils.cache import patch_vary_headers
from django.utils.crypto import get_random_string

Response = TypeVar("Response", bound=HttpResponse)
Found = TypeVar("Found")

PLACE_OF_TOKEN = "token-that-the-page-cache-puts-in-when-it-gives-the-page-out-----"  # noqa: S105
VERSION_SECONDS = 7 * 24 * 3600
LONGEST_CHOICE = 60
CHOICES_SECONDS = 300

_readers: dict[str, Callable[[], Iterable[str]]] = {}


@dataclass(frozen=True)
class Kept:
    """An answer as it is kept."""

    content: bytes
    content_type: str
    digest: str
    versions: dict[str, str]


def mark_cacheable(response: Response, *, topics: Iterable[str], seconds: int) -> Response:
    """Say that an answer holds for everybody who did not sign in, for so many seconds."""
    response.cacheable_for = (tuple(topics), seconds)  # type: ignore[attr-defined]
    return response


def admit_choices(cookie: str, read: Callable[[], Iterable[str]]) -> None:
    """Say which values of a cookie exist; any other counts as no choice."""
    _readers[cookie] = read


def move_topics(*topics: str) -> None:
    """Forget every kept answer that tells about one of these topics."""
    cache.set_many({_topic_key(topic): get_random_string(8) for topic in topics}, VERSION_SECONDS)


def keep(key: str, *, topics: Iterable[str], seconds: int, read: Callable[[], Found]) -> Found:
    """Return what `read` gave lately, as long as none of its topics moved on."""
    name = f"kept:{key}"
    kept: tuple[dict[str, str], Found] | None = cache.get(name)
    if kept is not None and _read_versions(kept[0]) == kept[0]:
        return kept[1]
    versions = _start_versions(topics)
    found = read()
    cache.set(name, (versions, found), seconds)
    return found


def put_token_in_later(request: HttpRequest) -> dict[str, Any]:
    """Let templates write a place for the token instead of the token itself."""
    return {"csrf_token": PLACE_OF_TOKEN} if getattr(request, "may_be_kept", False) else {}


class PageCacheMiddleware:
    """Answer anonymous visitors from what is kept; stands right after the CSRF middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _is_anonymous_reading(request):
            return self.get_response(request)
        key = _page_key(request)
        kept: Kept | None = cache.get(key)
        if kept is not None and _read_versions(kept.versions) == kept.versions:
            return _give_out(request, kept)
        request.may_be_kept = True  # type: ignore[attr-defined]
        response = self.get_response(request)
        topics, seconds = getattr(response, "cacheable_for", ((), 0))
        if not seconds or response.status_code != 200 or response.cookies or response.streaming:
            return _finish(request, response)
        kept = Kept(
            content=response.content,
            content_type=response.headers["Content-Type"],
            digest=sha256(response.content).hexdigest()[:20],
            versions=_start_versions(topics),
        )
        cache.set(key, kept, seconds)
        return _give_out(request, kept)


def _is_anonymous_reading(request: HttpRequest) -> bool:
    return (
        request.method in ("GET", "HEAD")
        and not request.META.get("QUERY_STRING")
        and not request.path.startswith(settings.PAGE_CACHE_LEAVES_ALONE)
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "messages" not in request.COOKIES
        and "HX-Request" not in request.headers
    )


def _page_key(request: HttpRequest) -> str:
    choices = [
        _known_choice(name, request.COOKIES.get(name, "")) for name in settings.PAGE_CACHE_COOKIES
    ]
    parts = [request.get_host(), request.path, getattr(request, "LANGUAGE_CODE", ""), *choices]
    return f"page:{sha256(chr(0).join(parts).encode()).hexdigest()}"


def _known_choice(name: str, value: str) -> str:
    """Return a choice that exists; one that somebody made up fills no room in the cache."""
    if not value or len(value) > LONGEST_CHOICE or name not in _readers:
        return ""
    known: frozenset[str] | None = cache.get(f"page-choices:{name}")
    if known is None:
        known = frozenset(_readers[name]())
        cache.set(f"page-choices:{name}", known, CHOICES_SECONDS)
    return value if value in known else ""


def _topic_key(topic: str) -> str:
    return f"page-topic:{topic}"


def _read_versions(topics: Iterable[str]) -> dict[str, str]:
    keys = {_topic_key(topic): topic for topic in topics}
    return {keys[key]: version for key, version in cache.get_many(keys).items()}


def _start_versions(topics: Iterable[str]) -> dict[str, str]:
    versions = _read_versions(topics)
    missing = [topic for topic in topics if topic not in versions]
    if missing:
        move_topics(*missing)
        versions = _read_versions(topics)
    return versions


def _finish(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Put the token into an answer that is not kept."""
    place = PLACE_OF_TOKEN.encode()
    if not response.streaming and place in response.content:
        response.content = response.content.replace(place, get_token(request).encode())
    return response


def _give_out(request: HttpRequest, kept: Kept) -> HttpResponse:
    secret = request.META.get("CSRF_COOKIE", "")
    whose = sha256(secret.encode()).hexdigest()[:8] if secret else ""
    tag = f'W/"{kept.digest}-{whose}"'
    if whose and request.headers.get("If-None-Match") == tag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = _finish(request, HttpResponse(kept.content, content_type=kept.content_type))
    if whose:
        response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["Cookie"])
    return response
