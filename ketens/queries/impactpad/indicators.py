"""How one indicator is known: periods of the books with their source, or typed rounds."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from ketens.domain.impactpad.content import Feed
from ketens.models import Chain
from ketens.queries.impactpad.feeds import WORDS
from ketens.queries.impactpad.pages import get_impact_page
from ketens.queries.impactpad.parts import IndicatorRow


@dataclass(frozen=True, slots=True)
class IndicatorPage:
    """One indicator with all its measurements and where each can be followed further."""

    enterprise: str
    slug: str
    indicator: IndicatorRow
    formula: str
    chains: tuple[tuple[str, str], ...]


def get_indicator_page(slug: str, key: str, *, today: date) -> IndicatorPage | None:
    """Return one indicator of a page that stands today, None when there is none."""
    page = get_impact_page(slug, today=today)
    found = next((one for one in page.indicators if one.key == key), None) if page else None
    if page is None or found is None:
        return None
    is_shown = found.is_fed and not found.withheld_text
    return IndicatorPage(
        enterprise=page.enterprise,
        slug=slug,
        indicator=found,
        formula=str(WORDS[found.feed].formula) if found.is_fed else "",
        chains=list_sources(slug, found.feed) if is_shown else (),
    )


def list_sources(slug: str, feed: str) -> tuple[tuple[str, str], ...]:
    """Return the chains of an enterprise with the page that goes on to single counts."""
    rows = Chain.objects.filter(members__enterprise__slug=slug).distinct()
    name = "ketens:leftovers" if Feed(feed).rung else "ketens:chain"
    return tuple((chain.name, reverse(name, args=[chain.slug])) for chain in rows)
