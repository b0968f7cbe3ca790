"""Say in plain words why a claim may not stand there, and what may stand there instead."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

REASONS: Mapping[str, Promise] = {
    "C01": gettext_lazy("it says too much. Say exactly what you mean, with a number or a fact."),
    "C02": gettext_lazy("it says that all is well. Say what you do for people or nature."),
    "C03": gettext_lazy("the proof is about something else."),
    "C04": gettext_lazy("a product may not be called neutral by paying elsewhere."),
    "C05": gettext_lazy("a mark needs a certificate that we know."),
    "C06": gettext_lazy("the street gives no mark."),
    "C07": gettext_lazy("a promise needs a public plan that somebody checked."),
    "C08": gettext_lazy("a comparison needs the same measure on both sides, and its source."),
    "C09": gettext_lazy("the law asks this of everybody."),
    "C11": gettext_lazy("a number needs the calculation behind it."),
    "C12": gettext_lazy("near needs a place. Fill in where it comes from instead."),
    "C13": gettext_lazy("organic food needs a certificate. Send yours to the street."),
    "C14": gettext_lazy("it must say how that was counted."),
    "C15": gettext_lazy("it must say which jobs, in which year, and compared with what."),
    "C17": gettext_lazy("the text was changed after it was approved."),
    "C18": gettext_lazy("a world goal belongs to a whole enterprise, not to a thing."),
}
OTHER: Promise = gettext_lazy("nothing here proves it.")


def explain_claim(rule: str, words: str) -> str:
    """Return why some words may not stand there, and what to do."""
    reason = REASONS.get(rule, OTHER)
    if not words:
        return _("This text may not stand here: %(reason)s") % {"reason": reason}
    return _("“%(words)s” may not stand here: %(reason)s") % {
        "words": words,
        "reason": reason,
    }
