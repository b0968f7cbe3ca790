"""Check what we write for others against a list of fields in the words of its standard."""

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

SCHEMAS = Path(__file__).parent / "schemas"


def faults_of(document: Any, schema: str) -> list[str]:
    """Return what is wrong with a document, each fault with its place; empty when it fits.

    The document passes through JSON first, as it does on its way to a reader.
    """
    rules = json.loads((SCHEMAS / f"{schema}.json").read_text())
    Draft202012Validator.check_schema(rules)
    validator = Draft202012Validator(rules, format_checker=FormatChecker())
    read = json.loads(json.dumps(document))
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(read)]
