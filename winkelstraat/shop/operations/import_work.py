"""Work off a run of a spreadsheet that was looked over: carry out, bring photos, undo."""

from collections.abc import Callable
from datetime import datetime

from winkelstraat.shop.models import ImportRun, ImportState, Verdict
from winkelstraat.shop.operations.import_photos import PhotoBox, bring_photo
from winkelstraat.shop.operations.import_rows import apply_rows, undo_rows
from winkelstraat.shop.operations.imports import BATCH, finish_import, go_on

Say = Callable[[str], str]
Clock = Callable[[], datetime]


def apply_import(*, run: ImportRun, say: Say, clock: Clock) -> None:
    """Offer what the rows say, each row once, and then show their photos."""
    rows = run.rows.filter(verdict__in=[Verdict.NEW, Verdict.CHANGED], is_applied=False)
    while batch := list(rows[:BATCH]):
        apply_rows(run, batch, say=say, now=clock())
        go_on(run, len(batch), clock())
    _bring_photos(run, say=say, clock=clock)
    finish_import(run, ImportState.DONE)


def undo_import(*, run: ImportRun, say: Say, clock: Clock) -> None:
    """Bring back what stood there before, the last row first."""
    rows = run.rows.filter(is_applied=True).order_by("-number")
    while batch := list(rows[:BATCH]):
        undo_rows(run, batch, say=say, now=clock())
        go_on(run, len(batch), clock())
    finish_import(run, ImportState.UNDONE)


def _bring_photos(run: ImportRun, *, say: Say, clock: Clock) -> None:
    wanting = run.rows.filter(is_applied=True, photo_done=False).exclude(photo_name="")
    if not wanting.exists():
        return
    box = PhotoBox(bytes(run.content), run.file_name)
    for row in wanting.select_related("listing").iterator(chunk_size=BATCH):
        bring_photo(run, row, box, say)
        go_on(run, 0, clock())
