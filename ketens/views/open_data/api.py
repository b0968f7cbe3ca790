"""The read-only API of what was released, version 1; no key, sixty questions a minute.

Answers hold released figures only, so they can be kept by anyone: they carry a tag that
changes with the newest release. Every refusal has one shape (RFC 9457).
"""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import quote_etag, urlencode
from django.views.decorators.http import condition
from ninja import NinjaAPI, Path, Query, Router, Schema
from ninja.decorators import decorate_view
from ninja.errors import Throttled, ValidationError
from ninja.throttling import BaseThrottle

from ketens.domain.monitor import MEASURES
from ketens.queries.monitor.released import Release, get_release, list_releases
from ketens.queries.open_data.catalogue import absolute, build_release
from ketens.queries.open_data.codes import NoSuchQuarter, read_period
from ketens.queries.open_data.figures import FigureFilter, list_figures
from ketens.queries.open_data.tables import TABLES
from ketens.views.open_data import schemas
from winkelstraat.common.limits import client_address, count_use

VERSION = "1.0"
MOST_A_MINUTE, MINUTE_SECONDS = 60, 60
KEPT_SECONDS = 300
MOST_ROWS = 1_000
LARGEST_NUMBER = 2**63 - 1
REFUSALS: dict[int, Any] = {404: schemas.Problem, 422: schemas.Problem, 429: schemas.Problem}


class VisitorLimit(BaseThrottle):
    """So many questions of one visitor in a minute, counted as everywhere on the street."""

    def __init__(self) -> None:
        self.seconds = MINUTE_SECONDS

    def allow_request(self, request: HttpRequest) -> bool:
        """Count a question; refuse it above the limit."""
        key = f"open_api.{client_address(request)}"
        uses, self.seconds = count_use(key, seconds=MINUTE_SECONDS)
        return uses <= MOST_A_MINUTE

    def wait(self) -> float:
        """Return the seconds until the next window."""
        return self.seconds


class NotThere(Exception):
    """Something that was asked by name does not exist; `detail` says what to do."""


api = NinjaAPI(
    title="Drentse Winkelstraat: released figures",
    version=VERSION,
    description=(
        "What the impact chains of the villages of Drenthe achieved, per quarter, as it was"
        " released. Small groups are withheld and so is what would let you compute them."
        " Amounts are whole numbers in the unit that the row names. Licence: CC BY 4.0."
    ),
    urls_namespace="api",
    docs_url=None,
    throttle=[VisitorLimit()],
)
router = Router(tags=["figures"])


def tag_of(_request: HttpRequest, *_args: object, **_kwargs: object) -> str:
    """Return the tag of everything released so far."""
    newest = list_releases()[:1]
    return quote_etag(f"{VERSION}-{newest[0].digest[:24] if newest else 'none'}")


def kept(view: Any) -> Any:
    """Let answers be kept by anyone for some minutes, and asked again by their tag."""

    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = view(request, *args, **kwargs)
        if response.status_code == 200:
            patch_cache_control(response, public=True, max_age=KEPT_SECONDS)
        return response

    return condition(etag_func=tag_of)(answer)


class FiguresIn(Schema):
    """Which figures are asked."""

    time_period: schemas.Period | None = None
    indicator: Annotated[str, Query(max_length=40)] | None = None
    ref_area: Annotated[str, Query(max_length=60)] | None = None
    chain: Annotated[str, Query(max_length=60)] | None = None
    product_group: Annotated[str, Query(max_length=60)] | None = None
    limit: Annotated[int, Query(ge=1, le=MOST_ROWS)] = 100
    after: Annotated[int, Query(ge=0, le=LARGEST_NUMBER)] = 0


@router.get("/", response={200: schemas.RootOut, 429: schemas.Problem}, url_name="root")
@decorate_view(kept)
def root(request: HttpRequest) -> dict[str, Any]:
    """Say which quarter is the newest, and where the description and catalogue are."""
    newest = list_releases()[:1]
    return {
        "version": VERSION,
        "newest": build_release(newest[0]).period if newest else None,
        "description": absolute(reverse("api:openapi-json")),
        "catalogue": absolute(reverse("monitor:catalogue")),
    }


@router.get("/releases", response={200: list[schemas.ReleaseOut], 429: schemas.Problem})
@decorate_view(kept)
def releases(request: HttpRequest) -> list[dict[str, Any]]:
    """List every release, the newest first."""
    return [tell_release(one) for one in list_releases()]


