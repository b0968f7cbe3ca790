"""The pad as its own enterprise sees it: what is there, what is missing, who changed what."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from dorpen.register.models import Enterprise
from ketens.domain.impactpad.content import Pad, Section, read_pad
from ketens.domain.impactpad.levels import LEVELS, Rounds, find_level, is_over, list_lacks
from ketens.domain.impactpad.speaking import find_faults, list_texts
from ketens.models import ImpactPad, LevelClaim, LevelStatus, PadVersion
from ketens.queries.impactpad.feeds import count_rounds, list_measured
from ketens.queries.impactpad.pads import find_pad, list_claims, proofs_of, standing_claims
from ketens.queries.impactpad.pages import find_reasons_to_hide
from ketens.queries.impactpad.parts import IndicatorRow, build_indicator
from ketens.queries.impactpad.reference import get_reference
from ketens.queries.impactpad.words import SECTIONS, say_fault, say_lack

NEWEST = 30


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim on a level with what was decided."""

    claim_id: str
    status: str
    status_text: str
    proof: str
    reason: str
    decided_by: str
    decided_at: datetime | None
    valid_until: date | None
    is_over: bool
    may_withdraw: bool


@dataclass(frozen=True, slots=True)
class LevelDesk:
    """One level: reached, waiting, or what it still asks."""

    number: int
    title: str
    is_verified_title: bool
    is_reached: bool
    may_claim: bool
    lacks: tuple[str, ...]
    claims: tuple[ClaimRow, ...]


@dataclass(frozen=True, slots=True)
class SectionRow:
    """One part of the pad with how much stands in it."""

    label: str
    url: str
    is_filled: bool


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One version: who changed which part, and when."""

    number: int
    what: str
    restores: int | None
    saved_by: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class PadDesk:
    """Everything that the desk shows."""

    number: int
    parts: tuple[SectionRow, ...]
    levels: tuple[LevelDesk, ...]
    level: int
    faults: tuple[str, ...]
    public_number: int | None
    reasons_hidden: tuple[str, ...]
    history: tuple[HistoryRow, ...]

    @property
    def is_public(self) -> bool:
        """Whether the page can be read on the street today."""
        return self.public_number is not None and not self.reasons_hidden


def get_pad_desk(enterprise: Enterprise, *, today: date) -> PadDesk:
    """Return the desk of a pad; eight queries at most, whatever its history holds."""
    row = find_pad(enterprise)
    versions = list_versions(row) if row else []
    pad = read_pad(versions[0].content) if versions else Pad()
    claims = list_claims(row) if row else []
    measured = list_measured(pad, enterprise.pk, today=today)
    rounds = count_rounds(pad, measured, today=today)
    level = find_level(pad, rounds, proofs_of(claims), today=today)
    public = find_public(row) if row else None
    is_measured = all(goal.indicator for goal in pad.goals)
    faults = find_faults(list_texts(pad), today=today, is_measured=is_measured)
    return PadDesk(
        number=versions[0].number if versions else 0,
        parts=tuple(build_section(section, pad) for section in Section),
        levels=build_level_desks(pad, rounds, claims, level, today),
        level=level,
        faults=tuple(say_fault(fault) for fault in faults),
        public_number=public.number if public else None,
        reasons_hidden=find_reasons_to_hide(public, claims, today=today) if public else (),
        history=tuple(build_history(version) for version in versions[:NEWEST]),
    )


def list_versions(pad: ImpactPad) -> list[PadVersion]:
    """Return the newest versions with who saved them; one query."""
    return list(PadVersion.objects.filter(pad=pad).select_related("saved_by")[:NEWEST])


def find_public(pad: ImpactPad) -> PadVersion | None:
    """Return the version that the enterprise put before the public; one query."""
    newest = pad.publications.select_related("version").first()
    return newest.version if newest else None


def build_section(section: Section, pad: Pad) -> SectionRow:
    """Return a part of the pad by whether anything stands in it."""
    empty = getattr(Pad(), section.value)
    is_filled = getattr(pad, section.value) != empty
    url = reverse(f"chain_desk:pad_{section.value}")
    return SectionRow(str(SECTIONS[section]), url, is_filled)


def build_level_desks(
    pad: Pad, rounds: Rounds, claims: Iterable[LevelClaim], reached: int, today: date
) -> tuple[LevelDesk, ...]:
    """Return the five levels; the one after the highest reached is open."""
    by_level: dict[int, list[LevelClaim]] = {}
    for claim in claims:
        by_level.setdefault(claim.level, []).append(claim)
    return tuple(
        build_level_desk(number, pad, rounds, (by_level.get(number, []), reached), today)
        for number in LEVELS
    )


def build_level_desk(
    number: int,
    pad: Pad,
    rounds: Rounds,
    claimed: tuple[list[LevelClaim], int],
    today: date,
) -> LevelDesk:
    """Return one level with what it asks and what was claimed."""
    claims, reached = claimed
    lacks = list_lacks(number, pad, rounds)
    standing = set(standing_claims(claims).values())
    waits = any(claim.status == LevelStatus.CLAIMED for claim in claims)
    name = get_reference().levels[number - 1]
    return LevelDesk(
        number=number,
        title=name.title,
        is_verified_title=name.is_verified,
        is_reached=number <= reached,
        may_claim=not lacks and not waits and number <= reached + 1,
        lacks=tuple(say_lack(lack) for lack in lacks),
        claims=tuple(build_claim(claim, today, standing) for claim in claims),
    )


def build_claim(claim: LevelClaim, today: date, standing: Collection[LevelClaim]) -> ClaimRow:
    """Return a claim with its decision in words."""
    return ClaimRow(
        claim_id=str(claim.public_id),
        status=claim.status,
        status_text=str(LevelStatus(claim.status).label),
        proof=claim.proof,
        reason=claim.reason,
        decided_by=claim.decided_by.name if claim.decided_by else "",
        decided_at=claim.decided_at,
        valid_until=claim.valid_until,
        is_over=is_over(claim.valid_until, today),
        may_withdraw=claim.status == LevelStatus.CLAIMED or claim in standing,
    )


def build_history(version: PadVersion) -> HistoryRow:
    """Return a version by what it changed."""
    return HistoryRow(
        number=version.number,
        what=str(SECTIONS[version.section]),
        restores=version.restores,
        saved_by=version.saved_by.name if version.saved_by else "",
        saved_at=version.saved_at,
    )


def list_own_indicators(
    pad: Pad, enterprise: Enterprise, *, today: date, is_owner: bool
) -> tuple[IndicatorRow, ...]:
    """Return every indicator with its measurements; of people only for the owner."""
    measured = list_measured(pad, enterprise.pk, today=today)
    return tuple(
        build_indicator(
            one,
            pad,
            measured.get(one.key, ()),
            enterprise=(enterprise.pk, enterprise.slug),
            is_own=is_owner,
        )
        for one in pad.indicators
    )
