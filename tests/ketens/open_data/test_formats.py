"""One table in four formats: the same values, the same bytes each time, row by row."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from itertools import count, islice, zip_longest
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pyarrow import BufferReader, parquet

from ketens.domain.exchange.tables import Column, RowRefused, TableDescription
from ketens.exports import FORMATS
from ketens.exports.formats import BATCH, harmless

COLUMNS = (
    Column("place", "string", {"nl": "plaats", "en": "place"}, is_required=True),
    Column("grams", "integer", {"nl": "gram", "en": "grams"}),
)
TABLE = TableDescription(
    name="proef.csv",
    titles={"nl": "Proef [1]/2: een lange titel die niet past", "en": "Trial"},
    notes={"nl": "Een proef.", "en": "A trial."},
    method_version="2026.1",
    columns=COLUMNS,
    key=("place",),
)
ROWS = [{"place": "Norg", "grams": 12}, {"place": 'Roden, "de" stad', "grams": None}]
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1
)


def write(ending: str, rows: Any) -> bytes:
    return b"".join(FORMATS[ending].write(TABLE, rows))


def read(ending: str, content: bytes) -> list[dict[str, Any]]:
    """Read a file as another program does."""
    if ending == "csv":
        told = csv.DictReader(io.StringIO(content.decode(), newline=""))
        return [
            {"place": row["place"], "grams": int(row["grams"]) if row["grams"] else None}
            for row in told
        ]
    if ending == "json":
        return json.loads(content)["rows"]
    if ending == "parquet":
        return parquet.read_table(BufferReader(content)).to_pylist()
    sheet = load_workbook(io.BytesIO(content), read_only=True).worksheets[0]
    head, *lines = sheet.iter_rows(values_only=True)
    return [dict(zip_longest(head, line)) for line in lines]


@pytest.mark.parametrize("ending", FORMATS)
def test_every_format_holds_the_same_values_and_unknown_is_no_zero(ending: str) -> None:
    rows = [*ROWS, {"place": "Peize", "grams": 0}]
    assert read(ending, write(ending, rows)) == rows


@pytest.mark.parametrize("ending", FORMATS)
def test_the_same_rows_give_the_same_bytes(ending: str) -> None:
    assert write(ending, ROWS) == write(ending, iter(ROWS))


@pytest.mark.parametrize("ending", FORMATS)
def test_an_empty_table_has_its_columns(ending: str) -> None:
    assert read(ending, write(ending, [])) == []


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize(
    "row", [{"place": "Norg"}, {"place": None, "grams": 1}, {"place": "a", "grams": 1, "x": 2}]
)
def test_a_row_that_differs_from_the_columns_is_refused(ending: str, row: dict[str, Any]) -> None:
    with pytest.raises(RowRefused):
        write(ending, [row])


@given(
    st.lists(st.fixed_dictionaries({"place": TEXTS, "grams": st.none() | st.integers(0, 2**50)}))
)
@settings(max_examples=40)
def test_json_and_parquet_keep_every_text(rows: list[dict[str, Any]]) -> None:
    assert read("json", write("json", rows)) == rows
    assert read("parquet", write("parquet", rows)) == rows


def endless() -> Iterator[dict[str, Any]]:
    return ({"place": str(number), "grams": number} for number in count())


@pytest.mark.parametrize("ending", ["csv", "json"])
def test_a_file_goes_out_while_it_is_read(ending: str) -> None:
    """A table without end can be begun: nothing waits for the last row."""
    pieces = FORMATS[ending].write(TABLE, endless())
    assert len(b"".join(islice(pieces, 3)).splitlines()) > BATCH


def test_no_cell_of_a_text_file_is_a_formula() -> None:
    assert [harmless(value) for value in ("=1+1", "@x", "-a", "Norg", -5, 0)] == [
        "'=1+1",
        "'@x",
        "'-a",
        "Norg",
        -5,
        0,
    ]


def test_a_workbook_explains_its_columns() -> None:
    book = load_workbook(io.BytesIO(write("xlsx", ROWS)))
    assert book.sheetnames == ["Proef 12 een lange titel die ni", "Toelichting"]
    told = list(book["Toelichting"].iter_rows(values_only=True))
    assert told[0][0] == TABLE.titles["nl"]
    assert ("grams", "gram") in told


def test_a_workbook_does_not_tell_when_it_was_made() -> None:
    with zipfile.ZipFile(io.BytesIO(write("xlsx", ROWS))) as archive:
        told = archive.read("docProps/core.xml").decode()
        assert {entry.date_time[0] for entry in archive.infolist()} <= {1980, 2000}
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[0-9:]+Z", told)) == {"2000-01-01T00:00:00Z"}