@router.get("/releases/{time_period}", response={200: schemas.ReleaseOut, **REFUSALS})
@decorate_view(kept)
def release(request: HttpRequest, time_period: Path[schemas.Period]) -> Any:
    """Return the release of one quarter with its digest and files."""
    found = get_release(quarter_of(time_period))
    if found is None:
        raise NotThere(f"Nothing was released of {time_period}. See /releases.")
    return tell_release(found)


@router.get("/figures", response={200: schemas.FiguresOut, **REFUSALS})
@decorate_view(kept)
def figures(request: HttpRequest, asked: Query[FiguresIn]) -> dict[str, Any]:
    """Return released figures a page at a time, in a fixed order."""
    if asked.indicator is not None and asked.indicator not in MEASURES:
        raise NotThere(f"No measure is called {asked.indicator}. See /measures.")
    chosen = FigureFilter(
        quarter=None if asked.time_period is None else quarter_of(asked.time_period),
        indicator=asked.indicator,
        ref_area=asked.ref_area,
        chain=asked.chain,
        product_group=asked.product_group,
    )
    page = list_figures(chosen, limit=asked.limit, after=asked.after)
    return {"figures": page.rows, "next": next_address(asked, page.next_after)}


@router.get("/work", response={200: list[schemas.WorkOut], **REFUSALS})
@decorate_view(kept)
def work(request: HttpRequest, time_period: schemas.Period) -> list[Any]:
    """Return the released table on work of one quarter; empty when nothing was released."""
    return list(TABLES["werk"].read(quarter_of(time_period)))


@router.get("/measures", response={200: list[schemas.MeasureOut], 429: schemas.Problem})
@decorate_view(kept)
def measures(request: HttpRequest) -> list[Any]:
    """List what is measured, in which unit, and which SDG target it says something of."""
    return list(TABLES["maten"].read(date.min))


@router.get("/places", response={200: list[schemas.PlaceOut], 429: schemas.Problem})
@decorate_view(kept)
def places(request: HttpRequest) -> list[Any]:
    """List the province, its municipalities and its villages with their codes."""
    return list(TABLES["plaatsen"].read(date.min))


@router.get("/chains", response={200: list[schemas.ChainOut], 429: schemas.Problem})
@decorate_view(kept)
def chains(request: HttpRequest) -> list[Any]:
    """List the impact chains."""
    return list(TABLES["ketens"].read(date.min))


def quarter_of(text: str) -> date:
    """Return the first day of a quarter.

    :raises NotThere: when the text names none.
    """
    try:
        return read_period(text)
    except NoSuchQuarter:
        raise NotThere(f"{text!r} is no quarter. Write it as 2026-Q3.") from None


def tell_release(one: Release) -> dict[str, Any]:
    """Return a release as the API tells it."""
    files = build_release(one)
    return {
        "time_period": files.period,
        "digest": one.digest,
        "method_version": one.method_version,
        "factor_sets": list(one.factor_sets),
        "released_at": one.released_at,
        "figures": one.figures,
        "corrections": one.corrections,
        "files": [absolute(file.address) for table in files.tables for file in table.files],
    }


def next_address(asked: FiguresIn, after: int | None) -> str | None:
    """Return the address of the next page with the same choices."""
    if after is None:
        return None
    choices = {**asked.model_dump(exclude_none=True), "after": after}
    return f"{absolute(reverse('api:figures'))}?{urlencode(choices)}"


def refuse(request: HttpRequest, status: int, title: str, detail: str) -> HttpResponse:
    """Return a refusal in the one shape that all have."""
    problem = {"title": title, "status": status, "detail": detail}
    return api.create_response(request, problem, status=status)


@api.exception_handler(NotThere)
def not_there(request: HttpRequest, error: NotThere) -> HttpResponse:
    """Say what does not exist."""
    return refuse(request, 404, "Not found", str(error))


@api.exception_handler(ValidationError)
def not_valid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Say which parameter is wrong."""
    faults = [f"{one['loc'][-1]}: {one['msg']}" for one in error.errors]
    return refuse(request, 422, "A parameter is wrong", "; ".join(faults))


@api.exception_handler(Throttled)
def too_often(request: HttpRequest, error: Throttled) -> HttpResponse:
    """Say when to come back."""
    seconds = str(int(error.wait or MINUTE_SECONDS))
    answer = refuse(request, 429, "Too many questions", f"Ask again in {seconds} seconds.")
    answer.headers["Retry-After"] = seconds
    return answer


api.add_router("", router)
