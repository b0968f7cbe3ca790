"""Factor sets for reading: what is loaded, and what a next list would change."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from ketens.domain.factor_changes import FactorDifference, compare_factors
from ketens.domain.factors import FactorValue
from ketens.models import Factor, FactorSet, FactorStatus


@dataclass(frozen=True, slots=True)
class FactorSetRow:
    """One loaded version of a list; `unverified` counts the values that nobody checked."""

    name: str
    title: str
    publisher: str
    source_url: str
    licence: str
    source_digest: str
    valid_from: date
    valid_to: date
    reason: str
    accepted_doubts: str
    factors: int
    unverified: int


def list_factor_sets() -> tuple[FactorSetRow, ...]:
    """Return every loaded set, newest version of a list first; one query."""
    unverified = Count("factors", filter=Q(factors__status=FactorStatus.UNVERIFIED))
    rows = FactorSet.objects.annotate(size=Count("factors"), unchecked=unverified)
    return tuple(
        FactorSetRow(
            name=f"{row.key}-{row.year}-v{row.version}",
            title=row.title,
            publisher=row.publisher,
            source_url=row.source_url,
            licence=row.licence,
            source_digest=row.source_digest,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            reason=row.reason,
            accepted_doubts=row.accepted_doubts,
            factors=row.size,
            unverified=row.unchecked,
        )
        for row in rows.order_by("key", "-year", "-version")
    )


def list_loaded_factors(key: str) -> tuple[FactorValue, ...]:
    """Return the factors of the newest loaded version of a list, none when it is new."""
    latest = FactorSet.objects.filter(key=key).order_by("-year", "-version").first()
    if latest is None:
        return ()
    fields = FactorValue.__dataclass_fields__
    rows = Factor.objects.filter(factor_set=latest).order_by("pk")
    return tuple(FactorValue(**row) for row in rows.values(*fields))


def compare_with_loaded(key: str, factors: tuple[FactorValue, ...]) -> FactorDifference:
    """Return what a list changes against the newest loaded version of it.

    :raises FactorListRefused: when a key is written in another unit than it was.
    """
    return compare_factors(list_loaded_factors(key), factors)
