"""Freeze the figures of a stretch of time, so that a movement can be measured from them."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from ketens.domain.booking import METHOD_VERSION
from ketens.domain.factors import digest_of
from ketens.models import Baseline, Calculation
from ketens.queries.baselines import sum_everything
from winkelstraat.accounts.models import Audited
from winkelstraat.accounts.operations import Thing, record


class NothingToFreeze(Exception):
    """Nothing was booked in these days, so there is nothing to measure from."""


@transaction.atomic
def freeze_baseline(
    *, title: str, first_day: date, last_day: date, user: Any, now: datetime
) -> Baseline:
    """Write down the figures of some days for good, with method and factor sets.

    A better baseline is a new one with another title; the old series stays.

    :raises NothingToFreeze: when nothing was booked in those days.
    """
    figures = sum_everything(first_day, last_day)
    if not figures:
        raise NothingToFreeze(f"{first_day} - {last_day}")
    sets = (
        Calculation.objects.filter(activity_date__range=(first_day, last_day))
        .exclude(factor_set_version="")
        .order_by("factor_set_version")
        .values_list("factor_set_version", flat=True)
        .distinct()
    )
    content = {
        "first_day": first_day.isoformat(),
        "last_day": last_day.isoformat(),
        "method": METHOD_VERSION,
        "factor_sets": list(sets),
        "figures": figures,
    }
    baseline = Baseline.objects.create(
        title=title,
        first_day=first_day,
        last_day=last_day,
        method_version=METHOD_VERSION,
        factor_sets=content["factor_sets"],
        figures=figures,
        digest=digest_of(content),
        frozen_by=user,
        frozen_at=now,
    )
    days = {"first_day": (None, first_day), "last_day": (None, last_day)}
    about = Thing("baseline", baseline.pk, title)
    record(action=Audited.BASELINE_FROZEN, about=about, by=user, changes=days)
    return baseline
