"""A chain as its members edit it: agreements, members, and who changed what."""

from dataclasses import dataclass
from datetime import datetime

from dorpen.register.models import Enterprise
from ketens.models import Chain, ChainAgreement, ChainChange, ChainMember, ChangeKind

NEWEST = 30


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change of a chain."""

    kind_text: str
    what: str
    changed_by: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class ChainDesk:
    """What members see of their own chain."""

    agreements: tuple[ChainAgreement, ...]
    members: tuple[str, ...]
    changes: tuple[ChangeRow, ...]


def find_chain(slug: str, enterprise: Enterprise, *, is_staff: bool) -> Chain | None:
    """Return a chain in which an enterprise takes part; staff may open every chain."""
    rows = Chain.objects.filter(slug=slug)
    if not is_staff:
        rows = rows.filter(members__enterprise=enterprise)
    return rows.first()


def get_chain_desk(chain: Chain) -> ChainDesk:
    """Return agreements, members and the newest changes of a chain; three queries."""
    members = ChainMember.objects.filter(chain=chain).select_related("enterprise")
    changes = ChainChange.objects.filter(chain=chain).select_related("changed_by")[:NEWEST]
    return ChainDesk(
        agreements=tuple(ChainAgreement.objects.filter(chain=chain)),
        members=tuple(f"{row.enterprise}, {row.get_role_display()}" for row in members),
        changes=tuple(
            ChangeRow(
                kind_text=str(ChangeKind(row.kind).label),
                what=row.what,
                changed_by=row.changed_by.name if row.changed_by else "",
                changed_at=row.changed_at,
            )
            for row in changes
        ),
    )
