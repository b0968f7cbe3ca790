"""``manage.py calculate FILE.json``: run calculations of the method by their names.

The file holds a list of ``{"calculation": NAME, "inputs": {...}}``; ``-`` reads standard
input. What is printed is JSON in the same order. Factors come from the project's own
reference lists, so no database is needed.
"""

import json
import sys
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from ketens.domain.api import BookedFactor, CalculationRefused, Result, calculate
from ketens.domain.factor_book import FactorBook
from ketens.operations.factors import read_factor_set
from ketens.queries.calculation_refusals import explain_calculation_refusal


class Command(BaseCommand):
    """Run calculations; one that is refused does not stop the others."""

    help = "Run calculations by name and print results with their provenance as JSON."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="A JSON file, or - for standard input.")

    def handle(self, *args: Any, **options: Any) -> None:
        items = read_items(options["file"])
        book = read_book(settings.PROJECT_DIR / "fixtures" / "reference" / "factors")
        answers = [answer(item, book) for item in items]
        self.stdout.write(json.dumps(answers, indent=2, ensure_ascii=False))
        if any("error" in one for one in answers):
            sys.exit(1)


def read_items(name: str) -> list[Any]:
    """Read the list of a file, numbers as they are written.

    :raises CommandError: when the file cannot be read or holds no list.
    """
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
        items = json.loads(text, parse_float=Decimal)
    except (OSError, ValueError) as error:
        raise CommandError(
            _("We cannot read %(file)s: %(why)s") % {"file": name, "why": error}
        ) from error
    if not isinstance(items, list):
        raise CommandError(_("The file must hold a list of calculations."))
    return items


def read_book(folder: Path) -> FactorBook:
    """Open every reference list of a folder."""
    contents = [read_factor_set(path) for path in sorted(folder.glob("*/set.yaml"))]
    return FactorBook((f"{c.key}-{c.year}.{c.version}", c.factors) for c in contents)


def answer(item: Any, book: FactorBook) -> dict[str, Any]:
    """Return one result with its provenance, or why there is none."""
    name = item.get("calculation") if isinstance(item, Mapping) else None
    try:
        if not isinstance(item, Mapping) or not isinstance(item.get("inputs", {}), Mapping):
            raise CalculationRefused("not_an_item", name=str(name or item))
        given = item.get("inputs", {})
        day = read_day(item.get("activity_date") or given.get("activity_date"))
        result = calculate(str(name), given, lambda key: book.find(key, day))
    except CalculationRefused as error:
        return {
            "calculation": name,
            "error": {
                "code": error.code,
                "params": error.params,
                "message": explain_calculation_refusal(error),
            },
        }
    return {"calculation": name, **written(result)}


def read_day(text: Any) -> date | None:
    """Read the day of the activity, None when it was not given.

    :raises CalculationRefused: ``unknown_word`` for what is no day.
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(str(text))
    except ValueError as error:
        raise CalculationRefused("unknown_word", name="activity_date", value=str(text)) from error


def written(result: Result) -> dict[str, Any]:
    """Return a result in plain values, numbers as exact text."""
    provenance = result.provenance
    return {
        "result": plain(result.values),
        "unit": plain(result.unit),
        "provenance": {
            "method_section": provenance.method_section,
            "function": provenance.function,
            "method_version": provenance.method_version,
            "factors": [factor_row(one) for one in provenance.factors],
        },
    }


def factor_row(booked: BookedFactor) -> dict[str, str]:
    """Return the row of a factor with its source."""
    factor = booked.factor
    return {
        "key": factor.key,
        "value": plain(factor.value),
        "unit": factor.unit,
        "scope": factor.scope,
        "set": booked.set_version,
        "source": factor.source,
        "status": factor.status,
        "valid_from": str(factor.valid_from),
        "valid_to": str(factor.valid_to),
    }


def plain(value: Any) -> Any:
    """Return a value as JSON can hold it without loss: decimals as text, the shortest there is."""
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return (text.rstrip("0").rstrip(".") or "0") if "." in text else text
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if value is None or isinstance(value, (bool, int, str)):
        return value
    return str(value)
