"""What was refused, said in plain words with what to do next."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from ketens.domain.factors import FactorListRefused

FACTOR_REFUSALS: dict[str, Promise] = {
    "ttw_above_wtw": gettext_lazy(
        "%(key)s: driving emits %(ttw)s, more than the whole way from well to wheel (%(wtw)s)."
        " Look up both values in the source."
    ),
    "mixed_units": gettext_lazy(
        "%(key)s is written in two units, %(first)s and %(second)s. Use one unit."
    ),
    "other_unit": gettext_lazy(
        "%(key)s was written in %(before)s and now in %(after)s. Give it another key."
    ),
    "doubled": gettext_lazy("%(key)s is in the list twice. Keep one row."),
    "unreadable": gettext_lazy("We cannot read this row: %(row)s. Nothing was loaded."),
}


def explain_factor_refusal(error: FactorListRefused) -> str:
    """Return why a list of factors was refused, in the reader's language."""
    return str(FACTOR_REFUSALS[error.code]) % error.params
