"""What the words of a baseline mean, in Dutch, as they are frozen with it."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from ketens.domain.movement import MEASURES_FROM_LEVEL, MEASURES_FROM_MONTHS, MONTHS_LOOKED_AT


def list_definitions() -> dict[str, str]:
    """Return each word with its meaning; Dutch, whoever asks, since it is kept for good."""
    with override("nl"):
        numbers = {
            "level": MEASURES_FROM_LEVEL,
            "months": MEASURES_FROM_MONTHS,
            "year": MONTHS_LOOKED_AT,
        }
        return {
            _("enterprise"): _("In the register of the street and checked, on the last day."),
            _("impact first"): _("The social aim comes first; earning money makes it possible."),
            _("impact second"): _(
                "The aim is part of how the enterprise works, beside earning money."
            ),
            _("leader"): _(
                "Impact comes first or second, and it is measured: on level %(level)s or higher "
                "of the Impactpad, or with own counts in at least %(months)s of the last "
                "%(year)s months."
            )
            % numbers,
            _("follower"): _(
                "Has a stated aim, takes part in a running chain, or counts; no leader."
            ),
            _("peloton"): _("In the register, and none of that."),
            _("answered"): _("Answered at least one question in the last two rounds."),
        }
