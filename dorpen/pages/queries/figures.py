"""What a village or the whole street did, as figures that say where they come from."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from dorpen.register.queries import list_enterprise_ids
from ketens.queries import get_street_figures, get_village_figures
from ketens.queries.figures import Figure
from winkelstraat.common.money import format_cents
from winkelstraat.payments.queries.turnover import sum_turnover


@dataclass(frozen=True)
class StreetFigure:
    """A figure with either a page or a sentence that tells where it comes from."""

    value_text: str
    label: str
    sure_text: str
    provenance_url: str = ""
    provenance: str = ""
    is_unknown: bool = False


def list_village_figures(village_id: int, *, since: date) -> tuple[StreetFigure, ...]:
    """Return what a village earned and did since a day; empty where nothing was booked."""
    enterprises = list_enterprise_ids(village_id=village_id)
    moved = tuple(_from_chain(figure) for figure in get_village_figures(village_id, since))
    if not enterprises:
        return moved
    label = _("earned by the shops of this village this month")
    return (_turnover(enterprises, since, label), *moved)


def list_street_figures(*, since: date) -> tuple[StreetFigure, ...]:
    """Return what all shops earned and what the whole street did since a day."""
    enterprises = list_enterprise_ids()
    moved = tuple(_from_chain(figure) for figure in get_street_figures(since))
    if not enterprises:
        return moved
    return (_turnover(enterprises, since, _("earned by village shops this month")), *moved)


def _turnover(enterprise_ids: list[int], since: date, label: str) -> StreetFigure:
    earned = sum_turnover(enterprise_ids=enterprise_ids, since=since)
    return StreetFigure(
        value_text=format_cents(earned.cents),
        label=label,
        sure_text=_("exact, from the ledger"),
        provenance=earned.provenance,
    )


def _from_chain(figure: Figure) -> StreetFigure:
    return StreetFigure(
        value_text=figure.value_text,
        label=figure.label,
        sure_text=figure.sure_text,
        provenance_url=figure.provenance_url,
        is_unknown=figure.is_unknown,
    )
