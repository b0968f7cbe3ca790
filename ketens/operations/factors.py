"""Load factor sets: a version is written once and never changed."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from ketens.domain.factor_changes import FactorDifference
from ketens.domain.factors import (
    FactorListRefused,
    FactorValue,
    check_boundaries,
    digest_of,
    read_factors,
)
from ketens.models import Factor, FactorSet
from ketens.queries.factors import compare_with_loaded


class FactorSetChanged(Exception):
    """Rows under a loaded version differ; a correction is a new version with a reason."""


class DoubtfulFactors(Exception):
    """Values are possible but unlikely; a person has to say why they are right."""

    def __init__(self, difference: FactorDifference) -> None:
        super().__init__(", ".join(change.key for change in difference.out_of_range))
        self.difference = difference


@dataclass(frozen=True, slots=True)
class FactorSetContent:
    """A factor set as its file describes it."""

    key: str
    year: int
    version: int
    title: str
    publisher: str
    source_url: str
    source_ref: str
    licence: str
    reason: str
    valid_from: date
    valid_to: date
    factors: tuple[FactorValue, ...]

    @property
    def digest(self) -> str:
        """The SHA-256 of what a reader of a figure relies on; the terms of use are not in it."""
        about = asdict(self)
        about.pop("licence")
        return digest_of(about)


def read_factor_folder(folder: Path) -> FactorSetContent:
    """Read the ``set.yaml`` of a folder.

    :raises FactorListRefused: when a row is malformed or contradicts another.
    """
    return read_factor_set(folder / "set.yaml")


def read_factor_set(path: Path) -> FactorSetContent:
    """Read the file of a set and the CSV files beside it that it names.

    :raises FactorListRefused: when a row is malformed or contradicts another.
    """
    try:
        about: dict[str, Any] = yaml.safe_load(path.read_text())
        files = [(path.parent / name).read_text() for name in about.pop("files")]
        header = files[0].splitlines()[0]
        text = "\n".join([header, *(line for file in files for line in file.splitlines()[1:])])
        factors = read_factors(text, valid_from=about["valid_from"], valid_to=about["valid_to"])
        return FactorSetContent(**about, factors=tuple(factors))
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise FactorListRefused(f"{path.name}: {error}") from error


@transaction.atomic
def load_factor_set(*, content: FactorSetContent, now: datetime, accepted_doubts: str = "") -> bool:
    """Write a factor set once; return whether it was new.

    `accepted_doubts` says why values that look doubtful are right, and is kept.

    :raises FactorSetChanged: when this version is there with other content.
    :raises FactorListRefused: when a tank-to-wheel value exceeds its well-to-wheel value,
        or one factor is written in two units.
    :raises DoubtfulFactors: when values are doubtful and nobody said why they are right.
    """
    differences = check_boundaries(content.factors)
    about = {name: value for name, value in asdict(content).items() if name != "factors"}
    identity = {name: about.pop(name) for name in ("key", "year", "version")}
    loaded = FactorSet.objects.filter(**identity).first()
    if loaded is not None:
        if loaded.source_digest != content.digest:
            raise FactorSetChanged(f"{loaded} is loaded with other content")
        return False
    difference = compare_with_loaded(content.key, content.factors)
    if difference.out_of_range and not accepted_doubts:
        raise DoubtfulFactors(difference)
    factor_set = FactorSet.objects.create(
        **identity,
        **about,
        source_digest=content.digest,
        accepted_doubts=accepted_doubts,
        loaded_at=now,
    )
    Factor.objects.bulk_create(
        Factor(
            factor_set=factor_set,
            rounding_difference=differences.get(factor.key),
            **asdict(factor),
        )
        for factor in content.factors
    )
    return True
