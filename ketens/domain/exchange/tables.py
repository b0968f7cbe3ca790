"""A table for others, and its description beside it (W3C, CSV on the Web, 2015).

One list of columns makes every file and the description, so they cannot differ. An empty
cell is unknown; a zero is a zero. `ketens.exports` writes the files.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ketens.domain.exchange.naming import VOCABULARY, Json

Value = str | int | None


class RowRefused(ValueError):
    """A row with another set of columns, or without a value that it must have."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, XML Schema datatype, and its meaning by language."""

    name: str
    datatype: str
    labels: Mapping[str, str]
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class TableDescription:
    """A table without its rows; `notes` say by language how its figures come about."""

    name: str
    titles: Mapping[str, str]
    notes: Mapping[str, str]
    method_version: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]


def describe_table(table: TableDescription) -> Json:
    """Return the description of a table in JSON-LD."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "nl"}],
        "url": table.name,
        "dc:title": say_in_languages(table.titles),
        "dc:description": say_in_languages(table.notes),
        "dc:conformsTo": {"@id": f"{VOCABULARY}method:{table.method_version}"},
        "tableSchema": {
            "columns": [
                {
                    "name": column.name,
                    "titles": column.name,
                    "dc:description": say_in_languages(column.labels),
                    "datatype": column.datatype,
                    "propertyUrl": f"{VOCABULARY}{column.name}",
                    "required": column.is_required,
                }
                for column in table.columns
            ],
            "primaryKey": list(table.key),
        },
    }


def say_in_languages(texts: Mapping[str, str]) -> list[Json]:
    """Return a text in every language that it was written in."""
    return [{"@value": text, "@language": language} for language, text in texts.items()]
