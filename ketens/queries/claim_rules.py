"""Ask the claim rules about a version: what is proven beside it, and does it stand today?"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from ketens.models import Calculation, ClaimEvidence, ClaimStatus, ClaimVersion
from winkelstraat.common.claims import (
    Comparison,
    Context,
    Evidence,
    Finding,
    Origin,
    Outcome,
    Plan,
    Result,
    Scope,
    Subject,
    check_text,
)

EXPIRED = "expired"


def context_of(version: ClaimVersion, evidence: Iterable[ClaimEvidence], *, today: date) -> Context:
    """Return what is known beside the words of a version; its claim must be selected with it."""
    basis = version.basis
    return Context(
        today=today,
        subject=Subject(version.claim.subject),
        scope=Scope(version.scope),
        evidence=tuple(proof_of(one) for one in evidence),
        specifications=(version.specification,) if version.specification else (),
        plan=read_plan(basis.get("plan")),
        comparison=Comparison(**basis["comparison"]) if basis.get("comparison") else None,
        origin=Origin(**basis["origin"]) if basis.get("origin") else None,
        result=result_of(version.calculation),
        approved_digest=(version.text_digest if version.status == ClaimStatus.APPROVED else None),
        accepted_rules=frozenset(version.accepted_rules),
    )


def proof_of(row: ClaimEvidence) -> Evidence:
    """Return a proof in the words of the rules."""
    return Evidence(
        kind=row.kind,
        scope=Scope(row.scope),
        valid_until=row.valid_until,
        has_offset=row.has_offset,
        reference=row.reference,
    )


def result_of(calculation: Calculation | None) -> Result | None:
    """Return the calculation behind a number, with whether a better one took its place."""
    if calculation is None or calculation.factor is None:
        return None
    return Result(
        calculation_id=str(calculation.public_id),
        factor_set_published_on=calculation.factor.factor_set.valid_from,
        is_superseded=hasattr(calculation, "superseded_by"),
    )


def read_plan(told: Mapping[str, Any] | None) -> Plan | None:
    """Return a plan from its JSON; days are ISO."""
    if not told:
        return None
    verified = told.get("verified_on")
    return Plan(
        url=told.get("url", ""),
        interim_targets=tuple(date.fromisoformat(day) for day in told.get("interim_targets", ())),
        resources=told.get("resources", ""),
        verifier=told.get("verifier", ""),
        verified_on=date.fromisoformat(verified) if verified else None,
    )


def find_faults(version: ClaimVersion, *, today: date) -> tuple[Finding, ...]:
    """Return what keeps a version from being shown, by the rules and its proofs of today.

    Every proof must be in date, whatever the rule that asks for it: a claim that rested on
    something which ran out rests on less than what was approved.
    """
    evidence = list(version.evidence.all())
    found = check_text(version.text, context_of(version, evidence, today=today))
    faults = [one for one in found if one.is_blocking]
    if any(not proof_of(one).holds(today) for one in evidence):
        faults.append(Finding(EXPIRED, Outcome.UNPUBLISH, ""))
    return tuple(faults)


def stands(version: ClaimVersion, *, today: date) -> bool:
    """Tell whether a version may be read on the street today."""
    return version.status == ClaimStatus.APPROVED and not find_faults(version, today=today)
