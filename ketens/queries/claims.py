"""Claims for reading: those that stand, those that wait, and why each may be said."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from ketens.models import Claim, ClaimStatus, ClaimVersion
from ketens.queries.claim_rules import EXPIRED, find_faults
from winkelstraat.common.claims import Finding, read_rules
from winkelstraat.common.claims.wording import explain_claim


@dataclass(frozen=True, slots=True)
class StandingClaim:
    """A claim that may be read on the street today, with the page that says why."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One proof as the public reads it."""

    title: str
    about: str
    reference: str
    address: str
    valid_until: date | None
    is_in_date: bool


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One wording with what was decided of it."""

    number: int
    text: str
    status: str
    status_text: str
    reason: str
    decided_by: str
    decided_at: datetime | None
    proposed_at: datetime


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a claim does not stand: the rule, its legal basis, and plain words."""

    rule: str
    basis: str
    text: str


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """Everything behind one claim; `faults` say why it does not stand today."""

    public_id: UUID
    version_id: int
    text: str
    specification: str
    enterprise: str
    enterprise_id: int
    about: str
    stands: bool
    state_text: str
    faults: tuple[Fault, ...]
    accepted_rules: tuple[str, ...]
    evidence: tuple[EvidenceRow, ...]
    calculation_url: str
    calculation_id: UUID | None
    rule_version: int
    text_digest: str
    versions: tuple[VersionRow, ...]
    url: str


ABOUT = {
    "product": lambda: _("this product"),
    "part": lambda: _("a part of it"),
    "activity": lambda: _("one activity"),
    "enterprise": lambda: _("the whole enterprise"),
}


def list_standing(
    *,
    today: date,
    product_ref: str | None = None,
    enterprise_id: int | None = None,
    chain_id: int | None = None,
) -> tuple[StandingClaim, ...]:
    """Return the claims that stand today on a product, an enterprise or a chain; two queries."""
    rows = newest_versions().filter(status=ClaimStatus.APPROVED)
    if product_ref is not None:
        rows = rows.filter(claim__product_ref=product_ref)
    if enterprise_id is not None:
        rows = rows.filter(claim__enterprise_id=enterprise_id, claim__subject="seller")
    if chain_id is not None:
        rows = rows.filter(claim__chain_id=chain_id)
    return tuple(
        StandingClaim(row.text, reverse("ketens:claim", args=[row.claim.public_id]))
        for row in rows
        if not find_faults(row, today=today)
    )


def list_claims(
    *, today: date, enterprise_id: int | None = None, is_waiting: bool = False
) -> tuple[ClaimPage, ...]:
    """Return the claims of an enterprise, or all; those that wait for a word when asked."""
    rows = newest_versions()
    if enterprise_id is not None:
        rows = rows.filter(claim__enterprise_id=enterprise_id)
    if is_waiting:
        rows = rows.filter(status=ClaimStatus.PROPOSED)
    return tuple(build_claim(row, today=today) for row in rows)


def get_claim(public_id: UUID, *, today: date) -> ClaimPage | None:
    """Return one claim with its history, None when there is none with this id."""
    version = newest_versions().filter(claim__public_id=public_id).first()
    return None if version is None else build_claim(version, today=today)


def find_claim(public_id: UUID, *, enterprise_id: int | None = None) -> Claim | None:
    """Return a claim to do something with, of this enterprise when one is named."""
    rows = Claim.objects.filter(public_id=public_id)
    if enterprise_id is not None:
        rows = rows.filter(enterprise_id=enterprise_id)
    return rows.first()


def newest_versions() -> QuerySet[ClaimVersion]:
    """Return the newest version of every claim, with everything that the rules ask."""
    newest = (
        ClaimVersion.objects.filter(claim=OuterRef("claim"))
        .order_by()
        .values("claim")
        .annotate(newest=Max("number"))
        .values("newest")
    )
    return (
        ClaimVersion.objects.filter(number=Subquery(newest))
        .select_related("claim__enterprise", "claim__chain", "calculation__factor__factor_set")
        .select_related("calculation__superseded_by", "decided_by")
        .prefetch_related("evidence", "claim__versions__decided_by")
        .order_by("-claim_id")
    )


def build_claim(version: ClaimVersion, *, today: date) -> ClaimPage:
    """Return a claim by its newest version."""
    claim = version.claim
    findings = find_faults(version, today=today)
    stands = version.status == ClaimStatus.APPROVED and not findings
    calculation = version.calculation
    return ClaimPage(
        public_id=claim.public_id,
        version_id=version.pk,
        text=version.text,
        specification=version.specification,
        enterprise=claim.enterprise.trade_name,
        enterprise_id=claim.enterprise_id,
        about=ABOUT[version.scope](),
        stands=stands,
        state_text=say_state(version, stands=stands),
        faults=tuple(explain(findings)),
        accepted_rules=tuple(version.accepted_rules),
        evidence=tuple(
            EvidenceRow(
                title=row.title,
                about=ABOUT[row.scope](),
                reference=row.reference,
                address=row.address,
                valid_until=row.valid_until,
                is_in_date=row.valid_until is None or row.valid_until >= today,
            )
            for row in version.evidence.all()
        ),
        calculation_url=(
            reverse("ketens:provenance", args=[calculation.public_id]) if calculation else ""
        ),
        calculation_id=calculation.public_id if calculation else None,
        rule_version=version.rule_version,
        text_digest=version.text_digest,
        versions=tuple(build_version(row) for row in claim.versions.all()),
        url=reverse("ketens:claim", args=[claim.public_id]),
    )


def build_version(row: ClaimVersion) -> VersionRow:
    """Return one wording of a claim."""
    return VersionRow(
        number=row.number,
        text=row.text,
        status=row.status,
        status_text=str(ClaimStatus(row.status).label),
        reason=row.reason,
        decided_by=row.decided_by.name if row.decided_by else "",
        decided_at=row.decided_at,
        proposed_at=row.proposed_at,
    )


def say_state(version: ClaimVersion, *, stands: bool) -> str:
    """Return how a claim is doing, in a few words."""
    if version.status == ClaimStatus.APPROVED and not stands:
        return _("fell: what it rested on no longer holds")
    if stands:
        return _("stands")
    return str(ClaimStatus(version.status).label)


def explain(findings: Iterable[Finding]) -> Iterable[Fault]:
    """Return findings in plain words, with the law behind each rule."""
    bases = {rule.id: rule.basis for rule in read_rules().rules}
    for one in findings:
        if one.rule == EXPIRED:
            yield Fault(one.rule, "", _("A proof ran out. Hand in a new one."))
        else:
            yield Fault(one.rule, bases.get(one.rule, ""), explain_claim(one.rule, one.words))
