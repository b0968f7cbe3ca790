"""The names that things carry outside this house: URNs for goods, loads and enterprises."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid5

Json = dict[str, Any]

VOCABULARY = "urn:winkelstraat:ketens:"


def thing_urn(public_id: UUID) -> str:
    """Return the URN of a batch, a load or a record (RFC 9562)."""
    return f"urn:uuid:{public_id}"


def derived_urn(public_id: UUID, part: str) -> str:
    """Return the URN of a part of a thing; the same part always has the same URN."""
    return thing_urn(uuid5(public_id, part))


def read_thing_urn(text: str) -> UUID:
    """Return the id in a URN of a thing.

    :raises ValueError: when it is no ``urn:uuid:``.
    """
    prefix = "urn:uuid:"
    if not text.startswith(prefix):
        raise ValueError(f"{text} is no {prefix}")
    return UUID(text.removeprefix(prefix))


def company_urn(kvk_number: str) -> str:
    """Return the URN of an enterprise by its number in the Dutch trade register."""
    return f"urn:kvk:{kvk_number}"


def without_unknown(values: Mapping[str, Any]) -> Json:
    """Return only what is known: a None is left out, a zero and a False stay."""
    return {name: value for name, value in values.items() if value is not None}
