"""Claim a level with its proof, and let somebody else review it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from dorpen.register.models import Enterprise, Membership
from ketens.domain.impactpad.checks import Lack
from ketens.domain.impactpad.content import read_pad
from ketens.domain.impactpad.levels import find_level, is_over, list_lacks
from ketens.domain.impactpad.speaking import Fault, Spoken, find_faults
from ketens.models import ImpactPad, LevelClaim, LevelStatus, PadVersion
from ketens.operations.claims import AlreadyDecided, ReasonMissing
from ketens.operations.impactpad import hold_pad
from ketens.queries.impactpad.feeds import count_rounds, list_measured
from ketens.queries.impactpad.pads import list_claims, proofs_of
from ketens.queries.impactpad.review import needs_sign
from winkelstraat.accounts.models import Audited
from winkelstraat.accounts.operations import Thing, record


class LevelRefused(Exception):
    """A level cannot be claimed or reviewed now: ``lacks`` and ``faults`` say why."""

    def __init__(self, lacks: tuple[Lack, ...], faults: tuple[Fault, ...] = ()) -> None:
        super().__init__(", ".join([one.code for one in lacks] + [one.rule for one in faults]))
        self.lacks, self.faults = lacks, faults


class OwnLevel(Exception):
    """Nobody reviews a level of an enterprise where he works, or a pad that he wrote on."""


@dataclass(frozen=True, slots=True)
class LevelProof:
    """What a level rests on: words, with an address or a file, and until when it holds."""

    text: str
    address: str = ""
    file: bytes = b""
    file_name: str = ""
    file_type: str = ""
    valid_until: date | None = None


@transaction.atomic
def claim_level(
    *, enterprise: Enterprise, level: int, proof: LevelProof, user: Any, now: datetime
) -> LevelClaim:
    """Say that a level is reached; nothing of it counts until somebody reviewed it.

    :raises LevelRefused: when a lower level is not reached, the pad misses something, a
        word already waits, or the proof cannot be shown.
    """
    pad = hold_pad(enterprise, now)
    version = pad.versions.first()
    if version is None:
        raise LevelRefused((Lack("no_pad"),))
    check_order(pad, version, level, today=now.date())
    if pad.level_claims.filter(level=level, status=LevelStatus.CLAIMED).exists():
        raise LevelRefused((Lack("waits_already"),))
    check_proof(proof, today=now.date())
    return LevelClaim.objects.create(
        pad=pad,
        version=version,
        level=level,
        proof=proof.text,
        address=proof.address,
        file=proof.file,
        file_name=proof.file_name,
        file_type=proof.file_type,
        valid_until=proof.valid_until,
        claimed_by=user,
        claimed_at=now,
    )


@transaction.atomic
def review_level(
    *, claim: LevelClaim, reason: str, user: Any, now: datetime, signs_ratio: bool = False
) -> None:
    """Let a level stand; what it asks is looked at again in the pad of today.

    The reason is read in public, so the rules on words hold for it as well. A very high
    value in euros is signed for by name (SROI guide, principle 5: do not over-claim).

    :raises LevelRefused: when the pad misses something meanwhile, the proof ran out, or the
        reason says what nothing proves.
    :raises OwnLevel: when the reviewer works there or wrote it.
    :raises AlreadyDecided: when it was decided.
    :raises ReasonMissing: when no reason is told.
    """
    held = hold_claim(claim, reason)
    if is_own(held, user):
        raise OwnLevel(str(held))
    if is_over(held.valid_until, now.date()):
        raise LevelRefused((Lack("proof_over"),))
    version = PadVersion.objects.filter(pad_id=held.pad_id)[0]
    check_order(held.pad, version, held.level, today=now.date())
    check_said(reason, today=now.date())
    if needs_sign(held.level, read_pad(version.content)) and not signs_ratio:
        raise LevelRefused((Lack("ratio_unsigned"),))
    decide_level(held, LevelStatus.REVIEWED, reason, user=user, now=now)


@transaction.atomic
def refuse_level(*, claim: LevelClaim, reason: str, user: Any, now: datetime) -> None:
    """Say that a level was not reached, and why.

    :raises OwnLevel: when the reviewer works there or wrote it.
    :raises AlreadyDecided: when it was decided.
    :raises ReasonMissing: when no reason is told.
    """
    held = hold_claim(claim, reason)
    if is_own(held, user):
        raise OwnLevel(str(held))
    decide_level(held, LevelStatus.REFUSED, reason, user=user, now=now)


@transaction.atomic
def withdraw_level(*, claim: LevelClaim, user: Any, now: datetime) -> None:
    """Take a claim or a reviewed level back; for the enterprise itself.

    A review stays as it was written; the withdrawal stands beside it as a row of its own.

    :raises AlreadyDecided: when it was refused or withdrawn before.
    """
    held = lock_claim(claim)
    if held.status == LevelStatus.REVIEWED and held.public_id == newest_decided(held):
        held.pk, held.public_id, held._state.adding = None, uuid4(), True
        held.claimed_by, held.claimed_at, held.file = user, now, b""
        held.status, held.decided_by, held.decided_at = LevelStatus.WITHDRAWN, user, now
        held.save(force_insert=True)
    elif held.status == LevelStatus.CLAIMED:
        decide_level(held, LevelStatus.WITHDRAWN, "", user=user, now=now)
    else:
        raise AlreadyDecided(str(held))


def newest_decided(claim: LevelClaim) -> UUID | None:
    """Return which review or withdrawal of this level counts."""
    rows = LevelClaim.objects.filter(
        pad_id=claim.pad_id,
        level=claim.level,
        status__in=(LevelStatus.REVIEWED, LevelStatus.WITHDRAWN),
    )
    return rows.values_list("public_id", flat=True).first()


def check_order(pad: ImpactPad, version: PadVersion, level: int, *, today: date) -> None:
    """Refuse a level that jumps over one, or of which the pad misses something.

    :raises LevelRefused: with everything that is missing.
    """
    content = read_pad(version.content)
    measured = list_measured(content, pad.enterprise_id, today=today)
    rounds = count_rounds(content, measured, today=today)
    reached = find_level(content, rounds, proofs_of(list_claims(pad)), today=today)
    if level > reached + 1:
        raise LevelRefused((Lack("level_in_between", count=reached + 1),))
    lacks = list_lacks(level, content, rounds)
    if lacks:
        raise LevelRefused(lacks)


def check_proof(proof: LevelProof, *, today: date) -> None:
    """Refuse a proof without an address or a file, one that ran out, or words without proof.

    :raises LevelRefused: saying which.
    """
    if not proof.text:
        raise LevelRefused((Lack("no_proof"),))
    if not proof.address and not proof.file:
        raise LevelRefused((Lack("no_address_or_file"),))
    if is_over(proof.valid_until, today):
        raise LevelRefused((Lack("proof_over"),))
    check_said(proof.text, today=today)


def check_said(text: str, *, today: date) -> None:
    """Refuse words about a level that may not stand on the street.

    :raises LevelRefused: naming the rules.
    """
    faults = find_faults([Spoken("proof", text)], today=today, is_measured=True)
    if faults:
        raise LevelRefused((), faults)


def is_own(claim: LevelClaim, user: Any) -> bool:
    """Tell whether a reviewer has a hand in what he reviews."""
    return (
        claim.claimed_by_id == user.pk
        or Membership.objects.filter(enterprise_id=claim.pad.enterprise_id, user=user).exists()
        or PadVersion.objects.filter(pad_id=claim.pad_id, saved_by=user).exists()
    )


def lock_claim(claim: LevelClaim) -> LevelClaim:
    """Return a claim as it stands, locked."""
    return (
        LevelClaim.objects.select_for_update(of=("self",))
        .select_related("pad__enterprise")
        .get(pk=claim.pk)
    )


def hold_claim(claim: LevelClaim, reason: str) -> LevelClaim:
    """Return a claim that waits, locked for deciding.

    :raises ReasonMissing: when no reason is told.
    :raises AlreadyDecided: when it does not wait any more.
    """
    if not reason.strip():
        raise ReasonMissing
    held = lock_claim(claim)
    if held.status != LevelStatus.CLAIMED:
        raise AlreadyDecided(str(held))
    return held


def decide_level(
    claim: LevelClaim, status: LevelStatus, reason: str, *, user: Any, now: datetime
) -> None:
    """Write a decision with who took it and why, and leave a trace of it."""
    before = claim.status
    claim.status, claim.reason = status, reason.strip()
    claim.decided_by, claim.decided_at = user, now
    claim.save(update_fields=["status", "reason", "decided_by", "decided_at"])
    record(
        action=Audited.CLAIM_DECIDED,
        about=Thing("level", claim.pk, f"{claim.pad.enterprise}: {claim.level}"),
        by=user,
        changes={"status": (before, status.value)},
        reason=claim.reason,
    )
