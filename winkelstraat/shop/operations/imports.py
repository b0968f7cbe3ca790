"""Take over a spreadsheet in three steps: look it over, carry it out, undo it.

Nothing is offered before somebody says so. Rows are written in batches, each in one
transaction and marked in it, so that a worker that dies is followed up where it stopped
(`import_rows`). How a row is judged is the form's affair: the caller brings the judge.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Protocol

from django.db import transaction
from django.db.models import F

from winkelstraat.common.announcer import announce
from winkelstraat.shop.domain.duties import CannotPublish
from winkelstraat.shop.domain.sheets import NUMBER, PHOTO, SheetRow, UnreadableSheet
from winkelstraat.shop.events import ImportWaits
from winkelstraat.shop.models import (
    ImportRow,
    ImportRun,
    ImportState,
    Listing,
    SellerProfile,
    Verdict,
)
from winkelstraat.shop.operations.drafts import ListingDraft, check_draft, draft_of
from winkelstraat.shop.operations.import_photos import PhotoBox, remember_photo
from winkelstraat.shop.operations.import_rows import keep_before, write_draft
from winkelstraat.shop.operations.sheets import MOST_BYTES, read_sheet
from winkelstraat.shop.queries.desk_offers import map_own_listings, type_fields

BATCH = 200
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

    def changes(self, known: Mapping[str, Any]) -> list[dict[str, str]]:
        """What the row wants otherwise, in words."""


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


@dataclass(frozen=True)
class Reading:
    """What looking over needs for every row."""

    run: ImportRun
    judge: Judge
    say: SayMissing
    photos: PhotoBox
    known: Mapping[str, Listing]

    def find(self, row: SheetRow) -> Listing | None:
        """Return what a row is about: by its number, or else by its name."""
        number = row.cells.get(NUMBER)
        return self.known.get(number or f"name:{row.cells.get('naam', '').casefold()}")


def read_import(*, run: ImportRun, judge: Judge, say: SayMissing, clock: Clock) -> None:
    """Look every row over and write down what it would do."""
    run.rows.all().delete()
    ImportRun.objects.filter(pk=run.pk).update(done_rows=0)
    try:
        rows = list(read_sheet(bytes(run.content), run.file_name))
        photos = PhotoBox(bytes(run.content), run.file_name)
    except UnreadableSheet as error:
        finish_import(run, ImportState.FAILED, problem=error.code)
        return
    ImportRun.objects.filter(pk=run.pk).update(all_rows=len(rows))
    reading = Reading(run, judge, say, photos, map_own_listings(run.seller))
    for batch in _batches(rows):
        made = [_look_over(reading, row, clock()) for row in batch]
        ImportRow.objects.bulk_create(made)
        go_on(run, len(made), clock())
    finish_import(run, ImportState.READY)


def _look_over(reading: Reading, row: SheetRow, now: datetime) -> ImportRow:
    listing = reading.find(row)
    known = type_fields(listing) if listing else None
    judged = reading.judge(row.cells, known, listing.price_cents if listing else None)
    problems = [*judged.problems, *_list_problems(reading, row, listing)]
    draft = None if problems else judged.draft(listing)
    if draft:
        problems += _missing(reading, draft, now)
    changed = draft is not None and listing is not None and _differs(draft, draft_of(listing))
    verdict = Verdict.CHANGED if changed or row.cells.get(PHOTO) else Verdict.SAME
    return ImportRow(
        run=reading.run,
        number=row.number,
        title=judged.fields.get("title", "")[:120],
        verdict=Verdict.REFUSED if problems else Verdict.NEW if listing is None else verdict,
        offer=write_draft(draft) if draft else None,
        changes=judged.changes(known) if known is not None and changed else [],
        problems=problems,
        photo_name=remember_photo(row.cells.get(PHOTO, "")),
        listing=listing,
        before=keep_before(listing) if listing else None,
        seen_version=listing.version if listing else None,
    )


def _list_problems(
    reading: Reading, row: SheetRow, listing: Listing | None
) -> Iterator[dict[str, str]]:
    """Yield what is wrong with a row beside what the form sees."""
    if row.cells.get(NUMBER) and listing is None:
        yield {"label": NUMBER, "text": reading.say("unknown_number")[1]}
    photo = reading.photos.find_problem(row.cells.get(PHOTO, ""))
    if photo:
        yield {"label": PHOTO, "text": reading.say(photo)[1]}


def _differs(draft: ListingDraft, before: ListingDraft) -> bool:
    """Tell whether a draft asks for anything; a mass that follows from the content does not."""
    if draft.content == before.content:
        draft = replace(draft, mass_g=before.mass_g)
    return draft != before


def _missing(reading: Reading, draft: ListingDraft, now: datetime) -> list[dict[str, str]]:
    try:
        check_draft(seller=reading.run.seller, draft=draft, now=now)
    except CannotPublish as refusal:
        return [{"label": "", "text": reading.say(field)[1]} for field in refusal.missing]
    return []


def _batches(rows: list[SheetRow]) -> Iterator[list[SheetRow]]:
    source = iter(rows)
    while batch := list(islice(source, BATCH)):
        yield batch


def go_on(run: ImportRun, rows: int, now: datetime) -> None:
    """Say how far the worker is, and that it lives."""
    ImportRun.objects.filter(pk=run.pk).update(done_rows=F("done_rows") + rows, touched_at=now)


def finish_import(run: ImportRun, state: ImportState, *, problem: str = "") -> None:
    """Write down where a run ended."""
    ImportRun.objects.filter(pk=run.pk).update(state=state, problem=problem)
