"""Signals: rules that look at a series of months and say what stands out, with their sums.

Each rule is a plain function from a series to a finding or None. A finding carries all that
it was computed from, so that its page can show the sum and anybody can do it again. A rule
that changes gets a new version; what an older version found stays as it was.
"""

from ketens.domain.signals.rules import (
    RULES,
    Finding,
    Rule,
    Trend,
    find_behind,
    find_coverage_fall,
    find_rise,
    find_silence,
    find_waste_rise,
)
from ketens.domain.signals.series import Month, Series, count_days, counted_months
from ketens.domain.signals.student import probability_above

__all__ = [
    "RULES",
    "Finding",
    "Month",
    "Rule",
    "Series",
    "Trend",
    "count_days",
    "counted_months",
    "find_behind",
    "find_coverage_fall",
    "find_rise",
    "find_silence",
    "find_waste_rise",
    "probability_above",
]
