"""Draw the yearly report: once for each year and state of what was released."""

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from ketens.models import YearReport
from ketens.queries.steering.report.content import build_content, digest_state
from winkelstraat.accounts.domain.jobs import JobOrder, JobRefused, Progress
from winkelstraat.accounts.models import User
from winkelstraat.common.printing import PdfNotPossible, print_pdf

KIND = "year_report"
STEPS = 4

Tell = Callable[[int, int, str], None]


def draw_report(*, year: int, user: Any, now: datetime, tell: Tell) -> YearReport:
    """Return the report of a year in its present state, drawing it the first time.

    It is written in Dutch, the language of Provinciale Staten, whoever asks for it.

    :raises PdfNotPossible: when this machine cannot draw a PDF.
    """
    with translation.override(settings.LANGUAGE_CODE):
        state = digest_state(year)
        known = YearReport.objects.filter(year=year, state=state).first()
        if known is not None:
            return known
        tell(1, STEPS, _("The released figures are being read."))
        content = build_content(year, made_on=timezone.localdate(now))
        tell(2, STEPS, _("The report is being laid out."))
        html = draw_html(content, state)
        tell(3, STEPS, _("The PDF is being drawn."))
        pdf = print_pdf(html)
    return keep(year, state, content, pdf, user=user, now=now)


def keep(year: int, state: str, content: dict[str, Any], pdf: bytes, **who: Any) -> YearReport:
    """Keep a report; who draws the same at the same time keeps the first."""
    try:
        with transaction.atomic():
            return YearReport.objects.create(
                year=year,
                state=state,
                content=content,
                digest=sha256(pdf).hexdigest(),
                pdf=pdf,
                built_by=who["user"],
                built_at=who["now"],
            )
    except IntegrityError:
        return YearReport.objects.get(year=year, state=state)


def draw_html(content: dict[str, Any], state: str) -> str:
    """Return the page that is printed."""
    return render_to_string("monitor/report/paper.html", {"report": content, "state": state})


def work_report(order: JobOrder, progress: Progress) -> str:
    """Draw the report that a job asks for; return where it can be read.

    :raises JobRefused: where no PDF can be drawn, with what to install.
    """
    year = int(order.arguments["year"])
    asked_by = order.asked_by_id
    user = User.objects.filter(pk=asked_by).first() if asked_by is not None else None
    try:
        draw_report(year=year, user=user, now=timezone.now(), tell=progress)
    except PdfNotPossible as error:
        raise JobRefused(
            _(
                "This machine cannot draw a PDF. Install libpango-1.0-0 and libpangoft2-1.0-0,"
                " and try it again."
            )
        ) from error
    progress(STEPS, STEPS, "")
    return reverse("monitor:report_year", args=[year])
