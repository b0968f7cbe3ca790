"""Record who saw or changed what, and forget from where after thirty days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Any

from django.db import transaction

from winkelstraat.accounts.domain.acting import note_actor
from winkelstraat.accounts.domain.trail import keep_changes, scrub
from winkelstraat.accounts.models.audit import AuditAddress, Audited, AuditEntry

# POLICY: an address says where somebody sat; a month is enough to look into misuse.
ADDRESS_KEPT = timedelta(days=30)
LABEL = 200


@dataclass(frozen=True)
class Thing:
    """What a trace is about: its kind, its id, and how people call it."""

    kind: str
    id: object
    label: str = ""


@transaction.atomic
def record(
    *,
    action: Audited,
    about: Thing,
    by: Any = None,
    changes: Mapping[str, tuple[Any, Any]] | None = None,
    reason: str = "",
) -> AuditEntry:
    """Write one trace in the transaction of what it is about; both stand or neither.

    `by` may be left out where the operation does not know: then it is who makes the
    request. The moment is the database's.

    :raises NotForTheLog: for a changed field that no trace may carry.
    """
    actor = note_actor()
    entry = AuditEntry.objects.create(
        action=action.value,
        actor_id=getattr(by, "pk", None) or actor.user_id,
        object_kind=about.kind,
        object_id=str(about.id),
        object_label=scrub(about.label)[:LABEL],
        changes=keep_changes(changes or {}),
        reason=scrub(reason),
    )
    if _is_address(actor.address):
        AuditAddress.objects.create(entry=entry, address=actor.address)
    return entry


@transaction.atomic
def forget_addresses(*, now: datetime) -> int:
    """Forget where traces of more than thirty days ago came from; return how many."""
    gone, _rows = AuditAddress.objects.filter(entry__at__lte=now - ADDRESS_KEPT).delete()
    return gone


def _is_address(text: str) -> bool:
    try:
        return bool(ip_address(text))
    except ValueError:
        return False
