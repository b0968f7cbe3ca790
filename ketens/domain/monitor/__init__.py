"""The monitor's measures: what they are called, what they are made of, how they are computed.

A month of a place, chain or product group is kept as parts: whole numbers that add up.
A measure is a plain function of added parts, so a total over any stretch of time is exact,
and a new measure needs no new table, template or address.
"""

from ketens.domain.monitor.measures import Better, Guard, MeasureGroup, MonitorMeasure, SdgTarget
from ketens.domain.monitor.parts import Amount, Parts, Share, add_parts
from ketens.domain.monitor.registry import MEASURES, NoSuchMeasure, find_measure, measure_of
from ketens.domain.monitor.slices import (
    PROVINCE,
    UNKNOWN_GROUP,
    Place,
    PlaceKind,
    Slice,
    SliceRefused,
    check_slice,
)

__all__ = [
    "MEASURES",
    "PROVINCE",
    "UNKNOWN_GROUP",
    "Amount",
    "Better",
    "Guard",
    "MeasureGroup",
    "MonitorMeasure",
    "NoSuchMeasure",
    "Parts",
    "Place",
    "PlaceKind",
    "SdgTarget",
    "Share",
    "Slice",
    "SliceRefused",
    "add_parts",
    "check_slice",
    "find_measure",
    "measure_of",
]
