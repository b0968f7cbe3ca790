"""Why a calculation was refused, said in plain words with what to do next."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from ketens.domain.calculations.refusal import CalculationRefused

REFUSALS: dict[str, Promise] = {
    "missing": gettext_lazy("%(name)s is missing. Fill it in."),
    "unknown_calculation": gettext_lazy("There is no calculation %(name)s. See METHOD.md."),
    "unknown_factor": gettext_lazy("There is no factor %(name)s in our lists."),
    "outside_dates": gettext_lazy(
        "%(name)s holds from %(first)s to %(last)s, not on %(day)s. Choose the list of that day."
    ),
    "not_a_number": gettext_lazy("%(name)s is no number: %(value)s. Use a decimal point."),
    "not_whole": gettext_lazy("%(name)s must be a whole number."),
    "not_a_day": gettext_lazy("%(value)s is no day. Write it like 2026-10-31."),
    "negative": gettext_lazy("%(name)s is below zero (%(value)s). Fill in zero or more."),
    "zero": gettext_lazy("%(name)s must be more than zero."),
    "above_one": gettext_lazy("%(name)s is a share and at most 1, not %(value)s."),
    "below_one": gettext_lazy("%(name)s is at least 1, not %(value)s."),
    "not_a_flag": gettext_lazy("%(name)s is yes or no: true or false."),
    "not_a_list": gettext_lazy("%(name)s must be a list with at least one item."),
    "not_an_item": gettext_lazy("%(name)s must be an item with names and values."),
    "named_twice": gettext_lazy("%(name)s is named twice. Give everything its own name."),
    "unknown_element": gettext_lazy("There is no element %(name)s in this chain."),
    "unknown_unit": gettext_lazy("%(name)s has no unit. Write it at the end, as in diesel_b7_l."),
    "unknown_basis": gettext_lazy("%(name)s is no distance we know. Use sfd, gcd or actual."),
    "daf_not_allowed": gettext_lazy(
        "This intensity is already per %(basis)s kilometre. Leave the distance factor out."
    ),
    "mixed_bases": gettext_lazy(
        "A %(distance)s distance does not fit an intensity per %(intensity)s kilometre."
    ),
    "empty_running_twice": gettext_lazy(
        "%(name)s holds the empty kilometres already. Count them once."
    ),
    "all_empty": gettext_lazy(
        "A vehicle that is always empty carries nothing. Fill in less than 1."
    ),
    "spend_based": gettext_lazy(
        "Euros say nothing about transport. Fill in fuel, kilometres or tonne-kilometres."
    ),
    "too_fast": gettext_lazy("%(kmh)s km an hour is faster than a van drives. Check km and hours."),
    "too_heavy": gettext_lazy("One piece of %(kg)s kg is too heavy: at most %(most)s kg."),
    "ttw_above_wtw": gettext_lazy(
        "Driving emits %(ttw)s, more than the whole way from well to wheel (%(wtw)s)."
    ),
    "unknown_key": gettext_lazy("%(name)s is no way to share a round. Use mass, volume or items."),
    "mixed_databases": gettext_lazy("These databases do not add up: %(names)s. Use one."),
    "unknown_stage": gettext_lazy("The database has no stage %(name)s to replace."),
    "unknown_word": gettext_lazy("%(name)s cannot be %(value)s."),
    "too_few": gettext_lazy("There are too few values: at least %(least)s."),
    "unlike_factors": gettext_lazy("%(name)s has two values. One factor has one value."),
    "unlike_lengths": gettext_lazy("%(first)s and %(second)s must have as many values."),
    "no_correlation": gettext_lazy("A correlation lies between -1 and 1, not %(value)s."),
    "not_five_scores": gettext_lazy("There are five scores, not %(count)s."),
    "no_score": gettext_lazy("A score is 1, 2, 3, 4 or 5, not %(value)s."),
    "unknown_table": gettext_lazy("There is no table %(name)s. Use classic or empirical."),
    "draws": gettext_lazy("Draw between %(least)s and %(most)s times."),
    "short_baseline": gettext_lazy(
        "A baseline of %(months)s months is short. Take twelve, or the same season."
    ),
    "no_risk_event": gettext_lazy(
        "Batch %(batch)s was never at risk. Name the reason, or count it as a sale."
    ),
    "claimed_twice": gettext_lazy("Batch %(batch)s is claimed by two parties. One may count it."),
    "implausible": gettext_lazy("This cannot be computed: %(text)s."),
    "not_computable": gettext_lazy("%(name)s has no result for these numbers."),
}


def explain_calculation_refusal(error: CalculationRefused) -> str:
    """Return why a calculation was refused, in the reader's language."""
    words = REFUSALS.get(error.code)
    return str(words) % error.params if words is not None else str(error)
