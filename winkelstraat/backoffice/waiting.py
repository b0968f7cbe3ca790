"""How much waits for staff, in one query for a whole page."""

from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from ketens.models import ClaimStatus, ClaimVersion, LevelClaim, LevelStatus
from winkelstraat.accounts.models import Job, JobState, User
from winkelstraat.payments.domain.states import PaymentState
from winkelstraat.payments.models import Payment
from winkelstraat.shop.models import (
    Application,
    ApplicationStatus,
    Notice,
    NoticeStep,
    StepKind,
)

KEPT = "_waiting_for_staff"


def count_waiting(request: HttpRequest) -> dict[str, int]:
    """Return how much waits behind each name; asked once for a request."""
    known: dict[str, int] | None = getattr(request, KEPT, None)
    if known is None:
        # A person has fields called like some of the work, so each name gets a prefix.
        found = {f"waiting_{name}": number_of(rows) for name, rows in list_waiting().items()}
        row: Any = User.objects.filter(pk=request.user.pk or 0).values(**found).first() or {}
        known = {name.removeprefix("waiting_"): number for name, number in row.items()}
        setattr(request, KEPT, known)
    return known


def list_waiting() -> dict[str, QuerySet[Any]]:
    """Return the rows that wait, by the name of the work."""
    steps = NoticeStep.objects.filter(notice=OuterRef("pk"))
    is_decided = Exists(steps.filter(kind=StepKind.DECIDED))
    contested = Exists(steps.filter(kind=StepKind.CONTESTED))
    reviewed = Exists(steps.filter(kind=StepKind.REVIEWED))
    notices = Notice.objects.filter(~is_decided) | Notice.objects.filter(contested, ~reviewed)
    return {
        "applications": Application.objects.filter(status=ApplicationStatus.SUBMITTED),
        "claims": ClaimVersion.objects.filter(status=ClaimStatus.PROPOSED),
        "levels": LevelClaim.objects.filter(status=LevelStatus.CLAIMED),
        "notices": notices,
        "payments": Payment.objects.filter(state=PaymentState.QUARANTINED),
        "jobs": Job.objects.filter(state=JobState.FAILED),
    }


def number_of(rows: QuerySet[Any]) -> Coalesce:
    """Return the count of some rows as a column of another query."""
    one = rows.order_by().annotate(all=Value(1)).values("all").annotate(number=Count("pk"))
    return Coalesce(Subquery(one.values("number"), output_field=IntegerField()), 0)
