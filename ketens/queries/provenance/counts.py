"""How a count of members is known: a batch by its weighings, a round by its fuel."""

from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ketens.domain.batches import Entry
from ketens.models import BatchEntry, Round, Weighing
from ketens.queries.batches import build_batch, find_batch, say_kind, say_rung
from ketens.queries.provenance.parts import Provenance, Row, build_factor, say_day
from ketens.queries.wording import say_emission, say_grams, say_metres, trim

ORIGINS: dict[str, Promise] = {
    "declaration": gettext_lazy("declared by the member"),
    "declaration, confirmed": gettext_lazy("declared by the member, and confirmed as unlikely"),
}


def tell_batch(public_id: UUID) -> Provenance | None:
    """Return what became of a batch: what, when, how weighed, where to, from which paper."""
    batch = find_batch(public_id)
    if batch is None:
        return None
    view = build_batch(batch)
    return Provenance(
        title=f"{view.what}, {view.maker}",
        value_text=say_grams(sum(grams for _rung, grams in view.balance.residual_g)),
        meaning=view.sentence,
        is_estimate=False,
        formula_words=_("What went in = sold + left over by rung + stock + shrink, within 2%."),
        inputs=tuple(
            Row(
                label=f"{say_day(row.activity_date)}: {row.label}",
                value=f"{row.mass_text}, {row.weighing}, {say_origin(row.origin)}"
                + (f" ({_('taken back')})" if row.is_taken_back else ""),
            )
            for row in view.entries
        ),
        chain_name=batch.chain.name,
        chain_url=reverse("ketens:chain", args=[batch.chain.slug]),
    )


def tell_entry(public_id: UUID) -> Provenance | None:
    """Return one single count: what was weighed, how, by whom, and the batch that it is of."""
    row = (
        BatchEntry.objects.filter(public_id=public_id)
        .select_related("batch__member__enterprise", "batch__chain", "taken_back_by")
        .first()
    )
    if row is None:
        return None
    batch = row.batch
    what = say_rung(row.rung) if row.rung else say_kind(Entry(row.kind))
    words = {"day": say_day(row.activity_date), "maker": str(batch.member.enterprise)}
    meaning = _("Written down by %(maker)s for %(day)s.") % words
    if hasattr(row, "taken_back_by") or row.takes_back_id:
        meaning = f"{meaning} {_('It was taken back later, so it does not count.')}"
    return Provenance(
        title=f"{batch.what}: {what}",
        value_text=say_grams(row.mass_g),
        meaning=meaning,
        is_estimate=row.weighing == Weighing.ESTIMATED,
        formula_words=_("One count as it was written down; totals add these up."),
        inputs=(
            Row(_("how it was found"), str(Weighing(row.weighing).label)),
            Row(_("origin"), say_origin(row.origin)),
            Row(_("written down on"), date_format(row.recorded_at, "j F Y H:i")),
        ),
        samples=(
            Row(
                _("the batch that it is of"),
                batch.code,
                reverse("ketens:provenance", args=[batch.public_id]),
            ),
        ),
        chain_name=batch.chain.name,
        chain_url=reverse("ketens:chain", args=[batch.chain.slug]),
    )


def tell_round(public_id: UUID) -> Provenance | None:
    """Return how a round's emission is known and divided over its stops."""
    row = (
        Round.objects.filter(public_id=public_id)
        .select_related("carrier__enterprise", "chain", "factor__factor_set")
        .prefetch_related("stops__member__enterprise")
        .first()
    )
    if row is None:
        return None
    stops = tuple(
        Row(
            str(stop.member.enterprise),
            f"{say_grams(stop.mass_g)} × {say_metres(stop.direct_m)}:"
            f" {say_emission(stop.emission_mg_co2e)}",
        )
        for stop in row.stops.all()
    )
    return Provenance(
        title=_("round of %(name)s") % {"name": row.carrier.enterprise},
        value_text=say_emission(row.emission_mg_co2e),
        meaning=_("Driven on %(day)s, %(distance)s.")
        % {"day": say_day(row.driven_on), "distance": say_metres(row.distance_m)},
        is_estimate=False,
        formula_words=_(
            "Fuel or power times its factor, divided over the stops by weight times the shortest"
            " way from the start."
        ),
        formula_symbols="E = q · f;  Eᵢ = E · mᵢdᵢ / Σ md",
        inputs=(Row(_("fuel or power"), trim(row.energy.normalize())), *stops),
        factors=(build_factor(row.factor),),
        quality_text=_("measured by the driver"),
        chain_name=row.chain.name,
        chain_url=reverse("ketens:chain", args=[row.chain.slug]),
    )


def say_origin(origin: str) -> str:
    """Return where a count comes from, in the reader's language."""
    return str(ORIGINS.get(origin, origin or _("no paper named")))
