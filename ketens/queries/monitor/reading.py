"""Add kept months up in the database: only the parts that a measure is made of."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.db import connection

from ketens.domain.monitor import Parts, PlaceKind

# What the sums may be told apart by; the words are columns of the statement below.
BY = {"": "''", "place": "place::text", "month": "month::text"}
BY["chain"], BY["group"] = "chain_id::text", "product_group"

READ = """
WITH kept AS (
    SELECT {by} AS line, numbers, families FROM ketens_monitormonth WHERE {where}
)
SELECT line, part, key, sum(amount)::bigint FROM (
    SELECT line, part, '' AS key, (numbers->>part)::bigint AS amount
    FROM kept, unnest(%(numbers)s::text[]) AS part WHERE numbers ? part
    UNION ALL
    SELECT line, part, member.key, member.value::bigint
    FROM kept, unnest(%(families)s::text[]) AS part,
        jsonb_each_text(families->part) AS member WHERE families ? part
    UNION ALL
    SELECT line, '', '', 0 FROM kept
) told GROUP BY line, part, key
"""


@dataclass(frozen=True, slots=True)
class Ground:
    """Which kept rows are added up; `chain` and `product_group` are None for every single one."""

    place_kind: PlaceKind
    first_month: date
    last_month: date
    place: int | None = None
    is_every_place: bool = False
    chain: int | None = None
    is_every_chain: bool = False
    product_group: str = ""
    is_every_group: bool = False


class Needs(Protocol):
    """What is read: a measure, or several together."""

    @property
    def needed_numbers(self) -> tuple[str, ...]:
        """The names of the numbers."""

    @property
    def families(self) -> tuple[str, ...]:
        """The names of the families."""


def read_parts(ground: Ground, measure: Needs, by: str = "") -> dict[str, Parts]:
    """Return the added parts of a measure by line; one query over kept months.

    The lines are places, months, chains or groups as text, or one empty line.
    """
    where, words = conditions(ground)
    words |= {"numbers": list(measure.needed_numbers), "families": list(measure.families)}
    numbers: dict[str, dict[str, int]] = {}
    families: dict[str, dict[str, dict[str, int]]] = {}
    with connection.cursor() as cursor:
        # Both parts are texts of this module; what is asked goes as parameters.
        cursor.execute(READ.format(by=BY[by], where=where), words)
        for line, part, key, amount in cursor.fetchall():
            told = numbers.setdefault(line, {})
            if key:
                families.setdefault(line, {}).setdefault(part, {})[key] = amount
            elif part:
                told[part] = amount
    return {line: Parts(told, families.get(line, {})) for line, told in numbers.items()}


def conditions(ground: Ground) -> tuple[str, dict[str, Any]]:
    """Return the WHERE of a ground and its parameters."""
    words: dict[str, Any] = {
        "kind": ground.place_kind.value,
        "first": ground.first_month,
        "last": ground.last_month,
    }
    tests = ["place_kind = %(kind)s", "month BETWEEN %(first)s AND %(last)s"]
    if not ground.is_every_place:
        tests.append("place IS NULL" if ground.place is None else "place = %(place)s")
        words["place"] = ground.place
    if ground.is_every_chain:
        tests.append("chain_id IS NOT NULL")
    else:
        tests.append("chain_id IS NULL" if ground.chain is None else "chain_id = %(chain)s")
        words["chain"] = ground.chain
    if ground.is_every_group:
        tests.append("product_group <> ''")
    else:
        tests.append("product_group = %(group)s")
        words["group"] = ground.product_group
    return " AND ".join(tests), words


def as_parts(numbers: str | Mapping[str, int], families: str | Mapping[str, Any]) -> Parts:
    """Return parts as they are kept, from text or from what the driver made of it."""
    return Parts(
        json.loads(numbers) if isinstance(numbers, str) else numbers,
        json.loads(families) if isinstance(families, str) else families,
    )
