"""Read a shop's spreadsheet: XLSX, CSV, or a ZIP with one of them and photos (limits kept).

The sheet is read row by row, so that its size in memory does not grow with its rows.
"""

import csv
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO, StringIO
from pathlib import PurePosixPath

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from winkelstraat.shop.domain.sheets import SheetRow, UnreadableSheet, read_rows

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED_BYTES = 200 * 1024 * 1024
MOST_ROWS = 10_000
MOST_COLUMNS = 60


def read_sheet(content: bytes, file_name: str) -> Iterator[SheetRow]:
    """Yield the rows of a file.

    :raises UnreadableSheet: `too_heavy`, `too_many_rows`, `no_sheet`, or what
        `domain.sheets.read_rows` says.
    """
    if len(content) > MOST_BYTES:
        raise UnreadableSheet("too_heavy")
    kind = PurePosixPath(file_name.casefold()).suffix
    if kind == ".zip":
        name, content = _sheet_in(content)
        kind = PurePosixPath(name.casefold()).suffix
    lines = _csv_lines(content) if kind == ".csv" else _xlsx_lines(content)
    yield from read_rows(_at_most(lines))


def open_zip(content: bytes) -> zipfile.ZipFile:
    """Open a ZIP that does not unpack to more than 200 MB.

    :raises UnreadableSheet: `no_sheet` or `too_heavy`.
    """
    try:
        packed = zipfile.ZipFile(BytesIO(content))
    except zipfile.BadZipFile as error:
        raise UnreadableSheet("no_sheet") from error
    if sum(entry.file_size for entry in packed.infolist()) > MOST_UNPACKED_BYTES:
        raise UnreadableSheet("too_heavy")
    return packed


def unpack(packed: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Return one file out of a ZIP.

    :raises UnreadableSheet: `no_sheet` for a file with a password, damage, or an odd packing.
    """
    try:
        return packed.read(entry)
    except (RuntimeError, zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise UnreadableSheet("no_sheet") from error


def _sheet_in(content: bytes) -> tuple[str, bytes]:
    with open_zip(content) as packed:
        for entry in packed.infolist():
            if entry.filename.casefold().endswith((".xlsx", ".csv")):
                return entry.filename, unpack(packed, entry)
    raise UnreadableSheet("no_sheet")


def _xlsx_lines(content: bytes) -> Iterator[Sequence[object]]:
    open_zip(content).close()
    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    except (InvalidFileException, KeyError, ValueError, OSError, zipfile.BadZipFile) as error:
        raise UnreadableSheet("no_sheet") from error
    try:
        sheet = book.worksheets[0]
        yield from sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS)
    finally:
        book.close()


def _csv_lines(content: bytes) -> Iterator[Sequence[object]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    head = text.split("\n", 1)[0]
    mark = max(";,\t", key=head.count)
    yield from csv.reader(StringIO(text, newline=""), delimiter=mark)


def _at_most(lines: Iterator[Sequence[object]]) -> Iterator[Sequence[object]]:
    for number, line in enumerate(lines):
        if number > MOST_ROWS:
            raise UnreadableSheet("too_many_rows")
        yield line[:MOST_COLUMNS]
