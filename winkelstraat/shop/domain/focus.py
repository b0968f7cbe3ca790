"""The point of a picture that stays in view when it is cropped, as ``x-y`` in hundredths."""

import re
from dataclasses import dataclass

THIRDS = (17, 50, 83)
WRITTEN = re.compile(r"([0-9]{1,3})-([0-9]{1,3})")


class NoPoint(ValueError):
    """What is no point inside the picture."""


@dataclass(frozen=True)
class Focus:
    """Where the point is: hundredths of the width from the left, of the height from the top.

    :raises NoPoint: for a point outside the picture.
    """

    across: int
    down: int

    def __post_init__(self) -> None:
        if not (0 <= self.across <= 100 and 0 <= self.down <= 100):
            raise NoPoint(str(self))

    def __str__(self) -> str:
        return f"{self.across}-{self.down}"

    def nearest(self) -> "Focus":
        """Return the middle of the ninth part that the point is in."""
        return Focus(_nearest(self.across), _nearest(self.down))


NINTHS = tuple(Focus(across, down) for down in THIRDS for across in THIRDS)


def read_focus(text: str) -> Focus | None:
    """Return the point that is written, or None when nothing is.

    :raises NoPoint: for other words, and for a point outside the picture.
    """
    if not text:
        return None
    found = WRITTEN.fullmatch(text)
    if found is None:
        raise NoPoint(text)
    return Focus(int(found[1]), int(found[2]))


def _nearest(hundredths: int) -> int:
    return min(THIRDS, key=lambda third: abs(third - hundredths))
