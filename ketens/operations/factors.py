"""Load factor sets: a version is written once and never changed."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from ketens.domain.factors import FactorValue, check_boundaries, digest_of, read_factors
from ketens.models import Factor, FactorSet


class FactorSetChanged(Exception):
    """Rows under a loaded version differ; a correction is a new version with a reason."""


@dataclass(frozen=True, slots=True)
class FactorSetContent:
    """A factor set as its folder describes it."""

    key: str
    year: int
    version: int
    title: str
    publisher: str
    source_url: str
    source_ref: str
    reason: str
    valid_from: date
    valid_to: date
    factors: tuple[FactorValue, ...]

    @property
    def digest(self) -> str:
        """The SHA-256 of everything that a reader of a figure relies on."""
        return digest_of(asdict(self))


def read_factor_folder(folder: Path) -> FactorSetContent:
    """Read ``set.yaml`` and the CSV files that it names.

    :raises FactorListRefused: when a row is malformed or contradicts another.
    """
    about: dict[str, Any] = yaml.safe_load((folder / "set.yaml").read_text())
    files = [(folder / name).read_text() for name in about.pop("files")]
    header = files[0].splitlines()[0]
    text = "\n".join([header, *(line for file in files for line in file.splitlines()[1:])])
    factors = read_factors(text, valid_from=about["valid_from"], valid_to=about["valid_to"])
    return FactorSetContent(**about, factors=tuple(factors))


@transaction.atomic
def load_factor_set(*, content: FactorSetContent, now: datetime) -> bool:
    """Write a factor set once; return whether it was new.

    :raises FactorSetChanged: when this version is there with other content.
    :raises FactorListRefused: when a tank-to-wheel value exceeds its well-to-wheel value.
    """
    differences = check_boundaries(content.factors)
    about = {name: value for name, value in asdict(content).items() if name != "factors"}
    identity = {name: about.pop(name) for name in ("key", "year", "version")}
    factor_set, is_new = FactorSet.objects.get_or_create(
        **identity, defaults={**about, "source_digest": content.digest, "loaded_at": now}
    )
    if not is_new:
        if factor_set.source_digest != content.digest:
            raise FactorSetChanged(f"{factor_set} is loaded with other content")
        return False
    Factor.objects.bulk_create(
        Factor(
            factor_set=factor_set,
            rounding_difference=differences.get(factor.key),
            **asdict(factor),
        )
        for factor in content.factors
    )
    return True
