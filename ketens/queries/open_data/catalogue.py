"""The releases with their files, for the page, the API and the catalogue."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ketens.domain.booking import METHOD_VERSION
from ketens.domain.exchange.dcat import Contact, Dataset, File, Service, describe_catalogue
from ketens.domain.exchange.naming import VOCABULARY, Json
from ketens.domain.work import months_later
from ketens.exports import FORMATS, FileFormat
from ketens.queries.monitor.released import Release, list_releases
from ketens.queries.open_data.codes import period_of
from ketens.queries.open_data.columns import in_languages
from ketens.queries.open_data.tables import TABLES, OpenTable

DIGEST_SECONDS = 30 * 24 * 3600
SERVICE_TITLE = gettext_lazy("API of the monitor")
SERVICE_NOTE = gettext_lazy("Read the released figures a page at a time, without a key.")


@dataclass(frozen=True, slots=True)
class OpenFile:
    """One file that can be taken."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class TableFiles:
    """A table with all its files and its description for programs."""

    title: Promise
    note: Promise
    files: tuple[OpenFile, ...]
    description: str


@dataclass(frozen=True, slots=True)
class ReleaseFiles:
    """A release with the tables that it holds."""

    release: Release
    period: str
    title: str
    tables: tuple[TableFiles, ...]


@dataclass(frozen=True, slots=True)
class OpenDataPage:
    """Everything on the page of open data."""

    releases: tuple[ReleaseFiles, ...]
    lists: tuple[TableFiles, ...]
    columns: tuple[tuple[str, Promise], ...]


def get_open_data_page() -> OpenDataPage:
    """Return every release with its files, and the lists of codes; one query."""
    return OpenDataPage(
        releases=tuple(build_release(one) for one in list_releases()),
        lists=tuple(list_files(one, None) for one in TABLES.values() if not one.is_per_quarter),
        columns=tuple((name, meaning) for name, _kind, _needed, meaning in TABLES["cijfers"].spec),
    )


def build_release(release: Release) -> ReleaseFiles:
    """Return a release with its tables."""
    period = period_of(release.quarter)
    words = {"number": period[-1], "year": period[:4]}
    return ReleaseFiles(
        release=release,
        period=period,
        title=_("Quarter %(number)s of %(year)s") % words,
        tables=tuple(
            list_files(one, release.quarter) for one in TABLES.values() if one.is_per_quarter
        ),
    )


def list_files(table: OpenTable, quarter: date | None) -> TableFiles:
    """Return the files of a table in every format."""
    return TableFiles(
        title=table.title,
        note=table.note,
        files=tuple(
            OpenFile(one.label, file_address(table, one.ending, quarter))
            for one in FORMATS.values()
        ),
        description=file_address(table, "csv-metadata.json", quarter),
    )


def file_address(table: OpenTable, ending: str, quarter: date | None) -> str:
    """Return the address of a file, which never changes."""
    place = "lijsten" if quarter is None else period_of(quarter).lower()
    return reverse("monitor:open_file", args=[place, table.slug, ending])


def digest_of_file(table: OpenTable, kind: FileFormat, release: Release) -> str:
    """Return the SHA-256 of a file of a release, which is computed once."""
    key = f"open-file:{release.digest}:{table.slug}:{kind.ending}"
    found: str | None = cache.get(key)
    if found is None:
        described = table.describe(kind.ending, release.method_version)
        found = digest_of_pieces(kind.write(described, table.read(release.quarter)))
        cache.set(key, found, DIGEST_SECONDS)
    return found


def digest_of_pieces(pieces: Iterable[bytes]) -> str:
    """Return the SHA-256 of what comes in pieces."""
    total = sha256()
    for piece in pieces:
        total.update(piece)
    return total.hexdigest()


def get_catalogue() -> Json:
    """Return the catalogue of everything open as DCAT-AP-NL 3.0."""
    page = absolute(reverse("monitor:open_data"))
    datasets = [dataset_of_list(one, page) for one in TABLES.values() if not one.is_per_quarter]
    for release in list_releases():
        datasets += [
            dataset_of_quarter(one, release, page) for one in TABLES.values() if one.is_per_quarter
        ]
    service = Service(
        address=absolute(reverse("api:root")),
        description=absolute(reverse("api:openapi-json")),
        page=page,
        titles=in_languages(SERVICE_TITLE),
        notes=in_languages(SERVICE_NOTE),
    )
    party = settings.PLATFORM_PARTY
    contact = Contact(party["name"], party["email"])
    address = absolute(reverse("monitor:catalogue"))
    return describe_catalogue(address, page, contact, datasets, service)


def dataset_of_list(table: OpenTable, page: str) -> Dataset:
    """Return a list of codes as a dataset."""
    return Dataset(
        address=absolute(file_address(table, "csv", None)) + "#dataset",
        page=page,
        titles=in_languages(table.title),
        notes=in_languages(table.note),
        theme=table.theme,
        method=method_address(METHOD_VERSION),
        files=[
            File(absolute(file_address(table, one.ending, None)), one.media_type, one.eu_code)
            for one in FORMATS.values()
        ],
    )


def dataset_of_quarter(table: OpenTable, release: Release, page: str) -> Dataset:
    """Return a table of a quarter as a dataset in its series, with digests of its files."""
    period = period_of(release.quarter)
    return Dataset(
        address=absolute(file_address(table, "csv", release.quarter)) + "#dataset",
        page=page,
        titles={name: f"{words} {period}" for name, words in in_languages(table.title).items()},
        notes=in_languages(table.note),
        theme=table.theme,
        method=method_address(release.method_version),
        series=f"{page}#{table.slug}",
        first_day=release.quarter,
        last_day=months_later(release.quarter, 3) - timedelta(days=1),
        issued_at=release.released_at,
        files=[
            File(
                absolute(file_address(table, one.ending, release.quarter)),
                one.media_type,
                one.eu_code,
                digest_of_file(table, one, release),
            )
            for one in FORMATS.values()
        ],
    )


def method_address(version: str) -> str:
    """Return the name of a version of the method."""
    return f"{VOCABULARY}method:{version}"


def absolute(path: str) -> str:
    """Return a path with the address of the street before it."""
    return f"{settings.SITE_ADDRESS.rstrip('/')}{path}"
