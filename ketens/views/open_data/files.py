"""The page of open data, its files and the catalogue; no signing in, no key."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import quote_etag
from django.views.decorators.http import condition, require_safe

from ketens.domain.exchange.tables import TableDescription, describe_table
from ketens.exports import FORMATS
from ketens.queries.monitor.released import Release, get_release
from ketens.queries.open_data.catalogue import file_address, get_catalogue, get_open_data_page
from ketens.queries.open_data.codes import NoSuchQuarter, read_period
from ketens.queries.open_data.tables import TABLES, OpenTable
from winkelstraat.common.limits import limit

LISTS = "lijsten"
DESCRIPTION = "csv-metadata.json"
DAY_SECONDS = 24 * 3600
MINUTE_SECONDS = 60
MOST_FILES_A_MINUTE = 60


@require_safe
def show_page(request: HttpRequest) -> HttpResponse:
    """Show what can be taken, in which formats, with the digest of each release."""
    context = {"open_data": get_open_data_page(), "here": "open_data"}
    return render(request, "monitor/open_data.html", context)


@require_safe
def show_catalogue(request: HttpRequest) -> JsonResponse:
    """Give the catalogue to a program (DCAT-AP-NL 3.0 in JSON-LD)."""
    answer = JsonResponse(
        get_catalogue(),
        content_type="application/ld+json",
        json_dumps_params={"ensure_ascii": False},
    )
    answer.headers["Cache-Control"] = f"public, max-age={DAY_SECONDS}"
    return answer


def tag_of(request: HttpRequest, place: str, slug: str, ending: str) -> str | None:
    """Return the tag of a file of a release: it never changes after the release."""
    if place == LISTS or slug not in TABLES:
        return None
    release = find_release(place)
    return quote_etag(f"{release.digest[:24]}-{slug}-{ending}") if release else None


@limit("open_file", most=MOST_FILES_A_MINUTE, seconds=MINUTE_SECONDS, method="GET")
@require_safe
@condition(etag_func=tag_of)
def show_file(request: HttpRequest, place: str, slug: str, ending: str) -> HttpResponseBase:
    """Give a table of a quarter or a list of codes as a file, or its description."""
    table = TABLES.get(slug)
    if table is None or table.is_per_quarter is (place == LISTS):
        raise Http404
    release = None if place == LISTS else find_release(place)
    if release is None and place != LISTS:
        raise Http404
    if ending == DESCRIPTION:
        answer: HttpResponseBase = give_description(table, release)
    elif ending in FORMATS:
        answer = give_table(table, release, ending)
    else:
        raise Http404
    answer.headers["Cache-Control"] = f"public, max-age={DAY_SECONDS}"
    return answer


def find_release(place: str) -> Release | None:
    """Return the release of a quarter in an address, None when there is none."""
    try:
        return get_release(read_period(place))
    except NoSuchQuarter:
        return None


def give_table(table: OpenTable, release: Release | None, ending: str) -> StreamingHttpResponse:
    """Give the rows in one format, as they are read."""
    kind = FORMATS[ending]
    quarter = release.quarter if release else None
    described = describe(table, release, ending)
    pieces = kind.write(described, table.read(quarter or date.min))
    answer = StreamingHttpResponse(pieces, content_type=kind.media_type)
    stem = f"winkelstraat-{table.slug}" + (f"-{quarter:%Y-%m}" if quarter else "")
    answer.headers["Content-Disposition"] = f'attachment; filename="{stem}.{ending}"'
    address = file_address(table, DESCRIPTION, quarter)
    answer.headers["Link"] = f'<{address}>; rel="describedby"; type="application/csvm+json"'
    return answer


def give_description(table: OpenTable, release: Release | None) -> JsonResponse:
    """Give the description of a table's CSV (CSV on the Web)."""
    return JsonResponse(
        describe_table(describe(table, release, "csv")),
        content_type="application/csvm+json",
        json_dumps_params={"ensure_ascii": False},
    )


def describe(table: OpenTable, release: Release | None, ending: str) -> TableDescription:
    """Return the description with the method that the release was made by."""
    return table.describe(ending, release.method_version) if release else table.describe(ending)
