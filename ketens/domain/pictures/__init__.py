"""Pictures of figures as plain numbers and SVG path text: no colours, no words of their own.

Each picture is drawn on the server from the rows of the table that stands beside it, so
picture and table cannot differ. What is not known is drawn as a gap, never as nought.
"""

from ketens.domain.pictures.areas import AreaMap, Region, Spot, draw_areas
from ketens.domain.pictures.bars import (
    BarRow,
    DrawnBar,
    DrawnShare,
    SharePart,
    draw_bars,
    draw_shares,
)
from ketens.domain.pictures.timeline import Level, TimeLine, TimePoint, draw_timeline

__all__ = [
    "AreaMap",
    "BarRow",
    "DrawnBar",
    "DrawnShare",
    "Level",
    "Region",
    "SharePart",
    "Spot",
    "TimeLine",
    "TimePoint",
    "draw_areas",
    "draw_bars",
    "draw_shares",
    "draw_timeline",
]
