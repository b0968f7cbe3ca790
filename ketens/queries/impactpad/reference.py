"""Read the names of the levels and the SDG targets; a small file that an owner corrects."""

from dataclasses import dataclass
from functools import lru_cache

import yaml
from django.conf import settings

FILE = settings.PROJECT_DIR / "fixtures" / "reference" / "impactpad.yaml"
VERIFIED = "verified"


@dataclass(frozen=True, slots=True)
class LevelName:
    """A level by its title in the manual; not verified until an owner looked at it."""

    number: int
    title: str
    is_verified: bool


@dataclass(frozen=True, slots=True)
class Target:
    """An SDG target: the official code, the agenda's where it prints another, and a text."""

    official: str
    agenda: str
    text: str

    @property
    def label(self) -> str:
        """How a list of choices names it."""
        return f"{self.official} {self.text}"


@dataclass(frozen=True, slots=True)
class Reference:
    """The whole file."""

    source: str
    levels: tuple[LevelName, ...]
    targets: tuple[Target, ...]

    def target(self, official: str) -> Target | None:
        """Return a target by its official code."""
        return next((one for one in self.targets if one.official == official), None)


@lru_cache(maxsize=1)
def get_reference() -> Reference:
    """Return the names of the levels and the targets, in the order of the file."""
    told = yaml.safe_load(FILE.read_text())
    return Reference(
        source=told["source"],
        levels=tuple(
            LevelName(row["number"], row["title"], row["status"] == VERIFIED)
            for row in told["levels"]
        ),
        targets=tuple(Target(**row) for row in told["targets"]),
    )
