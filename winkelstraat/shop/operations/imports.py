"""Take over a spreadsheet in three steps: look it over, carry it out, undo it.

Nothing is offered before somebody says so. Each row is written in a transaction of its
own and marked in it, so that a worker that dies is followed up where it stopped. How a
row is judged is the form's affair: the caller brings the judge.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from decimal import Decimal
from io import BytesIO
from itertools import islice
from typing import Any, Protocol

from django.db import transaction
from django.db.models import F
from oscar.apps.catalogue.models import Product

from winkelstraat.common.announcer import announce
from winkelstraat.shop.domain.duties import CannotPublish
from winkelstraat.shop.domain.sheets import NUMBER, PHOTO, SheetRow, UnreadableSheet
from winkelstraat.shop.events import ImportWaits
from winkelstraat.shop.models import (
    ImportRow,
    ImportRun,
    ImportState,
    Listing,
    SellerOrderLine,
    SellerProfile,
    Verdict,
)
from winkelstraat.shop.operations.listings import (
    ListingDraft,
    check_draft,
    draft_of,
    publish_listing,
    withdraw_listing,
)
from winkelstraat.shop.operations.photos import show_photo
from winkelstraat.shop.operations.pictures import PictureRefused, keep_picture
from winkelstraat.shop.operations.prices import renew_pages, set_stock
from winkelstraat.shop.operations.sheets import MOST_BYTES, read_photo, read_sheet
from winkelstraat.shop.queries.desk_offers import map_own_listings, type_fields

BATCH = 50
# A worker that did not say anything for so long is dead; another may take over.
SILENCE = timedelta(seconds=60)
BUSY = (ImportState.READING, ImportState.APPLYING, ImportState.UNDOING)


class Judged(Protocol):
    """A row as the form sees it."""

    @property
    def fields(self) -> dict[str, str]:
        """The fields of the form as the row fills them."""

    @property
    def problems(self) -> list[dict[str, str]]:
        """What is wrong, in words."""

    def draft(self, listing: Listing | None) -> ListingDraft:
        """What would be offered, when nothing is wrong."""


Judge = Callable[[Mapping[str, str], Mapping[str, Any] | None, int | None], Judged]
SayMissing = Callable[[str], tuple[str, str]]
Clock = Callable[[], datetime]


@transaction.atomic
def start_import(
    *, seller: SellerProfile, author_id: int, file_name: str, content: bytes, now: datetime
) -> ImportRun:
    """Keep a file for the worker to read.

    :raises UnreadableSheet: `too_heavy` above 20 MB.
    """
    if len(content) > MOST_BYTES:
        raise UnreadableSheet("too_heavy")
    run = ImportRun.objects.create(
        seller=seller,
        author_id=author_id,
        file_name=file_name[-120:],
        content=content,
        created_at=now,
        touched_at=now - SILENCE,
    )
    announce(ImportWaits(run.pk, now))
    return run


@transaction.atomic
def ask_import(*, seller: SellerProfile, run_id: int, state: ImportState, now: datetime) -> bool:
    """Ask the worker to carry out or to undo; False when the run is not at that point.

    :raises ImportRun.DoesNotExist: for another seller's run.
    """
    run = ImportRun.objects.select_for_update().defer("content").get(seller=seller, pk=run_id)
    may = {ImportState.APPLYING: ImportState.READY, ImportState.UNDOING: ImportState.DONE}
    if run.state != may[state]:
        return False
    run.state, run.done_rows, run.touched_at = state, 0, now - SILENCE
    run.save(update_fields=["state", "done_rows", "touched_at"])
    announce(ImportWaits(run.pk, now))
    return True


def claim_import(*, run_id: int, now: datetime) -> ImportRun | None:
    """Take a waiting run, or one whose worker fell silent; None when another has it."""
    free = ImportRun.objects.filter(pk=run_id, state__in=BUSY, touched_at__lte=now - SILENCE)
    if not free.update(touched_at=now):
        return None
    return ImportRun.objects.select_related("seller__enterprise", "seller__village").get(pk=run_id)


def read_import(*, run: ImportRun, judge: Judge, say: SayMissing, clock: Clock) -> None:
    """Look every row over and write down what it would do."""
    run.rows.all().delete()
    try:
        rows = list(read_sheet(bytes(run.content), run.file_name))
    except UnreadableSheet as error:
        _finish(run, ImportState.FAILED, problem=error.code)
        return
    known = map_own_listings(run.seller)
    ImportRun.objects.filter(pk=run.pk).update(all_rows=len(rows))
    for batch in _batches(rows):
        made = [_look_over(run, row, known, judge, say, clock()) for row in batch]
        ImportRow.objects.bulk_create(made)
        _go_on(run, len(made), clock())
    _finish(run, ImportState.READY)


def apply_import(*, run: ImportRun, clock: Clock) -> None:
    """Offer what the rows say, each row once."""
    rows = run.rows.filter(verdict__in=[Verdict.NEW, Verdict.CHANGED], is_applied=False)
    while batch := list(rows.select_related("listing")[:BATCH]):
        _apply_batch(run, batch, clock())
    _finish(run, ImportState.DONE)


def undo_import(*, run: ImportRun, clock: Clock) -> None:
    """Bring back what stood there before, the last row first."""
    rows = run.rows.filter(is_applied=True).order_by("-number")
    while batch := list(rows.select_related("listing")[:BATCH]):
        _undo_batch(run, batch, clock())
    _finish(run, ImportState.UNDONE)


def _look_over(
    run: ImportRun,
    row: SheetRow,
    known: Mapping[str, Listing],
    judge: Judge,
    say: SayMissing,
    now: datetime,
) -> ImportRow:
    listing = known.get(row.cells.get(NUMBER) or "") or known.get(_name_of(row))
    typed = {name: str(value) for name, value in type_fields(listing).items()} if listing else None
    judged = judge(row.cells, type_fields(listing) if listing else None, _price_of(listing))
    problems = judged.problems
    if row.cells.get(NUMBER) and listing is None:
        problems.append({"label": NUMBER, "text": say("unknown_number")[1]})
    draft = None if problems else judged.draft(listing)
    if draft:
        problems += _missing(run.seller, draft, say, now)
    changes = [] if typed is None else _changes(typed, judged.fields)
    verdict = Verdict.CHANGED if changes or row.cells.get(PHOTO) else Verdict.SAME
    return ImportRow(
        run=run,
        number=row.number,
        title=judged.fields.get("title", "")[:120],
        verdict=Verdict.REFUSED if problems else Verdict.NEW if listing is None else verdict,
        offer=write_draft(draft) if draft else None,
        changes=changes,
        problems=problems,
        photo_name=row.cells.get(PHOTO, "")[:120],
        listing=listing,
        before=write_draft(draft_of(listing)) if listing else None,
    )


def _missing(
    seller: SellerProfile, draft: ListingDraft, say: SayMissing, now: datetime
) -> list[dict[str, str]]:
    try:
        check_draft(seller=seller, draft=draft, now=now)
    except CannotPublish as refusal:
        return [{"label": "", "text": say(field)[1]} for field in refusal.missing]
    return []


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> list[dict[str, str]]:
    return [
        {"field": name, "before": before[name], "after": after[name]}
        for name in before
        if name not in ("version", "seen_stock", "made_by_shop")
        and after.get(name, "") != before[name]
    ]


@transaction.atomic
def _apply_batch(run: ImportRun, rows: list[ImportRow], now: datetime) -> None:
    for row in rows:
        try:
            row.listing = publish_listing(
                seller=run.seller, draft=read_draft(row.offer or {}), now=now, listing=row.listing
            )
        except CannotPublish:  # what was right at the preview no longer is
            row.verdict = Verdict.REFUSED
            continue
        row.is_applied = True
        if row.photo_name:
            _show(run, row)
    ImportRow.objects.bulk_update(rows, ["listing", "is_applied", "problems", "verdict"])
    _go_on(run, len(rows), now)


def _show(run: ImportRun, row: ImportRow) -> None:
    """Show the photo that came along; what is no picture is noted with the row."""
    picture = read_photo(bytes(run.content), run.file_name, row.photo_name)
    if picture is None or row.listing is None:
        return
    try:
        photo = keep_picture(upload=BytesIO(picture), title=row.title, credit=run.seller.name)
        show_photo(listing=row.listing, photo=photo)
    except PictureRefused:
        row.problems = [*row.problems, {"label": PHOTO, "text": row.photo_name}]


@transaction.atomic
def _undo_batch(run: ImportRun, rows: list[ImportRow], now: datetime) -> None:
    _take_away(run.seller, [row.listing for row in rows if row.listing and not row.before])
    for row in rows:
        if row.listing and row.before:
            publish_listing(
                seller=run.seller, draft=read_draft(row.before), now=now, listing=row.listing
            )
    run.rows.filter(pk__in=[row.pk for row in rows]).update(is_applied=False)
    _go_on(run, len(rows), now)


def _take_away(seller: SellerProfile, brought: list[Listing]) -> None:
    """Remove what the run brought; what was ordered meanwhile only leaves the street."""
    keys = [listing.pk for listing in brought]
    ordered = set(
        SellerOrderLine.objects.filter(listing__in=keys).values_list("listing", flat=True)
    )
    for key in ordered:
        withdraw_listing(seller=seller, listing_id=key)
        set_stock(seller=seller, listing_id=key, available=0)
    gone = Listing.objects.filter(pk__in=set(keys) - ordered)
    products = list(gone.values_list("product", flat=True))
    gone.delete()
    Product.objects.filter(pk__in=products).delete()
    renew_pages(seller.pk)


def write_draft(draft: ListingDraft) -> dict[str, Any]:
    """Return a draft as JSON can keep it."""
    return {**asdict(draft), "net_quantity": str(draft.net_quantity)}


def read_draft(kept: Mapping[str, Any]) -> ListingDraft:
    """Return the draft that was kept."""
    return ListingDraft(**{**kept, "net_quantity": Decimal(kept["net_quantity"])})


def _name_of(row: SheetRow) -> str:
    return "" if row.cells.get(NUMBER) else f"name:{row.cells.get('naam', '').casefold()}"


def _price_of(listing: Listing | None) -> int | None:
    return listing.price_cents if listing else None


def _batches(rows: list[SheetRow]) -> Iterator[list[SheetRow]]:
    source = iter(rows)
    while batch := list(islice(source, BATCH)):
        yield batch


def _go_on(run: ImportRun, rows: int, now: datetime) -> None:
    ImportRun.objects.filter(pk=run.pk).update(done_rows=F("done_rows") + rows, touched_at=now)


def _finish(run: ImportRun, state: ImportState, *, problem: str = "") -> None:
    ImportRun.objects.filter(pk=run.pk).update(state=state, problem=problem)
