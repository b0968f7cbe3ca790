"""What a village or the whole street did, as figures that say where they come from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dorpen.register.queries import list_enterprise_ids
from ketens.queries import get_street_figures, get_village_figures
from ketens.queries.disclosing import may_tell_money
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
    """Return what a village earned in the month before and did since a day."""
    enterprises = list_enterprise_ids(village_id=village_id)
    label = _("earned by the shops of this village in %(month)s")
    moved = (_from_chain(figure) for figure in get_village_figures(village_id, since))
    return (*_turnover(enterprises, since, label), *moved)


def list_street_figures(*, since: date) -> tuple[StreetFigure, ...]:
    """Return what all shops earned in the month before and what the street did since a day."""
    label = _("earned by village shops in %(month)s")
    moved = (_from_chain(figure) for figure in get_street_figures(since))
    return (*_turnover(list_enterprise_ids(), since, label), *moved)


def _turnover(enterprise_ids: list[int], since: date, label: str) -> Iterator[StreetFigure]:
    """Yield the turnover of the whole month before, unless it is that of few shops.

    A running month could be read again tomorrow, and the difference is a day of one shop.
    """
    last = since - timedelta(days=1)
    earned = sum_turnover(enterprise_ids=enterprise_ids, since=last.replace(day=1), until=last)
    if earned.cents and may_tell_money(earned.by_shop):
        yield StreetFigure(
            value_text=format_cents(earned.cents),
            label=label % {"month": date_format(last, "F")},
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
