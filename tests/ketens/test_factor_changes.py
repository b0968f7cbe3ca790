"""The next list is looked at before it is loaded, and the database looks too."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from ketens.domain.factor_changes import compare_factors
from ketens.domain.factors import FactorListRefused, FactorValue, check_boundaries
from ketens.models import Factor, FactorSet
from ketens.operations.factors import DoubtfulFactors, load_factor_set, read_factor_folder
from ketens.queries.factors import list_factor_sets
from tests.ketens.street import FACTORS, NOW

ROW = "{},Bestelauto,Van,{},{},{},,,een lijst,verified,\n"
HEADER = "key,label_nl,label_en,value,unit,scope,valid_from,valid_to,source,status,note\n"
ABOUT = """key: proef
year: 2026
version: {version}
title: Proeflijst
publisher: Wij
source_url: https://example.nl/
source_ref: zelf geschreven
licence: CC0
valid_from: 2026-01-01
valid_to: 2026-12-31
reason: proef
files: [rows.csv]
"""


def write_set(folder: Path, *rows: str, version: int = 1) -> Path:
    """Write a set of factors and return its file."""
    place = folder / f"proef-{version}"
    place.mkdir()
    (place / "set.yaml").write_text(ABOUT.format(version=version))
    (place / "rows.csv").write_text(HEADER + "".join(rows))
    return place / "set.yaml"


def van(value: str, key: str = "van.wtw", unit: str = "kgCO2e/tkm", scope: str = "wtw") -> str:
    return ROW.format(key, value, unit, scope)


def factor(**given: Any) -> FactorValue:
    year = {"valid_from": date(2026, 1, 1), "valid_to": date(2026, 12, 31)}
    fields = {"key": "van.wtw", "label_nl": "", "label_en": "", "value": Decimal(1), **year}
    rest = {"unit": "kgCO2e/tkm", "scope": "wtw", "note": "", "source": "", "status": "verified"}
    return FactorValue(**{**fields, **rest, **given})


def test_a_difference_names_new_changed_gone_and_doubtful() -> None:
    kept, gone = factor(), factor(key="gone.wtw")
    found = compare_factors(
        [kept, gone, factor(key="same.wtw")],
        [replace(kept, value=Decimal("2.1")), factor(key="new.wtw"), factor(key="same.wtw")],
    )
    assert [row.key for row in found.new] == ["new.wtw"]
    assert [(row.key, row.before, row.after) for row in found.changed] == [
        ("van.wtw", Decimal(1), Decimal("2.1"))
    ]
    assert found.gone == ("gone.wtw",)
    assert [row.key for row in found.out_of_range] == ["van.wtw"]


@pytest.mark.parametrize(("after", "doubtful"), [("2", 0), ("0.5", 0), ("2.01", 1), ("0.49", 1)])
def test_only_more_than_double_or_less_than_half_is_doubtful(after: str, doubtful: int) -> None:
    found = compare_factors([factor()], [factor(value=Decimal(after))])
    assert len(found.out_of_range) == doubtful


def test_a_new_value_above_anything_printed_is_doubtful() -> None:
    found = compare_factors([], [factor(value=Decimal("5.01")), factor(key="x.wtw")])
    assert [row.key for row in found.out_of_range] == ["van.wtw"]


def test_another_unit_under_an_old_key_is_refused() -> None:
    with pytest.raises(FactorListRefused) as caught:
        compare_factors([factor()], [factor(unit="kgCO2e/vkm")])
    assert caught.value.code == "other_unit"


def test_a_list_that_mixes_units_is_refused() -> None:
    with pytest.raises(FactorListRefused) as caught:
        check_boundaries([factor(), factor(key="van.ttw", scope="ttw", unit="kgCO2e/vkm")])
    assert caught.value.code == "mixed_units"


@pytest.mark.django_db
def test_a_dry_run_tells_and_loads_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("load_factors", write_set(tmp_path, van("1"), van("1", "old.wtw")), verbosity=0)
    second = write_set(tmp_path, van("2.5"), van("1", "new.wtw"), version=2)
    capsys.readouterr()
    call_command("load_factors", second, dry_run=True)
    assert capsys.readouterr().out.splitlines() == [
        "proef-2:",
        "  + new.wtw 1 kgCO2e/tkm",
        "  ~ van.wtw 1 > 2.5 kgCO2e/tkm",
        "  - old.wtw",
        "  ? van.wtw 2.5 kgCO2e/tkm",
    ]
    assert FactorSet.objects.count() == 1


@pytest.mark.django_db
def test_a_doubtful_list_asks_why_and_keeps_the_answer(tmp_path: Path) -> None:
    call_command("load_factors", write_set(tmp_path, van("1")), verbosity=0)
    second = write_set(tmp_path, van("2.5"), version=2)
    with pytest.raises(CommandError, match="--accept"):
        call_command("load_factors", second)
    assert FactorSet.objects.count() == 1
    call_command("load_factors", second, accept="nieuwe meting van de uitgever")
    assert list_factor_sets()[0].accepted_doubts == "nieuwe meting van de uitgever"


@pytest.mark.django_db
def test_a_refused_list_says_why_in_dutch_and_loads_nothing(tmp_path: Path) -> None:
    path = write_set(tmp_path, van("1"), van("2", "van.ttw", scope="ttw"))
    with pytest.raises(CommandError, match="van: rijden stoot 2 uit"):
        call_command("load_factors", path)
    assert not FactorSet.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"value": 3, "unit": "kgCO2e/tkm"}, "tank to wheel never exceeds"),
        ({"value": 1, "unit": "kgCO2e/vkm"}, "one factor has one unit"),
    ],
)
def test_the_database_refuses_an_impossible_factor(row: dict[str, Any], reason: str) -> None:
    content = read_factor_folder(FACTORS)
    load_factor_set(content=content, now=NOW)
    known = Factor.objects.get(key="vrachtwagen_lt10t.wtw")
    parts = {"label_nl": "x", "label_en": "x", "source": "x", "status": "verified"}
    days = {"valid_from": known.valid_from, "valid_to": known.valid_to}
    other = FactorSet.objects.get()
    other.pk, other.version = None, 2
    other.save(force_insert=True)
    wtw = {"key": "v.wtw", "value": 2, "unit": "kgCO2e/tkm", "scope": "wtw"}
    Factor.objects.create(factor_set=other, **wtw, **parts, **days)
    with pytest.raises(IntegrityError, match=reason), transaction.atomic():
        Factor.objects.create(factor_set=other, key="v.ttw", scope="ttw", **row, **parts, **days)
    assert Factor.objects.filter(factor_set=other).count() == 1


@pytest.mark.django_db
def test_every_list_of_the_house_loads_with_source_licence_and_digest() -> None:
    call_command("load_factors", verbosity=0)
    sets = {row.name: row for row in list_factor_sets()}
    assert {name: row.factors for name, row in sets.items()} == {
        "afval-2026-v1": 12,
        "agribalyse-2023-v1": 215,
        "defra-2025-v1": 84,
        "nl-2026-v1": 166,
        "rivm-2024-v1": 122,
    }
    assert all(row.licence and len(row.source_digest) == 64 for row in sets.values())
    assert not Factor.objects.filter(source="").exists()
    found = dict(Factor.objects.values_list("key", "value"))
    assert found["wortel.agribalyse.to_retail"] == Decimal("0.33218")
    assert found["wortel.rivm.consumed"] == Decimal("0.314746")
    assert found["defra_van_gem_diesel_tkm.wtw"] == Decimal("0.78225")
    assert found["gft_vergisting.avoided"] == Decimal("0.107")


@pytest.mark.django_db
def test_a_first_load_asks_for_no_answer_when_nothing_is_doubtful() -> None:
    content = read_factor_folder(FACTORS)
    assert load_factor_set(content=content, now=NOW) is True
    large = replace(content.factors[0], value=Decimal(9))
    with pytest.raises(DoubtfulFactors):
        load_factor_set(
            content=replace(content, version=2, factors=(large, *content.factors[1:])), now=NOW
        )
