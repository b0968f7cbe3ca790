"""What a spreadsheet would do, and how far the worker is with it."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from winkelstraat.shop.models import ImportRow, ImportRun, ImportState, SellerProfile, Verdict

BUSY = (ImportState.READING, ImportState.APPLYING, ImportState.UNDOING)
PER_PAGE = 100


@dataclass(frozen=True)
class ImportPage:
    """A run with its counts and one page of rows, what is refused first."""

    run_id: int
    file_name: str
    state: str
    problem: str
    all_rows: int
    done_rows: int
    counts: dict[str, int]
    rows: tuple[ImportRow, ...]
    next_number: int | None

    @property
    def is_busy(self) -> bool:
        """Whether the worker has it, so that the page looks again."""
        return self.state in BUSY

    @property
    def percentage(self) -> int:
        """How far the worker is."""
        return self.done_rows * 100 // self.all_rows if self.all_rows else 0

    @property
    def can_do(self) -> int:
        """How many rows would change something."""
        return self.counts[Verdict.NEW] + self.counts[Verdict.CHANGED]


def get_import(
    seller: SellerProfile, *, run_id: int, verdict: str = "", page: int = 1
) -> ImportPage | None:
    """Return a run of this shop, or None when it is another's (3 queries)."""
    run = ImportRun.objects.filter(seller=seller, pk=run_id).defer("content").first()
    if run is None:
        return None
    counted = Counter(run.rows.order_by().values_list("verdict", flat=True))
    rows = run.rows.filter(verdict=verdict) if verdict in Verdict.values else run.rows.all()
    start = (max(page, 1) - 1) * PER_PAGE
    found = list(
        rows.order_by("-verdict" if not verdict else "number", "number")[start:][: PER_PAGE + 1]
    )
    return ImportPage(
        run_id=run.pk,
        file_name=run.file_name,
        state=run.state,
        problem=run.problem,
        all_rows=counted[Verdict.NEW] + counted[Verdict.CHANGED]
        if run.state != ImportState.READING
        else run.all_rows,
        done_rows=run.done_rows,
        counts={verdict: counted[verdict] for verdict in Verdict.values},
        rows=tuple(found[:PER_PAGE]),
        next_number=page + 1 if len(found) > PER_PAGE else None,
    )


def list_imports(seller: SellerProfile, *, limit: int = 5) -> list[ImportRun]:
    """Return the last runs of this shop."""
    return list(ImportRun.objects.filter(seller=seller).defer("content").order_by("-pk")[:limit])


def list_waiting_imports(*, before: datetime) -> list[int]:
    """Return runs that wait for a worker, or whose worker fell silent."""
    waiting = ImportRun.objects.filter(state__in=BUSY, touched_at__lte=before)
    return list(waiting.order_by("touched_at").values_list("pk", flat=True)[:20])
