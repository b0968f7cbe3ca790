"""Read which sources the street uses, from `fixtures/reference/sources.yaml`."""

from dataclasses import dataclass
from functools import lru_cache

import yaml
from django.conf import settings


@dataclass(frozen=True)
class Source:
    """One source: what it is, who made it, of which year, under which licence, and for what."""

    name: str
    publisher: str
    year: str
    licence: str
    used_for: str
    address: str
    remark: str


@dataclass(frozen=True)
class SourceGroup:
    """Sources of one kind."""

    title: str
    sources: tuple[Source, ...]


@lru_cache(maxsize=1)
def list_sources() -> tuple[SourceGroup, ...]:
    """Return every source by kind, read once per process."""
    path = settings.PROJECT_DIR / "fixtures" / "reference" / "sources.yaml"
    groups = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(
        SourceGroup(
            title=group["title"],
            sources=tuple(
                Source(
                    name=row["name"],
                    publisher=row["publisher"],
                    year=str(row["year"]),
                    licence=row["licence"],
                    used_for=row["used_for"],
                    address=row.get("address", ""),
                    remark=row.get("remark", ""),
                )
                for row in group["sources"]
            ),
        )
        for group in groups
    )
