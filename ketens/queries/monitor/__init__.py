"""What the monitor's pages, exports and report read: live figures for staff, releases for all."""

from ketens.domain.monitor import (
    MEASURES,
    PROVINCE,
    Place,
    PlaceKind,
    Slice,
    SliceRefused,
    measure_of,
)
from ketens.queries.monitor.figures import (
    FigureRow,
    MonitorFigure,
    get_figure,
    list_by_chain,
    list_by_group,
    list_by_month,
    list_by_place,
)
from ketens.queries.monitor.released import (
    Release,
    ReleasedRow,
    get_release,
    iterate_released,
    list_released,
    list_releases,
)

__all__ = [
    "MEASURES",
    "PROVINCE",
    "FigureRow",
    "MonitorFigure",
    "Place",
    "PlaceKind",
    "Release",
    "ReleasedRow",
    "Slice",
    "SliceRefused",
    "get_figure",
    "get_release",
    "iterate_released",
    "list_by_chain",
    "list_by_group",
    "list_by_month",
    "list_by_place",
    "list_released",
    "list_releases",
    "measure_of",
]
