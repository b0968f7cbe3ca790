"""The map of municipalities with the villages on it, and what it shows in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ketens.domain.drawn_map import DrawnMap, MapPlace, draw_map
from ketens.domain.monitor import MonitorMeasure
from ketens.domain.pictures import AreaMap, Region, Spot, draw_areas
from ketens.queries.monitor_pages.places import MunicipalityPlace, Places
from ketens.queries.monitor_pages.told import NOT_TOLD, Told
from ketens.queries.monitor_pages.words import say_amount, say_label, say_told


@dataclass(frozen=True, slots=True)
class LegendRow:
    """A tint of the map and what it stands for."""

    step: int | None
    text: str


@dataclass(frozen=True, slots=True)
class AreaPicture:
    """A map with its title, its text for who does not see it, and its legend."""

    title: str
    text: str
    map: AreaMap
    legend: tuple[LegendRow, ...]


@dataclass(frozen=True, slots=True)
class VillagePicture:
    """The villages of one municipality as dots."""

    title: str
    text: str
    map: DrawnMap


def build_area_picture(
    measure: MonitorMeasure,
    places: Places,
    by_municipality: Mapping[int, Told],
    weights: Mapping[int, int],
    address: Callable[[str], str],
) -> AreaPicture:
    """Return the map of a measure; `weights` are active chains by village."""
    regions = [
        Region(
            key=row.slug,
            name=row.name,
            rings=row.outline.rings,
            label=row.outline.label,
            value=by_municipality.get(row.id, NOT_TOLD).value,
            text=say_told(measure, by_municipality.get(row.id, NOT_TOLD)),
            url=address(row.slug),
        )
        for row in sorted(places.municipalities.values(), key=lambda row: row.name)
        if row.outline is not None
    ]
    spots = [
        Spot(row.name, row.latitude, row.longitude, weights.get(row.id, 0))
        for row in places.villages.values()
    ]
    drawn = draw_areas(regions, spots)
    return AreaPicture(
        title=_("%(label)s by municipality") % {"label": say_label(measure)},
        text=". ".join(f"{region.name}: {region.text}" for region in regions),
        map=drawn,
        legend=tuple(say_legend(measure, drawn)),
    )


def say_legend(measure: MonitorMeasure, drawn: AreaMap) -> list[LegendRow]:
    """Return what each tint stands for, from most to least."""
    rows = []
    for one in reversed(drawn.legend):
        low, high = (say_amount(measure.unit, value) for value in (one.low, one.high))
        words = {"low": low, "high": high}
        rows.append(LegendRow(one.step, low if low == high else _("%(low)s to %(high)s") % words))
    if drawn.has_nought:
        rows.append(LegendRow(0, _("nothing")))
    if drawn.has_unknown:
        rows.append(LegendRow(None, _("unknown or not published")))
    return rows


def build_village_picture(
    measure: MonitorMeasure,
    places: Places,
    municipality: MunicipalityPlace,
    by_village: Mapping[int, Told],
) -> VillagePicture:
    """Return the villages of a municipality, larger where the measure is larger."""
    rows = places.villages_in(municipality.id)
    told = {row.id: by_village.get(row.id, NOT_TOLD) for row in rows}
    drawn = draw_map(
        (
            MapPlace(row.id, row.name, row.latitude, row.longitude, told[row.id].value or None)
            for row in rows
        ),
        municipality.outline.rings if municipality.outline else (),
    )
    named = [f"{row.name}: {say_told(measure, told[row.id])}" for row in rows if told[row.id].value]
    words = {"label": say_label(measure), "name": municipality.name}
    return VillagePicture(
        title=_("%(label)s in the villages of %(name)s") % words,
        text=". ".join(named) or _("Nothing is known of this yet."),
        map=drawn,
    )
