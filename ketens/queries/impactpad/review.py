"""The reviewer's queue: levels that wait, with everything that is needed to decide."""

from dataclasses import dataclass
from datetime import date, datetime

from ketens.domain.impactpad.content import Pad, read_pad
from ketens.domain.impactpad.levels import find_level, list_lacks, value
from ketens.domain.sroi import SroiRefused
from ketens.models import LevelClaim, LevelStatus, PadVersion
from ketens.queries.impactpad.feeds import count_rounds, list_measured
from ketens.queries.impactpad.pads import list_claims, proofs_of
from ketens.queries.impactpad.reference import get_reference
from ketens.queries.impactpad.words import say_lack

DECIDED = 50


@dataclass(frozen=True, slots=True)
class WaitingLevel:
    """One claim on a level as its reviewer sees it."""

    claim_id: str
    enterprise: str
    level: int
    title: str
    is_verified_title: bool
    proof: str
    address: str
    file_name: str
    valid_until: date | None
    claimed_by: str
    claimed_at: datetime
    reached: int
    lacks: tuple[str, ...]
    ratio_needs_sign: bool


@dataclass(frozen=True, slots=True)
class DecidedLevel:
    """One claim that was decided, with who did it and why."""

    enterprise: str
    level: int
    status_text: str
    decided_by: str
    decided_at: datetime | None
    reason: str


def list_waiting_levels(*, today: date) -> tuple[WaitingLevel, ...]:
    """Return the claims that wait, the longest first."""
    rows = (
        LevelClaim.objects.filter(status=LevelStatus.CLAIMED)
        .select_related("pad__enterprise", "claimed_by")
        .defer("file")
        .order_by("claimed_at", "pk")
    )
    return tuple(build_waiting(row, today=today) for row in rows)


def list_decided_levels() -> tuple[DecidedLevel, ...]:
    """Return the claims that were decided last."""
    rows = (
        LevelClaim.objects.exclude(status=LevelStatus.CLAIMED)
        .select_related("pad__enterprise", "decided_by")
        .defer("file")
        .order_by("-decided_at", "-pk")[:DECIDED]
    )
    return tuple(
        DecidedLevel(
            enterprise=str(row.pad.enterprise),
            level=row.level,
            status_text=str(LevelStatus(row.status).label),
            decided_by=row.decided_by.name if row.decided_by else "",
            decided_at=row.decided_at,
            reason=row.reason,
        )
        for row in rows
    )


def build_waiting(claim: LevelClaim, *, today: date) -> WaitingLevel:
    """Return a claim with what the pad of today misses for it."""
    version = PadVersion.objects.filter(pad=claim.pad_id)[0]
    pad = read_pad(version.content)
    measured = list_measured(pad, claim.pad.enterprise_id, today=today)
    rounds = count_rounds(pad, measured, today=today)
    reached = find_level(pad, rounds, proofs_of(list_claims(claim.pad)), today=today)
    name = get_reference().levels[claim.level - 1]
    return WaitingLevel(
        claim_id=str(claim.public_id),
        enterprise=claim.pad.enterprise.trade_name,
        level=claim.level,
        title=name.title,
        is_verified_title=name.is_verified,
        proof=claim.proof,
        address=claim.address,
        file_name=claim.file_name,
        valid_until=claim.valid_until,
        claimed_by=claim.claimed_by.name if claim.claimed_by else "",
        claimed_at=claim.claimed_at,
        reached=reached,
        lacks=tuple(say_lack(lack) for lack in list_lacks(claim.level, pad, rounds)),
        ratio_needs_sign=needs_sign(claim.level, pad),
    )


def needs_sign(level: int, pad: Pad) -> bool:
    """Tell whether a ratio is so high that a reviewer must say why it is believable."""
    if level < 5:
        return False
    try:
        found = value(pad)
    except SroiRefused:
        return False
    return found is not None and found.needs_review
