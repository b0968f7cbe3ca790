"""Product footprints as PACT 3 asks for them: a list in pages, and one by its id."""

from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, JsonResponse, QueryDict
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from ketens.domain.exchange.pact import Wanted, build_footprint, fits
from ketens.queries.exchange.footprints import list_footprints
from ketens.views.exchange.access import refuse, token_required

PAGE_SIZE = 50
LARGEST_PAGE = 200
LISTS = {"productId": "product_ids", "companyId": "company_ids", "status": "statuses"}
MOMENTS = {"validOn": "valid_on", "validAfter": "valid_after", "validBefore": "valid_before"}
UNKNOWN = ("geography", "classification")
PAGING = ("limit", "offset")


class BadFilter(ValueError):
    """A parameter that we do not know, or a value that it cannot have."""


@require_safe
@token_required
def show_all(request: HttpRequest) -> HttpResponseBase:
    """Give the footprints that fit the filters, a page at a time with a link to the next."""
    try:
        wanted = read_filters(request.GET)
        limit = read_number(request.GET.get("limit"), PAGE_SIZE, least=1)
        offset = read_number(request.GET.get("offset"), 0, least=0)
    except BadFilter as error:
        return refuse(400, "BadRequest", str(error))
    limit = min(limit, LARGEST_PAGE)
    found = [one for one in list_footprints(today=timezone.localdate()) if fits(one, wanted)]
    page = found[offset : offset + limit]
    answer = JsonResponse({"data": [build_footprint(one) for one in page]})
    if offset + limit < len(found):
        answer.headers["Link"] = f'<{next_page(request, limit, offset + limit)}>; rel="next"'
    return answer


@require_safe
@token_required
def show_one(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Give one footprint by its id."""
    for one in list_footprints(today=timezone.localdate()):
        if one.footprint_id == public_id:
            return JsonResponse({"data": build_footprint(one)})
    return refuse(404, "NotFound", "There is no footprint with this id today.")


@csrf_exempt
@require_POST
@token_required
def take_event(request: HttpRequest) -> HttpResponseBase:
    """Say that asking by event is not offered."""
    return refuse(501, "NotImplemented", "Footprints are read here, not asked for by event.")


def read_filters(given: QueryDict) -> Wanted:
    """Return what is asked for.

    :raises BadFilter: for a parameter that is not known, so that no filter is lost unseen.
    """
    known = {*LISTS, *MOMENTS, *UNKNOWN, *PAGING}
    for name in given:
        if name not in known:
            raise BadFilter(f"The parameter {name} is not known.")
    lists = {field: frozenset(given.getlist(name)) for name, field in LISTS.items()}
    moments = {field: read_moment(name, given.get(name)) for name, field in MOMENTS.items()}
    return Wanted(
        product_ids=lists["product_ids"],
        company_ids=lists["company_ids"],
        statuses=lists["statuses"],
        is_about_unknown=any(name in given for name in UNKNOWN),
        valid_on=moments["valid_on"],
        valid_after=moments["valid_after"],
        valid_before=moments["valid_before"],
    )


def read_moment(name: str, text: str | None) -> datetime | None:
    """Return a moment with its offset from UTC.

    :raises BadFilter: when it is no RFC 3339 moment.
    """
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadFilter(f"{name} is a moment such as 2026-11-24T00:00:00Z.") from None
    if moment.tzinfo is None:
        raise BadFilter(f"{name} says no offset from UTC.")
    return moment


def read_number(text: str | None, default: int, *, least: int) -> int:
    """Return a whole number.

    :raises BadFilter: when it is none, or below `least`.
    """
    if text is None:
        return default
    if not text.isascii() or not text.isdigit() or int(text) < least or len(text) > 9:
        raise BadFilter(f"{text} is no number from {least} on.")
    return int(text)


def next_page(request: HttpRequest, limit: int, offset: int) -> str:
    """Return the address of the next page with the same filters."""
    pairs = [(name, one) for name, ones in request.GET.lists() for one in ones]
    kept = [pair for pair in pairs if pair[0] not in PAGING]
    query = urlencode([*kept, ("limit", limit), ("offset", offset)])
    return request.build_absolute_uri(f"{request.path}?{query}")
