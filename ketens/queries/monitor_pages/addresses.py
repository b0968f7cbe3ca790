"""The addresses of the monitor's pages, live or released, with the chosen period kept."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from ketens.domain.monitor import MEASURES, MonitorMeasure


def measure_url(code: str) -> str:
    """Return the public page of a measure, for whoever names one."""
    return reverse("monitor:measure", args=[MEASURES[code].slug])


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where links of a page lead; `period` is empty for the newest."""

    is_live: bool = False
    period: str = ""

    def overview(self) -> str:
        """Return the first page."""
        return self._at("live" if self.is_live else "overview")

    def measure(self, measure: MonitorMeasure) -> str:
        """Return the page of a measure."""
        return self._at("live_measure" if self.is_live else "measure", measure.slug)

    def municipality(self, slug: str, measure: MonitorMeasure) -> str:
        """Return the page of a municipality, about a measure."""
        return self._place("municipality", slug, measure)

    def village(self, slug: str, measure: MonitorMeasure) -> str:
        """Return the page of a village, about a measure."""
        return self._place("village", slug, measure)

    def chain(self, slug: str, measure: MonitorMeasure, village: str = "") -> str:
        """Return the page of a chain, in one village or everywhere."""
        if not self.is_live:
            return self._at("chain", slug)
        if village:
            return self._at("live_village_chain", measure.slug, village, slug)
        return self._at("live_chain", measure.slug, slug)

    def sdg(self, code: str) -> str:
        """Return the page of a target; always of releases."""
        return reverse("monitor:sdg", args=[code])

    def _place(self, kind: str, slug: str, measure: MonitorMeasure) -> str:
        if self.is_live:
            return self._at(f"live_{kind}", measure.slug, slug)
        return self._at(kind, slug, maat=measure.slug)

    def _at(self, name: str, *parts: str, **more: str) -> str:
        address = reverse(f"monitor:{name}", args=parts)
        words = more | ({"periode": self.period} if self.period else {})
        return f"{address}?{urlencode(words)}" if words else address
