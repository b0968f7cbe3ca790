"""The method's page and the program say the same."""

import importlib
import json
import pkgutil
import re
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

import ketens.domain
from ketens.domain.api import CALCULATIONS, calculate
from ketens.domain.factor_book import FactorBook
from ketens.management.commands.calculate import read_book

METHOD = (Path(settings.PROJECT_DIR) / "ketens" / "METHOD.md").read_text(encoding="utf-8")
EXAMPLES = [
    json.loads(line)
    for block in re.findall(r"```example\n(.*?)```", METHOD, re.DOTALL)
    for line in block.splitlines()
]


@cache
def book() -> FactorBook:
    return read_book(settings.PROJECT_DIR / "fixtures" / "reference" / "factors")


def names_in_domain() -> set[str]:
    names = set(CALCULATIONS)
    for found in pkgutil.walk_packages(ketens.domain.__path__, "ketens.domain."):
        module = importlib.import_module(found.name)
        for name, thing in vars(module).items():
            names.add(name)
            if isinstance(thing, type):
                names.update(vars(thing))
    return names


def functions_in_tables() -> list[str]:
    """The last column of every table that has a column of functions."""
    found, inside = [], False
    for line in METHOD.splitlines():
        if line.startswith("|") and line.endswith("| function |"):
            inside = True
        elif not line.startswith("|"):
            inside = False
        elif inside:
            found += re.findall(r"`(\w+)`", line.rsplit("|", 2)[1])
    return found


def test_every_formula_names_a_function_that_exists() -> None:
    named = functions_in_tables()
    assert len(named) > 30
    assert set(named) <= names_in_domain()


def test_every_calculation_is_in_the_list_with_its_title_and_example() -> None:
    _, _, listed = METHOD.partition("## The list of calculations")
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \| ?(.*?) ?\|$", listed, re.MULTILINE)
    assert len(rows) == len(CALCULATIONS)
    assert {(c.name, c.title, c.example) for c in CALCULATIONS.values()} == set(rows)
    assert all(c.title for c in CALCULATIONS.values())


def test_every_section_of_a_calculation_is_a_chapter_of_the_method() -> None:
    chapters = " ".join(re.findall(r"^##? (.*)$", METHOD, re.MULTILINE)).lower()
    for section in {c.section for c in CALCULATIONS.values()}:
        assert section.lower() in chapters, section


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["id"])
def test_every_number_of_an_example_is_computed_again(example: dict[str, Any]) -> None:
    values = calculate(example["calculation"], example["inputs"], book().find).values
    assert example["gives"]
    for name, printed in example["gives"].items():
        digits = Decimal(printed)
        got = Decimal(values[name])
        assert got.quantize(digits, rounding=ROUND_HALF_UP) == digits, (name, got)
