"""Which terms hold now, which are coming, and what changed."""

import difflib
from dataclasses import dataclass
from datetime import datetime

from winkelstraat.shop.models import TermsFor, TermsMail, TermsVersion


@dataclass(frozen=True)
class Change:
    """One line of a text that was added, taken out, or stayed."""

    kind: str
    text: str


@dataclass(frozen=True)
class Terms:
    """The terms for one audience: what holds, what comes, and what differs."""

    audience: str
    label: str
    current: TermsVersion | None
    coming: TermsVersion | None
    changes: tuple[Change, ...]
    earlier: tuple[TermsVersion, ...]


def list_terms(*, now: datetime) -> list[Terms]:
    """Return the terms for shops and for buyers (1 query)."""
    versions = list(TermsVersion.objects.order_by("-number"))
    return [_terms(audience, versions, now) for audience in (TermsFor.BUYERS, TermsFor.SHOPS)]


def list_untold_terms(*, limit: int) -> list[int]:
    """Return the shops that were not told yet."""
    found = TermsMail.objects.filter(mailed_at=None).order_by("pk")
    return list(found.values_list("pk", flat=True)[:limit])


def compare(old: str, new: str) -> tuple[Change, ...]:
    """Return the lines of a new text with what was added and taken out."""
    kinds = {"+ ": "added", "- ": "gone", "  ": "same"}
    lines = difflib.ndiff(old.splitlines(), new.splitlines())
    return tuple(Change(kinds[line[:2]], line[2:]) for line in lines if line[:2] in kinds)


def _terms(audience: TermsFor, versions: list[TermsVersion], now: datetime) -> Terms:
    own = [one for one in versions if one.audience == audience]
    holding = [one for one in own if one.effective_at <= now]
    coming = next((one for one in reversed(own) if one.effective_at > now), None)
    current = holding[0] if holding else None
    changes = compare(current.text, coming.text) if current and coming else ()
    return Terms(audience, str(audience.label), current, coming, changes, tuple(holding[1:]))
