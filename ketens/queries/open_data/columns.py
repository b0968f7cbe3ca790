"""The columns of every open table: name, datatype, whether always there, and meaning."""

from collections.abc import Mapping

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ketens.domain.exchange.tables import Column

LANGUAGES = ("nl", "en")
Spec = tuple[tuple[str, str, bool, Promise], ...]

PERIOD = ("time_period", "string", True, _("The quarter, as in 2026-Q3"))
AREA = ("ref_area", "string", True, _("The place: NUTS, municipality or village code"))
NAME = ("ref_area_name", "string", True, _("The name of the place"))

FIGURES: Spec = (
    ("release", "string", True, _("The release that tells this, as in 2026-Q3")),
    PERIOD,
    ("freq", "string", True, _("How often: Q is each quarter")),
    AREA,
    NAME,
    ("indicator", "string", True, _("What is measured; see the list of measures")),
    ("chain", "string", True, _("The chain; _T is all together")),
    ("product_group", "string", True, _("The kind of product; _T is all together")),
    ("unit_measure", "string", True, _("The unit, as UN/ECE recommendation 20 writes it")),
    ("obs_value", "integer", False, _("The figure; empty is unknown or withheld")),
    ("lower_bound", "integer", False, _("The lower end of the 95% interval")),
    ("upper_bound", "integer", False, _("The upper end of the 95% interval")),
    ("coverage_permille", "integer", False, _("How much of it is known, in thousandths")),
    ("primary_permille", "integer", False, _("How much of it was measured, in thousandths")),
    ("obs_status", "string", True, _("A normal, E estimate, O unknown, Q withheld")),
    ("conf_status", "string", True, _("F free, C confidential")),
    ("withheld_because", "string", False, _("Why a figure is withheld")),
)
WORK: Spec = (
    PERIOD,
    ("breakdown", "string", True, _("By target group or by municipality")),
    ("category", "string", True, _("The target group or the municipality; _T is all together")),
    ("people", "integer", False, _("People, rounded to fives; empty is withheld")),
    ("paid_hours", "integer", False, _("Paid hours, rounded to fives; empty is withheld")),
    ("obs_status", "string", True, _("A normal, Q withheld")),
    ("conf_status", "string", True, _("F free, C confidential")),
)
MEASURES: Spec = (
    ("indicator", "string", True, _("The code of the measure")),
    ("label_nl", "string", True, _("Its name in Dutch")),
    ("label_en", "string", True, _("Its name in English")),
    ("meaning_nl", "string", True, _("What it counts, in Dutch")),
    ("meaning_en", "string", True, _("What it counts, in English")),
    ("unit_measure", "string", True, _("The unit, as UN/ECE recommendation 20 writes it")),
    ("better", "string", True, _("Which way is better: lower, higher or neutral")),
    ("sdg", "string", False, _("Official codes of the SDG targets, with spaces between")),
    ("sdg_of_agenda", "string", False, _("The codes that the agenda prints for them")),
)
PLACES: Spec = (
    AREA,
    NAME,
    ("kind", "string", True, _("Province, municipality or village")),
    ("part_of", "string", False, _("The code of the place that it lies in")),
)
CHAINS: Spec = (
    ("chain", "string", True, _("The chain, as in the address of its page")),
    ("name", "string", True, _("The name of the chain")),
    ("status", "string", True, _("Whether it runs")),
)


def build_columns(spec: Spec) -> tuple[Column, ...]:
    """Return columns with their meaning in every language."""
    return tuple(
        Column(name, datatype, in_languages(meaning), is_required)
        for name, datatype, is_required, meaning in spec
    )


def in_languages(text: Promise) -> Mapping[str, str]:
    """Return a text in the languages of the street."""
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            found[language] = str(text)
    return found
