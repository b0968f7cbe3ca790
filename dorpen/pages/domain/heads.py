"""The drawn head of a village: which layers it has and where each stands.

The layers are drawn once (``heads/<layer>.svg``) and an editor picks them. The
village's name decides how far each is shifted, where the sun stands and how the light
falls, so two villages with the same layers still look different, and one village looks
the same every day. Everything stays within a picture of 1200 by 400.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

# From the back to the front; how far a layer may be shifted, in units of the picture.
SHIFTS: dict[str, tuple[int, int]] = {
    "wood": (-140, 140),
    "church": (-240, 120),
    "mill": (-260, 180),
    "farm": (-300, 160),
    "brink": (-160, 160),
    "es": (-120, 120),
    "canal": (-60, 200),
    "peat": (-150, 150),
    "heath": (-140, 60),
    "hunebed": (-260, 60),
}
LAYERS = tuple(SHIFTS)
# The upper sky, the horizon and the sun.
LIGHTS = (
    ("#d9e8ee", "#fbf3e1", "#f2c766"),
    ("#cfe0ea", "#f7e6d3", "#f0b35c"),
    ("#dfe9e4", "#fbf6ea", "#f4d27e"),
    ("#d3dcea", "#f6ddd2", "#eda368"),
)
# What a region's land looks like.
REGIONS = {
    "Aa en Hunze": ("es", "hunebed"),
    "Assen": ("wood", "canal"),
    "Borger-Odoorn": ("es", "hunebed"),
    "Coevorden": ("es", "farm"),
    "De Wolden": ("es", "heath"),
    "Emmen": ("es", "wood"),
    "Hoogeveen": ("canal", "farm"),
    "Meppel": ("canal", "farm"),
    "Midden-Drenthe": ("es", "heath"),
    "Noordenveld": ("es", "wood"),
    "Tynaarlo": ("es", "brink"),
    "Westerveld": ("heath", "wood"),
}
# What a name says about the land: peat colonies, heaths, clearings.
NAME_PARTS = (
    ("veen", ("peat", "canal")),
    ("mond", ("peat", "canal")),
    ("compas", ("peat", "canal")),
    ("kanaal", ("canal",)),
    ("vaart", ("canal",)),
    ("brug", ("canal",)),
    ("veld", ("heath",)),
    ("heide", ("heath",)),
    ("zand", ("heath", "wood")),
    ("holt", ("wood",)),
    ("hout", ("wood",)),
    ("horst", ("wood", "farm")),
    ("broek", ("farm",)),
    ("loo", ("brink",)),
)
BY_LOT = ("church", "farm", "brink", "mill", "wood")


@dataclass(frozen=True)
class HeadLayer:
    """One drawn layer: its name, its template and how far it is shifted to the right."""

    name: str
    template: str
    shift: int


@dataclass(frozen=True)
class Head:
    """A whole drawing: its light, its sun and its layers from the back to the front."""

    key: str
    sky: str
    horizon: str
    sun: str
    sun_x: int
    sun_y: int
    layers: tuple[HeadLayer, ...]


def compose_head(slug: str, layers: Iterable[str]) -> Head:
    """Return the drawing of a village with these layers; unknown names are left out."""
    chosen = set(layers)
    sky, horizon, sun = LIGHTS[draw_lot(slug, "light", 0, len(LIGHTS) - 1)]
    return Head(
        key=slug,
        sky=sky,
        horizon=horizon,
        sun=sun,
        sun_x=draw_lot(slug, "sun x", 720, 1100),
        sun_y=draw_lot(slug, "sun y", 64, 130),
        layers=tuple(
            HeadLayer(name, f"heads/{name}.svg", draw_lot(slug, name, least, most))
            for name, (least, most) in SHIFTS.items()
            if name in chosen
        ),
    )


def choose_layers(*, name: str, municipality: str) -> list[str]:
    """Return the layers with which a village starts: its region, its name, and one by lot."""
    found = set(REGIONS.get(municipality, ("es", "wood")))
    lowered = name.casefold()
    for part, layers in NAME_PARTS:
        if part in lowered:
            found |= set(layers)
    if "peat" in found:
        found -= {"es", "hunebed"}
    others = [layer for layer in BY_LOT if layer not in found]
    found.add(others[draw_lot(name, "by lot", 0, len(others) - 1)])
    return [layer for layer in LAYERS if layer in found]


def draw_lot(word: str, what: str, least: int, most: int) -> int:
    """Return a number from `least` up to and including `most`, the same on every machine."""
    digest = sha256(f"{word}:{what}".encode()).digest()
    return least + int.from_bytes(digest[:4], "big") % (most - least + 1)
