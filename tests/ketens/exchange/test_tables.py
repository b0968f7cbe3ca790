"""The open table reads by its own description, and an empty cell is unknown."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from csvw.metadata import Table
from django.test import Client

from ketens.domain.exchange.tables import Column, RowRefused, write_csv
from ketens.operations import book_sale
from ketens.queries.exchange.tables import COLUMNS, list_chain_months
from tests.ketens.street import NOW, BreadChain, build_bread_chain, build_sale, line_of_bread

OCTOBER, NOVEMBER = date(2026, 10, 5), date(2026, 11, 19)
DECEMBER = date(2026, 12, 2)


def sell(bread: BreadChain, number: int, day: date, *masses: int | None) -> None:
    """Book a sale of bread with a line for every weight."""
    lines = [line_of_bread(mass, line_ref=str(at)) for at, mass in enumerate(masses)]
    sale = build_sale(bread, *lines, source=f"seller_order:{number}", day=day)
    book_sale(sale=sale, now=NOW)


@pytest.fixture
def bread() -> BreadChain:
    """Two months of bread; in one of them no weight is known."""
    bread = build_bread_chain()
    sell(bread, 1, NOVEMBER, 1_600, None)
    sell(bread, 2, NOVEMBER, 800)
    sell(bread, 3, OCTOBER, None)
    return bread


def fetch(folder: Path, client: Client) -> Table:
    """Read the table and its description as another program does."""
    for name in ("ketens.csv", "ketens.csv-metadata.json"):
        answer = client.get(f"/gegevens/{name}")
        assert answer.status_code == 200
        (folder / name).write_bytes(answer.content)
    return Table.from_file(folder / "ketens.csv-metadata.json")


@pytest.mark.django_db
def test_the_table_reads_by_its_own_description(
    bread: BreadChain, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: DECEMBER)
    table = fetch(tmp_path, client)
    table.check_primary_key()
    rows = list(table.iterdicts(strict=True))
    assert [(row["chain"], str(row["month"])[:7]) for row in rows] == [
        ("rogge-brood", "2026-10"),
        ("rogge-brood", "2026-11"),
    ]
    assert [(row["sold_lines"], row["lines_with_mass"], row["mass_g"]) for row in rows] == [
        (1, 0, None),
        (3, 2, 2_400),
    ]
    assert [row["emission_mg_co2e"] is None for row in rows] == [True, False]
    assert rows[1]["primary_mg_co2e"] == 0


@pytest.mark.django_db
def test_the_emission_of_a_month_is_that_of_its_known_lines(
    bread: BreadChain, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        rows = list_chain_months(today=DECEMBER)
    # Field 1.326 x 9 km x 0.8 kg, mill 0.295 x 12 km x 0.76 of 120 kg, and 0.26 x 0.03 x 5 km
    # over 50 kg: 0.009547 + 0.022420 + 0.000780 kg for every kilo, 2.4 kilos.
    assert rows[1]["emission_mg_co2e"] == 78_594
    assert rows[1]["mass_with_emission_g"] == 2_400


@pytest.mark.django_db
def test_the_running_month_is_not_in_the_table(bread: BreadChain) -> None:
    assert [row["month"] for row in list_chain_months(today=NOVEMBER)] == ["2026-10"]


def test_a_description_that_does_not_fit_is_noticed(tmp_path: Path) -> None:
    column = Column("mass_g", "nonNegativeInteger", {"nl": "gewicht"}, is_required=True)
    (tmp_path / "t.csv").write_text(write_csv([column], [{"mass_g": 5}]) + "-5\r\n")
    schema = {"columns": [{"name": "mass_g", "titles": "mass_g", "datatype": column.datatype}]}
    metadata = {"@context": "http://www.w3.org/ns/csvw", "url": "t.csv", "tableSchema": schema}
    (tmp_path / "t.csv-metadata.json").write_text(json.dumps(metadata))
    with pytest.raises(ValueError, match="-5"):
        list(Table.from_file(tmp_path / "t.csv-metadata.json").iterdicts(strict=True))


@pytest.mark.parametrize("row", [{}, {"mass_g": None}, {"mass_g": 1, "price": 2}])
def test_a_row_that_differs_from_the_columns_is_refused(row: dict[str, Any]) -> None:
    column = Column("mass_g", "nonNegativeInteger", {}, is_required=True)
    with pytest.raises(RowRefused):
        write_csv([column], [row])


def test_an_unknown_is_an_empty_cell_and_a_zero_is_a_zero() -> None:
    columns = [Column("a", "integer", {}), Column("b", "string", {})]
    rows = [{"a": None, "b": 'x, "y"'}, {"a": 0, "b": ""}]
    assert write_csv(columns, rows) == 'a,b\r\n,"x, ""y"""\r\n0,\r\n'


@pytest.mark.django_db
def test_everybody_reads_the_table_and_the_page_leads_to_it(client: Client) -> None:
    page = client.get("/gegevens/").content.decode()
    table = client.get("/gegevens/ketens.csv")
    assert 'href="/gegevens/ketens.csv"' in page
    assert all(f"<code>{name}</code>" in page for name, *_rest in COLUMNS)
    assert table.headers["Link"].startswith("</gegevens/ketens.csv-metadata.json>;")
    assert table.content.decode().startswith("chain,month,sold_lines")
    described = client.get("/gegevens/ketens.csv-metadata.json").json()
    assert {one["@language"] for one in described["dc:title"]} == {"nl", "en"}
    assert described["dc:title"][0]["@value"] != described["dc:title"][1]["@value"]
