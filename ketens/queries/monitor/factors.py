"""The factors that a measure multiplies with: the newest version of its list."""

from decimal import Decimal

from ketens.domain.monitor import MonitorMeasure
from ketens.domain.monitor.measures import Factors
from ketens.domain.uncertainty import Lognormal
from ketens.models import Factor, FactorSet

CERTAIN = Decimal(1)
GSD = ".gsd"


def read_factors(measure: MonitorMeasure) -> tuple[Factors, tuple[str, ...]]:
    """Return the factors by key and the name of their set; no query when there are none to ask.

    A row ``<key>.gsd`` gives the geometric standard deviation of the factor ``<key>``.
    """
    if not measure.factor_list:
        return {}, ()
    newest = FactorSet.objects.filter(key=measure.factor_list).order_by("-year", "-version")
    rows = list(
        Factor.objects.filter(factor_set=newest.values("pk")[:1]).values_list(
            "key", "value", "factor_set__year", "factor_set__version"
        )
    )
    values = {key: value for key, value, _year, _version in rows}
    found = {
        key: Lognormal.from_gsd(value, values.get(f"{key}{GSD}", CERTAIN))
        for key, value in values.items()
        if not key.endswith(GSD)
    }
    names = {f"{measure.factor_list}-{year}-v{version}" for _key, _value, year, version in rows}
    return found, tuple(sorted(names))
