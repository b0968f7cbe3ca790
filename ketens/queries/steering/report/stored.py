"""Reports as they were drawn; reading one never draws one."""

from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, datetime
from typing import Any

from django.db.models.functions import Length

from ketens.models import FigureRelease, YearReport


@dataclass(frozen=True, slots=True)
class StoredReport:
    """One report with its content."""

    report_id: int
    year: int
    content: dict[str, Any]
    digest: str
    state: str
    built_at: datetime
    pdf_bytes: int


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A year with what there is of it."""

    year: int
    built_at: datetime | None
    quarters: int


def list_years(*, this_year: int) -> tuple[ReportLine, ...]:
    """Return the years with a release or a report, and this one; two queries."""
    built = dict(YearReport.objects.order_by("built_at").values_list("year", "built_at"))
    quarters: dict[int, int] = {}
    for quarter in FigureRelease.objects.values_list("quarter", flat=True):
        quarters[quarter.year] = quarters.get(quarter.year, 0) + 1
    years = sorted({*built, *quarters, this_year}, reverse=True)
    return tuple(ReportLine(year, built.get(year), quarters.get(year, 0)) for year in years)


def is_report_year(year: int, *, this_year: int) -> bool:
    """Tell whether a year may have a report: this one, or one with a release; one query."""
    if not MINYEAR <= year <= MAXYEAR:
        return False
    return year == this_year or FigureRelease.objects.filter(quarter__year=year).exists()


def get_report(year: int) -> StoredReport | None:
    """Return the newest report of a year, None before the first; without its PDF."""
    row = (
        YearReport.objects.filter(year=year)
        .defer("pdf")
        .annotate(size=Length("pdf"))
        .order_by("-built_at", "-pk")
        .first()
    )
    if row is None:
        return None
    return StoredReport(
        report_id=row.pk,
        year=row.year,
        content=row.content,
        digest=row.digest,
        state=row.state,
        built_at=row.built_at,
        pdf_bytes=row.size,
    )


def get_pdf(year: int, digest: str) -> bytes | None:
    """Return a PDF by its digest; one query."""
    pdf = YearReport.objects.filter(year=year, digest=digest).values_list("pdf", flat=True).first()
    return None if pdf is None else bytes(pdf)
