"""Every picture of the monitor once, for the style guide: made-up amounts, real outlines."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from ketens.domain.monitor import MEASURES
from ketens.domain.periods import Period, PeriodKind
from ketens.domain.pictures import Level, Region, SharePart, draw_areas, draw_shares
from ketens.queries.monitor_pages.mapping import AreaPicture, say_legend
from ketens.queries.monitor_pages.sharing import SharesPicture
from ketens.queries.monitor_pages.telling import (
    BarPicture,
    LinePicture,
    MonitorCard,
    build_bars,
    build_card,
    build_line,
)
from ketens.queries.monitor_pages.told import Told
from ketens.queries.monitor_pages.words import say_mass
from ketens.queries.outlines import list_municipalities

WASTE, EMISSION = MEASURES["food_waste_g"], MEASURES["emission_mg_co2e"]
QUARTERS = tuple(Period(date(2026, month, 1), PeriodKind.QUARTER) for month in (1, 4, 7, 10))
KILO = 1_000
HIDDEN = Told(withheld="few_enterprises")


@dataclass(frozen=True, slots=True)
class Examples:
    """What the style guide shows."""

    cards: tuple[MonitorCard, ...]
    area: AreaPicture
    line: LinePicture
    bars: BarPicture
    shares: SharesPicture


def build_examples() -> Examples:
    """Return one picture of each kind; no query."""
    amounts = (420 * KILO, 390 * KILO, None, 310 * KILO)
    told = [
        Told(amount, amount * 9 // 10, amount * 11 // 10, 820, 640) if amount else HIDDEN
        for amount in amounts
    ]
    line = list(zip(QUARTERS, told, strict=True))
    start = 430 * KILO
    text = _("baseline: %(amount)s") % {"amount": say_mass(start)}
    names = (_("mill"), _("bakery"), _("shop"))
    return Examples(
        cards=(
            build_card(WASTE, told[3], told[1], (QUARTERS[1], QUARTERS[3]), ""),
            build_card(EMISSION, HIDDEN, None, (), ""),
        ),
        area=build_area(),
        line=build_line(WASTE, line, levels=(Level(start, text, "baseline"),)),
        bars=build_bars(
            WASTE,
            ((name, "", one) for name, one in zip(names, told[:3], strict=True)),
            title=_("By chain"),
            column=_("Chain"),
            what="chain",
        ),
        shares=build_shares(),
    )


def build_area() -> AreaPicture:
    """Return a map on which every other municipality has an amount."""
    regions = [
        Region(
            key=one.code,
            name=one.name,
            rings=one.rings,
            label=one.label,
            value=None if number % 4 == 3 else number * 12 * KILO,
            text=_("not published for now") if number % 4 == 3 else say_mass(number * 12 * KILO),
            url="#monitor",
        )
        for number, one in enumerate(list_municipalities())
    ]
    drawn = draw_areas(regions)
    return AreaPicture(
        title=_("Example of a map"),
        text=". ".join(f"{region.name}: {region.text}" for region in regions),
        map=drawn,
        legend=tuple(say_legend(WASTE, drawn)),
    )


def build_shares() -> SharesPicture:
    """Return one bar in three pieces."""
    parts = ((_("food for people"), 60), (_("feed for animals"), 30), (_("composted"), 10))
    return SharesPicture(
        title=_("Where it went"),
        sentence=_("Three pieces of one bar."),
        shares=draw_shares(
            [SharePart(label, kilos * KILO, say_mass(kilos * KILO)) for label, kilos in parts]
        ),
    )
