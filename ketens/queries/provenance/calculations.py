"""One calculation, or all calculations of one purchase."""

from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ketens.models import Calculation
from ketens.queries.panels import get_purchase_panel
from ketens.queries.provenance.parts import (
    Provenance,
    Row,
    build_factor,
    input_rows,
    sample_rows,
    say_day,
    say_result,
)
from ketens.queries.provenance.words import FORMULA_SYMBOLS, FORMULA_WORDS, SYMBOL_WORDS
from ketens.queries.wording import QUALITY_WORDS, UNKNOWN_WORDS


def tell_calculation(public_id: UUID) -> Provenance | None:
    """Return how one calculation was made; one query."""
    row = (
        Calculation.objects.filter(public_id=public_id)
        .select_related("chain", "leg", "line", "factor__factor_set")
        .first()
    )
    if row is None:
        return None
    titles = {
        "trip.consumer": _("A resident's own trip"),
        "work.per_kg": _("Social work in one sold line"),
        "work.per_piece": _("Social work in one sold line"),
    }
    default = _("Transport of one sold line by %(vehicle)s")
    vehicle = row.leg.vehicle if row.leg else ""
    return Provenance(
        title=titles.get(row.formula, default % {"vehicle": vehicle}),
        value_text=say_result(row),
        meaning=_("One sale, handed over on %(day)s.") % {"day": say_day(row.activity_date)},
        is_estimate=row.result is not None,
        unknown_text=str(UNKNOWN_WORDS.get(row.unknown_because, "")),
        formula_words=str(FORMULA_WORDS[row.formula]),
        formula_symbols=FORMULA_SYMBOLS[row.formula],
        symbol_words=str(SYMBOL_WORDS[row.formula]),
        inputs=input_rows(row.inputs),
        factors=(build_factor(row.factor),) if row.factor else (),
        quality_text=say_quality(row.quality_level),
        interval_text=_("not computed yet"),
        computed_text=say_computed(row),
        digest=row.digest,
        chain_name=row.chain.name if row.chain else "",
        chain_url=reverse("ketens:chain", args=[row.chain.slug]) if row.chain else "",
    )


def say_quality(level: int | None) -> str:
    """Return a quality level with its place on the scale."""
    if level is None:
        return ""
    return _("%(level)s of 5: %(words)s") % {"level": level, "words": QUALITY_WORDS[level]}


def say_computed(row: Calculation) -> str:
    """Return when and by what a calculation was made."""
    return _("%(moment)s, by %(program)s, formula %(formula)s version %(version)s") % {
        "moment": date_format(row.created_at, "j F Y H:i"),
        "program": row.computed_by,
        "formula": row.formula,
        "version": row.formula_version,
    }


def tell_purchase(purchase_ref: UUID) -> Provenance | None:
    """Return how the figures of one basket were made; five queries."""
    panel = get_purchase_panel(purchase_ref=purchase_ref)
    if panel is None:
        return None
    calculations = list(
        Calculation.objects.filter(booking__purchase_ref=purchase_ref, leg__isnull=False)
        .select_related("leg")
        .order_by("pk")
    )
    goods, emission = panel.figures
    return Provenance(
        title=_("What one basket did"),
        value_text=f"{goods.value_text}, {emission.value_text}",
        meaning=_("All lines of one purchase that were handed over."),
        is_estimate=not emission.is_unknown,
        formula_words=_(
            "The weights of the lines added up, and the emissions of all stretches of transport"
            " added up. A line with one unknown stretch counts as unknown."
        ),
        coverage=(
            Row(goods.label, goods.sure_text),
            Row(emission.label, emission.sure_text),
        ),
        samples=sample_rows(calculations),
    )
