"""Find the pad of one enterprise, its versions, and the proofs of its levels."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from dorpen.register.models import Enterprise
from ketens.domain.impactpad.content import Pad, read_pad
from ketens.models import ImpactPad, LevelClaim, LevelStatus, PadVersion


@dataclass(frozen=True, slots=True)
class OwnPad:
    """The newest version of a pad; number 0 is a pad that nobody began."""

    pad: Pad
    number: int


def get_own_pad(enterprise: Enterprise) -> OwnPad:
    """Return what an enterprise wrote last; one query."""
    found = PadVersion.objects.filter(pad__enterprise=enterprise).first()
    return OwnPad(Pad(), 0) if found is None else OwnPad(read_pad(found.content), found.number)


def find_version(enterprise: Enterprise, number: int) -> PadVersion | None:
    """Return one version of this enterprise's pad, with who saved it."""
    rows = PadVersion.objects.filter(pad__enterprise=enterprise, number=number)
    return rows.select_related("saved_by").first()


def find_pad(enterprise: Enterprise) -> ImpactPad | None:
    """Return the pad of an enterprise, None when nobody began it."""
    return ImpactPad.objects.filter(enterprise=enterprise).first()


def find_level_claim(public_id: UUID, enterprise: Enterprise | None = None) -> LevelClaim | None:
    """Return a claim on a level, of this enterprise when one is named."""
    rows = LevelClaim.objects.filter(public_id=public_id)
    if enterprise is not None:
        rows = rows.filter(pad__enterprise=enterprise)
    return rows.first()


def list_claims(pad: ImpactPad) -> list[LevelClaim]:
    """Return the claims on levels of a pad, newest first, without their files; one query."""
    return list(
        LevelClaim.objects.filter(pad=pad)
        .select_related("decided_by", "claimed_by", "version")
        .defer("file")
    )


def standing_claims(claims: Iterable[LevelClaim]) -> dict[int, LevelClaim]:
    """Return by level the newest claim that was reviewed and not withdrawn since.

    What waits or was refused takes nothing away from an earlier review.
    """
    newest: dict[int, LevelClaim] = {}
    for claim in claims:
        if claim.status in (LevelStatus.REVIEWED, LevelStatus.WITHDRAWN):
            newest.setdefault(claim.level, claim)
    return {level: claim for level, claim in newest.items() if claim.status == LevelStatus.REVIEWED}


def proofs_of(claims: Iterable[LevelClaim]) -> dict[int, date | None]:
    """Return until when the review of every level holds."""
    return {level: claim.valid_until for level, claim in standing_claims(claims).items()}
