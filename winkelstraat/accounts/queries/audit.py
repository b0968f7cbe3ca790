"""Read the audit log, and recompute its chain."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from winkelstraat.accounts.models.audit import Audited, AuditEntry

# What traces are about, as people call it; a kind without a name here is shown as it is.
KINDS = {
    "application": _("application of a shop"),
    "baseline": _("baseline"),
    "claim": _("claim"),
    "enterprise": _("enterprise"),
    "form": _("form"),
    "job": _("long work"),
    "level": _("level of the Impactpad"),
    "membership": _("place in an enterprise"),
    "notice": _("report about an offer"),
    "payment": _("payment"),
    "people": _("people at work"),
    "period": _("period"),
    "person": _("person"),
    "pickuppoint": _("pick-up point"),
    "product": _("product"),
    "refund": _("refund"),
    "release": _("release"),
    "sellerprofile": _("shop"),
    "terms": _("terms"),
    "voucher": _("voucher"),
}
MOST_NAMED = 20
PAGE = 50

BROKEN = """
WITH chain AS (
    SELECT seal.*, lag(seal.digest, 1, '') OVER (ORDER BY seal.number) AS link,
        row_number() OVER (ORDER BY seal.number) AS place
    FROM accounts_auditseal seal
)
SELECT format('entry %%s: it does not fit seal %%s', entry.id, chain.number)
FROM chain JOIN accounts_auditentry entry ON entry.id = chain.entry_id
WHERE chain.digest <> accounts_audit_digest(entry, chain.number, chain.previous_digest)
UNION ALL
SELECT format('seal %%s: the one before it is gone or changed', number)
FROM chain WHERE previous_digest <> link OR number <> place
UNION ALL
SELECT format('entry %%s: it has no seal', entry.id)
FROM accounts_auditentry entry LEFT JOIN accounts_auditseal seal ON seal.entry_id = entry.id
WHERE seal.id IS NULL
LIMIT %(most)s
"""


@dataclass(frozen=True)
class TrailFilter:
    """Which traces are asked for; empty means all."""

    person: str = ""
    kind: str = ""
    thing: str = ""
    action: str = ""
    day: date | None = None


@dataclass(frozen=True)
class Change:
    """One field before and after."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class TrailRow:
    """One trace as staff read it."""

    id: int
    at: datetime
    person: str
    action: str
    object_kind: str
    kind_label: str
    object_id: str
    object_label: str
    changes: tuple[Change, ...]
    reason: str
    address: str


@dataclass(frozen=True)
class TrailPage:
    """Some traces, the newest first; `older_than` is the key of the next page, if any."""

    rows: tuple[TrailRow, ...]
    older_than: int | None


@dataclass(frozen=True)
class ChainHead:
    """How long the chain is and where it ends."""

    entries: int
    digest: str


def list_trail(*, wanted: TrailFilter, older_than: int | None = None) -> TrailPage:
    """Return one page of traces by keyset, the newest first; one query."""
    found = AuditEntry.objects.select_related("actor", "address").filter(_condition(wanted))
    if older_than:
        found = found.filter(pk__lt=older_than)
    entries = list(found.order_by("-pk")[: PAGE + 1])
    rows = tuple(_row(entry) for entry in entries[:PAGE])
    return TrailPage(rows, rows[-1].id if len(entries) > PAGE else None)


def list_broken_links() -> Iterator[str]:
    """Yield a sentence for each entry or seal that is not right; nothing when clean."""
    with connection.cursor() as cursor:
        cursor.execute(BROKEN, {"most": MOST_NAMED})
        yield from (line for (line,) in cursor.fetchall())


def get_chain_head() -> ChainHead:
    """Return the length and the last digest, to be kept somewhere else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, digest FROM accounts_auditseal ORDER BY number DESC LIMIT 1")
        number, digest = cursor.fetchone() or (0, "")
    return ChainHead(number, digest)


def list_traces_of(*, kind: str, object_id: object) -> list[TrailRow]:
    """Return every trace of one thing, the newest first."""
    found = AuditEntry.objects.filter(object_kind=kind, object_id=str(object_id))
    return [_row(entry) for entry in found.select_related("actor", "address").order_by("-pk")]


def _condition(wanted: TrailFilter) -> Q:
    condition = Q()
    if wanted.person:
        named = Q(actor__email__icontains=wanted.person) | Q(actor__name__icontains=wanted.person)
        condition &= named
    if wanted.kind:
        condition &= Q(object_kind=wanted.kind)
    if wanted.thing:
        condition &= Q(object_id=wanted.thing) | Q(object_label__icontains=wanted.thing)
    if wanted.action:
        condition &= Q(action=wanted.action)
    if wanted.day:
        start = timezone.make_aware(datetime.combine(wanted.day, datetime.min.time()))
        condition &= Q(at__gte=start, at__lt=start + timedelta(days=1))
    return condition


def _row(entry: AuditEntry) -> TrailRow:
    address = getattr(entry, "address", None)
    known = entry.action in Audited.values
    return TrailRow(
        id=entry.pk,
        at=entry.at,
        person=str(entry.actor or ""),
        action=str(Audited(entry.action).label) if known else entry.action,
        object_kind=entry.object_kind,
        kind_label=str(KINDS.get(entry.object_kind, entry.object_kind)),
        object_id=entry.object_id,
        object_label=entry.object_label,
        changes=tuple(Change(name, *both) for name, both in entry.changes.items()),
        reason=entry.reason,
        address=address.address if address else "",
    )
