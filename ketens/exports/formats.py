"""One table in the formats that people and programs ask for.

Every writer takes a description and an iterator of rows and yields bytes. CSV and JSON go
out as they are read. Excel and Parquet need their whole file before the first byte, so
they are written to a temporary file in batches and read from there: memory does not grow
with the number of rows. A same table gives the same bytes.
"""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from tempfile import TemporaryFile
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from ketens.domain.exchange.tables import Column, RowRefused, TableDescription, Value

Rows = Iterable[Mapping[str, Value]]
Write = Callable[[TableDescription, Rows], Iterator[bytes]]

BATCH = 5_000
PIECE_BYTES = 64 * 1024
# Excel's own limit, less the row of headings.
MOST_EXCEL_ROWS = 1_048_575
# What a spreadsheet would take for a formula when it opens a text file.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
NO_SHEET_SIGNS = str.maketrans("", "", "[]:*?/\\")
# Files hold no moment of making, so that the same rows give the same digest.
PROPERTIES = "docProps/core.xml"
MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
NO_MOMENT = b"2000-01-01T00:00:00Z"
NO_ZIP_MOMENT = (2000, 1, 1, 0, 0, 0)


class TooManyRows(Exception):
    """More rows than a spreadsheet can hold; CSV and Parquet have no such limit."""


@dataclass(frozen=True, slots=True)
class FileFormat:
    """One format: its ending, media type, name for people, and how it is written.

    `eu_code` is its name in the file-type list of the EU's publications office.
    """

    ending: str
    media_type: str
    label: str
    eu_code: str
    write: Write


def write_csv(table: TableDescription, rows: Rows) -> Iterator[bytes]:
    """Yield a table as CSV (RFC 4180) in UTF-8; an empty cell is unknown.

    :raises RowRefused: when a row lacks a column, has another, or a required value is unknown.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([column.name for column in table.columns])
    for batch in in_batches(table.columns, rows):
        for row in batch:
            writer.writerow(["" if value is None else harmless(value) for value in row])
        yield text.getvalue().encode()
        text.seek(0)
        text.truncate()
    if text.tell():
        yield text.getvalue().encode()


def write_json(table: TableDescription, rows: Rows) -> Iterator[bytes]:
    """Yield a table as one JSON object: its name, method and rows; unknown is null.

    :raises RowRefused: as `write_csv`.
    """
    names = [column.name for column in table.columns]
    head = {"table": table.name, "method_version": table.method_version, "rows": []}
    yield json.dumps(head, ensure_ascii=False).removesuffix("]}").encode()
    separator = "\n"
    for batch in in_batches(table.columns, rows):
        lines = [
            json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) for row in batch
        ]
        yield (separator + ",\n".join(lines)).encode()
        separator = ",\n"
    yield b"\n]}\n"


def write_xlsx(table: TableDescription, rows: Rows) -> Iterator[bytes]:
    """Yield a table as an Excel workbook with a second sheet that explains the columns.

    :raises RowRefused: as `write_csv`.
    :raises TooManyRows: above what a sheet can hold.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(table.titles["nl"].translate(NO_SHEET_SIGNS)[:31])
    sheet.freeze_panes = "A2"
    sheet.append([bold(sheet, column.name) for column in table.columns])
    count = 0
    for batch in in_batches(table.columns, rows):
        count += len(batch)
        if count > MOST_EXCEL_ROWS:
            raise TooManyRows(str(count))
        for row in batch:
            sheet.append(row)
    explain(book, table)
    with TemporaryFile() as made, TemporaryFile() as fixed:
        book.save(made)
        fix_moments(made, fixed)
        yield from in_pieces(fixed)


def write_parquet(table: TableDescription, rows: Rows) -> Iterator[bytes]:
    """Yield a table as Apache Parquet; titles and method stand in its metadata.

    :raises RowRefused: as `write_csv`.
    """
    import pyarrow as pa  # heavy, and only this format needs it
    from pyarrow import parquet

    kinds = {"string": pa.string(), "gYearMonth": pa.string()}
    schema = pa.schema(
        [
            pa.field(one.name, kinds.get(one.datatype, pa.int64()), nullable=not one.is_required)
            for one in table.columns
        ],
        metadata={"title": table.titles["nl"], "method_version": table.method_version},
    )
    with TemporaryFile() as file:
        with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
            for batch in in_batches(table.columns, rows):
                columns = list(zip(*batch, strict=True))
                arrays = [
                    pa.array(values, field.type)
                    for values, field in zip(columns, schema, strict=True)
                ]
                writer.write_batch(pa.record_batch(arrays, schema=schema))
        yield from in_pieces(file)


FORMATS: Mapping[str, FileFormat] = {
    one.ending: one
    for one in (
        FileFormat("csv", "text/csv; charset=utf-8; header=present", "CSV", "CSV", write_csv),
        FileFormat("json", "application/json", "JSON", "JSON", write_json),
        FileFormat(
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "Excel",
            "XLSX",
            write_xlsx,
        ),
        FileFormat(
            "parquet", "application/vnd.apache.parquet", "Parquet", "PARQUET", write_parquet
        ),
    )
}


def in_batches(columns: Sequence[Column], rows: Rows) -> Iterator[list[list[Value]]]:
    """Yield rows as lists of values in the order of the columns, so many at a time.

    :raises RowRefused: when a row lacks a column, has another, or a required value is unknown.
    """
    names = [column.name for column in columns]
    known = set(names)
    required = [column.name for column in columns if column.is_required]
    source = iter(rows)
    while batch := list(islice(source, BATCH)):
        for row in batch:
            if set(row) != known or any(row[name] is None for name in required):
                raise RowRefused(str(dict(row)))
        yield [[row[name] for name in names] for row in batch]


def harmless(value: Value) -> Value:
    """Return a text that no spreadsheet runs as a formula (OWASP, CSV injection)."""
    is_formula = isinstance(value, str) and value.startswith(FORMULA_STARTS)
    return f"'{value}" if is_formula else value


def explain(book: Workbook, table: TableDescription) -> None:
    """Add the sheet that says what the columns mean."""
    sheet = book.create_sheet("Toelichting")
    sheet.append([bold(sheet, table.titles["nl"])])
    sheet.append([table.notes["nl"]])
    sheet.append([f"Methode {table.method_version}"])
    sheet.append([])
    for column in table.columns:
        sheet.append([bold(sheet, column.name), column.labels["nl"]])


def bold(sheet: Any, text: str) -> Any:
    """Return a heading."""
    cell = WriteOnlyCell(sheet, value=text)
    cell.font = Font(bold=True)
    return cell


def fix_moments(made: IO[bytes], fixed: IO[bytes]) -> None:
    """Copy a workbook's archive with one moment for every part, and for the book itself."""
    made.seek(0)
    with (
        zipfile.ZipFile(made) as source,
        zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            part = zipfile.ZipInfo(entry.filename, NO_ZIP_MOMENT)
            part.compress_type = zipfile.ZIP_DEFLATED
            if entry.filename == PROPERTIES:
                target.writestr(part, MOMENT.sub(NO_MOMENT, source.read(entry)))
                continue
            with source.open(entry) as old, target.open(part, "w") as new:
                while piece := old.read(PIECE_BYTES):
                    new.write(piece)


def in_pieces(file: IO[bytes]) -> Iterator[bytes]:
    """Yield a file from its beginning."""
    file.seek(0)
    while piece := file.read(PIECE_BYTES):
        yield piece
