"""Propose a claim, and let a named person decide; other words are always a new version."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from dorpen.register.models import Enterprise
from ketens.models import Calculation, Chain, Claim, ClaimEvidence, ClaimStatus, ClaimVersion
from ketens.queries.claim_rules import find_faults
from winkelstraat.accounts.models import Audited
from winkelstraat.accounts.operations import Thing, record
from winkelstraat.common.claims import Finding, Scope, Subject, digest_of, read_rules


class ClaimBlocked(Exception):
    """The rules keep these words from the street; ``findings`` say which and why."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(", ".join(one.rule for one in findings))
        self.findings = tuple(findings)


class AlreadyDecided(Exception):
    """A version is decided once, and only the newest one."""


class ReasonMissing(Exception):
    """Who decides says why."""


class OwnClaim(Exception):
    """Nobody approves what he proposed himself."""


@dataclass(frozen=True, slots=True)
class Proof:
    """One proof as it is handed in."""

    kind: str
    title: str
    scope: Scope
    reference: str = ""
    address: str = ""
    valid_until: date | None = None
    has_offset: bool = False


@dataclass(frozen=True, slots=True)
class Wording:
    """What somebody wants to say, and what it rests on."""

    text: str
    scope: Scope
    specification: str = ""
    proofs: tuple[Proof, ...] = ()
    calculation: Calculation | None = None
    basis: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Matter:
    """What a claim is about: a product, the enterprise itself, or a chain's page."""

    subject: Subject
    product_ref: str = ""
    chain: Chain | None = None


@transaction.atomic
def propose_claim(
    *, enterprise: Enterprise, matter: Matter, wording: Wording, user: Any, now: datetime
) -> ClaimVersion:
    """Write down a claim that waits for a reviewer; nothing of it is shown yet."""
    claim = Claim.objects.create(
        enterprise=enterprise,
        subject=matter.subject.value,
        product_ref=matter.product_ref,
        chain=matter.chain,
        created_at=now,
    )
    return write_version(claim, wording, user=user, now=now)


@transaction.atomic
def reword_claim(*, claim: Claim, wording: Wording, user: Any, now: datetime) -> ClaimVersion:
    """Say it in other words; until those are approved nothing is shown (C17)."""
    Claim.objects.select_for_update().get(pk=claim.pk)
    return write_version(claim, wording, user=user, now=now)


@transaction.atomic
def approve_claim(
    *, version: ClaimVersion, reason: str, accepted_rules: Collection[str], user: Any, now: datetime
) -> None:
    """Let a version stand; rules that find too much are accepted by name, with the reason.

    :raises ClaimBlocked: when a rule that is not accepted, or a hard one, blocks it.
    :raises AlreadyDecided: when it was decided, or newer words wait.
    :raises ReasonMissing: when no reason is told.
    :raises OwnClaim: when the reviewer proposed it himself.
    """
    held = hold(version, reason)
    if held.proposed_by_id is not None and held.proposed_by_id == user.pk:
        raise OwnClaim(str(held))
    held.accepted_rules = sorted(accepted_rules)
    faults = find_faults(held, today=now.date())
    if faults:
        raise ClaimBlocked(faults)
    decide(held, ClaimStatus.APPROVED, reason, user=user, now=now)


@transaction.atomic
def refuse_claim(*, version: ClaimVersion, reason: str, user: Any, now: datetime) -> None:
    """Keep a version from the street.

    :raises AlreadyDecided: when it was decided, or newer words wait.
    :raises ReasonMissing: when no reason is told.
    """
    decide(hold(version, reason), ClaimStatus.REFUSED, reason, user=user, now=now)


@transaction.atomic
def withdraw_claim(*, claim: Claim, reason: str, user: Any, now: datetime) -> None:
    """Take a claim from the street at once, whatever it rested on; for who made it, and staff."""
    held = ClaimVersion.objects.select_for_update().filter(claim=claim).order_by("-number").first()
    if held is None or held.status in (ClaimStatus.REFUSED, ClaimStatus.WITHDRAWN):
        raise AlreadyDecided(str(claim))
    decide(held, ClaimStatus.WITHDRAWN, reason, user=user, now=now)


def write_version(claim: Claim, wording: Wording, *, user: Any, now: datetime) -> ClaimVersion:
    """Write the next version with its proofs, and what the rules find in it today."""
    newest = claim.versions.order_by("-number").first()
    version = ClaimVersion.objects.create(
        claim=claim,
        number=newest.number + 1 if newest else 1,
        text=wording.text,
        text_digest=digest_of(wording.text),
        scope=wording.scope.value,
        specification=wording.specification,
        basis=wording.basis,
        calculation=wording.calculation,
        rule_version=read_rules().version,
        proposed_by=user,
        proposed_at=now,
    )
    ClaimEvidence.objects.bulk_create(
        ClaimEvidence(
            version=version,
            kind=proof.kind,
            title=proof.title,
            scope=proof.scope.value,
            reference=proof.reference,
            address=proof.address,
            has_offset=proof.has_offset,
            valid_until=proof.valid_until,
            added_by=user,
            added_at=now,
        )
        for proof in wording.proofs
    )
    version.findings = [one.rule for one in find_faults(version, today=now.date())]
    version.save(update_fields=["findings"])
    return version


def hold(version: ClaimVersion, reason: str) -> ClaimVersion:
    """Return a version for deciding, locked together with its claim."""
    if not reason.strip():
        raise ReasonMissing
    Claim.objects.select_for_update().get(pk=version.claim_id)
    held = (
        ClaimVersion.objects.select_related("claim", "calculation__factor__factor_set")
        .prefetch_related("evidence")
        .get(pk=version.pk)
    )
    is_newest = not held.claim.versions.filter(number__gt=held.number).exists()
    if held.status != ClaimStatus.PROPOSED or not is_newest:
        raise AlreadyDecided(str(held))
    return held


def decide(
    version: ClaimVersion, status: ClaimStatus, reason: str, *, user: Any, now: datetime
) -> None:
    """Write a decision with who took it and why."""
    before = version.status
    version.status = status
    version.reason = reason.strip()
    version.decided_by = user
    version.decided_at = now
    version.save(update_fields=["status", "reason", "accepted_rules", "decided_by", "decided_at"])
    about = Thing("claim", version.claim_id, version.text)
    record(
        action=Audited.CLAIM_DECIDED,
        about=about,
        by=user,
        changes={"status": (before, status.value)},
        reason=version.reason,
    )
