"""Freeze what a movement is measured from: figures, profile, scope, words and factors."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from ketens.domain.booking import METHOD_VERSION
from ketens.domain.factors import digest_of
from ketens.domain.profile_tables import PUBLIC_ENTERPRISES, publish
from ketens.models import Baseline, Calculation, ProfileRound
from ketens.queries.baselines import digest_content, sum_everything
from ketens.queries.profiles.counting import count, list_earlier
from ketens.queries.profiles.definitions import list_definitions
from ketens.queries.profiles.facts import list_known
from ketens.queries.profiles.writing import write_counts
from winkelstraat.accounts.models import Audited
from winkelstraat.accounts.operations import Thing, record


class NothingToFreeze(Exception):
    """Nothing was booked in these days and nobody was asked: there is nothing to measure from."""


class ReasonMissing(Exception):
    """There is a baseline already; who makes another says why, and the old one stays."""


class TitleTaken(Exception):
    """Another baseline has this name; each keeps its own."""


class DaysReversed(Exception):
    """The last day lies before the first, or after today."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a baseline rests on besides its days: a round of questions, and why it is made."""

    round: ProfileRound | None = None
    reason: str = ""


@transaction.atomic
def freeze_baseline(
    *,
    title: str,
    first_day: date,
    last_day: date,
    user: Any,
    now: datetime,
    basis: Basis = Basis(),
) -> Baseline:
    """Write down figures and profile of some days for good, with all that they were made of.

    A better baseline is a new one with another title and a reason; the old series stays.

    :raises DaysReversed: when the days are no stretch of the past.
    :raises NothingToFreeze: when nothing was booked in those days and no round is named.
    :raises TitleTaken: when another one has this name.
    :raises ReasonMissing: when it takes the place of another without saying why.
    """
    if not first_day <= last_day <= now.date():
        raise DaysReversed(f"{first_day} - {last_day}")
    figures = sum_everything(first_day, last_day)
    if not figures and basis.round is None:
        raise NothingToFreeze(f"{first_day} - {last_day}")
    if Baseline.objects.filter(title=title).exists():
        raise TitleTaken(title)
    newest = Baseline.objects.select_for_update().order_by("-frozen_at", "-pk").first()
    if newest is not None and not basis.reason.strip():
        raise ReasonMissing(title)
    row = Baseline(
        title=title,
        first_day=first_day,
        last_day=last_day,
        method_version=METHOD_VERSION,
        factor_sets=list_factor_sets(first_day, last_day),
        figures=figures,
        replaces=newest,
        reason=basis.reason.strip(),
        frozen_by=user,
        frozen_at=now,
        **describe_round(basis.round, last_day),
    )
    row.digest = digest_of(digest_content(row))
    row.save(force_insert=True)
    days = {"first_day": (None, first_day), "last_day": (None, last_day)}
    about = Thing("baseline", row.pk, title)
    record(action=Audited.BASELINE_FROZEN, about=about, by=user, changes=days)
    return row


def list_factor_sets(first_day: date, last_day: date) -> list[str]:
    """Return the versions of factor sets that calculations of these days used."""
    return list(
        Calculation.objects.filter(activity_date__range=(first_day, last_day))
        .exclude(factor_set_version="")
        .order_by("factor_set_version")
        .values_list("factor_set_version", flat=True)
        .distinct()
    )


def describe_round(profile_round: ProfileRound | None, last_day: date) -> dict[str, Any]:
    """Return the profile at the end of the last day; nothing when no round is named."""
    if profile_round is None:
        return {}
    known = list_known(on=last_day)
    counts = count([one.profile for one in known])
    published = publish(counts, PUBLIC_ENTERPRISES, list_earlier())
    return {
        "round": profile_round,
        "questionnaire": profile_round.questionnaire,
        "profile": write_counts(counts),
        "public_profile": published.tables,
        "scope": sorted(one.slug for one in known),
        "definitions": list_definitions(),
    }
