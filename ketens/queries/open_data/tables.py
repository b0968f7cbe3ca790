"""Every table that the public may take: those of a quarter, and the lists of codes.

All of them read releases or registers. A new one is a row in `TABLES`; files, page,
catalogue and description follow.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dorpen.register.models import Village
from ketens.domain.booking import METHOD_VERSION
from ketens.domain.exchange.tables import TableDescription, Value
from ketens.domain.monitor import MEASURES, PlaceKind
from ketens.models import Chain, ChainStatus, WorkRelease
from ketens.queries.open_data import columns
from ketens.queries.open_data.codes import UNITS, WHOLE, list_place_codes, period_of, status_of
from ketens.queries.open_data.figures import iterate_figures

Row = dict[str, Value]


@dataclass(frozen=True, slots=True)
class OpenTable:
    """One table: its name in addresses, what it says, and where its rows come from."""

    slug: str
    title: Promise
    note: Promise
    spec: columns.Spec
    key: tuple[str, ...]
    read: Callable[[date], Iterator[Row]]
    theme: str
    is_per_quarter: bool = True

    def describe(
        self, ending: str = "csv", method_version: str = METHOD_VERSION
    ) -> TableDescription:
        """Return the description of one of its files, in both languages; no queries."""
        return TableDescription(
            name=f"{self.slug}.{ending}",
            titles=columns.in_languages(self.title),
            notes=columns.in_languages(self.note),
            method_version=method_version,
            columns=columns.build_columns(self.spec),
            key=self.key,
        )


def iterate_work(quarter: date) -> Iterator[Row]:
    """Yield the released table on work of a quarter; two queries."""
    release = WorkRelease.objects.filter(quarter=quarter).first()
    codes = {name: code for (_kind, _pk), (code, name) in list_place_codes().items()}
    for breakdown, table in sorted((release.tables if release else {}).items()):
        for category, cell in sorted(table.items()):
            known = codes.get(category, category) if breakdown == "municipality" else category
            withheld = "" if cell["people"] is not None else "withheld"
            status, confidentiality = status_of(cell["people"], withheld, is_estimate=False)
            yield {
                "time_period": period_of(quarter),
                "breakdown": breakdown,
                "category": WHOLE if category == "total" else known,
                "people": cell["people"],
                "paid_hours": cell["hours"],
                "obs_status": status,
                "conf_status": confidentiality,
            }


def iterate_measures(_quarter: date) -> Iterator[Row]:
    """Yield every public measure with its meaning; no queries."""
    for one in MEASURES.values():
        if not one.is_public:
            continue
        yield {
            "indicator": one.code,
            "label_nl": one.label_nl,
            "label_en": one.label_en,
            "meaning_nl": one.meaning_nl,
            "meaning_en": one.meaning_en,
            "unit_measure": UNITS.get(one.unit, one.unit),
            "better": one.better.value,
            "sdg": " ".join(target.official for target in one.sdg) or None,
            "sdg_of_agenda": " ".join(t.agenda for t in one.sdg if t.agenda) or None,
        }


def iterate_places(_quarter: date) -> Iterator[Row]:
    """Yield every place with the place that it lies in; three queries."""
    codes = list_place_codes()
    province = codes[PlaceKind.PROVINCE, None][0]
    within = dict(Village.objects.values_list("pk", "municipality_id"))
    for (kind, pk), (code, name) in codes.items():
        part_of = None if kind is PlaceKind.PROVINCE else province
        if kind is PlaceKind.VILLAGE and pk is not None:
            part_of = codes[PlaceKind.MUNICIPALITY, within[pk]][0]
        yield {"ref_area": code, "ref_area_name": name, "kind": kind.value, "part_of": part_of}


def iterate_chains(_quarter: date) -> Iterator[Row]:
    """Yield every chain that runs or ran; one query."""
    rows = Chain.objects.exclude(status=ChainStatus.IDEA).order_by("slug")
    for slug, name, status in rows.values_list("slug", "name", "status"):
        yield {"chain": slug, "name": name, "status": status}


TABLES: Mapping[str, OpenTable] = {
    one.slug: one
    for one in (
        OpenTable(
            slug="cijfers",
            title=_("Figures of the monitor"),
            note=_(
                "What the chains achieved in a quarter, by place, chain and product group."
                " An empty figure is unknown or withheld; a zero is a zero. Corrections of"
                " an earlier quarter stand in the release that tells them."
            ),
            spec=columns.FIGURES,
            key=(
                "release",
                "time_period",
                "ref_area",
                "indicator",
                "chain",
                "product_group",
            ),
            read=iterate_figures,
            theme="ENVI",
        ),
        OpenTable(
            slug="werk",
            title=_("Work for people who are far from the labour market"),
            note=_(
                "People and paid hours in a quarter. Small groups are withheld, and so is"
                " what would let somebody compute them."
            ),
            spec=columns.WORK,
            key=("time_period", "breakdown", "category"),
            read=iterate_work,
            theme="SOCI",
        ),
        OpenTable(
            slug="maten",
            title=_("List of measures"),
            note=_("What each measure of the monitor counts, and in which unit."),
            spec=columns.MEASURES,
            key=("indicator",),
            read=iterate_measures,
            theme="ENVI",
            is_per_quarter=False,
        ),
        OpenTable(
            slug="plaatsen",
            title=_("List of places"),
            note=_("The province, its municipalities and its villages, with their codes."),
            spec=columns.PLACES,
            key=("ref_area",),
            read=iterate_places,
            theme="REGI",
            is_per_quarter=False,
        ),
        OpenTable(
            slug="ketens",
            title=_("List of chains"),
            note=_("The impact chains of the street."),
            spec=columns.CHAINS,
            key=("chain",),
            read=iterate_chains,
            theme="ECON",
            is_per_quarter=False,
        ),
    )
}
