"""How the figures of a report were made: definitions, factors, certainty, what is hidden."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ketens.domain.booking import METHOD_VERSION
from ketens.domain.disclosure import PUBLIC, RELEASE_DELAY_DAYS
from ketens.domain.signals import RULES
from ketens.models import Baseline, FactorSet, WorkRelease
from ketens.queries.monitor_pages.words import say_label
from ketens.queries.steering.agenda import say_quarter
from ketens.queries.steering.report.reading import Told, list_public_measures
from ketens.queries.steering.signal_page import RULE_TEXTS
from ketens.queries.wording import say_number

UNITS = {
    "g": "gram",
    "mg CO2e": "milligram CO₂e",
    "mg CO2e/kg": "milligram CO₂e per kg",
    "m": "meter",
    "min": "minuten",
    "cents": "eurocent",
    "count": "aantal",
    "jobs": "banen van 25,5 uur per week",
}


def build_method(told: Told, baseline: Baseline | None) -> dict[str, Any]:
    """Return the annex on method."""
    return {
        "version": METHOD_VERSION,
        "definitions": list_definitions(),
        "factors": list_factors(told),
        "disclosure": list_disclosure(),
        "rules": [
            {"text": str(RULE_TEXTS[rule]), "version": text.version} for rule, text in RULES.items()
        ],
        "releases": [
            {
                "name": say_quarter(row.quarter),
                "digest": row.digest,
                "released": date_format(row.released_at, "j F Y"),
                "method": row.method_version,
            }
            for row in told.releases
        ],
        "work_releases": [
            {"name": say_quarter(row.quarter), "digest": row.digest}
            for row in WorkRelease.objects.filter(quarter__year=told.year).order_by("quarter")
        ],
        "baseline": build_baseline(baseline),
    }


def list_definitions() -> list[dict[str, str]]:
    """Return what each public measure means, its unit, and the targets that it adds to."""
    is_english = get_language() == "en"
    return [
        {
            "label": say_label(row),
            "meaning": row.meaning_en if is_english else row.meaning_nl,
            "unit": UNITS.get(row.unit, row.unit),
            "sdg": ", ".join(
                f"{one.official} ({_('agenda')}: {one.agenda})"
                if one.agenda and one.agenda != one.official
                else one.official
                for one in row.sdg
            ),
        }
        for row in list_public_measures()
    ]


def list_factors(told: Told) -> list[dict[str, str]]:
    """Return the lists of factors that the releases used, with where they come from."""
    names = {name for row in told.releases for name in row.factor_sets}
    rows = [row for row in FactorSet.objects.order_by("key", "-year") if name_of_set(row) in names]
    return [
        {
            "name": name_of_set(row),
            "title": row.title,
            "publisher": row.publisher,
            "source": row.source_ref,
            "address": row.source_url,
            "valid": _("%(first)s to %(last)s")
            % {
                "first": date_format(row.valid_from, "j F Y"),
                "last": date_format(row.valid_to, "j F Y"),
            },
            "digest": row.source_digest,
        }
        for row in rows
    ]


def name_of_set(row: FactorSet) -> str:
    """Return the name by which calculations call a factor set."""
    return f"{row.key}-{row.year}-v{row.version}"


def list_disclosure() -> list[str]:
    """Return the rules that protect people and single shops, with their numbers."""
    words = {
        "people": PUBLIC.least_people,
        "employers": PUBLIC.least_employers,
        "share": say_number(PUBLIC.most_share * 100),
        "rounding": PUBLIC.rounding,
        "denominator": PUBLIC.least_denominator,
        "days": RELEASE_DELAY_DAYS,
    }
    return [
        _("A number of people is shown from %(people)s people at %(employers)s employers on.")
        % words,
        _("No employer or shop may hold more than %(share)s%% of a sum that is shown.") % words,
        _("Numbers of people and hours are rounded to %(rounding)s.") % words,
        _("A percentage of people needs at least %(denominator)s people under it.") % words,
        _("Target groups are told apart for the whole province only; of a village nothing is told.")
        % words,
        _("Where one number is hidden, others are hidden with it, so that nobody can subtract."),
        _("A quarter is released once, %(days)s days after its end, and never again otherwise.")
        % words,
        _("What was hidden once stays hidden in later releases."),
    ]


def build_baseline(baseline: Baseline | None) -> dict[str, str]:
    """Return the baseline that the report compares with; empty while there is none."""
    if baseline is None:
        return {}
    return {
        "title": baseline.title,
        "first": date_format(baseline.first_day, "j F Y"),
        "last": date_format(baseline.last_day, "j F Y"),
        "method": baseline.method_version,
        "factors": ", ".join(baseline.factor_sets),
        "digest": baseline.digest,
    }
